"""`/samordna/ny-omgang/personer`: who may start rounds."""

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from agenda.forms.written import line_in
from agenda.models import Coordinator
from agenda.people.roles import add_person, everybody, let_start_rounds
from agenda.storage.store import reading, transaction
from agenda.words.errors import AgendaError
from portal.desk.starting.visits import START, Starter, StartVisit
from portal.desk.visits import Filled, NotYours
from portal.door.posting import Posted

NAME, ADDRESS, WHO, MAY = "namn", "epost", "vem", "far"

router = APIRouter(prefix=f"{START}/personer")


@router.api_route("", methods=["GET", "HEAD"])
def people(here: Starter, gjort: str = "") -> Response:
    """Whoever comes to the desk, and who of them may start rounds."""
    return _page(here, {}, done=gjort == "saved")


@router.post("")
def change(here: Starter, posted: Filled) -> Response:
    """Let somebody start rounds, or no longer."""
    here.refuse_unless_fresh()
    written = {name: line_in(posted.get(name)).strip() for name in (NAME, ADDRESS)}
    try:
        with transaction(here.engine) as session:
            if WHO in posted:
                person = _named(here, session, posted)
                let_start_rounds(session, person, may_start=bool(posted.get(MAY)), by=here.by)
            else:
                add_person(
                    session,
                    name=written[NAME],
                    address=written[ADDRESS],
                    by=here.by,
                    may_start_rounds=True,
                )
    except AgendaError as error:
        return _page(here, written, refused=here.mended(error))
    return RedirectResponse(f"{START}/personer?gjort=saved", status_code=303)


def _named(here: StartVisit, session: Session, posted: Posted) -> Coordinator:
    for one in everybody(session):
        if str(one.id) == posted.get(WHO):
            return one
    raise NotYours(here)


def _page(
    here: StartVisit, written: dict[str, str], *, refused: str = "", done: bool = False
) -> Response:
    with reading(here.engine) as session:
        found = everybody(session)
    return here.show(
        "people.html",
        status_code=422 if refused else 200,
        found=found,
        written=written,
        faults=[refused] if refused else [],
        done=done,
        names={"name": NAME, "address": ADDRESS, "who": WHO, "may": MAY},
    )
