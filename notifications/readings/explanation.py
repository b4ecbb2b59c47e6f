"""Every step for one organisation, why it was (not) sent, and the messages that came of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from agenda.models import Message, MessageState, Organisation, Round, identity
from agenda.rounds.facts import Situation, situation, situations
from agenda.rounds.history import decisive_verdicts
from agenda.rounds.past import past_of
from agenda.steps.labels import step_label
from agenda.steps.reasons import reason
from agenda.steps.verdicts import Verdict
from agenda.words.addresses import shown_address
from agenda.words.sentence import Sentences, said
from agenda.workdays import swedish_date

SENTENCES = Sentences(
    waits=(
        "Inte skickat än: brevet ligger i utkorgen.",
        "Not sent yet: the message waits in the outbox.",
    ),
    aside=(
        "Lagt åt sidan: det är inte säkert att brevet har kommit fram. Se agenda outbox.",
        "Set aside: it is not certain that the message has arrived. See agenda outbox.",
    ),
    decided=(
        "Orsakat av ett beslut eller ett fel, inte av planens datum.",
        "Caused by a decision or a fault, not by the plan's dates.",
    ),
)


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that was made of a step."""

    to: str
    subject: str
    state: str
    queued_at: datetime
    sent_at: datetime | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Explained:
    """One step, or one other message, and why it is as it is."""

    activity: str
    activity_title: str
    step: str
    label: str
    at: datetime
    due_on: date | None
    status: str
    because: str
    decided_at: datetime | None
    reason: str
    messages: tuple[Sent, ...]

    @property
    def days(self) -> set[date]:
        """The Swedish dates that it has to do with: when it was due, when it left."""
        left = (message.sent_at or message.queued_at for message in self.messages)
        return {swedish_date(at) for at in (self.at, *left)}


def explained(
    session: Session,
    round_: Round,
    organisation: Organisation,
    *,
    activity_id: int | None,
    now: datetime,
    language: str,
) -> list[Explained]:
    """Everything about an organisation in a round, by activity and then by instant.

    Args:
        session: A session that reads.
        round_: The round.
        organisation: The organisation.
        activity_id: Only this activity.
        now: The present instant.
        language: The reasons' language, "sv" or "en".
    """
    if activity_id is None:
        found = situations(session, identity(round_), organisation_id=organisation.id)
    else:
        found = [situation(session, activity_id, organisation_id=organisation.id)]
    asked = (one for one in found if organisation.key in one.parties)
    return [
        entry
        for one in asked
        for entry in sorted(
            _in_activity(session, one, organisation, now, language), key=lambda entry: entry.at
        )
    ]


def _in_activity(
    session: Session, known: Situation, organisation: Organisation, now: datetime, language: str
) -> Iterator[Explained]:
    messages = _messages(session, known, organisation)
    past = past_of(session, known, known.parties[organisation.key])
    for verdict in decisive_verdicts(known, organisation.key, past=past, now=now):
        made = messages.pop(verdict.step.key, ())
        yield _step(known, verdict, organisation, made, language)
    for others in messages.values():
        yield _other(known, others, language)


def _step(
    known: Situation,
    verdict: Verdict,
    organisation: Organisation,
    messages: Sequence[Message],
    language: str,
) -> Explained:
    step = verdict.step
    return Explained(
        activity=known.activity.key,
        activity_title=known.activity.title,
        step=step.name,
        label=step_label(step, language),
        at=step.at,
        due_on=step.due_on,
        status=verdict.status.value,
        because=verdict.because.value,
        decided_at=verdict.at,
        reason=_not_left(messages, language) or reason(verdict, organisation.name, language),
        messages=tuple(_sent(message) for message in messages),
    )


def _not_left(messages: Sequence[Message], language: str) -> str | None:
    """What became of a step whose message has not left, if it has one that is to.

    To the timetable what is queued is done; to whoever waits for it it is not.
    """
    states = {message.state for message in messages}
    if states & {MessageState.SENT, MessageState.FAILED}:
        return None
    if states & {MessageState.QUEUED, MessageState.SENDING}:
        return said(SENTENCES("waits"), language)
    is_aside = MessageState.SET_ASIDE in states
    return said(SENTENCES("aside"), language) if is_aside else None


def _other(known: Situation, messages: Sequence[Message], language: str) -> Explained:
    """What something other than a dated step caused: a moved day, an extension."""
    first = messages[0]
    return Explained(
        activity=known.activity.key,
        activity_title=known.activity.title,
        step=first.step,
        label=first.subject,
        at=first.queued_at,
        due_on=first.due_on,
        status=first.state.value,
        because=first.template,
        decided_at=first.queued_at,
        reason=said(SENTENCES("decided"), language),
        messages=tuple(_sent(message) for message in messages),
    )


def _messages(
    session: Session, known: Situation, organisation: Organisation
) -> dict[str, list[Message]]:
    query = select(Message).where(
        Message.activity_id == known.row.id, Message.organisation_id == organisation.id
    )
    found: dict[str, list[Message]] = {}
    for message in session.exec(query.order_by(col(Message.id))):
        found.setdefault(message.step_key, []).append(message)
    return found


def _sent(message: Message) -> Sent:
    return Sent(
        to=shown_address(message.recipient),
        subject=message.subject,
        state=message.state.value,
        queued_at=message.queued_at,
        sent_at=message.sent_at,
        outcome=message.outcome,
    )
