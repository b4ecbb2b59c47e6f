"""Requests for a later last day (begäran om anstånd): asked for, granted, denied."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from agenda.models import (
    Activity,
    ExtensionRequest,
    Invitation,
    Link,
    identity,
)
from agenda.register import By, What, record, subject_of_reply
from agenda.replies.sentences import SENTENCES
from agenda.rounds.activities import grant_extension, refuse_act
from agenda.steps.stages import Act
from agenda.words.errors import BadInput
from agenda.words.texts import visible
from agenda.workdays import swedish_date

LONGEST_REASON = 2000


def request_extension(
    session: Session, link: Link, *, until: date, reason: str, now: datetime
) -> ExtensionRequest:
    """Ask for a later last day for the organisation that a link belongs to.

    Raises:
        BadInput: the day is not later than the one it has, no reason is given, or an
            earlier request has not been decided; or nobody can answer any longer.
    """
    invitation = session.get_one(Invitation, link.invitation_id, with_for_update=True)
    activity = session.get_one(Activity, invitation.activity_id)
    refuse_act(session, activity, Act.ASK_FOR_TIME)
    due_on = invitation.due_on(activity.due_on)
    if until <= max(due_on, swedish_date(now)):
        raise BadInput(SENTENCES("later_day", day=max(due_on, swedish_date(now))))
    if not visible(reason):
        raise BadInput(SENTENCES("no_reason"))
    if open_request(session, invitation) is not None:
        raise BadInput(SENTENCES("asked_already"))
    asked = ExtensionRequest(
        invitation_id=identity(invitation),
        until=until,
        reason=reason.strip()[:LONGEST_REASON],
        requested_at=now,
        requested_by_id=link.id,
    )
    session.add(asked)
    session.flush()
    by = By.holder(link.id, now)
    subject = subject_of_reply(session, invitation)
    record(session, by, What.EXTENSION_REQUESTED, subject, after=until.isoformat())
    return asked


def open_request(session: Session, invitation: Invitation) -> ExtensionRequest | None:
    """The request that waits for a decision."""
    return session.exec(
        select(ExtensionRequest)
        .where(
            ExtensionRequest.invitation_id == invitation.id,
            col(ExtensionRequest.decided_at).is_(None),
        )
        .order_by(col(ExtensionRequest.id))
    ).first()


def grant(
    session: Session,
    invitation: Invitation,
    *,
    to: date,
    by: By,
    note: str = "",
) -> date:
    """Give a later last day, asked for or not; the one it had.

    Raises:
        BadInput: the day is not later than the one it has, or has passed; or nobody can
            answer any longer, so that more time would be of no use.
    """
    before = grant_extension(session, invitation, to=to, by=by)
    if (asked := open_request(session, invitation)) is not None:
        _decide(session, asked, granted_until=to, by=by, note=note)
    return before


def deny(session: Session, invitation: Invitation, *, by: By, note: str) -> ExtensionRequest:
    """Say no to a request.

    Raises:
        BadInput: there is none that waits for a decision.
    """
    asked = open_request(session, invitation)
    if asked is None:
        raise BadInput(SENTENCES("nothing_to_decide"))
    _decide(session, asked, granted_until=None, by=by, note=note)
    subject = subject_of_reply(session, invitation)
    record(session, by, What.EXTENSION_DENIED, subject, after=asked.until.isoformat())
    return asked


def _decide(
    session: Session,
    asked: ExtensionRequest,
    *,
    granted_until: date | None,
    by: By,
    note: str,
) -> None:
    asked.is_granted, asked.granted_until = granted_until is not None, granted_until
    asked.decided_at, asked.decided_by, asked.note = by.at, str(by.actor), note
    session.add(asked)
