"""What the mail server said, recorded: sent, later, never, or not known."""

from datetime import datetime, timedelta

from sqlmodel import Session

from agenda.facts import situation
from agenda.models import Attempt, Contact, Message, MessageState, Organisation, identity
from agenda.register import What, record
from agenda.timetable import Audience
from notifications.letters import Trouble
from notifications.notices import tell
from notifications.office import Office
from notifications.outgoing import Outcome, Result
from notifications.recipients import Turn, coordinators

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
"""How long to wait after each try that failed for now; the last one repeats."""
GIVE_UP_AFTER = timedelta(days=5)
"""How long a message that is refused for now is tried (as long as Postfix does)."""
NO_SUCH_MAILBOX = (550, 551, 553, 556)
"""Replies that condemn the address itself, not only this message (RFC 5321 4.2.3)."""
WHO = "utskick"


def settle(
    session: Session, office: Office, message: Message, outcome: Outcome, *, now: datetime
) -> None:
    """Record what came of a try at sending a message, and tell the coordinator if it failed."""
    message.lease, message.leased_until, message.outcome = None, None, outcome.said
    session.add(
        Attempt(
            message_id=identity(message),
            at=now,
            outcome=outcome.result.value,
            code=outcome.code,
            said=outcome.said,
        )
    )
    if outcome.result is Result.SENT:
        message.state, message.sent_at = MessageState.SENT, now
        _register(session, message, What.MESSAGE_SENT, outcome, now)
        return
    if outcome.result is Result.UNCERTAIN:
        message.is_uncertain = True
        _register(session, message, What.MESSAGE_UNCERTAIN, outcome, now)
    # While the mail server itself is away nothing is wrong with the message: it would be lost
    # for good, and its reader be taken for unreachable.
    is_over = now - message.queued_at >= GIVE_UP_AFTER and not outcome.is_about_server
    if outcome.result is Result.NEVER or is_over:
        _fail(session, office, message, outcome, now=now)
        return
    message.state = MessageState.QUEUED
    message.next_attempt_at = now + PAUSES[min(message.attempts, len(PAUSES)) - 1]


def _fail(
    session: Session, office: Office, message: Message, outcome: Outcome, *, now: datetime
) -> None:
    message.state = MessageState.FAILED
    _register(session, message, What.MESSAGE_FAILED, outcome, now)
    if message.contact_id is not None and outcome.code in NO_SUCH_MAILBOX:
        contact = session.get_one(Contact, message.contact_id)
        contact.bounced_at, contact.bounce_reason = now, outcome.said
        _register(session, message, What.CONTACT_BOUNCED, outcome, now)
    session.flush()
    if message.audience != Audience.COORDINATOR:
        _tell_coordinator(session, office, message, outcome, now=now)


def _tell_coordinator(
    session: Session, office: Office, message: Message, outcome: Outcome, *, now: datetime
) -> None:
    """Nothing fails in silence; but a failed message to the coordinator cannot be mailed of."""
    if message.activity_id is None:
        return
    known = situation(session, message.activity_id, organisation_id=message.organisation_id)
    place = next(iter(known.places.values()), None) if message.organisation_id else None
    turn = Turn(session, office, known, now)
    name = message.recipient_name
    if message.organisation_id is not None:
        name = session.get_one(Organisation, message.organisation_id).name
    tell(
        turn,
        "trouble",
        subject_key=message.message_id,
        place=place,
        recipients=coordinators(turn),
        is_prompt=True,
        troubles=(Trouble(name, message.recipient, outcome.said),),
    )


def _register(
    session: Session, message: Message, what: What, outcome: Outcome, now: datetime
) -> None:
    record(
        session,
        now=now,
        who=WHO,
        what=what,
        round_id=message.round_id,
        subject=message.message_id,
        after=f"{outcome.code or ''} {outcome.said}".strip(),
    )
