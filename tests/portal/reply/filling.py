"""One form that somebody fills in, posted as no well-behaved program would."""

from collections.abc import Sequence
from urllib.parse import urlencode

from httpx import Response

from agenda.forms.fields import Field, File, Form, Group, Points, Table
from agenda.plan.form_defaults import ballot_of, form_of
from agenda.plan.model import Plan
from tests.door import PDF, Door, Pairs

OWN = ("_prov", "_revision", "_sett")
EDGE = "en-skiljelinje"


def names_in(form: Form, prefix: str = "") -> dict[str, Field]:
    """Every name that a page with one row of each group posts, and its field."""
    found: dict[str, Field] = {}
    for field in form:
        name = prefix + field.key
        if isinstance(field, Group):
            found |= names_in(field.fields, f"{name}-0-")
        elif isinstance(field, Table):
            for row in field.rows:
                found |= names_in(field.columns, f"{name}-{row.key}-")
        elif isinstance(field, Points):
            found |= {name: field} | {f"{name}-{item.key}": field for item in field.items}
        elif not isinstance(field, File):
            found[name] = field
    return found


class Filling:
    """One form that somebody fills in."""

    def __init__(self, door: Door, plan: Plan, whose: tuple[str, str], room: str) -> None:
        self.door, self.home = door, door.link(*whose)
        self.address = self.home + room
        self.form = (ballot_of if room else form_of)(plan.activity(whose[1]), plan)
        self.rows = [(group.key, "0") for group in self.form if isinstance(group, Group)]
        self.fields = names_in(self.form)

    def own(self) -> Pairs:
        """What the page posts of its own accord, and a row of each group."""
        own = [pair for pair in self.door.form(self.address).pairs if pair[0] in OWN]
        return own + self.rows

    def post(
        self, address: str, pairs: Pairs, *, files: Sequence[tuple[str, str]] = ()
    ) -> Response:
        """Post as a browser does; files are a field and a name. Never answered with a fault."""
        answer = self.door.client.post(
            address,
            content=_multipart(pairs, files),
            headers=self.door.headers | {"Content-Type": f"multipart/form-data; boundary={EDGE}"},
        )
        assert answer.status_code < 500, (address, pairs, answer.text)
        return answer

    def autosave(self, pairs: Pairs) -> Response:
        """Post as the page's script does: texts alone, in the manner of an address."""
        answer = self.door.client.post(
            f"{self.address}/utkast",
            content=urlencode(pairs, errors="surrogatepass"),
            headers=self.door.headers | {"Content-Type": "application/x-www-form-urlencoded"},
        )
        assert answer.status_code < 500, (pairs, answer.text)
        return answer


def _multipart(pairs: Pairs, files: Sequence[tuple[str, str]]) -> bytes:
    """A body as no well-behaved program would write it: names and texts just as they are."""
    parts = [f'name="{name}"\r\n\r\n{text}' for name, text in pairs]
    parts += [f'name="{name}"; filename="{given}"\r\n\r\n{PDF.decode()}' for name, given in files]
    body = "".join(f"--{EDGE}\r\nContent-Disposition: form-data; {part}\r\n" for part in parts)
    return f"{body}--{EDGE}--\r\n".encode("utf-8", "surrogatepass")
