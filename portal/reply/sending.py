"""Reviewing a reply, sending it in, its receipt and its earlier versions."""

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from agenda.forms.changing import uploads_in
from agenda.forms.fields import Form, Values
from agenda.forms.posted import faults_in, fitted, rows, settled
from agenda.links.personal import derived_token
from agenda.models import AnswerKind
from agenda.replies import Reply, has_room, size_of
from agenda.storage.store import reading, transaction
from notifications.acts import rehearsing, replying
from portal.forms import page_form
from portal.reply.drafting import REVISION_FIELD, number_in
from portal.reply.posting import Posted
from portal.reply.refusals import Missing
from portal.reply.showing import attached, head_of, is_meeting, sent
from portal.reply.visits import Here, Visit, Written
from portal.reply.writing import closed

KEY_FIELD = "_nyckel"
KINDS = {
    "inget": (AnswerKind.NOTHING_TO_REPORT, "nothing"),
    "avstar": (AnswerKind.DECLINED, "decline"),
}
"""The answers of one press: their page's address, and what its sentences begin with."""

router = APIRouter()
short_router = APIRouter()
"""What only a reply has, not a ballot."""


@router.api_route("/granska", methods=["GET", "HEAD"])
def preview(here: Here, andrat: str = "", svarat: str = "", fullt: str = "") -> Response:
    """The draft exactly as it will be sent, or what hinders that."""
    with reading(here.engine) as session:
        reply = here.reply(session)
        if reply.draft is None or not reply.state.is_writable:
            return RedirectResponse(here.base, status_code=303)
        told = {"is_changed": andrat, "is_overtaken": svarat, "is_full": fullt}
        return _preview(session, here, reply, told={name: bool(one) for name, one in told.items()})


@router.post("/skicka")
def send(here: Here, posted: Written) -> Response:
    """Send the draft in, if it is the one that was reviewed."""
    _rehearse(here, AnswerKind.SUBMISSION)
    with transaction(here.engine) as session:
        reply = here.reply(session)
        key = _submission_key(here, reply, posted.get(KEY_FIELD))
        is_sent = any(answer.submission_key == key for answer in reply.answers)
        hindrance = None if is_sent else _hindrance(session, here, reply, posted)
        if not is_sent and hindrance is None and reply.state.is_writable:
            form = here.fields(reply)
            replying.send_in(
                session,
                here.office,
                reply,
                form,
                kind=AnswerKind.SUBMISSION,
                submission_key=key,
                now=here.now,
                content=settled(form, fitted(form, reply.content)),
            )
    # A page is made when the next one has the turn to write.
    if hindrance is not None:
        return RedirectResponse(f"{here.base}{hindrance}", status_code=303)
    if not is_sent and not reply.state.is_writable:
        with reading(here.engine) as session:
            return closed(session, here, reply, status_code=409)
    if not is_sent:
        here.follow(reply)
    return _receipt_at(here)


def _hindrance(session: Session, here: Visit, reply: Reply, posted: Posted) -> str | None:
    """Where it is told what hinders a draft from being sent; None if nothing does."""
    if reply.draft is None:
        return ""
    if not reply.state.is_writable:
        return None  # which is told at once, beside what was written
    if reply.revision != number_in(posted.get(REVISION_FIELD)):
        return "/granska?andrat=1"
    if _is_overtaken(reply, posted.get(KEY_FIELD)):
        return "/granska?svarat=1"
    form = here.fields(reply)
    content = settled(form, fitted(form, reply.content))
    if faults_in(form, content, language=here.language):
        return "/granska"
    return None if _has_room(session, reply, form, content) else "/granska?fullt=1"


@router.api_route("/kvitto", methods=["GET", "HEAD"])
def receipt(here: Here) -> Response:
    """The receipt for the answer that holds."""
    with reading(here.engine) as session:
        reply = here.reply(session)
        if reply.answer is None:
            return RedirectResponse(here.base, status_code=303)
        return here.show(
            "receipt.html",
            head=head_of(session, here, reply),
            sent=sent(session, here, reply.answer, here.fields(reply)),
            answers=reply.answers,
            is_newest=True,
        )


@router.api_route("/versioner/{number}", methods=["GET", "HEAD"])
def version(here: Here, number: int) -> Response:
    """One version that was sent in, whether it holds or not."""
    with reading(here.engine) as session:
        reply = here.reply(session)
        found = next((one for one in reply.answers if one.version == number), None)
        if found is None:
            raise Missing(here.language)
        return here.show(
            "receipt.html",
            head=head_of(session, here, reply),
            sent=sent(session, here, found, here.fields(reply)),
            answers=reply.answers,
            is_newest=found is reply.answer,
        )


@short_router.api_route("/inget", methods=["GET", "HEAD"])
def nothing_page(here: Here, svarat: str = "") -> Response:
    """A page to confirm that there is nothing to put forward."""
    return _confirm(here, "inget", is_overtaken=bool(svarat))


@short_router.api_route("/avstar", methods=["GET", "HEAD"])
def decline_page(here: Here, svarat: str = "") -> Response:
    """A page to confirm that no reply will come."""
    return _confirm(here, "avstar", is_overtaken=bool(svarat))


@short_router.post("/inget")
def send_nothing(here: Here, posted: Written) -> Response:
    """Send in that there is nothing to put forward."""
    return _send_short(here, posted.get(KEY_FIELD), "inget")


@short_router.post("/avstar")
def send_decline(here: Here, posted: Written) -> Response:
    """Send in that no reply will come."""
    return _send_short(here, posted.get(KEY_FIELD), "avstar")


def _has_room(session: Session, reply: Reply, form: Form, content: Values) -> bool:
    """Whether the files can be kept once more, with this version."""
    octets = size_of(session, reply.invitation, uploads_in(form, content))
    return octets == 0 or has_room(session, reply.invitation, octets)


def _preview(session: Session, here: Visit, reply: Reply, *, told: dict[str, bool]) -> Response:
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
        hidden={REVISION_FIELD: reply.revision, KEY_FIELD: _key(reply)},
    )


def _confirm(here: Visit, page: str, *, is_overtaken: bool) -> Response:
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
            hidden={KEY_FIELD: _key(reply)},
        )


def _send_short(here: Visit, given: str, page: str) -> Response:
    kind, _ = KINDS[page]
    _rehearse(here, kind)
    with transaction(here.engine) as session:
        reply = here.reply(session)
        key = _submission_key(here, reply, f"{page}:{given}")
        if any(answer.submission_key == key for answer in reply.answers):
            return _receipt_at(here)
        if not reply.state.is_writable or is_meeting(reply):
            return RedirectResponse(here.base, status_code=303)
        if _is_overtaken(reply, given):
            return RedirectResponse(f"{here.base}/{page}?svarat=1", status_code=303)
        replying.send_in(
            session,
            here.office,
            reply,
            here.fields(reply),
            kind=kind,
            submission_key=key,
            now=here.now,
        )
    here.follow(reply)
    return _receipt_at(here)


def _receipt_at(here: Visit) -> Response:
    return RedirectResponse(f"{here.base}/kvitto", status_code=303)


def _key(reply: Reply) -> str:
    """What makes a second press of the same button the same: what it is pressed on.

    Every answer has a version of its own, and a draft a revision: so the key changes with
    each thing that can be sent, and stays the same however often the page is opened.
    """
    newest = reply.answers[0].version if reply.answers else 0
    return f"{newest}.{reply.revision}"


def _rehearse(here: Visit, kind: AnswerKind) -> None:
    """Put the receipts into words before it is one's turn to write: others wait meanwhile."""
    with reading(here.engine) as session:
        reply = here.reply(session)
        if reply.state.is_writable:
            form = here.fields(reply)
            rehearsing.receipts(session, here.office, reply, form, kind=kind, now=here.now)


def _is_overtaken(reply: Reply, given: str) -> bool:
    """Whether another answer has come in since the page was opened that this was pressed on.

    Of two that are pressed at the same instant the first is the answer; what the second one
    wanted is asked once more, so that nobody's answer is replaced by somebody who never saw it.
    """
    return given.partition(".")[0] != _key(reply).partition(".")[0]


def _submission_key(here: Visit, reply: Reply, given: str) -> str:
    """Bound to the reply, so that no other organisation's can be the same."""
    what = f"submission:{reply.invitation.id}:{here.form}:{given}"
    return derived_token(here.office.keyring.key, what)
