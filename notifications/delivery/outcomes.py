"""What the mail server said, recorded: sent, later, never, or not known."""

import logging
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from agenda.models import Attempt, Contact, Message, MessageState, Organisation, identity
from agenda.register import By, ProductPart, What, record, subject_of_message
from agenda.rounds.facts import situation
from agenda.steps.kinds import Audience
from notifications.delivery.everybody import (
    others_were_taken,
    put_back_those_refused,
    refused_everybody,
)
from notifications.delivery.standstill import tell_of_standstill
from notifications.letters.letter import Trouble
from notifications.notices.queueing import tell
from notifications.office import Office
from notifications.outbox.recipients import Turn, coordinators
from notifications.post.outgoing import Outcome, Result
from notifications.post.refusals import NO_SUCH_MAILBOX, About, about

__all__ = ["GIVE_UP_AFTER", "NO_SUCH_MAILBOX", "PAUSES", "set_aside", "settle"]

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
"""How long to wait after each try that failed for now; the last one repeats."""
GIVE_UP_AFTER = timedelta(days=5)
"""How long a message that is refused for now is tried (as long as Postfix does)."""
UNCERTAIN_TRIES = 2
"""So often a letter is handed over without an answer: each time it may have arrived."""
_log = logging.getLogger(__name__)


def settle(
    session: Session, office: Office, message: Message, outcome: Outcome, *, now: datetime
) -> None:
    """Record what came of a try at sending a message, and tell the coordinator if it failed."""
    by = By.product(ProductPart.POST, now)
    message.lease, message.leased_until, message.outcome = None, None, outcome.said
    whose, refuses_all = about(outcome), refused_everybody(session, office, message, outcome)
    if whose is About.US and not outcome.is_about_server and others_were_taken(session, message):
        whose = About.POLICY
    _keep(session, message, outcome, About.US if refuses_all else whose, now=now)
    if outcome.result is Result.SENT:
        message.state, message.sent_at = MessageState.SENT, now
        record(
            session, by, What.MESSAGE_SENT, subject_of_message(message), after=_server_said(outcome)
        )
        return
    if outcome.result is Result.UNCERTAIN:
        message.is_uncertain = True
        record(
            session,
            by,
            What.MESSAGE_UNCERTAIN,
            subject_of_message(message),
            after=_server_said(outcome),
        )
        if _uncertain_tries(session, message) >= UNCERTAIN_TRIES:
            set_aside(session, office, message, outcome.said, now=now, template="uncertain")
            return
    if _is_final(message, outcome, whose, now=now, refuses_all=refuses_all):
        _fail(session, office, message, outcome, now=now, is_dead=whose is About.MAILBOX)
        return
    message.state = MessageState.QUEUED
    message.next_attempt_at = now + PAUSES[max(min(message.attempts, len(PAUSES)) - 1, 0)]
    if refuses_all:
        put_back_those_refused(session, office, message, now=now, at=message.next_attempt_at)
    if outcome.result is Result.NEVER:
        session.flush()
        _tell_that_it_is_kept(session, office, message, outcome, whose, now=now)


def set_aside(
    session: Session,
    office: Office,
    message: Message,
    why: str,
    *,
    now: datetime,
    template: str = "set_aside",
) -> None:
    """Put a message where a person has to look at it, and tell the coordinator."""
    message.state, message.outcome = MessageState.SET_ASIDE, why
    message.lease, message.leased_until = None, None
    record(
        session,
        By.product(ProductPart.POST, now),
        What.MESSAGE_SET_ASIDE,
        subject_of_message(message),
        after=why,
    )
    session.flush()
    _tell_coordinator(session, office, message, template, why, now=now)


def _is_final(
    message: Message,
    outcome: Outcome,
    whose: About | None,
    *,
    now: datetime,
    refuses_all: bool,
) -> bool:
    """Whether there is no use in trying again.

    While the mail server itself is away, or refuses whatever is ours, nothing is wrong with
    the message: it would be lost for good, and its reader be taken for unreachable.
    """
    if outcome.is_about_server or whose is About.US:
        return False
    if outcome.result is Result.NEVER and whose is not About.POLICY and not refuses_all:
        return True
    return now - (message.retried_at or message.queued_at) >= GIVE_UP_AFTER


def _keep(
    session: Session, message: Message, outcome: Outcome, whose: About | None, *, now: datetime
) -> None:
    session.add(
        Attempt(
            message_id=identity(message),
            at=now,
            outcome=outcome.result.value,
            code=outcome.code,
            about=whose.value if whose else "",
            said=outcome.said,
        )
    )
    session.flush()


def _uncertain_tries(session: Session, message: Message) -> int:
    query = select(func.count()).where(
        Attempt.message_id == message.id, Attempt.outcome == Result.UNCERTAIN.value
    )
    if message.retried_at is not None:
        query = query.where(col(Attempt.at) > message.retried_at)
    return session.exec(query).one()


def _fail(
    session: Session,
    office: Office,
    message: Message,
    outcome: Outcome,
    *,
    now: datetime,
    is_dead: bool,
) -> None:
    by, subject, said = By.product(ProductPart.POST, now), subject_of_message(message), outcome.said
    message.state = MessageState.FAILED
    record(session, by, What.MESSAGE_FAILED, subject, after=_server_said(outcome))
    if message.contact_id is not None and is_dead:
        contact = session.get_one(Contact, message.contact_id)
        contact.bounced_at, contact.bounce_reason = now, said
        record(session, by, What.CONTACT_BOUNCED, subject, after=_server_said(outcome))
    session.flush()
    _tell_coordinator(session, office, message, "trouble", said, now=now)


def _tell_that_it_is_kept(
    session: Session,
    office: Office,
    message: Message,
    outcome: Outcome,
    whose: About | None,
    *,
    now: datetime,
) -> None:
    """A refusal that is not the recipient's fault: told once for all letters that it meets."""
    if not tell_of_standstill(session, office, now=now) and whose is About.POLICY:
        _tell_coordinator(session, office, message, "kept", outcome.said, now=now)


def _tell_coordinator(
    session: Session, office: Office, message: Message, template: str, said: str, *, now: datetime
) -> None:
    """Nothing fails in silence; but a failed message to the coordinator cannot be mailed of.

    Should the notice itself meet a fault of ours, what became of the message is recorded all
    the same: else it would be sent again whenever its lease has run out.
    """
    if message.activity_id is None or message.audience == Audience.COORDINATOR:
        return
    try:
        with session.begin_nested():
            _notice(session, office, message, template, said, now=now)
    except Exception:
        _log.exception("the coordinator could not be told of message %s", message.id)


def _notice(
    session: Session, office: Office, message: Message, template: str, said: str, *, now: datetime
) -> None:
    known = situation(session, message.activity_id or 0, organisation_id=message.organisation_id)
    party = next(iter(known.parties.values()), None) if message.organisation_id else None
    turn = Turn(session, office, known, now)
    name = message.recipient_name
    if message.organisation_id is not None:
        name = session.get_one(Organisation, message.organisation_id).name
    tell(
        turn,
        template,
        subject_key=message.message_id,
        party=party,
        recipients=coordinators(turn),
        is_prompt=True,
        troubles=(Trouble(name, message.recipient, said),),
    )


def _server_said(outcome: Outcome) -> str:
    return f"{outcome.code or ''} {outcome.said}".strip()
