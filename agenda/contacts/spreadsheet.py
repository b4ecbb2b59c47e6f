"""Contacts as a spreadsheet saves them: every row of a CSV file, or every fault in it.

Excel in Sweden writes semicolons and Windows' own letters (cp1252) unless told otherwise;
those, the letters of MS-DOS and Macintosh, UTF-8 and UTF-16, commas and tabs, are taken as
they come. So are the exports of Outlook's and other address books.
"""

import csv
import re
import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches
from io import StringIO
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import AfterValidator, ValidationError
from pydantic_core import ErrorDetails

from agenda.contacts.columns import (
    WORDS,
    allowed,
    in_swedish,
    is_address_book,
    read_headings,
)
from agenda.contacts.sentences import SENTENCES
from agenda.plan.model import OrganisationKind, Role
from agenda.plan.model_faults import is_about_the_value, meant, sentence
from agenda.words.addresses import typed_address
from agenda.words.encodings import read_text
from agenda.words.faults import Fault, FaultyFile, content_of, shown
from agenda.words.texts import Frozen, Line, as_read, on_one_line

MOST_BYTES = 5_000_000
_BOOKS = {b"PK\x03\x04": "is_excel", b"\xd0\xcf\x11\xe0": "is_excel", b"%PDF": "is_pdf"}


class ContactRow(Frozen):
    """One row: a contact, and the organisation it belongs to."""

    organisation: Line
    """The organisation's key or name, as written."""
    organisation_name: Line | None = None
    """The name of an organisation that is new."""
    kind: OrganisationKind | None = None
    """The kind of an organisation that is new."""
    name: Line
    address: Annotated[str, AfterValidator(typed_address)]
    role: Role = Role.PRIMARY
    language: Literal["sv", "en"] | None = None

    @property
    def organisation_key(self) -> str:
        """The key that a new organisation gets: ostersunds-kommun."""
        return key_from_name(self.organisation)


class Named(NamedTuple):
    """An organisation that a row names, whether the rest of the row can be used or not."""

    line: int
    organisation: str
    kind: str | None
    """Empty for one that is told as a fault already."""


class ContactsFile(NamedTuple):
    """What a file of contacts holds, and everything that is wrong with it by itself."""

    file: str
    rows: tuple[tuple[int, ContactRow], ...] = ()
    """Each row that can be used, with its line."""
    named: tuple[Named, ...] = ()
    faults: tuple[Fault, ...] = ()


def check_contacts(source: Path | bytes, *, file: str = "kontakterna") -> ContactsFile:
    """The contacts in a CSV file, or in its bytes, in the order of the rows, and its faults.

    The headings, in Swedish or English and in any order, and the words that the fields take
    stand in `agenda.contacts.columns`. A role left empty is primary.

    Args:
        source: Where the file is, or what it holds.
        file: What the file is called in the faults, when its bytes are given.

    Raises:
        BadInput: there is no such file, or it cannot be read.
    """
    if isinstance(source, Path):
        source, file = content_of(source, most_bytes=MOST_BYTES), str(source)
    if refusal := _refusal(source):
        return ContactsFile(file, faults=(Fault(1, refusal),))
    faults: list[Fault] = []
    reading = _SheetReading(faults)
    reading.read(read_text(source, faults))
    if not reading.named and not faults:
        faults.append(Fault(1, SENTENCES("no_contacts")))
    return ContactsFile(file, tuple(reading.rows), tuple(reading.named), tuple(faults))


def read_contacts(source: Path | bytes, *, file: str = "kontakterna") -> tuple[ContactRow, ...]:
    """The contacts in a CSV file without faults; arguments as for `check_contacts`.

    Raises:
        FaultyFile: a row cannot be used; carries every fault with its line.
        BadInput: there is no such file, or it cannot be read.
    """
    found = check_contacts(source, file=file)
    if found.faults:
        raise FaultyFile(found.file, found.faults)
    return tuple(row for _, row in found.rows)


def key_from_name(name: str) -> str:
    """A key made of a name: "Östersunds kommun" becomes ostersunds-kommun."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:60].strip("-")


def _refusal(content: bytes) -> str | None:
    if len(content) > MOST_BYTES:
        return SENTENCES("too_large", most=MOST_BYTES // 1_000_000)
    for beginning, key in _BOOKS.items():
        if content.startswith(beginning):
            return SENTENCES(key)
    return None


class _SheetReading:
    """One file as it is read: its rows, and what is wrong with them."""

    def __init__(self, faults: list[Fault]) -> None:
        self.rows: list[tuple[int, ContactRow]] = []
        self.named: list[Named] = []
        self._faults = faults
        self._titles: dict[str, str] = {}
        self._fields: list[str] = []

    def read(self, text: str) -> None:
        """Read a file's text."""
        lines = list(StringIO(text, newline=""))
        # Excel's own hint at the separator, which other programs would take for the headings.
        hint = 1 if lines and re.fullmatch(r"(?i)sep=.\s*", lines[0]) else 0
        heading = lines[hint] if len(lines) > hint else ""
        delimiter = max(";,\t", key=heading.count)
        cells = csv.reader(lines[hint:], delimiter=delimiter, strict=True)
        try:
            titles = next(cells, [])
            self._fields = read_headings(titles, hint + 1, self._faults)
            self._titles = dict(zip(self._fields, map(on_one_line, titles), strict=False))
            for row in cells if self._fields else ():
                if any(cell.strip() for cell in row):
                    self._read_row(row, hint + cells.line_num)
        except csv.Error:
            self._faults.append(Fault(hint + max(1, cells.line_num), SENTENCES("no_cells")))

    def _read_row(self, cells: Sequence[str], line: int) -> None:
        if len(cells) > len(self._fields):
            counts = {"cells": len(cells), "titles": len(self._fields)}
            self._faults.append(Fault(line, SENTENCES("too_many_cells", **counts)))
            return
        given = _given(self._fields, cells)
        unknown = list(_unknown_words(given))
        for field, said in unknown:
            self._fault(line, field, said, value=given.pop(field))
        try:
            row = ContactRow.model_validate(given)
        except ValidationError as failed:
            for error in failed.errors():
                self._fault_of_model(line, error)
        else:
            if not unknown:
                self.rows.append((line, row))
        if organisation := given.get("organisation"):
            is_faulty = any(field == "kind" for field, _ in unknown)
            self.named.append(Named(line, organisation, "" if is_faulty else given.get("kind")))

    def _fault(self, line: int, field: str, words: str, *, value: object = None) -> None:
        where = self._title(field) + ("" if value is None else f": {shown(value)}")
        end = "" if words[-1] in ".?" else "."
        self._faults.append(Fault(line, SENTENCES("in_field", field=where, words=words, end=end)))

    def _title(self, field: str) -> str:
        parts = (self._titles.get(part) for part in ("first_name", "last_name"))
        return self._titles.get(field) or " ".join(part for part in parts if part)

    def _fault_of_model(self, line: int, error: ErrorDetails) -> None:
        is_missing = error["type"] == "missing"
        words = SENTENCES("no_value") if is_missing else sentence(error, ContactRow)
        value = error["input"] if is_about_the_value(error) else None
        self._fault(line, str(error["loc"][0]), words, value=value)


def _given(fields: Sequence[str], cells: Sequence[str]) -> dict[str, Any]:
    """A row's values by field, as the model takes them."""
    found = {
        field: WORDS.get(field, {}).get(as_read(cell), _kept(cell))
        for field, cell in zip(fields, cells, strict=False)
        if field and cell.strip()
    }
    parts = [found.pop(part, "") for part in ("first_name", "last_name")]
    if any(parts):
        found.setdefault("name", " ".join(part for part in parts if part))
    elif is_address_book(fields) and "organisation" in found:
        # An address book has no person's name for a functional mailbox.
        found.setdefault("name", found["organisation"])
    return found


def _kept(cell: str) -> str:
    """A cell in composed letters and with usual blanks, so that a search finds what it says."""
    blanks = "".join(" " if unicodedata.category(sign) == "Zs" else sign for sign in cell)
    return unicodedata.normalize("NFC", blanks).strip()


def _unknown_words(given: dict[str, Any]) -> list[tuple[str, str]]:
    """The fields whose word is none of those it takes, and what to write instead."""
    found: list[tuple[str, str]] = []
    for field in ("role", "language"):
        if field in given and given[field] not in WORDS[field].values():
            near = meant(as_read(given[field]), allowed(field))
            found.append((field, SENTENCES("unknown_value", near=near)))
    if kind := given.get("kind"):
        word = as_read(kind)
        near_words = get_close_matches(word, WORDS["kind"], n=1, cutoff=0.8)
        english = get_close_matches(word, WORDS["kind"].values(), n=1, cutoff=0.8)
        if meant_kind := near_words or [in_swedish("kind", one) for one in english if one != word]:
            found.append(("kind", SENTENCES("unknown_sort", near=meant_kind[0])))
    return found
