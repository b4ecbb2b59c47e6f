"""`/samordna/…/personer`: who may what in a round; and `/samordna/jag`, one's own sessions."""

from collections.abc import Mapping

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from agenda.forms.written import line_in
from agenda.models import Coordinator, DeskRole, Round, identity
from agenda.people.directory import identity_of
from agenda.people.roles import add_person, give_role, people_of, withdraw_role
from agenda.storage.store import reading, transaction
from agenda.words.errors import AgendaError
from portal.desk.cookies import HOME
from portal.desk.visits import AtDesk, Filled, InRound, NotYours, RoundVisit
from portal.door.posting import Posted

NAME, ADDRESS, ROLE = "namn", "epost", "roll"
DONE = ("added", "role_changed", "role_withdrawn")

router = APIRouter(prefix=f"{HOME}/{{round_id:int}}/personer")
own_router = APIRouter(prefix=HOME)


@own_router.api_route("/jag", methods=["GET", "HEAD"])
def me(here: AtDesk) -> Response:
    """Who is signed in, and the ways out."""
    with reading(here.engine) as session:
        bound = identity_of(session, identity(here.person))
    return here.show("me.html", page="me", has_directory=here.settings.has_directory, bound=bound)


@router.api_route("", methods=["GET", "HEAD"])
def people(here: InRound, gjort: str = "") -> Response:
    """Who may what, and the form that adds somebody."""
    return _people(here, done=gjort if gjort in DONE else "")


@router.post("")
def add(here: InRound, posted: Filled) -> Response:
    """Let somebody see the round, as a coordinator or as a reader."""
    here.refuse_unless_fresh()
    written = {name: line_in(posted.get(name)) for name in (NAME, ADDRESS, ROLE)}
    role = DeskRole(written[ROLE]) if written[ROLE] in set(DeskRole) else None
    if role is None:
        return _people(here, written=written, faults={ROLE: here.say("no_role")})
    try:
        with transaction(here.engine) as session:
            round_ = session.get_one(Round, here.round.id)
            person = add_person(session, name=written[NAME], address=written[ADDRESS], by=here.by)
            give_role(session, round_, person, role, by=here.by)
    except AgendaError as error:
        return _people(here, written=written, faults={NAME: here.mended(error)})
    return _back(here, "added")


@router.api_route("/{number:int}", methods=["GET", "HEAD"])
def person_page(here: InRound, number: int) -> Response:
    """One person's role, to be changed or withdrawn."""
    with reading(here.engine) as session:
        return _person(here, _in_round(here, session, number))


@router.post("/{number:int}")
def change(here: InRound, number: int, posted: Filled) -> Response:
    """Change somebody's role in the round, or withdraw it."""
    here.refuse_unless_fresh()
    with reading(here.engine) as session:
        person = _in_round(here, session, number)
    try:
        with transaction(here.engine) as session:
            return _back(here, _changed(here, session, number, posted))
    except AgendaError as error:
        return _person(here, person, refused=here.mended(error))


def _changed(here: RoundVisit, session: Session, number: int, posted: Posted) -> str:
    round_ = session.get_one(Round, here.round.id)
    person = session.get_one(Coordinator, number)
    role = posted.get(ROLE)
    if role in set(DeskRole):
        give_role(session, round_, person, DeskRole(role), by=here.by)
        return "role_changed"
    withdraw_role(session, round_, person, by=here.by)
    return "role_withdrawn"


def _in_round(here: RoundVisit, session: Session, number: int) -> tuple[Coordinator, DeskRole]:
    found = people_of(session, identity(here.round))
    for person, role in found:
        if person.id == number:
            return person, role
    raise NotYours(here)


def _people(
    here: RoundVisit,
    *,
    written: Mapping[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
    done: str = "",
) -> Response:
    with reading(here.engine) as session:
        found = people_of(session, identity(here.round))
    return here.show(
        "people.html",
        page="people",
        status_code=422 if faults else 200,
        found=found,
        written=written or {},
        faults=faults or {},
        done=done,
        roles=[role.value for role in DeskRole],
        names={"name": NAME, "address": ADDRESS, "role": ROLE},
    )


def _person(
    here: RoundVisit, found: tuple[Coordinator, DeskRole], *, refused: str = ""
) -> Response:
    return here.show(
        "person.html",
        page="people",
        status_code=409 if refused else 200,
        person_shown=found[0],
        role=found[1].value,
        roles=[role.value for role in DeskRole],
        refused=refused,
        names={"role": ROLE},
    )


def _back(here: RoundVisit, done: str) -> Response:
    return RedirectResponse(f"{here.home}/personer?gjort={done}", status_code=303)
