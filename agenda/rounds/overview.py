"""Where a round stands: organisations x activities, what comes next, what went wrong."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from agenda.models import Message, MessageState, Organisation, Round, identity
from agenda.rounds.facts import ANSWERED_AS, Situation, situations
from agenda.rounds.parties import Party
from agenda.rounds.round import occasions
from agenda.rounds.sentences import SENTENCES
from agenda.rounds.waiting import Begun, answers_begun
from agenda.steps.labels import step_label
from agenda.steps.stages import Stage
from agenda.steps.verdicts import Asked, Status, Verdict
from agenda.workdays import midnight_after, swedish_date

AHEAD_WORKDAYS = 10


class Standing(StrEnum):
    """How an organisation stands in an activity."""

    ANSWERED = "answered"
    NOTHING_TO_REPORT = "nothing_to_report"
    DECLINED = "declined"
    NOT_YET = "not_yet"
    OVERDUE = "overdue"
    NO_ADDRESS = "no_address"
    BOUNCED = "bounced"


IN_WORDS = {standing: SENTENCES(f"standing_{standing}") for standing in Standing}


@dataclass(frozen=True, slots=True)
class Cell:
    """One organisation in one activity."""

    standing: Standing
    due_on: date
    is_extended: bool
    is_late: bool
    answered_at: datetime | None
    last_told_at: datetime | None
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class OrganisationLine:
    """One organisation's row; its cells by activity key."""

    key: str
    name: str
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """One activity's column."""

    id: int
    key: str
    title: str
    kind: str
    starts_on: date
    due_on: date
    is_quarter: bool
    asked: int
    answered: int
    reminded: int
    """How many of those asked have been told something and have not answered."""
    done_at: datetime | None
    stage: Stage
    is_past: bool
    next_at: datetime | None
    next_label: str


@dataclass(frozen=True, slots=True)
class Coming:
    """A dated step in the coming workdays, and to whom it goes as things stand."""

    at: datetime
    activity_key: str
    activity_title: str
    label: str
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TroubleLine:
    """A message that will never arrive, or that a person has to look at."""

    organisation: str
    subject: str
    said: str
    queued_at: datetime
    number: int
    """The message's id."""


@dataclass(frozen=True, slots=True)
class Overview:
    """A whole round at an instant."""

    round_name: str
    plan_title: str
    is_example: bool
    now: datetime
    activities: tuple[ActivityLine, ...]
    organisations: tuple[OrganisationLine, ...]
    coming: tuple[Coming, ...]
    troubles: tuple[TroubleLine, ...]
    begun: tuple[Begun, ...] = ()
    """The answers that somebody writes on and has not sent in."""

    @property
    def asking(self) -> tuple[ActivityLine, ...]:
        """The activities that ask organisations."""
        return tuple(line for line in self.activities if line.asked)


def overview(session: Session, *, round_id: int, now: datetime) -> Overview:
    """Where a round stands at an instant."""
    round_ = session.get_one(Round, round_id)
    found = situations(session, round_id)
    judged = [(situation, situation.verdicts(now)) for situation in found]
    return Overview(
        round_name=round_.name,
        plan_title=found[0].head.title if found else "",
        is_example=round_.is_example,
        now=now,
        activities=tuple(_activity(situation, now) for situation in found),
        organisations=tuple(_organisations(judged, now)),
        coming=tuple(sorted(_coming(judged, now), key=lambda coming: coming.at)),
        troubles=tuple(_troubles(session, round_id)),
        begun=tuple(answers_begun(session, round_id)),
    )


def coming_verdicts(
    situation: Situation, found: list[Verdict], until: date, now: datetime
) -> list[Verdict]:
    """What is due or will be, up to a Swedish date, as things stand now."""
    return [
        verdict
        for verdict in found
        if verdict.status in (Status.DUE, Status.WAITING)
        and swedish_date(situation.comes_at(verdict, now)) <= until
        and situation.facts.round_closed_at is None
    ]


def recipient_name(situation: Situation, verdict: Verdict) -> str:
    """Whom a verdict's step speaks to, in words."""
    if verdict.organisation is not None:
        return situation.parties[verdict.organisation].organisation.name
    person = situation.activity.responsible or situation.head.coordinator
    return (situation.head.coordinator if verdict.step.name == "closed" else person).name


def _activity(situation: Situation, now: datetime) -> ActivityLine:
    facts, activity = situation.facts, situation.activity
    ahead = next(iter(occasions(situation, now=now)), None)
    return ActivityLine(
        id=situation.row.id or 0,
        key=activity.key,
        title=activity.title,
        kind=activity.kind,
        starts_on=activity.starts_on,
        due_on=activity.due_on,
        is_quarter=activity.is_quarter,
        asked=len(facts.asked),
        answered=len(facts.asked) - facts.outstanding,
        reminded=sum(bool(asked.told) and asked.answer is None for asked in facts.asked),
        done_at=facts.done_at,
        stage=facts.stage,
        is_past=now >= midnight_after(activity.due_on),
        next_at=ahead.at if ahead else None,
        next_label=ahead.label if ahead else "",
    )


def _organisations(
    judged: list[tuple[Situation, list[Verdict]]], now: datetime
) -> Iterator[OrganisationLine]:
    cells: dict[str, dict[str, Cell]] = {}
    names: dict[str, str] = {}
    for situation, found in judged:
        ahead: dict[str, datetime] = {}
        for verdict in found:
            if verdict.organisation and verdict.status is Status.WAITING:
                at = ahead.get(verdict.organisation, verdict.step.at)
                ahead[verdict.organisation] = min(at, verdict.step.at)
        for asked in situation.facts.asked:
            party = situation.parties[asked.organisation]
            told_at = max(asked.told.values(), default=None)
            standing = _standing(situation, party, asked, now)
            cell = _cell(situation, party, standing, told_at, ahead.get(asked.organisation))
            cells.setdefault(asked.organisation, {})[situation.activity.key] = cell
            names[asked.organisation] = party.organisation.name
    return (OrganisationLine(key, names[key], found) for key, found in cells.items())


def _cell(
    situation: Situation,
    party: Party,
    standing: Standing,
    told_at: datetime | None,
    next_at: datetime | None,
) -> Cell:
    due_on = party.due_on(situation.activity)
    answer = party.answer
    return Cell(
        standing=standing,
        due_on=due_on,
        is_extended=due_on != situation.activity.due_on,
        is_late=bool(answer and answer.is_late),
        answered_at=answer.received_at if answer else None,
        last_told_at=told_at,
        next_at=next_at,
    )


def _standing(situation: Situation, party: Party, asked: Asked, now: datetime) -> Standing:
    if party.answer is not None:
        return Standing(ANSWERED_AS[party.answer.kind].value)
    if asked.unreachable is not None:
        return Standing(asked.unreachable.value)
    if now >= midnight_after(party.due_on(situation.activity)):
        return Standing.OVERDUE
    return Standing.NOT_YET


def _coming(judged: list[tuple[Situation, list[Verdict]]], now: datetime) -> Iterator[Coming]:
    for situation, found in judged:
        until = situation.workdays.after(swedish_date(now), AHEAD_WORKDAYS)
        together: dict[tuple[datetime, str], list[str]] = {}
        for verdict in coming_verdicts(situation, found, until, now):
            label = step_label(verdict.step, "sv")
            name = recipient_name(situation, verdict)
            together.setdefault((verdict.step.at, label), []).append(name)
        for (at, label), names in together.items():
            activity = situation.activity
            yield Coming(at, activity.key, activity.title, label, tuple(names))


def _troubles(session: Session, round_id: int) -> Iterator[TroubleLine]:
    rows = session.exec(
        select(Message, Organisation.name)
        .join(Organisation, isouter=True)
        .where(
            Message.round_id == round_id,
            col(Message.state).in_((MessageState.FAILED, MessageState.SET_ASIDE)),
        )
        .order_by(col(Message.queued_at), col(Message.id))
    )
    for message, name in rows:
        who = name or message.recipient_name
        yield TroubleLine(
            who, message.subject, message.outcome, message.queued_at, identity(message)
        )
