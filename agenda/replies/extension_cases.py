"""What there is to know before a request for more time is decided, and what can be decided."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Session

from agenda.models import ExtensionRequest, Link
from agenda.plan.model import PlannedActivity
from agenda.replies import Reply, ReplyState, reply_of
from agenda.rounds.clashes import following, is_reached, others_of
from agenda.workdays import Workdays, swedish_date


class CaseState(StrEnum):
    """What can be decided about a request now."""

    OPEN = "open"
    LOCKED = "locked"
    """The work with the answers has begun, or is done: there is only a no left to give."""
    ENDED = "ended"
    """The activity was cancelled, or the round is over: there is nothing left to decide."""
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Case:
    """One request for more time and what it touches."""

    asked: ExtensionRequest
    asked_by: str
    """The colleague's name; empty when it was asked through the organisation's own link."""
    reply: Reply
    follows: PlannedActivity | None
    """The next activity of the round, which a later day may reach into."""
    today: date
    """In Sweden."""

    @property
    def state(self) -> CaseState:
        """What can be decided now."""
        if self.asked.decided_at is not None:
            return CaseState.DECIDED
        states = {ReplyState.ENDED: CaseState.ENDED, ReplyState.LOCKED: CaseState.LOCKED}
        return states.get(self.reply.state, CaseState.OPEN)

    @property
    def is_moot(self) -> bool:
        """Whether the day asked for gives nothing any more: the last day was moved past it."""
        return self.asked.until <= self.reply.due_on

    @property
    def is_past(self) -> bool:
        """Whether the day asked for has passed while the request waited."""
        return self.asked.until < self.today

    def workdays_more(self, to: date) -> int:
        """How many workdays a new last day gives, besides those there are."""
        return self.workdays.between(self.reply.due_on, to)

    @property
    def workdays(self) -> Workdays:
        """The plan's own calendar of workdays."""
        return Workdays(self.reply.head.closed_days)

    def is_reached_by(self, to: date) -> bool:
        """Whether what follows has begun on a new last day."""
        return self.follows is not None and is_reached(self.follows, to)


def case_of(session: Session, request_id: int, *, now: datetime) -> Case:
    """Everything about one request for more time."""
    asked = session.get_one(ExtensionRequest, request_id)
    by = session.get_one(Link, asked.requested_by_id)
    reply = reply_of(session, by, now=now)
    return Case(
        asked=asked,
        asked_by=by.name,
        reply=reply,
        follows=following(reply.activity, others_of(session, reply.row)),
        today=swedish_date(now),
    )
