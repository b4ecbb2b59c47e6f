"""The messages of a round: to whom, when, and what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from agenda.models import Activity, Attempt, Message, MessageState, Organisation
from agenda.words.addresses import shown_address
from notifications.letters.kinds import MESSAGES
from notifications.outbox.recipients import is_same_mailbox


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


@dataclass(frozen=True, slots=True)
class ReadMessage:
    """A message with all that is known of it."""

    message: Message
    organisation: Organisation | None
    activity: Activity | None
    attempts: Sequence[Attempt]

    def is_for(self, address: str) -> bool:
        """Whether somebody who may see the round may read the letter's words too."""
        is_of_several = MESSAGES[self.message.template].is_of_several_rounds
        return not is_of_several or is_same_mailbox(self.message.recipient, address)


def message_of(session: Session, round_id: int, number: int) -> ReadMessage | None:
    """One message of a round; None for another's, or where there is none."""
    message = session.get(Message, number)
    if message is None or message.round_id != round_id:
        return None
    tries = select(Attempt).where(Attempt.message_id == number).order_by(col(Attempt.id))
    return ReadMessage(
        message,
        session.get(Organisation, message.organisation_id) if message.organisation_id else None,
        session.get(Activity, message.activity_id) if message.activity_id else None,
        session.exec(tries).all(),
    )


def messages_of(
    session: Session, round_id: int, *, state: MessageState | None = None, words: str = ""
) -> Sequence[tuple[Message, str]]:
    """A round's messages with the organisations' names, the newest first.

    Args:
        session: A session that reads.
        round_id: The round.
        state: Only those in this state.
        words: Only those with these words in the subject, the recipient or the organisation.
    """
    query = (
        select(Message, Organisation.name)
        .join(Organisation, isouter=True)
        .where(Message.round_id == round_id)
        .order_by(col(Message.queued_at).desc(), col(Message.id).desc())
        .options(defer(Message.html), defer(Message.text), defer(Message.calendar))  # type: ignore[arg-type]
    )
    if state is not None:
        query = query.where(col(Message.state) == state)
    wanted = words.casefold()
    return [
        (message, name or "")
        for message, name in session.exec(query)
        if wanted in f"{message.subject} {message.recipient_name} {_to(message)} {name}".casefold()
    ]


def _to(message: Message) -> str:
    return shown_address(message.recipient)


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
