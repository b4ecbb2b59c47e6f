"""`inget` and `avstar`: the answers of one press, each on a page to confirm it."""

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from agenda.models import AnswerKind
from agenda.replies import Reply
from agenda.storage.store import reading
from notifications.acts.answers import send_in
from portal.reply.press import KEY_FIELD, is_overtaken, key_of, receipt_at, sending, submission_key
from portal.reply.showing import head_of, is_meeting
from portal.reply.visits import Here, ReplyVisit, Written

KINDS = {
    "inget": (AnswerKind.NOTHING_TO_REPORT, "nothing"),
    "avstar": (AnswerKind.DECLINED, "decline"),
}
"""The answers of one press: their page's address, and what its sentences begin with."""

router = APIRouter()


@router.api_route("/inget", methods=["GET", "HEAD"])
def nothing_page(here: Here, svarat: str = "") -> Response:
    """A page to confirm that there is nothing to put forward."""
    return _confirm(here, "inget", is_overtaken=bool(svarat))


@router.api_route("/avstar", methods=["GET", "HEAD"])
def decline_page(here: Here, svarat: str = "") -> Response:
    """A page to confirm that no reply will come."""
    return _confirm(here, "avstar", is_overtaken=bool(svarat))


@router.post("/inget")
def send_nothing(here: Here, posted: Written) -> Response:
    """Send in that there is nothing to put forward."""
    return _send_short(here, posted.get(KEY_FIELD), "inget")


@router.post("/avstar")
def send_decline(here: Here, posted: Written) -> Response:
    """Send in that no reply will come."""
    return _send_short(here, posted.get(KEY_FIELD), "avstar")


def _confirm(here: ReplyVisit, page: str, *, is_overtaken: bool) -> Response:
    with reading(here.engine) as session:
        reply = here.reply(session)
        if not reply.state.is_writable or is_meeting(reply):
            return RedirectResponse(here.base, status_code=303)
        return here.show(
            "confirm.html",
            head=head_of(session, here, reply),
            page=page,
            words=KINDS[page][1],
            is_overtaken=is_overtaken,
            hidden={KEY_FIELD: key_of(reply)},
        )


def _send_short(here: ReplyVisit, given: str, page: str) -> Response:
    with sending(here, KINDS[page][0]) as session:
        sent = _answered(session, here, given, page)
    if isinstance(sent, Response):
        return sent
    here.follow(sent)
    return receipt_at(here)


def _answered(session: Session, here: ReplyVisit, given: str, page: str) -> Reply | Response:
    """The reply that was answered, or where to go instead."""
    kind, _ = KINDS[page]
    reply = here.reply(session)
    key = submission_key(here, reply, f"{page}:{given}")
    if any(answer.submission_key == key for answer in reply.answers):
        return receipt_at(here)
    if not reply.state.is_writable or is_meeting(reply):
        return RedirectResponse(here.base, status_code=303)
    if is_overtaken(reply, given):
        return RedirectResponse(f"{here.base}/{page}?svarat=1", status_code=303)
    form = here.fields(reply)
    send_in(session, here.office, reply, form, kind=kind, submission_key=key, now=here.now)
    return reply
