"""`/samordna/…/organisationer/…/kontakter` and `las-in`: contacts changed, with what follows."""

import csv
import io
from collections.abc import Callable, Sequence
from typing import NamedTuple

from fastapi import APIRouter, Response

from agenda.contacts.spreadsheet import ContactsFile, check_contacts
from agenda.forms.written import line_in, text_in
from agenda.models import Organisation, identity
from agenda.plan.model import Role
from agenda.storage.store import reading
from agenda.words.addresses import shown_address
from agenda.words.encodings import read_text
from agenda.words.errors import AgendaError
from agenda.words.faults import Fault, FaultyFile
from agenda.words.sentence import said
from notifications.acts.planned.contacts import TakingIn
from notifications.acts.trying import tried
from notifications.attending import activities_of
from notifications.readings.contacts import contact_lines, contacts_of
from portal.desk.acts.two_step import AskedAct, follow_all, press, wants_changes
from portal.desk.cookies import HOME
from portal.desk.organisations.pages import found_in
from portal.desk.visits import Filled, InRound, RoundVisit
from portal.door.posting import Posted

ROWS, FILE, RESETS, REPLACES = "rader", "fil", "igen", "ersatt"
NAME, ADDRESS, ROLE = "namn", "epost", "roll"
MOST_ROWS = 60
EMPTY_ROWS = 2
"""How many rows are there to be filled in."""
_HEADINGS = ("organisation", "namn", "e-post", "roll")
_FIELDS = (NAME, ADDRESS, ROLE)

router = APIRouter(prefix=f"{HOME}/{{round_id:int}}/organisationer")


class WrittenRow(NamedTuple):
    """One contact as it stands on the page."""

    name: str
    address: str
    role: str


@router.api_route("/las-in", methods=["GET", "HEAD"])
def import_page(here: InRound) -> Response:
    """The form for a pasted table, or a file."""
    return _import_form(here, "")


@router.post("/las-in")
def take_in(here: InRound, posted: Filled) -> Response:
    """Take in a table of contacts, once what follows has been seen."""
    faults: list[Fault] = []
    written = text_in(posted.get(ROWS))
    for name, upload in posted.files:
        if name == FILE:
            upload.file.seek(0)
            written = text_in(read_text(upload.file.read(), faults))
    choices = (RESETS in posted, REPLACES in posted)
    if faults or wants_changes(posted) or not written.strip():
        missing = [] if written.strip() or wants_changes(posted) else [here.say("no_rows")]
        told = [said(fault.sentence, here.language) for fault in faults] or missing
        return _import_form(here, written, faults=told, choices=choices)
    hidden = [(ROWS, written)]
    hidden += [
        (name, "1") for name, is_on in zip((RESETS, REPLACES), choices, strict=True) if is_on
    ]
    back = f"{here.home}/organisationer"
    found = check_contacts(written.encode(), file=here.say("table"))
    taking = _taking(here, found, resets=choices[0], replaces=choices[1])
    return _press(
        here,
        posted,
        taking,
        hidden=hidden,
        back=back,
        subject=here.round.name,
        refuse=lambda told: _import_form(here, written, faults=told, choices=choices),
    )


@router.api_route("/{key}/kontakter", methods=["GET", "HEAD"])
def contacts_page(here: InRound, key: str) -> Response:
    """Where one organisation is reached, to be changed in place."""
    with reading(here.engine) as session:
        whose = found_in(here, session, key)
        lines = contact_lines(session, here.round.id, organisation_id=whose.id)
    rows = [WrittenRow(one["name"], one["address"], one["role"]) for one in lines]
    return _contacts_form(here, whose, rows)


@router.post("/{key}/kontakter")
def change(here: InRound, key: str, posted: Filled) -> Response:
    """Change where an organisation is reached, once what follows has been seen."""
    with reading(here.engine) as session:
        whose = found_in(here, session, key)
        stored = [one.address for one in contacts_of(session, identity(whose))]
    rows = _rows(posted)
    if wants_changes(posted) or not any(row.address or row.name for row in rows):
        told = [] if wants_changes(posted) else [here.say("no_contact_left")]
        return _contacts_form(here, whose, rows, faults=told)
    found = check_contacts(_as_table(whose, rows, stored).encode(), file=here.say("table"))
    taking = _taking(here, found, resets=RESETS in posted, replaces=True)
    hidden = [
        (f"{name}-{number}", text)
        for number, row in enumerate(rows)
        for name, text in zip((NAME, ADDRESS, ROLE), row, strict=True)
    ]
    return _press(
        here,
        posted,
        taking,
        hidden=[*hidden, *([(RESETS, "1")] if RESETS in posted else [])],
        back=f"{here.home}/organisationer/{whose.key}",
        subject=whose.name,
        refuse=lambda told: _contacts_form(here, whose, rows, faults=told),
    )


def _taking(here: RoundVisit, found: ContactsFile, *, resets: bool, replaces: bool) -> TakingIn:
    return TakingIn(
        here.office,
        here.round,
        found,
        channels=here.settings.channels,
        by=here.by,
        resets=resets,
        replaces=replaces,
    )


def _press(
    here: RoundVisit,
    posted: Posted,
    taking: TakingIn,
    *,
    hidden: list[tuple[str, str]],
    back: str,
    subject: str,
    refuse: Callable[[Sequence[str]], Response],
) -> Response:
    """Show what becomes of the contacts and what follows, or do it."""
    try:
        tried(here.engine, lambda session: taking.do(session, here.now))
    except FaultyFile as error:
        return refuse([_said(here, fault) for fault in error.faults])
    except AgendaError as error:
        return refuse([here.mended(error)])
    with reading(here.engine) as session:
        ids = activities_of(session, here.round)
    asked = AskedAct(
        name="contacts",
        wanted=taking.act(ids),
        subject=subject,
        page="organisations",
        back=back,
        hidden=hidden,
        lines=_changes(here, taking),
    )
    return press(
        here,
        posted,
        asked,
        refuse=lambda why: refuse([why]),
        done=lambda: follow_all(here, "kontakter ändrade"),
    )


def _changes(here: RoundVisit, taking: TakingIn) -> list[str]:
    """What becomes of the contacts, one sentence each."""
    found = taking.taken.imported
    kinds = {
        "new_organisation": found.organisations,
        "new_contact": found.added,
        "changed_contact": found.changed,
        "removed_contact": found.removed,
    }
    lines = [here.say(key, who=who) for key, names in kinds.items() for who in names]
    return [*lines, *found.doubled] or [here.say("no_contact_changes")]


def _said(here: RoundVisit, fault: Fault) -> str:
    # The first line is the headings.
    return here.say("fault_in_row", row=fault.line, said=said(fault.sentence, here.language))


def _rows(posted: Posted) -> list[WrittenRow]:
    rows = (
        WrittenRow(*(line_in(posted.get(f"{name}-{number}")).strip() for name in _FIELDS))
        for number in range(MOST_ROWS)
    )
    return [row for row in rows if row.name or row.address]


def _as_table(whose: Organisation, rows: Sequence[WrittenRow], stored: Sequence[str]) -> str:
    """The rows as the list of contacts that they are taken in as.

    Of an address that is no mail the page shows only the kind, for its URL is a key: left as it
    is shown it stays what it was.
    """
    whole = {shown_address(address): address for address in stored}
    written = io.StringIO()
    table = csv.writer(written, delimiter=";", lineterminator="\n")
    table.writerow(_HEADINGS)
    for row in rows:
        address = whole.get(row.address, row.address)
        table.writerow((whose.key, row.name, address, row.role))
    return written.getvalue()


def _contacts_form(
    here: RoundVisit,
    whose: Organisation,
    rows: Sequence[WrittenRow],
    *,
    faults: Sequence[str] = (),
) -> Response:
    empty = WrittenRow("", "", Role.PRIMARY.value)
    return here.show(
        "contacts.html",
        page="organisations",
        status_code=422 if faults else 200,
        whose=whose,
        rows=[*rows, *[empty] * EMPTY_ROWS],
        faults=faults,
        roles=[role.value for role in Role],
        names={"name": NAME, "address": ADDRESS, "role": ROLE, "resets": RESETS},
    )


def _import_form(
    here: RoundVisit,
    written: str,
    *,
    faults: Sequence[str] = (),
    choices: tuple[bool, bool] = (False, False),
) -> Response:
    return here.show(
        "import.html",
        page="organisations",
        status_code=422 if faults else 200,
        written=written,
        faults=faults,
        resets=choices[0],
        replaces=choices[1],
        names={"rows": ROWS, "file": FILE, "resets": RESETS, "replaces": REPLACES},
    )
