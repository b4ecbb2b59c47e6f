"""Sending what the outbox holds: claim, send, record, each message by itself.

The claim is committed before anything is sent, with a lease longer than a conversation
with the mail server can last. A crash between the server's acceptance and our record
leaves the message claimed; when the lease has run out it leaves again with the same
Message-ID, and the register says so.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import Engine, exc
from sqlmodel import Session, col, select

from agenda.models import Message, MessageState
from agenda.storage.store import reading, transaction
from notifications.delivery.aside import lay_aside
from notifications.delivery.claiming import Claimed, Delivered, Fate, claim, ready
from notifications.delivery.outcomes import settle
from notifications.office import Office
from notifications.post.outgoing import Outcome, Outgoing

_DATABASE_AWAY = (exc.OperationalError, exc.InterfaceError, exc.TimeoutError)
_log = logging.getLogger(__name__)


class Sender(Protocol):
    """What carries a message away: the channels, or in a replay nothing at all."""

    def send(self, outgoing: Outgoing) -> Outcome:
        """Try once to send a message to its one recipient; never raises for mail trouble."""
        ...


def deliver(
    engine: Engine, sender: Sender, office: Office, message_id: int, *, now: datetime
) -> Delivered:
    """Try to send one message, and record what came of it.

    A message that trips our own code would do so at every try, and hold what is queued after
    it: it is set aside. Only a database that cannot be used concerns all of them.
    """
    claimed: Claimed | Delivered | None = None
    try:
        claimed = claim(engine, office, message_id, now=now)
        if isinstance(claimed, Delivered):
            return claimed
        outcome = sender.send(claimed.outgoing)
        return _settle(engine, office, claimed, outcome, now=now)
    except _DATABASE_AWAY:
        raise
    except Exception as error:
        _log.exception("message %s is set aside", message_id)
        lease = claimed.lease if isinstance(claimed, Claimed) else None
        why = lay_aside(engine, office, message_id, error, lease=lease, now=now)
        return Delivered(Fate.SET_ASIDE, why) if why else Delivered(Fate.NOT_OURS)


def deliver_ready(
    engine: Engine,
    sender: Sender,
    office: Office,
    *,
    now: Callable[[], datetime],
    patience: timedelta = timedelta(),
) -> Iterator[Delivered]:
    """Try to send everything that can leave now; mail only until its server is in trouble.

    `now` is asked before every message: a slow mail server makes a long round, and a lease
    counted from its beginning would have run out before the message was even sent.
    """
    with reading(engine) as session:
        waiting = ready(session, now=now(), patience=patience)
        by_channel = set(_by_channel(session, waiting))
    is_away = False
    for message_id in waiting:
        if is_away and message_id not in by_channel:
            continue
        delivered = deliver(engine, sender, office, message_id, now=now())
        yield delivered
        is_away = is_away or delivered.is_about_server


def _by_channel(session: Session, waiting: Sequence[int]) -> Iterable[int | None]:
    """Which of these need no mail server: what must be known of it leaves by them."""
    query = select(Message.id).where(
        col(Message.id).in_(waiting), col(Message.recipient).contains("://")
    )
    return session.exec(query)


def _settle(
    engine: Engine, office: Office, claimed: Claimed, outcome: Outcome, *, now: datetime
) -> Delivered:
    with transaction(engine) as session:
        message = session.exec(
            select(Message)
            .where(Message.id == claimed.id, Message.lease == claimed.lease)
            .with_for_update()
        ).first()
        if message is None:
            # Our lease ran out and somebody else took over: theirs is the record that counts.
            return Delivered(Fate.NOT_OURS)
        settle(session, office, message, outcome, now=now)
        fates = {
            MessageState.SENT: Fate.SENT,
            MessageState.FAILED: Fate.FAILED,
            MessageState.SET_ASIDE: Fate.SET_ASIDE,
        }
        fate = fates.get(message.state, Fate.DEFERRED)
        return Delivered(fate, outcome.said, outcome.is_about_server)
