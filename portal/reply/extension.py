"""`anstand`: asking for more time."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from agenda.forms.faults import length_fault
from agenda.forms.written import date_in, day_of, text_in
from agenda.replies import Reply
from agenda.replies.extensions import LONGEST_REASON
from agenda.storage.store import reading
from agenda.words.errors import BadInput
from agenda.words.texts import visible
from agenda.workdays import Workdays, swedish_date
from notifications.acts.extensions import request_extension
from notifications.acts.trying import carry_through
from notifications.letters.dates import in_words
from portal.reply.form import shut
from portal.reply.showing import head_of, is_meeting
from portal.reply.visits import Here, ReplyVisit, Written

USUAL_EXTENSION_WORKDAYS = 10

router = APIRouter()


@router.api_route("/anstand", methods=["GET", "HEAD"])
def extension_page(here: Here, skickad: str = "") -> Response:
    """The form to ask for more time."""
    with reading(here.engine) as session:
        reply = here.reply(session)
        if not reply.state.is_writable or is_meeting(reply):
            return RedirectResponse(here.base, status_code=303)
        return _extension(session, here, reply, is_sent=bool(skickad))


@router.post("/anstand")
def ask_for_time(here: Here, posted: Written) -> Response:
    """Ask for more time; the coordinator is told."""
    until, reason = date_in(posted.get("dag")), text_in(posted.get("skal"))
    reply, faults = carry_through(here.engine, partial(_asked, here, until, reason))
    # A page is made when the next one has the turn to write.
    if faults is None:
        return shut(here, posted)
    if not faults:
        return RedirectResponse(f"{here.home}/anstand?skickad=1", status_code=303)
    with reading(here.engine) as session:
        return _extension(session, here, reply, faults=faults, until=until, reason=reason)


def _asked(
    here: ReplyVisit, until: str, reason: str, session: Session
) -> tuple[Reply, dict[str, str] | None]:
    """Ask for it; what hinders that by field, or None where nothing can be asked any more."""
    reply = here.reply(session)
    if not reply.state.is_writable or is_meeting(reply):
        return reply, None
    faults, day = _extension_faults(here, reply, until, reason), day_of(until)
    if not faults and day:
        try:
            request_extension(
                session, here.office, here.link, until=day, reason=reason, now=here.now
            )
        except BadInput as error:
            return reply, {"dag": error.said_in(here.language)}
    return reply, faults


def _extension(
    session: Session,
    here: ReplyVisit,
    reply: Reply,
    *,
    is_sent: bool = False,
    faults: Mapping[str, str] | None = None,
    until: str = "",
    reason: str = "",
) -> Response:
    from_on = _earliest(here, reply)
    example = Workdays(reply.head.closed_days).after(from_on, USUAL_EXTENSION_WORKDAYS)
    return here.show(
        "extension.html",
        status_code=422 if faults else 200,
        head=head_of(session, here, reply),
        is_sent=is_sent,
        faults=faults or {},
        until=until,
        is_day=not until or day_of(until) is not None,
        reason=reason,
        from_on=from_on,
        example=example,
        longest=LONGEST_REASON,
    )


def _extension_faults(here: ReplyVisit, reply: Reply, until: str, reason: str) -> dict[str, str]:
    from_on = _earliest(here, reply)
    example = Workdays(reply.head.closed_days).after(from_on, USUAL_EXTENSION_WORKDAYS)
    day, faults = day_of(until), {}
    if day is None or not from_on < day < from_on + timedelta(days=730):
        faults["dag"] = here.say(
            "extension_no_day", day=in_words(from_on, here.language), example=example
        )
    if not visible(reason):
        faults["skal"] = here.say("extension_no_reason")
    elif fault := length_fault(reason, most=LONGEST_REASON, language=here.language):
        faults["skal"] = fault
    return faults


def _earliest(here: ReplyVisit, reply: Reply) -> date:
    """The day that a later one must come after."""
    return max(reply.due_on, swedish_date(here.now))
