"""`/samordna/…/diariet`: who did what, when; filtered, and saved as a table."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from functools import partial

import xlsxwriter
from fastapi import APIRouter, Response

from agenda.models import RegisterEntry, identity
from agenda.register import entries
from agenda.storage.store import reading
from agenda.workdays import STOCKHOLM
from notifications.letters.dates import at_in_words
from notifications.readings.register_lines import WORDS, RegisterLine, read_lines
from portal.desk.cookies import HOME
from portal.desk.paging import page_of
from portal.desk.visits import InRound, RoundVisit
from portal.door.downloads import download

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would reckon with."""

router = APIRouter(prefix=f"{HOME}/{{round_id:int}}/diariet")


@router.api_route("", methods=["GET", "HEAD"])
def register(here: InRound, vad: str = "", sok: str = "", sida: str = "") -> Response:
    """The lines, the newest first, by what was done and by words."""
    lines = _lines(here, vad, sok)
    which = 1 if here.language == "en" else 0
    return here.show(
        "register.html",
        page="register",
        found=page_of(lines, sida),
        whats=sorted(((what, words[which]) for what, words in WORDS.items()), key=lambda o: o[1]),
        chosen=vad,
        words=sok,
    )


@router.api_route("/diariet.csv", methods=["GET", "HEAD"])
def as_csv(here: InRound, vad: str = "", sok: str = "") -> Response:
    """The same lines as CSV, for a spreadsheet set to Swedish: semicolons, and UTF-8 said so."""
    written = io.StringIO()
    table = csv.writer(written, delimiter=";", lineterminator="\r\n")
    for row in _rows(here, _lines(here, vad, sok)):
        table.writerow([_harmless(cell) for cell in row])
    octets = ("\ufeff" + written.getvalue()).encode()
    return download(f"diarium {here.round.name}.csv", "text/csv; charset=utf-8", octets)


@router.api_route("/diariet.xlsx", methods=["GET", "HEAD"])
def as_excel(here: InRound, vad: str = "", sok: str = "") -> Response:
    """The same lines for Excel: every cell a text, none a formula or a link."""
    file = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, {"in_memory": True, **plain}) as book:
        sheet = book.add_worksheet(here.say("register"))
        heading, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
        for number, row in enumerate(_rows(here, _lines(here, vad, sok))):
            sheet.write_row(number, 0, row, wrapped if number else heading)
        for column, width in enumerate((18, 28, 26, 40, 60)):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
    return download(f"diarium {here.round.name}.xlsx", XLSX, file.getvalue())


def _lines(here: RoundVisit, what: str, words: str) -> Sequence[RegisterLine]:
    language = here.language
    said = partial(at_in_words, language=language)
    with reading(here.engine) as session:
        found: Sequence[RegisterEntry] = entries(session, round_id=identity(here.round))
        if what in WORDS:
            found = [one for one in found if one.what == what]
        lines = read_lines(session, found, language=language, at=said)
    wanted = words.strip().casefold()
    kept = [line for line in lines if wanted in " ".join(map(str, line[1:])).casefold()]
    return kept[::-1]


def _rows(here: RoundVisit, lines: Sequence[RegisterLine]) -> list[list[str]]:
    """The table, the oldest first as a register is read, under its headings."""
    headings = [here.say(f"register_{name}") for name in ("at", "who", "what", "about", "change")]
    return [headings, *([_at(line.at), *line[1:]] for line in reversed(lines))]


def _at(instant: datetime) -> str:
    return instant.astimezone(STOCKHOLM).strftime("%Y-%m-%d %H:%M:%S")


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
