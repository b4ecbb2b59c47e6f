"""Which dated steps a message tells besides what it is about, kept beside it."""

from collections.abc import Iterable

from sqlalchemy import insert
from sqlmodel import Session, col, delete

from agenda.models import MessageStep


def put_on_record(session: Session, message_id: int, told: Iterable[tuple[int, str]]) -> None:
    """Keep what a message tells, in place of what it told before.

    One that was withdrawn before it left, and is taken up again, tells other steps now.

    Args:
        session: The transaction that queues it.
        message_id: The message.
        told: Each activity's id with a step's key.
    """
    session.exec(delete(MessageStep).where(col(MessageStep.message_id) == message_id))
    rows = [
        {"message_id": message_id, "activity_id": activity_id, "step_key": step_key}
        for activity_id, step_key in told
    ]
    if rows:
        session.exec(insert(MessageStep), params=rows)
