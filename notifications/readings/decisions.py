"""The mails that a decision on more time caused."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from agenda.models import Message
from agenda.replies.extension_cases import Case
from notifications.outbox.heard import ABOUT_OWN_TIME


def told_of(session: Session, case: Case) -> Sequence[Message]:
    """Queued in the decision's transaction, so at its instant."""
    return session.exec(
        select(Message)
        .where(
            Message.activity_id == case.reply.row.id,
            Message.organisation_id == case.reply.organisation.id,
            col(Message.template).in_(ABOUT_OWN_TIME),
            Message.queued_at == case.asked.decided_at,
        )
        .order_by(col(Message.id))
    ).all()
