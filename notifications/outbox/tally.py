"""How many of a step's letters have left, whoever sent them: the run itself or the postman."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, and_, col, func, or_, select

from agenda.models import Message, MessageState, MessageStep
from agenda.steps.kinds import Audience, StepKind

ON_THEIR_WAY = (MessageState.QUEUED, MessageState.SENDING)


@dataclass(frozen=True, slots=True)
class Tally:
    """What has become of the letters that a run is about."""

    letters: int = 0
    """How many there are; those that were withdrawn are none."""
    left: int = 0
    waiting: int = 0
    failed: int = 0
    is_former: bool = False
    """The run had none of its own: they are those of the activity's latest step."""


def tally(session: Session, *, activity_id: int, message_ids: Sequence[int]) -> Tally:
    """Count the letters that a run found to deliver, or those of the latest step if it had none.

    Args:
        session: An open session.
        activity_id: The activity.
        message_ids: What the run found to deliver.
    """
    if message_ids:
        return _counted(session, col(Message.id).in_(message_ids))
    told_with_others = select(MessageStep.message_id).where(MessageStep.activity_id == activity_id)
    of_steps = or_(
        and_(col(Message.activity_id) == activity_id, col(Message.template).in_(list(StepKind))),
        and_(
            col(Message.id).in_(told_with_others),
            col(Message.audience) == Audience.RESPONSIBLE.value,
        ),
    )
    latest = select(Message.step_key).where(of_steps).order_by(col(Message.queued_at).desc())
    step_key = session.exec(latest.limit(1)).first()
    return _counted(session, of_steps, Message.step_key == step_key, is_former=True)


def _counted(session: Session, *which: object, is_former: bool = False) -> Tally:
    query = select(Message.state, func.count()).where(*which).group_by(col(Message.state))  # type: ignore[arg-type]
    states = Counter(dict(session.exec(query).all()))
    states.pop(MessageState.WITHDRAWN, None)
    return Tally(
        letters=states.total(),
        left=states[MessageState.SENT],
        waiting=sum(states[state] for state in ON_THEIR_WAY),
        failed=states[MessageState.FAILED],
        is_former=is_former,
    )
