"""`/samordna/ny-omgang/…/tillfragade` and `kontakter`: who is asked, and where they are reached."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Response

from agenda.contacts.spreadsheet import check_contacts
from agenda.contacts.taking_in import Imported
from agenda.forms.written import line_in, text_in
from agenda.models import Round
from agenda.plan.drafts.changes import (
    PlanRefused,
    free_key,
    with_contacts_of,
    with_head,
    with_organisations,
)
from agenda.plan.model import ORGANISATION_KINDS, OrganisationEntry, Plan
from agenda.rounds.as_plan import organisations_of
from agenda.storage.store import reading
from agenda.words.encodings import read_text
from agenda.words.errors import AgendaError
from agenda.words.faults import Fault, FaultyFile
from agenda.words.sentence import said
from notifications.acts.starting import PlanContacts, contacts_taken_in
from portal.desk.acts.two_step import CHANGES, CONFIRMED, is_confirmed, wants_changes
from portal.desk.starting.visits import START, DraftVisit, Faults, InDraft, save
from portal.desk.visits import Filled
from portal.door.posting import Posted

NAME, KIND, LANGUAGE, GONE = "namn", "sort", "sprak", "bort"
ROWS, FILE, REPLACES, ROUND = "rader", "fil", "ersatt", "omgang"

router = APIRouter(prefix=f"{START}/{{draft:int}}")


@router.api_route("/tillfragade", methods=["GET", "HEAD"])
def asked_page(here: InDraft) -> Response:
    """The organisations, and which activities ask them."""
    return _asked(here, {})


@router.post("/tillfragade")
def change(here: InDraft, posted: Filled) -> Response:
    """Add an organisation, take some away."""
    written = {name: line_in(posted.get(name)).strip() for name in (NAME, KIND, LANGUAGE)}
    gone = {text for name, text in posted.pairs if name == GONE}

    def changed(plan: Plan) -> Plan:
        kept = [one for one in plan.organisations if one.key not in gone]
        plan = with_organisations(plan, kept)
        return _with_one_more(plan, written) if written[NAME] else plan

    return save(
        here,
        posted,
        changed,
        back=f"{here.home}/tillfragade",
        refuse=lambda faults, status: _asked(here, written, faults, status, gone=gone),
    )


@router.api_route("/kontakter", methods=["GET", "HEAD"])
def contacts_page(here: InDraft) -> Response:
    """Where they are reached, and the ways to say it."""
    return _contacts(here, "")


@router.post("/kontakter")
def take_in(here: InDraft, posted: Filled) -> Response:
    """Take in a table of contacts once what becomes of it has been seen, or an earlier round's."""
    if ROUND in posted:
        return _carry_over(here, posted)
    faults: list[Fault] = []
    written, replaces = _table(posted, faults), REPLACES in posted
    if faults or wants_changes(posted) or not written.strip():
        missing = [] if written.strip() or wants_changes(posted) else [here.say("no_rows")]
        told = [said(one.sentence, here.language) for one in faults] or missing
        return _contacts(here, written, told, replaces=replaces)
    try:
        found = _taken_in(here, written, replaces=replaces)
    except FaultyFile as error:
        told = [
            here.say("fault_in_row", row=one.line, said=said(one.sentence, here.language))
            for one in error.faults
        ]
        return _contacts(here, written, told, replaces=replaces)
    except AgendaError as error:
        return _contacts(here, written, [here.mended(error)], replaces=replaces)
    if not is_confirmed(posted):
        hidden = [(ROWS, written), *([(REPLACES, "1")] if replaces else [])]
        return here.show(
            "contacts_seen.html",
            lines=_changes(here, found.imported),
            hidden=hidden,
            names={"confirmed": CONFIRMED, "changes": CHANGES},
        )
    return save(
        here,
        posted,
        lambda plan: with_organisations(plan, found.organisations),
        back=f"{here.home}/kontakter",
        refuse=lambda told, status: _contacts(
            here, written, list(told.values()), status, replaces=replaces
        ),
        done="contacts",
    )


def _carry_over(here: DraftVisit, posted: Posted) -> Response:
    with reading(here.engine) as session:
        earlier: tuple[OrganisationEntry, ...] = ()
        for one in here.rounds:
            if str(one.round.id) == posted.get(ROUND):
                earlier = organisations_of(session, session.get_one(Round, one.round.id))
    if not earlier:
        return _contacts(here, "", [here.say("no_round_chosen")])
    return save(
        here,
        posted,
        lambda plan: with_contacts_of(plan, earlier),
        back=f"{here.home}/kontakter",
        refuse=lambda told, status: _contacts(here, "", list(told.values()), status),
        done="contacts",
    )


def _table(posted: Posted, faults: list[Fault]) -> str:
    for name, upload in posted.files:
        if name == FILE:
            upload.file.seek(0)
            return text_in(read_text(upload.file.read(), faults))
    return text_in(posted.get(ROWS))


def _taken_in(here: DraftVisit, written: str, *, replaces: bool) -> PlanContacts:
    return contacts_taken_in(
        here.engine,
        here.office,
        here.plan,
        check_contacts(written.encode(), file=here.say("table")),
        channels=here.settings.channels,
        by=here.by,
        replaces=replaces,
    )


def _changes(here: DraftVisit, found: Imported) -> list[str]:
    """What becomes of the contacts, one sentence each."""
    kinds = {
        "new_organisation": found.organisations,
        "new_contact": found.added,
        "changed_contact": found.changed,
        "removed_contact": found.removed,
    }
    lines = [here.say(key, who=who) for key, names in kinds.items() for who in names]
    lines += [said(one, here.language) for one in found.doubled]
    return lines or [here.say("no_contact_changes")]


def _with_one_more(plan: Plan, written: dict[str, str]) -> Plan:
    key = free_key(written[NAME], (one.key for one in plan.organisations))
    new: dict[str, Any] = {"key": key, "name": written[NAME], "kind": written[KIND]}
    if written[LANGUAGE]:
        new["language"] = written[LANGUAGE]
    rows = [one.model_dump() for one in plan.organisations]
    try:
        return with_head(plan, organisations=[*rows, new])
    except PlanRefused as refused:
        names = {"organisations.name": NAME, "organisations.kind": KIND}
        raise PlanRefused(
            {names.get(name, NAME): sentence for name, sentence in refused.faults.items()}
        ) from None


def _asked(
    here: DraftVisit,
    written: dict[str, str],
    faults: Faults | None = None,
    status: int = 200,
    *,
    gone: set[str] = frozenset(),  # type: ignore[assignment]  # never changed
) -> Response:
    plan = here.plan
    kinds = dict.fromkeys((*ORGANISATION_KINDS, *(one.kind for one in plan.organisations)))
    return here.show(
        "asked.html",
        status_code=status,
        written=written,
        faults=faults or {},
        gone=gone,
        kinds=list(kinds),
        asking=[one for one in plan.activities if one.is_asking],
        names={"name": NAME, "kind": KIND, "language": LANGUAGE, "gone": GONE},
    )


def _contacts(
    here: DraftVisit,
    written: str,
    faults: Sequence[str] = (),
    status: int = 422,
    *,
    replaces: bool = False,
) -> Response:
    return here.show(
        "contacts.html",
        status_code=status if faults else 200,
        written=written,
        faults=faults,
        replaces=replaces,
        names={"rows": ROWS, "file": FILE, "replaces": REPLACES, "round": ROUND},
    )
