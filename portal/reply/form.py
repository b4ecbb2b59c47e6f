"""The form of a reply: shown as it stands, saved, previewed, and two people's versions joined."""

from collections.abc import Mapping, Sequence

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse, RedirectResponse
from sqlmodel import Session

from agenda.attachments import LARGEST_FILE, MEGABYTE
from agenda.forms.changing import asks_for_files
from agenda.forms.faults import faults_in
from agenda.forms.fields import Form
from agenda.forms.merging import seen
from agenda.forms.posted import values_of
from agenda.forms.shown import rows
from agenda.forms.stored import fitted, settled
from agenda.forms.values import Values
from agenda.replies import Reply
from agenda.storage.store import reading
from portal.door.posting import Posted
from portal.door.voice import time_of_day
from portal.forms import id_of, page_form
from portal.reply.conflict import clash_page
from portal.reply.draft.saving import REVISION_FIELD, SEEN_FIELD, Clash, Closed, Saved, save
from portal.reply.showing import attached, head_of, sent
from portal.reply.visits import Here, ReplyVisit, Written

SAVE, PREVIEW = "_spara", "_granska"

router = APIRouter()


@router.api_route("", methods=["GET", "HEAD"])
def form_page(here: Here, sparat: str = "", fel: str = "", lika: str = "") -> Response:
    """The form with what is written so far; or, when it is closed, what was sent in."""
    with reading(here.engine) as session:
        reply = here.reply(session)
        if not reply.state.is_writable:
            return closed(session, here, reply)
        form = here.fields(reply)
        values = fitted(form, reply.content)
        # Who wants to review an empty form is told what there is to fill in.
        is_checked = fel or (lika and reply.answer is None)
        faults = faults_in(form, values, language=here.language) if is_checked else {}
        notice = "saved" if sparat else "unchanged" if lika and reply.answer else ""
        return _page(session, here, reply, form, values, faults=faults, notice=notice)


@router.post("")
def save_form(here: Here, posted: Written) -> Response:
    """What a button of the form asks for; every one of them saves first."""
    outcome = save(here, posted)
    if isinstance(outcome, Closed):
        return shut(here, posted)
    if isinstance(outcome, Clash):
        return clash_page(here, outcome)
    if outcome.refused:
        return _refused(here, outcome)
    return RedirectResponse(_after(here, posted, outcome), status_code=303)


@router.post("/utkast")
def autosave(here: Here, posted: Written) -> Response:
    """The same for the page's script: saved, or why not, in a sentence."""
    outcome = save(here, posted)
    if isinstance(outcome, Closed):
        return JSONResponse({"said": here.say("script_closed")}, status_code=410)
    if isinstance(outcome, Clash):
        return JSONResponse({"said": here.say("script_conflict")}, status_code=409)
    with reading(here.engine) as session:
        form = here.fields(here.reply(session))
    time = time_of_day(outcome.at, here.language) if outcome.at else ""
    return JSONResponse(
        {
            "said": here.say("saved_at", time=time) if time else "",
            "revision": outcome.revision,
            "seen": seen(form, outcome.values),
        }
    )


def _page(
    session: Session,
    here: ReplyVisit,
    reply: Reply,
    form: Form,
    values: Values,
    *,
    faults: Mapping[str, str],
    notice: str = "",
    is_refused: bool = False,
) -> Response:
    return here.show(
        "form.html",
        status_code=422 if is_refused else 200,
        has_script=True,
        head=head_of(session, here, reply),
        fields=page_form(
            form,
            values,
            language=here.language,
            faults=faults,
            uploads=attached(here, reply),
        ),
        answers=reply.answers,
        hidden={REVISION_FIELD: reply.revision, SEEN_FIELD: seen(form, values)},
        notice=notice,
        is_refused=is_refused,
        has_files=asks_for_files(form),
        erased_after=here.settings.erase_after_days,
        most_octets=LARGEST_FILE,
        most_megabytes=LARGEST_FILE // MEGABYTE,
    )


def closed(
    session: Session,
    here: ReplyVisit,
    reply: Reply,
    *,
    unsent: Values | None = None,
    written: Sequence[tuple[str, str]] = (),
    status_code: int = 200,
) -> Response:
    """What was sent in, of a reply that takes nothing more, and what was not, to be copied.

    Args:
        session: An open session.
        here: The visit.
        reply: The reply.
        unsent: What is filled in and not sent; the draft, when it is not given.
        written: What was written in another form than the reply's.
        status_code: 409 for who wanted more than to look.
    """
    form, answer = here.fields(reply), reply.answer
    content = settled(form, fitted(form, _draft(reply) if unsent is None else unsent))
    is_in_answer = content == reply.sent_content
    return here.show(
        "closed.html",
        status_code=status_code,
        head=head_of(session, here, reply),
        sent=sent(session, here, answer, form) if answer else None,
        answers=reply.answers,
        unsent=[] if is_in_answer else rows(form, content, language=here.language, is_whole=True),
        files=attached(here, reply),
        written=written,
    )


def shut(here: ReplyVisit, posted: Posted) -> Response:
    """The reply was closed while somebody wrote: what they wrote is on the page to be copied."""
    with reading(here.engine) as session:
        reply = here.reply(session)
        filled = values_of(here.fields(reply), posted.pairs)
        written = () if filled else posted.written
        return closed(session, here, reply, unsent=filled, written=written, status_code=409)


def _draft(reply: Reply) -> Values:
    return reply.draft.content if reply.draft else {}


def _refused(here: ReplyVisit, outcome: Saved) -> Response:
    with reading(here.engine) as session:
        reply = here.reply(session)
        form = here.fields(reply)
        return _page(
            session,
            here,
            reply,
            form,
            outcome.values,
            faults=outcome.refused,
            is_refused=True,
        )


def _after(here: ReplyVisit, posted: Posted, outcome: Saved) -> str:
    """Where the browser goes once it is saved."""
    if press := outcome.press:
        number = len(outcome.values.get(press.field, [])) - 1
        onward = {
            "add": f"#{id_of(press.field)}-{number}",
            "remove": f"#{id_of(press.field)}",
            "detach": "",
        }
        return f"{here.base}{onward[press.what]}"
    if outcome.at is None:
        return f"{here.base}?lika=1" if PREVIEW in posted or outcome.is_answered else here.base
    return f"{here.base}/granska" if PREVIEW in posted else f"{here.base}?sparat=1"
