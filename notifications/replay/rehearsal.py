"""A plan's whole run as it can be looked at afterwards, on any day of it: letters and standings."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from agenda.models import Message, Organisation, Round, identity
from agenda.plan.model import Plan
from agenda.rounds.overview import OrganisationLine, Overview, overview
from agenda.storage.store import reading
from agenda.workdays import ONE_DAY, swedish_date, swedish_instant
from notifications.office import Office
from notifications.replay.replay import OFFICE, TimelineRow, replay
from notifications.replay.scenario import ScenarioLine

EVENING = time(23, 59)
"""When a day is looked at: all of it has happened."""


@dataclass(frozen=True, slots=True)
class RehearsedLetter:
    """A letter that would have left."""

    row: TimelineRow
    to_name: str
    organisation: str
    """Its name; empty for the region's own people."""
    language: str
    text: str
    """Word for word, with a mark where a personal link goes."""

    @property
    def on(self) -> date:
        """The Swedish day on which it leaves."""
        return swedish_date(self.row.at)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a plan's run was, day by day."""

    letters: tuple[RehearsedLetter, ...]
    """In the order that they leave."""
    days: tuple[date, ...]
    """On which something happens: a letter leaves, somebody does something, a last day is over."""
    evenings: tuple[tuple[date, Overview], ...]
    """How it stands on the evenings after which it stands otherwise, the first first."""
    left_open: tuple[str, ...]
    """The keys of what somebody is reminded of every week for ever after."""

    def day_shown(self, wanted: date | None) -> date:
        """The day nearest to one that is asked for; the first, for none."""
        return min(max(wanted or self.days[0], self.days[0]), self.days[-1])

    def next_day(self, day: date) -> date | None:
        """The day after this on which something happens next; None at the end."""
        return next((one for one in self.days if one > day), None)

    def standing(self, day: date) -> Overview:
        """How it stands on the evening of a day."""
        found = bisect_right(self.evenings, day, key=lambda one: one[0])
        return self.evenings[max(found, 1) - 1][1]

    def sent(self, *, until: date, after: date | None = None) -> Sequence[RehearsedLetter]:
        """The letters that leave up to and with a day, or those of them after another."""
        return [
            one for one in self.letters if one.on <= until and (after is None or one.on > after)
        ]


def rehearse(
    plan: Plan,
    scenario: Sequence[ScenarioLine],
    *,
    office: Office = OFFICE,
    progress: Callable[[float], None] | None = None,
) -> Rehearsal:
    """Run a plan as `replay` does, and keep what there was to be seen.

    Args:
        plan: The plan.
        scenario: What the organisations and the staff do, earliest first.
        office: Who the letters are from; its keyring must be one that opens nothing.
        progress: Told how far the clock has come, 0 to 1.

    Raises:
        BadInput: the scenario does something that cannot be done.
    """
    seen, left_open = _Watch(), list[str]()
    rows = list(
        replay(
            plan,
            scenario,
            office=office,
            witness=seen.look,
            progress=progress,
            left_open=left_open.extend,
        )
    )
    letters = tuple(_letter(row, *seen.messages[row.message_id]) for row in rows)
    days = {one.on for one in letters} | {swedish_date(act.at) for act in scenario}
    days |= {line.due_on + ONE_DAY for line in seen.evenings[-1][1].asking}
    return Rehearsal(letters, tuple(sorted(days)), tuple(seen.evenings), tuple(left_open))


@dataclass(slots=True)
class _Watch:
    """Looks at the evenings on which something has happened, or a day is over."""

    evenings: list[tuple[date, Overview]] = field(default_factory=list)
    messages: Mapping[str, tuple[Message, str]] = field(default_factory=dict)

    def look(self, engine: Engine, now: datetime, following: datetime | None) -> None:
        """See what has become of an instant, once its day holds nothing more."""
        today = swedish_date(now)
        until = swedish_date(following) if following else date.max
        if until == today:
            return
        with reading(engine) as session:
            round_id = identity(session.exec(select(Round)).one())
            found = self._keep(session, round_id, today)
            # Until the next instant nothing but time itself changes how it stands.
            for day in sorted(_turns(found)):
                if today < day < until:
                    self._keep(session, round_id, day)
            if following is None:
                self.messages = _messages(session)

    def _keep(self, session: Session, round_id: int, day: date) -> Overview:
        found = overview(session, round_id=round_id, now=swedish_instant(day, EVENING))
        before = self.evenings[-1][1].organisations if self.evenings else ()
        # Most rows are as they were the evening before: those are kept once.
        same: dict[str, OrganisationLine] = {line.key: line for line in before}
        lines = (
            same[line.key] if same.get(line.key) == line else line for line in found.organisations
        )
        kept = replace(found, organisations=tuple(lines), coming=(), troubles=())
        self.evenings.append((day, kept))
        return kept


def _turns(found: Overview) -> set[date]:
    """The days on which it begins to stand otherwise by time alone: a first, or after a last."""
    last = {cell.due_on for line in found.organisations for cell in line.cells.values()}
    last |= {line.due_on for line in found.activities}
    return {line.starts_on for line in found.activities} | {day + ONE_DAY for day in last}


def _messages(session: Session) -> dict[str, tuple[Message, str]]:
    rows = session.exec(
        select(Message, Organisation.name).join(
            Organisation, col(Organisation.id) == Message.organisation_id, isouter=True
        )
    )
    return {message.message_id: (message, name or "") for message, name in rows}


def _letter(row: TimelineRow, message: Message, organisation: str) -> RehearsedLetter:
    return RehearsedLetter(
        row, message.recipient_name, organisation, message.language, message.text
    )
