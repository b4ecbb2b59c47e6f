"""`/anstand/<token>`: one request for more time, read, decided and confirmed."""

from collections.abc import Mapping
from functools import partial

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from agenda.replies.extension_cases import Case, CaseState
from agenda.storage.store import reading
from agenda.words.errors import BadInput
from notifications.acts.extensions import deny_extension, grant_extension
from notifications.acts.trying import carry_through
from portal.deciding.filled import (
    CHOICE,
    DAY,
    LONGEST_NOTE,
    NOTE,
    Filled,
    as_asked,
    can_be_chosen,
    faults_in,
    filled_in,
)
from portal.deciding.showing import (
    follows_in_words,
    recipients,
    standing_of_reply,
    told,
    warnings,
)
from portal.deciding.visits import DecisionVisit, Here, Written
from portal.door.posting import Posted

CONFIRMED, CHANGES = "_bekraftat", "_andra"

router = APIRouter(prefix="/anstand")


@router.api_route("/{token}", methods=["GET", "HEAD"])
def request_page(here: Here, redan: str = "") -> Response:
    """The request and the form to decide it, or what was decided."""
    with reading(here.engine) as session:
        case = here.case(session)
        if case.state is CaseState.DECIDED:
            return _decided(session, here, case, is_too_late=bool(redan))
        return _open(session, here, case, as_asked(case))


@router.post("/{token}")
def decide(here: Here, posted: Written) -> Response:
    """Grant or deny, once it has been confirmed; the first decision holds."""
    filled = filled_in(posted)
    with reading(here.engine) as session:
        # What only looks, or asks first, has nobody wait for the turn to write.
        if page := _before_deciding(session, here, here.case(session), filled, posted):
            return page
    case, is_as_seen, faults = carry_through(here.engine, partial(_decided_so, here, filled))
    if is_as_seen and not faults:
        here.follow(case)
        return RedirectResponse(here.home, status_code=303)
    with reading(here.engine) as session:
        if faults:
            return _open(session, here, case, filled, faults=faults)
        page = _before_deciding(session, here, case, filled, posted)
        return page or RedirectResponse(here.home, status_code=303)


def _decided_so(
    here: DecisionVisit, filled: Filled, session: Session
) -> tuple[Case, bool, dict[str, str]]:
    """Decide it, if it still stands as it was seen; whether it does, and what hinders it."""
    case = here.case(session)
    if not _is_decidable(here, case, filled):
        return case, False, {}
    try:
        _act(session, here, case, filled)
    except BadInput as error:
        field = DAY if filled.is_granting else NOTE
        return case, True, {field: error.said_in(here.language)}
    return case, True, {}


def _is_decidable(here: DecisionVisit, case: Case, filled: Filled) -> bool:
    is_open = case.state is not CaseState.DECIDED and can_be_chosen(filled.choice, case.state)
    return is_open and filled.choice is not None and not faults_in(here, case, filled)


def _before_deciding(
    session: Session, here: DecisionVisit, case: Case, filled: Filled, posted: Posted
) -> Response | None:
    """The page that comes before a decision; None when there is nothing more to ask."""
    if case.state is CaseState.DECIDED:
        return _already_decided(here, case)
    if not can_be_chosen(filled.choice, case.state):
        return _open(session, here, case, filled, status_code=409)
    if CHANGES in posted or filled.choice is None:
        return _open(session, here, case, filled)
    if faults := faults_in(here, case, filled):
        return _open(session, here, case, filled, faults=faults)
    return None if CONFIRMED in posted else _confirm(session, here, case, filled)


def _act(session: Session, here: DecisionVisit, case: Case, filled: Filled) -> None:
    invitation, note, by = case.reply.invitation, filled.note, here.by(session)
    if filled.is_granting and filled.day is not None:
        grant_extension(session, here.office, invitation, to=filled.day, by=by, note=note)
    else:
        deny_extension(session, here.office, invitation, by=by, note=note)


def _already_decided(here: DecisionVisit, case: Case) -> Response:
    """Back to what was decided; who was second is told so, who pressed twice is not."""
    is_own = case.asked.decided_by == here.who
    return RedirectResponse(here.home if is_own else f"{here.home}?redan=1", status_code=303)


def _open(
    session: Session,
    here: DecisionVisit,
    case: Case,
    filled: Filled,
    *,
    faults: Mapping[str, str] | None = None,
    status_code: int = 200,
) -> Response:
    is_open = case.state is CaseState.OPEN
    return here.show(
        "request.html",
        status_code=422 if faults else status_code,
        case=case,
        filled=filled,
        faults=faults or {},
        standing=standing_of_reply(here, case),
        follows=follows_in_words(here, case),
        warnings=warnings(here, case, filled.day or case.asked.until) if is_open else [],
        recipients=recipients(session, case),
        names={"choice": CHOICE, "day": DAY, "note": NOTE},
        longest=LONGEST_NOTE,
    )


def _confirm(session: Session, here: DecisionVisit, case: Case, filled: Filled) -> Response:
    written = {CHOICE: filled.choice, DAY: filled.until, NOTE: filled.note}
    return here.show(
        "confirm.html",
        case=case,
        filled=filled,
        warnings=warnings(here, case, filled.day) if filled.is_granting and filled.day else [],
        recipients=recipients(session, case),
        hidden=written,
        names={"confirmed": CONFIRMED, "changes": CHANGES},
    )


def _decided(session: Session, here: DecisionVisit, case: Case, *, is_too_late: bool) -> Response:
    return here.show(
        "decided.html",
        case=case,
        is_too_late=is_too_late,
        mails=told(session, here, case),
    )
