"""`/samordna/…/utskick`: every letter ever, how it went, and each as it was or will be sent."""

from collections.abc import Callable

from fastapi import APIRouter, Response

from agenda.models import MessageState, identity
from agenda.storage.store import reading
from agenda.words.addresses import shown_address
from notifications.acts.foreseeing import ForeseeableAct
from notifications.acts.planned.messages import trying_again
from notifications.acts.planned.rounds import pausing, resuming
from notifications.attending import activities_of
from notifications.readings.outbox import ReadMessage, message_of, messages_of
from portal.desk.acts.two_step import AskedAct, press
from portal.desk.cookies import HOME
from portal.desk.paging import page_of
from portal.desk.visits import Filled, InRound, NotYours, RoundVisit
from portal.door.posting import Posted

_IDS = range(1, 2**31)
DONE = ("retry", "pause", "resume")
GIVEN_UP = (MessageState.FAILED, MessageState.SET_ASIDE)

router = APIRouter(prefix=f"{HOME}/{{round_id:int}}/utskick")


@router.api_route("", methods=["GET", "HEAD"])
def messages(
    here: InRound, lage: str = "", sok: str = "", sida: str = "", gjort: str = ""
) -> Response:
    """The letters, the newest first, by state and words."""
    state = MessageState(lage) if lage in set(MessageState) else None
    with reading(here.engine) as session:
        found = messages_of(session, identity(here.round), state=state, words=sok.strip())
    return here.show(
        "messages.html",
        page="messages",
        found=page_of(found, sida),
        states=[one.value for one in MessageState],
        chosen=state.value if state else "",
        words=sok,
        shown_address=shown_address,
        done=gjort if gjort in DONE else "",
    )


# Two addresses, so that pressing twice, or after somebody else, does not do the opposite.
@router.api_route("/paus", methods=["GET", "HEAD"])
def pause_page(here: InRound) -> Response:
    """The button that pauses sending."""
    return _sending_page(here, "pause")


@router.post("/paus")
def pause(here: InRound, posted: Filled) -> Response:
    """Let nothing of the round leave."""
    return _sending(here, posted, "pause", pausing)


@router.api_route("/starta", methods=["GET", "HEAD"])
def resume_page(here: InRound) -> Response:
    """The button that lets sending go on."""
    return _sending_page(here, "resume")


@router.post("/starta")
def resume(here: InRound, posted: Filled) -> Response:
    """Let what waited leave, and what is to come."""
    return _sending(here, posted, "resume", resuming)


@router.api_route("/{number:int}", methods=["GET", "HEAD"])
def message(here: InRound, number: int) -> Response:
    """One letter, word for word; the personal link in it is not shown."""
    return _message(here, _found(here, number))


@router.post("/{number:int}")
def try_again(here: InRound, number: int, posted: Filled) -> Response:
    """Let a letter that was given up be tried again."""
    found = _found(here, number)
    if found.message.state not in GIVEN_UP:
        return _message(here, found, refused=here.say("not_given_up"))
    asked = AskedAct(
        name="retry",
        wanted=trying_again(found.message, actor=here.by.actor),
        subject=found.message.subject,
        page="messages",
        back=f"{here.home}/utskick/{number}",
        terms={"to": shown_address(found.message.recipient)},
    )
    return press(here, posted, asked, refuse=lambda why: _message(here, found, refused=why))


def _found(here: RoundVisit, number: int) -> ReadMessage:
    with reading(here.engine) as session:
        found = None
        if number in _IDS:
            found = message_of(session, identity(here.round), number)
    if found is None:
        raise NotYours(here)
    return found


def _message(here: RoundVisit, found: ReadMessage, *, refused: str = "") -> Response:
    return here.show(
        "message.html",
        page="messages",
        status_code=409 if refused else 200,
        found=found,
        has_words=found.is_for(here.person.address),
        to=shown_address(found.message.recipient),
        is_given_up=found.message.state in GIVEN_UP,
        refused=refused,
        done=here.request.query_params.get("gjort", "") in DONE,
    )


def _sending(
    here: RoundVisit, posted: Posted, name: str, makes: Callable[..., ForeseeableAct]
) -> Response:
    with reading(here.engine) as session:
        ids = activities_of(session, here.round)
    asked = AskedAct(
        name=name,
        wanted=makes(here.round, ids, actor=here.by.actor),
        subject=here.round.name,
        page="messages",
        back=f"{here.home}/utskick",
    )
    return press(here, posted, asked, refuse=lambda why: _sending_page(here, name, refused=why))


def _sending_page(here: RoundVisit, name: str, *, refused: str = "") -> Response:
    return here.show(
        "pause.html",
        page="messages",
        status_code=409 if refused else 200,
        name=name,
        refused=refused,
    )
