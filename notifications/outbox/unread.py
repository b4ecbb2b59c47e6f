"""Mail that comes in and is not read, because its mailbox is away: since when.

Read by everything that can say so: the notice and whether it still holds, status, `/halsa`.
"""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from agenda.models import Mailbox

TOLD_AFTER = timedelta(hours=1)
"""A server that is being restarted is no news."""


def away_since(session: Session, *, now: datetime) -> Mailbox | None:
    """The mailbox that has not been read for so long that somebody has to know."""
    query = select(Mailbox).where(col(Mailbox.fault_since) <= now - TOLD_AFTER)
    return session.exec(query.order_by(col(Mailbox.fault_since))).first()
