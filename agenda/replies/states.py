"""What can be done with a reply now, and the refusal of what cannot."""

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Session

from agenda.kinds.base import BALLOT_CLOSED, BALLOT_OPENED
from agenda.models import Activity, FormName, Invitation, Round
from agenda.replies.sentences import SENTENCES
from agenda.steps.stages import Stage, stage_of
from agenda.words.errors import BadInput
from agenda.workdays import midnight_after


class ReplyState(StrEnum):
    """What can be done with a reply now."""

    OPEN = "open"
    LATE = "late"
    """The last day has passed: an answer is still taken, and marked late."""
    LOCKED = "locked"
    """The work with the answers has begun: what was sent in can be read, not changed."""
    NOT_OPEN = "not_open"
    """A ballot that has not been opened yet."""
    ENDED = "ended"
    """The activity was cancelled, or the round is over."""

    @property
    def is_writable(self) -> bool:
        """Whether an answer can be given."""
        return self in (ReplyState.OPEN, ReplyState.LATE)


def state_of(
    round_: Round, row: Activity, due_on: date, form: FormName, now: datetime
) -> ReplyState:
    """What can be done with the form of an activity by one whose last day is `due_on`."""
    stage = stage_of(row, round_closed_at=round_.closed_at)
    if stage in (Stage.CLOSED, Stage.CANCELLED):
        return ReplyState.ENDED
    if form == FormName.BALLOT:
        if BALLOT_OPENED not in row.since:
            return ReplyState.NOT_OPEN
        return ReplyState.LOCKED if BALLOT_CLOSED in row.since else ReplyState.OPEN
    if not stage.takes_answers:
        return ReplyState.LOCKED
    return ReplyState.LATE if now >= midnight_after(due_on) else ReplyState.OPEN


def refuse_unless_writable(
    session: Session, invitation: Invitation, form: FormName, now: datetime
) -> None:
    """Stop who would change what can no longer be changed.

    Raises:
        BadInput: the sentence says why not.
    """
    row = session.get_one(Activity, invitation.activity_id)
    round_ = session.get_one(Round, row.round_id)
    state = state_of(round_, row, invitation.due_on(row.due_on), form, now)
    if not state.is_writable:
        raise BadInput(SENTENCES(f"state_{state}"))
