"""The coordinator hears of what came back, together for each activity, and of a mailbox away.

What was acted on and not told yet stands so in the database: after a crash it is told all
the same, and once.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from agenda.models import IncomingMail, Mailbox, Message, Organisation, identity
from agenda.rounds.facts import situation
from agenda.rounds.round import open_rounds
from agenda.steps.kinds import Audience
from agenda.storage.store import reading, transaction
from agenda.workdays import swedish_date
from notifications.delivery.standstill import first_activity
from notifications.incoming.everybody import spare_everybody
from notifications.incoming.refused import Return
from notifications.incoming.settled import Settled
from notifications.letters import dates
from notifications.letters.letter import Trouble
from notifications.notices.queueing import tell
from notifications.office import Office
from notifications.outbox.recipients import Turn, coordinators
from notifications.outbox.unread import away_since

AWAY = "mailbox_away"
_TEMPLATES = {Return.DEAD: "bounced", Return.REFUSED: "returned"}

_Row = tuple[IncomingMail, Message]


def tell_of_returns(engine: Engine, office: Office, *, now: datetime) -> int:
    """Queue the notices of what came back and has not been told; how many are queued."""
    with reading(engine) as session:
        untold = _untold(session)
        waiting = {message.activity_id for _, message in untold}
        rounds = {message.round_id for _, message in untold}
    queued = 0
    for round_id in sorted(rounds):
        with transaction(engine) as session:
            spare_everybody(session, round_id, now=now)
    for activity_id in sorted(waiting, key=lambda one: one or 0):
        with transaction(engine) as session:
            queued += _tell(session, office, activity_id, now=now)
    return queued


def _untold(session: Session) -> Sequence[_Row]:
    rows: Sequence[_Row] = session.exec(
        select(IncomingMail, Message)
        .join(Message, col(Message.id) == col(IncomingMail.about_id))
        .where(
            IncomingMail.settled_how == Settled.ACTED_ON.value,
            col(IncomingMail.told_at).is_(None),
        )
        .order_by(col(IncomingMail.id))
    ).all()
    return rows


def _tell(session: Session, office: Office, activity_id: int | None, *, now: datetime) -> int:
    rows = [row for row in _untold(session) if row[1].activity_id == activity_id]
    for mail, _ in rows:
        mail.told_at = now
    # A message to the coordinator that came back cannot be mailed of; the desk shows it.
    told = [row for row in rows if row[1].audience != Audience.COORDINATOR.value]
    if activity_id is None or not told:
        return 0
    turn = Turn(session, office, situation(session, activity_id), now)
    queued = 0
    for why, template in _TEMPLATES.items():
        of_kind = [(mail, message) for mail, message in told if mail.why == why.value]
        if not of_kind:
            continue
        queued += len(
            tell(
                turn,
                template,
                subject_key=_together([message for _, message in of_kind]),
                recipients=coordinators(turn),
                is_prompt=True,
                troubles=tuple(_trouble(session, *row) for row in of_kind),
            )
        )
    return queued


def _together(messages: Sequence[Message]) -> str:
    """What tells this notice from others of the activity: which messages it is about."""
    named = "\n".join(sorted(f"{one.message_id} {one.sent_at}" for one in messages))
    return hashlib.sha256(named.encode()).hexdigest()[:20]


def _trouble(session: Session, mail: IncomingMail, message: Message) -> Trouble:
    name = message.recipient_name
    if message.organisation_id is not None:
        name = session.get_one(Organisation, message.organisation_id).name
    return Trouble(name, message.recipient, mail.said)


def tell_of_mailbox(engine: Engine, office: Office, *, now: datetime) -> int:
    """Tell the coordinators of all open rounds that mail is not read, once a day."""
    with reading(engine) as session:
        if away_since(session, now=now) is None or _is_told(session, now):
            return 0
    queued = 0
    with transaction(engine) as session:
        mailbox = away_since(session, now=now)
        for known in open_rounds(session) if mailbox is not None else []:
            first = first_activity(session, known)
            if first is None or mailbox is None:
                continue
            turn = Turn(session, office, situation(session, first), now)
            queued += len(
                tell(
                    turn,
                    AWAY,
                    subject_key=swedish_date(now).isoformat(),
                    recipients=coordinators(turn),
                    is_prompt=True,
                    note=_in_words(mailbox),
                    troubles=(Trouble("", "", mailbox.fault),),
                )
            )
    return queued


def _in_words(mailbox: Mailbox) -> str:
    """Since when it cannot be read, in Swedish."""
    since = dates.at_in_words(mailbox.fault_since, "sv") if mailbox.fault_since else ""
    return f"Sedan {since} har brevlådan inte gått att läsa."


def _is_told(session: Session, now: datetime) -> bool:
    """Whether today's notice exists for every open round."""
    told = select(Message.round_id).where(
        Message.template == AWAY,
        col(Message.step_key).endswith(f":{swedish_date(now).isoformat()}"),
    )
    rounds = {identity(known) for known in open_rounds(session)}
    return rounds <= set(session.exec(told).all())
