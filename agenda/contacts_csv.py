"""Contacts as a spreadsheet saves them: every row of a CSV file, or every fault in it.

Excel in Sweden writes semicolons and Windows' own letters (cp1252) unless told otherwise;
both, and UTF-8 with or without its mark, commas and tabs, are taken as they come.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from agenda.addresses import Address
from agenda.errors import BadInput
from agenda.faults import Fault, FaultyFile, shown
from agenda.plan.model import OrganisationKind, Role
from agenda.plan.sentences import is_about_the_value, meant, sentence
from agenda.texts import Frozen, Line

MOST_BYTES = 5_000_000
_UNREADABLE = "\ufffd"

_COLUMNS = {
    "organisation": ("organisation", "kommun", "nyckel", "key", "organization"),
    "organisation_name": ("organisation_name", "organisationsnamn", "kommunnamn"),
    "kind": ("kind", "sort", "typ"),
    "name": ("name", "namn", "kontakt", "kontaktperson"),
    "address": ("address", "adress", "e-post", "epost", "e-postadress", "mejl", "e-mail", "email"),
    "role": ("role", "roll"),
    "language": ("language", "språk"),
}
_NEEDED = ("organisation", "name", "address")
_WORDS = {
    "kind": {"kommun": "municipality", "remissinstans": "consultee", "organ": "body"},
    "role": {
        "primär": "primary",
        "huvudkontakt": "primary",
        "kopia": "copy",
        "eskalering": "escalation",
    },
    "language": {"svenska": "sv", "engelska": "en"},
}


class ContactRow(Frozen):
    """One row: a contact, and the organisation it belongs to."""

    organisation: Line
    """The organisation's key or name, as written."""
    organisation_name: Line | None = None
    """The name of an organisation that is new."""
    kind: OrganisationKind | None = None
    """The kind of an organisation that is new."""
    name: Line
    address: Address
    role: Role = Role.PRIMARY
    language: Literal["sv", "en"] | None = None

    @property
    def organisation_key(self) -> str:
        """The key that a new organisation gets: ostersunds-kommun."""
        return key_from_name(self.organisation)


def read_contacts(source: Path | bytes, *, file: str = "kontakterna") -> tuple[ContactRow, ...]:
    """The contacts in a CSV file, or in its bytes, in the order of the rows.

    Columns (English or Swedish headings, in any order): organisation, name, address, and if
    wanted role, kind, organisation_name, language. A role left empty is primary.

    Args:
        source: Where the file is, or what it holds.
        file: What the file is called in the faults, when its bytes are given.

    Raises:
        FaultyFile: a row cannot be used; carries every fault with its line.
        BadInput: there is no such file, or it cannot be read.
    """
    if isinstance(source, Path):
        source, file = _content(source), str(source)
    faults: list[Fault] = []
    rows = _contacts(source, faults) if len(source) <= MOST_BYTES else []
    if len(source) > MOST_BYTES:
        faults.append(Fault(1, f"Filen är för stor: högst {MOST_BYTES // 1_000_000} MB."))
    faults += _repeated(rows)
    if not rows and not faults:
        faults.append(Fault(1, "Filen innehåller inga kontakter: raderna under rubrikerna saknas."))
    if faults:
        raise FaultyFile(file, faults)
    return tuple(row for _, row in rows)


def key_from_name(name: str) -> str:
    """A key made of a name: "Östersunds kommun" becomes ostersunds-kommun."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:60].strip("-")


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        reason = "filen finns inte" if isinstance(error, FileNotFoundError) else error.strerror
        raise BadInput(f"{path} går inte att läsa: {reason}.") from None


def _contacts(content: bytes, faults: list[Fault]) -> list[tuple[int, ContactRow]]:
    lines = list(StringIO(_text(content), newline=""))
    for number, text in enumerate(lines, start=1):
        if _UNREADABLE in text:
            faults.append(Fault(number, "Raden har tecken som inte går att läsa. Spara som UTF-8."))
    # Excel's own hint at the separator, which other programs would take for the headings.
    hint = 1 if lines and re.fullmatch(r"(?i)sep=.\s*", lines[0]) else 0
    heading = lines[hint] if len(lines) > hint else ""
    delimiter = max(";,\t", key=heading.count)
    cells = csv.reader(lines[hint:], delimiter=delimiter, strict=True)
    rows: list[tuple[int, ContactRow]] = []
    try:
        columns = _columns(next(cells, []), hint + 1, faults)
        for row in cells if columns else ():
            if any(cell.strip() for cell in row):
                _add(rows, row, columns, hint + cells.line_num, faults)
    except csv.Error:
        words = "Raden går inte att dela i kolumner: ett citattecken står fel eller stängs aldrig."
        faults.append(Fault(hint + max(1, cells.line_num), words))
    return rows


def _text(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _columns(heading: list[str], line: int, faults: list[Fault]) -> list[str]:
    """Each column's field; empty, with faults noted, when the headings cannot be used."""
    known = {title: field for field, titles in _COLUMNS.items() for title in titles}
    before = len(faults)
    fields = []
    for title in (cell.strip().casefold() for cell in heading):
        field = known.get(title, "")
        if title and not field:
            possible = [titles[0] for titles in _COLUMNS.values()]
            faults.append(
                Fault(line, f"”{shown(title)}” är ingen känd kolumn. {meant(title, possible)}")
            )
        elif field and field in fields:
            faults.append(Fault(line, f"Kolumnen ”{shown(title)}” ({field}) finns två gånger."))
        fields.append(field)
    if missing := [field for field in _NEEDED if field not in fields]:
        names = ", ".join(f"”{field}”" for field in missing)
        faults.append(Fault(line, f"Kolumner saknas: {names}. Första raden ska ha rubriker."))
    return fields if len(faults) == before else []


def _add(
    rows: list[tuple[int, ContactRow]],
    cells: list[str],
    columns: list[str],
    line: int,
    faults: list[Fault],
) -> None:
    if len(cells) > len(columns):
        faults.append(
            Fault(line, f"Raden har {len(cells)} kolumner men rubrikerna är {len(columns)}.")
        )
        return
    given = {
        field: _WORDS.get(field, {}).get(cell.strip().casefold(), cell.strip())
        for field, cell in zip(columns, cells, strict=False)
        if field and cell.strip()
    }
    try:
        rows.append((line, ContactRow.model_validate(given)))
    except ValidationError as failed:
        for error in failed.errors():
            field = str(error["loc"][0])
            value = f": {shown(error['input'])}" if is_about_the_value(error) else ""
            words = (
                "värdet saknas" if error["type"] == "missing" else sentence(error, ContactRow)
            ).rstrip(".")
            faults.append(
                Fault(line, f"”{field}{value}”: {words}{'' if words[-1] == '?' else '.'}")
            )


def _repeated(rows: list[tuple[int, ContactRow]]) -> Iterator[Fault]:
    seen: dict[tuple[str, str, Role], int] = {}
    for line, row in rows:
        which = (row.organisation.casefold(), row.address.casefold(), row.role)
        if which in seen:
            yield Fault(
                line,
                f"{shown(row.organisation)} har {shown(row.address)} i rollen {row.role} redan "
                f"på rad {seen[which]}. Ta bort den ena raden.",
            )
        seen.setdefault(which, line)
