"""The headings and words of a contacts' file: those that people, Excel and Outlook write."""

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from agenda.contacts.sentences import SENTENCES
from agenda.plan.model_faults import meant
from agenda.words.faults import Fault, shown
from agenda.words.texts import as_read

COLUMNS = {
    "organisation": (
        *("organisation", "kommun", "nyckel", "key", "organization", "företag", "company"),
        *("organization name", "organization 1 - name", "företagsnamn"),
    ),
    "name": (
        *("namn", "name", "kontakt", "kontaktperson", "visningsnamn", "display name"),
        *("fullständigt namn", "full name"),
    ),
    "address": (
        *("e-post", "epost", "e-postadress", "epostadress", "adress", "address", "mejl"),
        *("mejladress", "mail", "mailadress", "e-mail", "email", "e-mail address"),
        *("email address", "e-mail 1 - value"),
    ),
    "role": ("roll", "role"),
    "kind": ("sort", "kind", "typ"),
    "organisation_name": ("organisationsnamn", "organisation_name", "kommunnamn"),
    "language": ("språk", "language"),
    "first_name": ("förnamn", "first name", "given name"),
    "last_name": ("efternamn", "last name", "family name"),
}
"""Each field's headings; the first is what it is called in Swedish."""

WORDS = {
    "kind": {"kommun": "municipality", "remissinstans": "consultee", "organ": "body"},
    "role": {
        "primär": "primary",
        "kopia": "copy",
        "eskalering": "escalation",
        "huvudkontakt": "primary",
    },
    "language": {"svenska": "sv", "engelska": "en"},
}
"""The Swedish words for the values of a field; the first for each is the one to show."""

_NEEDED = ("organisation", "name", "address")
_PARTS_OF_A_NAME = {"first_name", "last_name"}
_OF_A_TABLE = re.compile(r"(kolumn|column)\s*[0-9]+")
"""What Excel calls a column of a table that nobody gave a heading."""


def in_swedish(field: str, value: str) -> str:
    """A field's value as people write it: municipality is kommun."""
    words = WORDS.get(field, {})
    return next((word for word, meaning in words.items() if meaning == value), value)


def allowed(field: str) -> list[str]:
    """The words that a field takes, one for each value."""
    return list(dict.fromkeys(in_swedish(field, value) for value in WORDS[field].values()))


def read_headings(heading: Sequence[str], line: int, faults: list[Fault]) -> list[str]:
    """Each column's field, "" for one that is not used; none when they cannot be used.

    An address book has a person's name in two columns, and dozens that are no concern of ours.
    """
    fields_by_title = {title: field for field, titles in COLUMNS.items() for title in titles}
    titles = [as_read(cell) for cell in heading]
    fields = [fields_by_title.get(title, "") for title in titles]
    found = [*_repeated(heading, fields), *_missing(fields)]
    if not is_address_book(fields):
        found += _unknown(titles, fields)
    faults += [Fault(line, sentence) for sentence in found]
    return [] if found else fields


def is_address_book(fields: Sequence[str]) -> bool:
    """Whether the columns are those of Outlook's or another address book's export."""
    return set(fields) >= _PARTS_OF_A_NAME


def _repeated(heading: Sequence[str], fields: Sequence[str]) -> Iterator[str]:
    seen: dict[str, str] = {}
    for title, field in zip(heading, fields, strict=True):
        if field and field in seen:
            one, other = shown(seen[field]), shown(title.strip())
            yield SENTENCES("same_columns", one=one, other=other)
        seen.setdefault(field, title.strip())


def _missing(fields: Sequence[str]) -> Iterator[str]:
    has_names = _PARTS_OF_A_NAME & set(fields)
    needed = [field for field in _NEEDED if not (field == "name" and has_names)]
    if missing := [COLUMNS[field][0] for field in needed if field not in fields]:
        names = ", ".join(f"”{name}”" for name in missing)
        yield SENTENCES("columns_missing", names=names)


def _unknown(titles: Sequence[str], fields: Sequence[str]) -> Iterator[str]:
    possible = {title: names[0] for names in COLUMNS.values() for title in names}
    for title, field in zip(titles, fields, strict=True):
        if not title or field or _OF_A_TABLE.fullmatch(title):
            continue
        near = get_close_matches(title, possible, n=1)
        words = (
            meant(near[0], near) if near else meant("", [names[0] for names in COLUMNS.values()])
        )
        yield SENTENCES("unknown_column", title=shown(title), near=words)
