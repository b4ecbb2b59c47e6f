"""`kollega`: inviting a colleague into the same draft, and closing what was made."""

from collections.abc import Mapping

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from agenda.forms.written import line_in
from agenda.links.links import revoke
from agenda.links.personal import MOST_COLLEAGUES, colleagues_left, links_of
from agenda.models import Link
from agenda.register import By
from agenda.replies import Reply
from agenda.storage.store import reading, transaction
from agenda.words.addresses import typed_mail_address
from agenda.words.names import LONGEST_NAME, is_name, name_in
from notifications.acts.links import invite_colleague
from notifications.acts.trying import carry_through
from portal.door.visits import gates
from portal.door.voice import clock
from portal.reply.draft.saving import number_in
from portal.reply.form import shut
from portal.reply.showing import head_of
from portal.reply.visits import Here, ReplyVisit, Written

LONGEST_ADDRESS = 200

router = APIRouter()


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

    def inviting(session: Session) -> tuple[Reply, Link | None, dict[str, str]]:
        reply = here.reply(session)
        if not faults and not colleagues_left(session, here.link.invitation_id):
            who = reply.head.coordinator.name
            told = here.say("colleague_too_many", most=MOST_COLLEAGUES, name=who)
            return reply, None, {"namn": told}
        if not reply.state.is_writable or faults or not address:
            return reply, None, faults
        made = invite_colleague(
            session, here.office, here.link, name=name, address=address, now=here.now
        )
        return reply, made, {}

    reply, made, faults = carry_through(here.engine, inviting)
    if made is not None:
        return RedirectResponse(f"{here.home}/kollega?till={made.id}", status_code=303)
    if not reply.state.is_writable:
        return shut(here, posted)
    given = {key: line_in(posted.get(key)) for key in ("namn", "epost")}
    with reading(here.engine) as session:
        return _colleagues(session, here, reply, faults=faults, given=given)


def _colleague_faults(here: ReplyVisit, name: str, address: str | None) -> dict[str, str]:
    faults = {}
    if not name:
        faults["namn"] = here.say("colleague_no_name")
    elif not is_name(name):
        faults["namn"] = here.say("colleague_odd_name", most=LONGEST_NAME)
    if address is None:
        faults["epost"] = here.say("colleague_no_address")
    return faults


def _colleagues(
    session: Session,
    here: ReplyVisit,
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


def _revoke(here: ReplyVisit, number: int) -> Response:
    with transaction(here.engine) as session:
        for one in _own_colleagues(session, here.link):
            if one.id == number:
                revoke(session, one, by=By.holder(here.link.id, here.now))
    return RedirectResponse(f"{here.home}/kollega?stangd=1", status_code=303)


def _address(written: str) -> str | None:
    """An e-mail address of a length that any mail program shows; None for anything else."""
    found = typed_mail_address(written)
    return None if found is None or len(found) > LONGEST_ADDRESS else found
