"""A form prepared for its page: every name, id, hint, fault and value that the macros print.

The macros are in templates/forms/form.html. Nothing here is escaped: the templates do that.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from agenda.forms.fields import Form
from agenda.forms.values import Values
from agenda.words.sentence import said
from portal.forms.making import Maker
from portal.forms.parts import Attached, Part, id_of
from portal.forms.sentences import SENTENCES

__all__ = ["Attached", "PageForm", "id_of", "page_form"]


@dataclass(frozen=True, slots=True)
class PageForm:
    """A whole form as its page shows it."""

    parts: tuple[Part, ...]
    faults: tuple[tuple[str, str], ...]
    """In the page's order: the id of a field and what is wrong with it."""
    words: Callable[..., str]
    """What says one of the page's own sentences by its key."""


def page_form(
    form: Form,
    values: Values,
    *,
    language: str,
    faults: Mapping[str, str] | None = None,
    uploads: Mapping[int, Attached] | None = None,
) -> PageForm:
    """A form with what is filled in, ready for the macro `render`.

    Args:
        form: The form, its lists filled in.
        values: What is filled in, complete or not.
        language: The page's: "sv" or "en".
        faults: What `faults_in` found, where something was sent that cannot be.
        uploads: The files that are there; one that is missing here is not shown.
    """
    maker = Maker(language, faults or {}, uploads or {})
    parts = tuple(maker.part(one, one.key, values.get(one.key), beside=form) for one in form)

    def _words(key: str, **terms: object) -> str:
        return said(SENTENCES(key, **terms), language)

    return PageForm(parts, tuple(_all_faults(parts)), _words)


def _all_faults(parts: tuple[Part, ...], row: str = "") -> Iterator[tuple[str, str]]:
    for part in parts:
        if part.fault:
            # The sentence stands alone here, so it must say which field it is about.
            label = "" if part.label.text in part.fault else part.label.text
            where = ", ".join(said for said in (row, label) if said)
            yield part.id, f"{where}: {part.fault}" if where else part.fault
        yield from _all_faults(part.parts, row)
        for one in part.rows:
            yield from _all_faults(one.parts, one.title.text)
