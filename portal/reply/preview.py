"""`granska`: the draft exactly as it will be sent, and sending it in."""

from typing import NamedTuple

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from agenda.forms.changing import uploads_in
from agenda.forms.faults import faults_in
from agenda.forms.shown import rows
from agenda.forms.stored import fitted, settled
from agenda.models import AnswerKind
from agenda.replies import Reply
from agenda.storage.store import reading
from notifications.acts.answers import send_in
from portal.door.posting import Posted
from portal.forms import page_form
from portal.reply.draft.saving import REVISION_FIELD, number_in
from portal.reply.form import closed
from portal.reply.press import KEY_FIELD, is_overtaken, key_of, receipt_at, sending, submission_key
from portal.reply.showing import attached, head_of
from portal.reply.visits import Here, ReplyVisit, Written

router = APIRouter()


@router.api_route("/granska", methods=["GET", "HEAD"])
def preview(here: Here, andrat: str = "", svarat: str = "") -> Response:
    """The draft exactly as it will be sent, or what hinders that."""
    with reading(here.engine) as session:
        reply = here.reply(session)
        if reply.draft is None or not reply.state.is_writable:
            return RedirectResponse(here.base, status_code=303)
        told = {"is_changed": bool(andrat), "is_overtaken": bool(svarat)}
        return _preview(session, here, reply, told=told)


@router.post("/skicka")
def send(here: Here, posted: Written) -> Response:
    """Send the draft in, if it is the one that was reviewed."""
    with sending(here, AnswerKind.SUBMISSION) as session:
        reply, is_sent, hindrance = _sent(session, here, posted)
    # A page is made when the next one has the turn to write.
    if hindrance is not None:
        return RedirectResponse(f"{here.base}{hindrance}", status_code=303)
    if not is_sent and not reply.state.is_writable:
        with reading(here.engine) as session:
            return closed(session, here, reply, status_code=409)
    if not is_sent:
        here.follow(reply)
    return receipt_at(here)


class _Sent(NamedTuple):
    """What a press came to."""

    reply: Reply
    is_sent: bool
    """It had been sent already."""
    hindrance: str | None
    """Where it is told what hinders it."""


def _sent(session: Session, here: ReplyVisit, posted: Posted) -> _Sent:
    reply = here.reply(session)
    key = submission_key(here, reply, posted.get(KEY_FIELD))
    if any(answer.submission_key == key for answer in reply.answers):
        return _Sent(reply, is_sent=True, hindrance=None)
    hindrance = _hindrance(here, reply, posted)
    if hindrance is None and reply.state.is_writable:
        form = here.fields(reply)
        send_in(
            session,
            here.office,
            reply,
            form,
            kind=AnswerKind.SUBMISSION,
            submission_key=key,
            now=here.now,
            content=settled(form, fitted(form, reply.content)),
        )
    return _Sent(reply, is_sent=False, hindrance=hindrance)


def _hindrance(here: ReplyVisit, reply: Reply, posted: Posted) -> str | None:
    """Where it is told what hinders a draft from being sent; None if nothing does."""
    if reply.draft is None:
        return ""
    if not reply.state.is_writable:
        return None  # which is told at once, beside what was written
    if reply.revision != number_in(posted.get(REVISION_FIELD)):
        return "/granska?andrat=1"
    if is_overtaken(reply, posted.get(KEY_FIELD)):
        return "/granska?svarat=1"
    form = here.fields(reply)
    content = settled(form, fitted(form, reply.content))
    return "/granska" if faults_in(form, content, language=here.language) else None


def _preview(
    session: Session, here: ReplyVisit, reply: Reply, *, told: dict[str, bool]
) -> Response:
    form = here.fields(reply)
    values = fitted(form, reply.content)
    faults = faults_in(form, values, language=here.language)
    files = attached(here, reply)
    return here.show(
        "preview.html",
        head=head_of(session, here, reply),
        fields=page_form(form, values, language=here.language, faults=faults, uploads=files),
        rows=rows(form, settled(form, values), language=here.language),
        files={number: files[number] for number in uploads_in(form, values) if number in files},
        **told,
        hidden={REVISION_FIELD: reply.revision, KEY_FIELD: key_of(reply)},
    )
