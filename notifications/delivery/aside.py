"""A message that trips our own code: set aside, so that what is queued after it goes on."""

from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, select

from agenda.models import Message, MessageState
from agenda.storage.store import transaction
from agenda.words.errors import AgendaError
from notifications.delivery.outcomes import set_aside
from notifications.office import Office


def lay_aside(
    engine: Engine,
    office: Office,
    message_id: int,
    error: Exception,
    *,
    lease: str | None,
    now: datetime,
) -> str | None:
    """Set a message aside that raised; why, in Swedish, or None when somebody else has it.

    With a lease it was ours, and may have been handed over before something went wrong.
    """
    why = _said(error)
    with transaction(engine) as session:
        message = _ours(session, message_id, lease, now)
        if message is None:
            return None
        message.is_uncertain = message.is_uncertain or lease is not None
        set_aside(session, office, message, why, now=now)
    return why


def _ours(session: Session, message_id: int, lease: str | None, now: datetime) -> Message | None:
    message = session.exec(
        select(Message).where(Message.id == message_id).with_for_update()
    ).first()
    if message is None or message.state not in (MessageState.QUEUED, MessageState.SENDING):
        return None
    if lease is not None:
        return message if message.lease == lease else None
    is_anothers = message.leased_until is not None and message.leased_until > now
    return None if is_anothers else message


def _said(error: Exception) -> str:
    """What went wrong, without anything of the letter: this is shown to people."""
    if isinstance(error, AgendaError):
        return str(error)
    return f"Programmet gjorde fel när brevet skulle skickas ({type(error).__name__})."
