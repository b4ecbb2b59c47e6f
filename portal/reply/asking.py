"""Asking for more time, and inviting a colleague into the same draft."""

from collections.abc import Mapping
from datetime import date, timedelta

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from agenda.errors import BadInput
from agenda.forms.faults import length_fault
from agenda.forms.written import date_in, day_of, line_in, text_in
from agenda.links.personal import MOST_COLLEAGUES, colleagues_left, links_of, revoke
from agenda.models import Link
from agenda.replies import Reply
from agenda.replies.extensions import LONGEST_REASON
from agenda.storage.store import reading, transaction
from agenda.words.addresses import typed_mail_address
from agenda.words.names import LONGEST_NAME, is_name, name_in
from agenda.words.texts import visible
from agenda.workdays import Workdays, swedish_date
from notifications.acts import rehearsing, replying
from notifications.letters.dates import in_words
from portal.reply.drafting import number_in
from portal.reply.showing import head_of, is_meeting
from portal.reply.visits import Here, Visit, Written, gates
from portal.reply.voice import clock
from portal.reply.writing import shut

LONGEST_ADDRESS = 200
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
    faults = None
    if (day := day_of(until)) and visible(reason):
        rehearsing.request_of_time(here.engine, here.office, here.link, day, reason, now=here.now)
    with transaction(here.engine) as session:
        reply = here.reply(session)
        if reply.state.is_writable and not is_meeting(reply):
            faults = _extension_faults(here, reply, until, reason)
        if faults == {} and day:
            try:
                replying.request_extension(
                    session, here.office, here.link, until=day, reason=reason, now=here.now
                )
            except BadInput as error:
                faults = {"dag": str(error)}
    # A page is made when the next one has the turn to write.
    if faults is None:
        return shut(here, posted)
    if not faults:
        return RedirectResponse(f"{here.home}/anstand?skickad=1", status_code=303)
    with reading(here.engine) as session:
        return _extension(session, here, reply, faults=faults, until=until, reason=reason)


@router.api_route("/kollega", methods=["GET", "HEAD"])
def colleague_page(here: Here, till: str = "", stangd: str = "") -> Response:
    """Who has a link of their own, and the form to invite one more."""
    with reading(here.engine) as session:
        reply = here.reply(session)
        return _colleagues(session, here, reply, invited=till, is_revoked=bool(stangd))


@router.post("/kollega")
def invite(here: Here, posted: Written) -> Response:
    """Mail a colleague a link, or close one."""
    if "_stang" in posted:
        return _revoke(here, number_in(posted.get("_stang")))
    name = name_in(posted.get("namn"))
    address = _address(posted.get("epost"))
    faults = _colleague_faults(here, name, address)
    if not faults:
        gates(here.request).enter("colleague", str(here.link.invitation_id))
        rehearsing.invitation(
            here.engine, here.office, here.link, name, address or "", now=here.now
        )
    made = None
    with transaction(here.engine) as session:
        reply = here.reply(session)
        if not faults and not colleagues_left(session, here.link.invitation_id):
            who = reply.head.coordinator.name
            faults = {"namn": here.say("colleague_too_many", most=MOST_COLLEAGUES, name=who)}
        if reply.state.is_writable and not faults and address:
            made = replying.invite_colleague(
                session, here.office, here.link, name=name, address=address, now=here.now
            )
    if made is not None:
        return RedirectResponse(f"{here.home}/kollega?till={made.id}", status_code=303)
    if not reply.state.is_writable:
        return shut(here, posted)
    given = {key: line_in(posted.get(key)) for key in ("namn", "epost")}
    with reading(here.engine) as session:
        return _colleagues(session, here, reply, faults=faults, given=given)


def _extension(
    session: Session,
    here: Visit,
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


def _extension_faults(here: Visit, reply: Reply, until: str, reason: str) -> dict[str, str]:
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


def _colleague_faults(here: Visit, name: str, address: str | None) -> dict[str, str]:
    faults = {}
    if not name:
        faults["namn"] = here.say("colleague_no_name")
    elif not is_name(name):
        faults["namn"] = here.say("colleague_odd_name", most=LONGEST_NAME)
    if address is None:
        faults["epost"] = here.say("colleague_no_address")
    return faults


def _earliest(here: Visit, reply: Reply) -> date:
    """The day that a later one must come after."""
    return max(reply.due_on, swedish_date(here.now))


def _colleagues(
    session: Session,
    here: Visit,
    reply: Reply,
    *,
    invited: str = "",
    is_revoked: bool = False,
    faults: Mapping[str, str] | None = None,
    given: Mapping[str, str] | None = None,
) -> Response:
    colleagues = _own_colleagues(session, here.link)
    newest = next((one for one in colleagues if str(one.id) == invited), None)
    return here.show(
        "colleague.html",
        erased_after=here.settings.erase_after_days,
        status_code=422 if faults else 200,
        head=head_of(session, here, reply),
        colleagues=[
            (one, clock(one.created_at, here.language, now=here.now)) for one in colleagues
        ],
        invited=newest.address if newest else "",
        is_revoked=is_revoked,
        faults=faults or {},
        given=given or {},
    )


def _own_colleagues(session: Session, link: Link) -> list[Link]:
    """The links that this one may close: those made through it; the organisation's, all."""
    others = [one for one in links_of(session, link.invitation_id) if one.invited_by_id]
    if link.invited_by_id is None:
        return others
    return [one for one in others if one.invited_by_id == link.id]


def _revoke(here: Visit, number: int) -> Response:
    with transaction(here.engine) as session:
        for one in _own_colleagues(session, here.link):
            if one.id == number:
                revoke(session, one, now=here.now, who=f"länk {here.link.id}")
    return RedirectResponse(f"{here.home}/kollega?stangd=1", status_code=303)


def _address(written: str) -> str | None:
    """An e-mail address of a length that any mail program shows; None for anything else."""
    found = typed_mail_address(written)
    return None if found is None or len(found) > LONGEST_ADDRESS else found
