"""What will go out, to whom, and in which words, as things stand now. Stores nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from sqlmodel import Session, col, select

from agenda.models import Activity, Message, MessageState, Organisation
from agenda.rounds.facts import Situation, situation, situations
from agenda.rounds.overview import coming_verdicts, recipient_name
from agenda.rounds.parties import Party
from agenda.steps.kinds import Audience
from agenda.steps.labels import step_label
from agenda.steps.timetable import Step
from agenda.steps.verdicts import Status, Verdict
from agenda.words.addresses import shown_address
from agenda.workdays import midnight_after, swedish_date
from notifications.letters.rendering import render
from notifications.notices.making import Wanted
from notifications.notices.own_work import (
    Judged,
    WorkPart,
    needs_its_own_letter,
    own_letter,
    parts_at,
)
from notifications.notices.telling import letter
from notifications.office import Office
from notifications.outbox.hours import leaves_at
from notifications.outbox.queue import Recipient
from notifications.outbox.recipients import Turn, responsible, step_recipients

_TO_COME = (Status.DUE, Status.WAITING, Status.HELD)


@dataclass(frozen=True, slots=True)
class MessageWords:
    """One message as it will leave."""

    to: str
    subject: str
    text: str
    links: tuple[int, ...]
    """Where in the text a personal link is put in when it leaves."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """One step to one recipient, still ahead."""

    leaves_at: datetime
    activity: str
    activity_title: str
    step: str
    """The step's name, which `agenda step hold` takes."""
    label: str
    organisation: str | None
    """Its key; None for the region's own people."""
    recipient: str
    to: tuple[str, ...]
    """The addresses; none when nobody can be reached."""
    is_queued: bool
    """Whether it is in the outbox already and only waits for its hour."""
    messages: tuple[MessageWords, ...]
    """What it says; empty unless it was asked for."""
    is_leaving: bool = False
    """Whether it is on its way to the mail server at this very moment, where nothing stops it."""
    in_letter_of: str | None = None
    """The activity under which the letter stands that tells this step too."""

    @property
    def heading(self) -> tuple[str, str, str]:
        """What it is shown under, with all others of the same step."""
        return self.activity, self.step, self.label


@dataclass(frozen=True, slots=True)
class Unwritten:
    """One step to one recipient, still ahead, not put into words."""

    ahead: Ahead
    in_words: Callable[[], Ahead]
    """The same with what it says, exactly as it will leave, while its session lasts."""


def ahead(
    session: Session, office: Office, *, round_id: int, until: date, now: datetime
) -> list[Unwritten]:
    """Everything that will leave up to a Swedish date, earliest first, each step together.

    Args:
        session: A session that reads.
        office: The sending office.
        round_id: The round.
        until: The last date, inclusive.
        now: The present instant.
    """
    every = situations(session, round_id)
    found = list(_queued(session, round_id, labels=_labels(every, now)))
    judged = [(known, known.verdicts(now)) for known in every]
    for known, verdicts in judged:
        for verdict in coming_verdicts(known, verdicts, until, now):
            write = partial(_coming, session, office, known, verdict, judged, now=now)
            found.append(Unwritten(write(renders=False), partial(write, renders=True)))
    return _by_heading(one for one in found if swedish_date(one.ahead.leaves_at) <= until)


def step_letters(
    session: Session,
    office: Office,
    *,
    activity_id: int,
    step: str,
    organisation: str | None = None,
    now: datetime,
) -> dict[str, MessageWords]:
    """The letter of a step as it will leave, whole: one of each language, by that.

    Args:
        session: A session that reads, or that tries something.
        step: The step's name.
        organisation: Only to this one, by its key.
    """
    known = situation(session, activity_id)
    found: dict[str, MessageWords] = {}
    for message, _, whose in _in_outbox(session, known.round.id or 0):
        is_theirs = whose is not None and organisation in (None, whose.key)
        if is_theirs and (message.activity_id, message.step) == (activity_id, step):
            found.setdefault(message.language, _as_queued(message))
    for verdict in known.verdicts(now):
        whose_key = verdict.organisation
        if whose_key is None or organisation not in (None, whose_key):
            continue
        language = known.parties[whose_key].organisation.language
        is_ahead = verdict.step.name == step and verdict.status in _TO_COME
        if is_ahead and language not in found:
            entry = _ahead(session, office, known, verdict, now=now, renders=True)
            found.update((language, words) for words in entry.messages[:1])
    return found


def _coming(
    session: Session,
    office: Office,
    known: Situation,
    verdict: Verdict,
    judged: Judged,
    *,
    now: datetime,
    renders: bool,
) -> Ahead:
    entry = _ahead(session, office, known, verdict, now=now, renders=renders)
    if verdict.step.audience is not Audience.RESPONSIBLE:
        return entry
    turn = Turn(session, office, known, max(verdict.step.at, now))
    return _together(entry, turn, verdict, judged, now=now)


def _by_heading(found: Iterable[Unwritten]) -> list[Unwritten]:
    """Earliest first, and of one instant what stands under the same heading together."""
    entries = list(found)
    turns: dict[tuple[str, str, str], int] = {}
    for entry in entries:
        turns.setdefault(entry.ahead.heading, len(turns))
    return sorted(entries, key=lambda one: (one.ahead.leaves_at, turns[one.ahead.heading]))


def _labels(every: list[Situation], now: datetime) -> dict[str, str]:
    """What each dated step is called, by its key."""
    return {
        step.key: step_label(step, "sv")
        for known in every
        for steps in _timetables(known, now)
        for step in steps
    }


def _timetables(known: Situation, now: datetime) -> Iterator[Sequence[Step]]:
    found = known.timetables(now)
    yield found.present
    yield from found.extended.values()


def _ahead(
    session: Session,
    office: Office,
    known: Situation,
    verdict: Verdict,
    *,
    now: datetime,
    renders: bool,
) -> Ahead:
    step = verdict.step
    at = known.comes_at(verdict, now)
    party = known.parties[verdict.organisation] if verdict.organisation else None
    turn = Turn(session, office, known, at)
    recipients = list(step_recipients(turn, verdict, party))
    last = midnight_after(step.due_on)
    by = None if at >= last else last
    leaves = leaves_at(at, known.head.sending, known.workdays, by=by)
    return Ahead(
        leaves_at=leaves,
        activity=known.activity.key,
        activity_title=known.activity.title,
        step=step.name,
        label=step_label(step, "sv"),
        organisation=verdict.organisation,
        recipient=recipient_name(known, verdict),
        to=tuple(shown_address(recipient.address) for recipient, _ in recipients),
        is_queued=False,
        messages=tuple(_words(turn, verdict, party, recipients, leaves)) if renders else (),
    )


def _together(
    entry: Ahead, turn: Turn, verdict: Verdict, judged: Judged, *, now: datetime
) -> Ahead:
    """The same step as told in the day's one letter to a person, where there is more to tell."""
    is_alone = needs_its_own_letter(turn)
    if is_alone(WorkPart(turn.known, verdict.step)):
        return entry
    person = responsible(turn.known)
    parts = parts_at(judged, person.address, turn.now, now, is_alone=is_alone)
    lead = next(part for part in parts if part.step is not None)
    if len(parts) < 2:
        return entry
    if lead.step != verdict.step:
        return replace(entry, messages=(), in_letter_of=lead.known.activity.key)
    if not entry.messages:
        return entry
    rendered = render(own_letter(parts, person, entry.leaves_at))
    to = shown_address(person.address)
    words = MessageWords(to, rendered.subject, rendered.text, rendered.text_links)
    return replace(entry, messages=(words,))


def _words(
    turn: Turn,
    verdict: Verdict,
    party: Party | None,
    recipients: list[tuple[Recipient, bool]],
    leaves: datetime,
) -> Iterator[MessageWords]:
    template, step = verdict.step.kind.value, verdict.step.name
    for recipient, is_copy in recipients:
        words = letter(turn, recipient, template, leaves, party=party, is_copy=is_copy, step=step)
        rendered = render(words)
        to = shown_address(recipient.address)
        yield MessageWords(to, rendered.subject, rendered.text, rendered.text_links)


def _in_outbox(
    session: Session, round_id: int
) -> Iterable[tuple[Message, Activity, Organisation | None]]:
    """What waits for its hour, or for a mail server to come back."""
    return session.exec(
        select(Message, Activity, Organisation)
        .join(Activity, col(Activity.id) == Message.activity_id)
        .join(Organisation, col(Organisation.id) == Message.organisation_id, isouter=True)
        .where(
            Message.round_id == round_id,
            col(Message.state).in_((MessageState.QUEUED, MessageState.SENDING)),
        )
        .order_by(col(Message.next_attempt_at), col(Message.id))
    )


def as_made(wanted: Wanted) -> MessageWords:
    """A message that somebody is about to queue."""
    rendered = wanted.made().rendered
    to = shown_address(wanted.recipient.address)
    return MessageWords(to, rendered.subject, rendered.text, rendered.text_links)


def _as_queued(message: Message) -> MessageWords:
    to, links = shown_address(message.recipient), tuple(message.text_links)
    return MessageWords(to, message.subject, message.text, links)


def _queued(session: Session, round_id: int, *, labels: Mapping[str, str]) -> Iterator[Unwritten]:
    for message, activity, organisation in _in_outbox(session, round_id):
        words = _as_queued(message)
        entry = Ahead(
            leaves_at=message.next_attempt_at,
            activity=activity.key,
            activity_title=activity.title,
            step=message.step,
            label=labels.get(message.step_key, message.subject),
            organisation=organisation.key if organisation else None,
            recipient=organisation.name if organisation else message.recipient_name,
            to=(words.to,),
            is_queued=True,
            is_leaving=message.state is MessageState.SENDING,
            messages=(),
        )
        yield Unwritten(entry, partial(replace, entry, messages=(words,)))
