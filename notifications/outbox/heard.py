"""Who has been told what: the newest news of each, read from the outbox.

What a person is told next follows from this and not from what was decided in between: who
never heard of a day need not unlearn it.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlmodel import Session, col

from agenda.kinds import KINDS
from agenda.models import Message, MessageState, MessageStep, identity
from agenda.rounds.facts import Situation
from agenda.rounds.history import due_on_at
from agenda.steps.kinds import Audience
from notifications.letters.kinds import MESSAGES

_ON_THEIR_WAY = (MessageState.QUEUED, MessageState.SENDING, MessageState.SENT)
_GONE = (MessageState.SENDING, MessageState.SENT)

ABOUT_OWN_TIME = tuple(name for name, kind in MESSAGES.items() if kind.is_about_own_time)
"""What tells an organisation until when it may answer itself: no news of when a meeting is."""


class News(NamedTuple):
    """The newest letter that somebody has, or will have, about an activity."""

    template: str
    """Empty: they were told by other means, before the round was followed."""
    due_on: date | None
    """The last day that it names."""
    meets_on: date | None = None
    """The day of the meeting that it is about; more time to answer moves none."""


def heard_by_organisations(
    session: Session, known: Situation, *, has_left: bool = False, besides: str = ""
) -> Mapping[int | None, News]:
    """Each organisation's newest news, by its id; who has heard nothing is not there.

    Args:
        session: Any session.
        known: The activity.
        has_left: Only what has left or may have; not what waits in the outbox.
        besides: The key of a step that is left out.
    """
    found: dict[int | None, News] = {}
    if known.was_invited_before:
        by_other_means = News("", known.tracked_on)
        found = {party.organisation.id: by_other_means for party in known.parties.values()}
    told = _newest(session, known, Audience.ORGANISATION, has_left=has_left, besides=besides)
    return found | told


def heard_by_the_region(
    session: Session, known: Situation, *, has_left: bool = False, besides: str = ""
) -> News | None:
    """The newest news of the person responsible; None when they have heard nothing."""
    told = _newest(session, known, Audience.RESPONSIBLE, has_left=has_left, besides=besides)
    return told.get(None) or _told_together(session, known, has_left=has_left)


def _told_together(session: Session, known: Situation, *, has_left: bool) -> News | None:
    """What one letter about all of a person's work has said of this one."""
    query = (
        select(col(MessageStep.step_key), col(Message.template))
        .join(Message, col(Message.id) == col(MessageStep.message_id))
        .where(
            col(MessageStep.activity_id) == identity(known.row),
            col(Message.audience) == Audience.RESPONSIBLE.value,
            or_(
                col(Message.state).in_(_GONE if has_left else _ON_THEIR_WAY),
                col(Message.is_uncertain),
            ),
        )
        .order_by(col(Message.queued_at).desc(), col(Message.id).desc())
    )
    found = session.execute(query).tuples().first()
    # A step's key ends with the last day that it counts from.
    return News(found[1], date.fromisoformat(found[0].rpartition(":")[2])) if found else None


def _newest(
    session: Session,
    known: Situation,
    audience: Audience,
    *,
    has_left: bool,
    besides: str,
) -> dict[int | None, News]:
    states = _GONE if has_left else _ON_THEIR_WAY
    query = (
        select(
            col(Message.organisation_id),
            col(Message.template),
            col(Message.due_on),
            col(Message.queued_at),
        )
        .where(
            col(Message.activity_id) == identity(known.row),
            col(Message.audience) == audience.value,
            col(Message.step_key) != besides,
            # What tells of several at once names the last day of none.
            or_(col(Message.due_on).is_not(None), col(Message.organisation_id).is_not(None)),
            # The mail server may have taken what was tried and then withdrawn.
            or_(col(Message.state).in_(states), col(Message.is_uncertain)),
        )
        .order_by(col(Message.queued_at), col(Message.id))
    )
    found: dict[int | None, News] = {}
    for whose, template, on, at in session.execute(query).tuples():
        meets_on = meeting_named_at(known, at)
        if template in ABOUT_OWN_TIME and whose in found:
            meets_on = found[whose].meets_on
        found[whose] = News(template, on, meets_on)
    return found


def meeting_named_at(known: Situation, instant: datetime) -> date | None:
    """The day that a letter of an instant names as the meeting's; None where there is none."""
    return due_on_at(known, instant) if KINDS[known.activity.kind].is_meeting else None
