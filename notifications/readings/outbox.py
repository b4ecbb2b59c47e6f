"""The messages of a round: to whom, when, and what became of them."""

from typing import Any

from sqlmodel import Session, col, select

from agenda.models import Message, MessageState, Organisation
from agenda.words.addresses import shown_address


def message_lines(
    session: Session, round_id: int | None, *, state: str | None = None
) -> list[dict[str, Any]]:
    """The messages in the order they were queued, or those in one state."""
    query = (
        select(Message, Organisation)
        .join(Organisation, isouter=True)
        .where(Message.round_id == round_id)
        .order_by(col(Message.queued_at), col(Message.id))
    )
    if state is not None:
        query = query.where(col(Message.state) == MessageState(state))
    return [_line(message, organisation) for message, organisation in session.exec(query)]


def _line(message: Message, organisation: Organisation | None) -> dict[str, Any]:
    is_queued = message.state is MessageState.QUEUED
    return {
        "queued_at": message.queued_at,
        "organisation": organisation.key if organisation else None,
        "name": message.recipient_name,
        "to": shown_address(message.recipient),
        "subject": message.subject,
        "step": message.step,
        "state": message.state.value,
        "next_attempt_at": message.next_attempt_at if is_queued else None,
        "sent_at": message.sent_at,
        "attempts": message.attempts,
        "is_uncertain": message.is_uncertain,
        "outcome": message.outcome,
        "message_id": message.message_id,
    }
