"""The door as a browser without JavaScript sees it: pages, their forms, and what is on record."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

from httpx import Response
from sqlalchemy import Engine, func, select, text
from sqlmodel import Session, SQLModel, col

from agenda.forms.values import ROW_KEY
from agenda.installation.settings import Settings
from agenda.links.links import find, revoke
from agenda.links.personal import organisation_link
from agenda.models import (
    Activity,
    Answer,
    Draft,
    Invitation,
    Link,
    Message,
    Organisation,
    Purpose,
    RegisterEntry,
    identity,
)
from agenda.register import By
from agenda.storage.store import reading, transaction
from notifications.office import Office

START = datetime(2020, 9, 1, 8, 0, tzinfo=UTC)
"""Ten in the morning in Sweden; the last day of the input is 2 October."""
PDF = b"%PDF-1.7 what it is does not matter here"
Pairs = list[tuple[str, str]]


@dataclass
class PageForm:
    """One form of a page, as it would be posted when nothing is typed."""

    action: str
    pairs: Pairs = field(default_factory=list)
    buttons: list[str] = field(default_factory=list)

    def with_(self, **changes: str) -> Pairs:
        """The form with other texts; "fragor__0__titel" for fragor-0-titel."""
        wanted = {name.replace("__", "-"): value for name, value in changes.items()}
        kept = [(name, value) for name, value in self.pairs if name not in wanted]
        return kept + [(name, value) for name, value in wanted.items() if value is not None]


class Reader(HTMLParser):
    """The forms, links, title and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[PageForm] = []
        self.links: list[str] = []
        self.title = ""
        self.words: list[str] = []
        self._area: list[str] | None = None
        self._name = ""
        self._select = ""
        self._tag = ""
        self.feed(page)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._tag = tag
        if "href" in given:
            self.links.append(given["href"])
        if tag == "form":
            self.forms.append(PageForm(given.get("action", "")))
        if not self.forms:
            return
        form = self.forms[-1]
        if tag == "textarea":
            self._area, self._name = [], given["name"]
        elif tag == "select":
            self._select = given["name"]
        elif tag == "option" and "selected" in given:
            form.pairs.append((self._select, given["value"]))
        elif tag == "button":
            form.buttons.append(given.get("name", ""))
        elif tag == "input" and given.get("type") != "file":
            is_box = given.get("type") in ("radio", "checkbox")
            if not is_box or "checked" in given:
                form.pairs.append((given["name"], given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area is not None:
            written = "".join(self._area).removeprefix("\n")
            self.forms[-1].pairs.append((self._name, written.replace("\n", "\r\n")))
            self._area = None
        self._tag = ""

    def handle_data(self, data: str) -> None:
        if self._tag == "title":
            self.title += data
        elif self._area is not None:
            self._area.append(data)
        else:
            self.words.append(data)


class Written(HTMLParser):
    """What a page shows as somebody's own words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._depth = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._depth or "written" in (dict(attrs).get("class") or "").split():
            self._depth += 1
            self.texts += [""] if self._depth == 1 else []

    def handle_endtag(self, tag: str) -> None:
        self._depth -= bool(self._depth)

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.texts[-1] += data


@dataclass
class Door:
    """A client at the door, and a look at what is on record."""

    client: Any
    engine: Engine
    settings: Settings
    now: datetime = START

    @property
    def headers(self) -> dict[str, str]:
        """What a browser says when it posts a form of ours."""
        return {"Origin": self.settings.portal_url}

    def link(self, organisation: str = "bracke", activity: str = "inspel") -> str:
        """The address of an organisation's own link, within the portal."""
        office = Office.of(self.settings)
        with transaction(self.engine) as session:
            found = self.invitation(session, organisation, activity)
            made = organisation_link(session, found, office.keyring, now=self.now)
            return f"/svar/{office.keyring.token(made)}"

    def address_of(self, link_id: int) -> str:
        """The address of any link, as it is now."""
        with reading(self.engine) as session:
            link = session.get_one(Link, link_id)
            return f"/svar/{Office.of(self.settings).keyring.token(link)}"

    def colleague(self, home: str, address: str) -> str:
        """Invite somebody from a page; the address of their own link."""
        self.post(f"{home}/kollega", self.form(f"{home}/kollega").with_(namn="Anna", epost=address))
        return self.address_of(self.link_id(address))

    def link_id(self, address: str) -> int:
        """The number of the link that was made last for a colleague's address."""
        with reading(self.engine) as session:
            mine = col(Link.address) == address
            return session.scalars(select(func.max(col(Link.id))).where(mine)).one()

    def close(self, home: str) -> None:
        """Close a link, as the coordinator does."""
        with transaction(self.engine) as session:
            found = find(session, Purpose.REPLY, home.rpartition("/")[2])
            assert found is not None
            revoke(session, found.link, by=By.person("x", self.now))

    def register(self, what: str) -> list[str]:
        """Who has done something, by the register."""
        with reading(self.engine) as session:
            query = select(RegisterEntry.who).where(col(RegisterEntry.what) == what)
            return list(session.scalars(query.order_by(col(RegisterEntry.id))))

    def invitation(self, session: Session, organisation: str, activity: str) -> Invitation:
        """What is expected of an organisation in an activity."""
        query = (
            select(Invitation)
            .join(Activity, col(Activity.id) == col(Invitation.activity_id))
            .join(Organisation, col(Organisation.id) == col(Invitation.organisation_id))
            .where(col(Activity.key) == activity, col(Organisation.key) == organisation)
        )
        return session.scalars(query).one()

    def page(self, address: str, *, status: int = 200) -> Reader:
        """A page, read."""
        answer = self.client.get(address)
        assert answer.status_code == status, (answer.status_code, answer.text[:500])
        return Reader(answer.text)

    def form(self, address: str, number: int = 0) -> PageForm:
        """One form of a page."""
        return self.page(address).forms[number]

    def post(
        self,
        address: str,
        pairs: Pairs,
        *,
        files: list[tuple[str, tuple[str, bytes]]] | None = None,
        headers: dict[str, str] | None = None,
    ) -> Response:
        """What a browser posts, when all that follows from it has been done.

        Always multipart, as the reply's own form is.
        """
        parts = [(name, (None, value.encode())) for name, value in pairs]
        chosen = [(name, (given, content)) for name, (given, content) in files or []]
        answer = self.client.post(
            address,
            files=parts + chosen,
            headers=self.headers if headers is None else headers,
        )
        self._settle()
        return answer

    def save(self, home: str, button: str = "_spara", **changes: str) -> Response:
        """Open the form, type, press a button."""
        return self.post(home, [*self.form(home).with_(**changes), (button, "1")])

    def send(self, home: str, **changes: str) -> Response:
        """Fill in, review and send in."""
        saved = self.save(home, "_granska", **changes)
        assert saved.headers["location"] == f"{home}/granska", saved.text[:500]
        reviewed = self.form(f"{home}/granska")
        return self.post(reviewed.action, reviewed.pairs)

    def confirm(self, address: str) -> Response:
        """Press the button of a page that asks to be sure."""
        return self.post(address, self.form(address).pairs)

    def answers(self, organisation: str = "bracke", activity: str = "inspel") -> list[Answer]:
        """Every version on record."""
        with reading(self.engine) as session:
            found = self.invitation(session, organisation, activity)
            query = select(Answer).where(col(Answer.invitation_id) == found.id)
            return list(session.scalars(query.order_by(col(Answer.version))))

    def draft(self, organisation: str = "bracke") -> dict[str, Any] | None:
        """What is written so far, without the keys of its rows."""
        stored = self.stored_draft(organisation)
        return None if stored is None else without_keys(stored)

    def stored_draft(self, organisation: str = "bracke") -> dict[str, Any] | None:
        """What is written so far, as it is stored."""
        with reading(self.engine) as session:
            found = self.invitation(session, organisation, "inspel")
            query = select(Draft).where(col(Draft.invitation_id) == identity(found))
            draft = session.scalars(query).first()
            return draft.content if draft else None

    def mails(self, *templates: str) -> list[tuple[str, str]]:
        """Which messages wait for whom."""
        with reading(self.engine) as session:
            query = select(Message).order_by(col(Message.id))
            return [
                (mail.template, mail.recipient)
                for mail in session.scalars(query)
                if not templates or mail.template in templates
            ]

    def change(self, activity: str = "inspel", **changes: Any) -> None:
        """Set something of an activity, as the coordinator's doors do."""
        with transaction(self.engine) as session:
            row = session.scalars(select(Activity).where(col(Activity.key) == activity)).one()
            for name, value in changes.items():
                setattr(row, name, value)
            session.add(row)

    def _settle(self) -> None:
        # A portal in a process of its own tells nobody what it does after its answer.
        if (app := getattr(self.client, "app", None)) is None:
            return
        for worker in (app.state.follower, app.state.errands):
            worker._turns.submit(int).result(300)

    def digest(self) -> str:
        """Everything in the database as one number."""
        found = hashlib.sha256()
        with self.engine.connect() as connection:
            for table in SQLModel.metadata.sorted_tables:
                rows = connection.execute(text(f'SELECT * FROM "{table.name}"')).all()
                found.update(json.dumps(sorted(map(repr, rows))).encode())
        return found.hexdigest()


def a_proposal(**changes: str) -> dict[str, str]:
    """A whole proposal, ready to be sent."""
    filled = {
        "titel": "Flygbussen",
        "problem": "Den går för sällan.",
        "mal": "Att den går oftare.",
        "vem_beslutar": "nationell",
        "omrade": "besoksnaring-och-attraktivitet",
        "betydelse": "Gästerna kommer fram.",
    }
    return {f"fragor__0__{name}": value for name, value in (filled | changes).items()}


def without_keys(content: dict[str, Any]) -> dict[str, Any]:
    """What somebody filled in, without the keys of its rows."""
    return {
        field: [_without_key(row) for row in value] if isinstance(value, list) else value
        for field, value in content.items()
    }


def _without_key(row: Any) -> Any:
    is_row = isinstance(row, dict)
    return {name: one for name, one in row.items() if name != ROW_KEY} if is_row else row
