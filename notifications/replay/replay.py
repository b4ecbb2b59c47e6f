"""The whole plan in seconds: the code of the live run, a moving clock, nobody gets a mail.

A throw-away database, the real timetable, verdicts, outbox and delivery; only the sender
at the very end keeps the mail to itself. Same plan and scenario, same rows, byte for byte.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, event
from sqlmodel import Session, SQLModel, col, select

from agenda.links.keyring import Keyring
from agenda.models import (
    Activity,
    Message,
    MessageState,
    MessageStep,
    Organisation,
    Round,
    identity,
)
from agenda.plan.model import Plan
from agenda.register import By, ProductPart
from agenda.rounds.facts import Situation, situation, situations
from agenda.rounds.round import Occasion, occasions_ahead, replay_uid, start_round
from agenda.steps.kinds import StepKind
from agenda.steps.timetable import DAILY_ROUND, timetable
from agenda.steps.verdicts import Status
from agenda.storage.store import open_engine, reading, transaction
from agenda.workdays import (
    ONE_DAY,
    STOCKHOLM,
    Workdays,
    midnight_after,
    swedish_date,
    swedish_instant,
)
from notifications.attending import announce
from notifications.delivery.sending import deliver_ready
from notifications.notices.beforehand import BEFOREHAND
from notifications.notices.own_work import OWN_WORK
from notifications.office import Office
from notifications.post.outgoing import Outcome, Outgoing, Result
from notifications.replay.deeds import perform
from notifications.replay.scenario import ScenarioLine

PATIENCE = timedelta(days=10)
"""How long the daily round goes on about a step that waits for another to be told first."""
OFFICE = Office(
    "paverkansagenda@regionen.example",
    "Region Jämtland Härjedalen",
    # Opens nothing: a replay's database is gone when it ends, and its mail goes nowhere.
    Keyring(b"replay", "https://portal.example"),
)
Witness = Callable[[Engine, datetime, datetime | None], None]
"""Is shown the database once all of an instant has happened, and told the next; None at the end."""


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One message that left, as the timeline shows it."""

    at: datetime
    """When it left, with the Swedish offset of that day."""
    activity: str
    step: str
    organisation: str | None
    """The organisation's key; None for the region's own people."""
    to: str
    verdict: str
    subject: str
    message_id: str
    also: tuple[tuple[str, str], ...] = ()
    """The activities and steps that it tells, where it is one letter about several."""


class Nowhere:
    """A sender that takes every message and sends none."""

    def send(self, outgoing: Outgoing) -> Outcome:
        """Take the message."""
        return Outcome(Result.SENT, 250, f"Taget, inte skickat: {outgoing.message_id}")


def replay(
    plan: Plan,
    scenario: Sequence[ScenarioLine] = (),
    *,
    office: Office = OFFICE,
    witness: Witness | None = None,
    progress: Callable[[float], None] | None = None,
    left_open: Callable[[tuple[str, ...]], None] | None = None,
) -> Iterator[TimelineRow]:
    """Run a plan until nothing more can happen, and give each message as it leaves.

    Work that nobody marks done is reminded of every week for ever: with nothing else ahead
    the clock stops.

    Args:
        plan: The plan, with the dates it is to run on.
        scenario: What the organisations and the staff do, earliest first.
        office: Who the letters are from; its keyring must be one that opens nothing.
        witness: Looks at the database as it goes.
        progress: Told how far the clock has come, 0 to 1.
        left_open: Told at the end which activities that is, by key.

    Raises:
        BadInput: the scenario does something that cannot be done; names its line.
    """
    start, end = _span(plan, scenario)
    with _scratch_database() as engine:
        with transaction(engine) as session:
            start_round(
                session, plan, by=By.product(ProductPart.REPLAY, start), uid=replay_uid(plan.name)
            )
        waiting = list(scenario)
        planned = _planned(engine)
        moment = _next(engine, planned, waiting, now=start)
        while moment.at is not None:
            acts = len(waiting)
            yield from _live_through(engine, office, waiting, moment)
            if progress is not None:
                progress(min((moment.at - start) / (end - start), 1.0))
            if len(waiting) != acts:
                planned = _planned(engine)
            following = _next(engine, planned, waiting, now=moment.at)
            if witness is not None:
                witness(engine, moment.at, following.at)
            moment = following
        if left_open is not None:
            left_open(moment.left_open)


def _span(plan: Plan, scenario: Sequence[ScenarioLine]) -> tuple[datetime, datetime]:
    """From the midnight before anything can happen, and to about where it ends."""
    workdays = Workdays(plan.closed_days)
    steps = [
        step.at
        for activity in plan.activities
        for step in timetable(activity, workdays, at=plan.sending.at)
    ]
    instants = steps + [act.at for act in scenario]
    # The coordinator hears of the first step the workday before it.
    first = workdays.before(swedish_date(min(instants)), 1)
    return midnight_after(first - ONE_DAY), max(instants) + ONE_DAY


@dataclass(frozen=True, slots=True)
class _Moment:
    """An instant at which something can happen, and the activities looked at then."""

    at: datetime | None
    """None when nothing more can happen but weekly reminders of what is overdue."""
    activity_ids: tuple[int, ...] = ()
    left_open: tuple[str, ...] = ()
    """At the end: the activities that those reminders are about."""


def _live_through(
    engine: Engine, office: Office, waiting: list[ScenarioLine], moment: _Moment
) -> Iterator[TimelineRow]:
    """Everything that happens at one instant, and the messages that leave then."""
    now, attended = moment.at, set(moment.activity_ids)
    if now is None:
        return
    while waiting and waiting[0].at <= now:
        attended.add(perform(engine, office, waiting.pop(0)))
    for activity_id in sorted(attended):
        announce(engine, office, activity_id=activity_id, now=now)
    for _ in deliver_ready(engine, Nowhere(), office, now=lambda: now):
        pass
    with reading(engine) as session:
        yield from _left(session, now)


def _planned(engine: Engine) -> list[Situation]:
    """The activities as acts have left them; nothing else changes their dates."""
    with reading(engine) as session:
        round_id = identity(session.exec(select(Round)).one())
        return situations(session, round_id, has_messages=False)


def _next(
    engine: Engine, found: Sequence[Situation], waiting: Sequence[ScenarioLine], *, now: datetime
) -> _Moment:
    planned = occasions_ahead(found, now=now)
    with reading(engine) as session:
        queued = session.exec(
            select(Message.next_attempt_at)
            .where(Message.state == MessageState.QUEUED, Message.next_attempt_at > now)
            .order_by(col(Message.next_attempt_at))
        ).first()
        missed = _missed(session, found, now)
    if not (waiting or queued or missed) and all(occasion.is_endless for occasion in planned):
        keys = dict.fromkeys(occasion.activity_key for occasion in planned)
        return _Moment(None, left_open=tuple(keys))
    foretold = _foretold(found, planned, now)
    ahead = [occasion.at for occasion in planned[:1]] + [act.at for act in waiting[:1]]
    ahead += [queued] if queued else []
    ahead += [_daily_round_after(now)] if missed else []
    ahead += foretold.keys()
    at = min(ahead)
    looked_at = {o.activity_id for o in planned if o.at == at} | foretold.get(at, set())
    return _Moment(at, tuple(looked_at | (missed if at == _daily_round_after(now) else set())))


def _foretold(
    found: Sequence[Situation], planned: Sequence[Occasion], now: datetime
) -> dict[datetime, set[int]]:
    """The next daily round that tells of the day after it, and the activities that it looks at."""
    workdays = {identity(each.row): each.workdays for each in found}
    rounds: dict[datetime, set[int]] = {}
    for occasion in planned:
        if not occasion.is_to_others:
            continue
        day = workdays[occasion.activity_id].before(swedish_date(occasion.at), 1)
        at = swedish_instant(day, DAILY_ROUND)
        if at > now:
            rounds.setdefault(at, set()).add(occasion.activity_id)
    first = min(rounds, default=None)
    return {first: rounds[first]} if first is not None else {}


def _missed(session: Session, found: Sequence[Situation], now: datetime) -> set[int]:
    """The activities with a step that came due and waits for another, as the daily round does."""
    return {
        identity(each.row)
        for each in found
        if _escalates_about(each, now)
        for verdict in situation(session, identity(each.row)).verdicts(now)
        if verdict.step.at <= now and verdict.status is Status.WAITING
    }


def _escalates_about(each: Situation, now: datetime) -> bool:
    """Whether an escalation came due lately: that is what waits until the next day."""
    timetables = each.timetables(now)
    return any(
        step.kind is StepKind.ESCALATION and now - PATIENCE < step.at <= now
        for steps in (timetables.present, *timetables.extended.values())
        for step in steps
    )


def _daily_round_after(now: datetime) -> datetime:
    today = swedish_date(now)
    at = swedish_instant(today, DAILY_ROUND)
    return at if at > now else swedish_instant(today + ONE_DAY, DAILY_ROUND)


def _left(session: Session, now: datetime) -> Iterator[TimelineRow]:
    rows = session.exec(
        select(Message, Activity.key, Organisation.key)
        .join(Activity, col(Activity.id) == Message.activity_id)
        .join(Organisation, col(Organisation.id) == Message.organisation_id, isouter=True)
        .where(Message.sent_at == now)
        .order_by(col(Activity.position), col(Message.id))
    )
    for message, activity, organisation in rows:
        yield TimelineRow(
            at=now.astimezone(STOCKHOLM),
            activity=activity,
            step=message.step,
            organisation=organisation,
            to=message.recipient,
            verdict=Status.DUE.value,
            subject=message.subject,
            message_id=message.message_id,
            also=_told_together(session, message),
        )


def _told_together(session: Session, message: Message) -> tuple[tuple[str, str], ...]:
    if message.template not in (OWN_WORK, BEFOREHAND):
        return ()
    told = session.exec(
        select(Activity.key, MessageStep.step_key)
        .join(MessageStep, col(MessageStep.activity_id) == Activity.id)
        .where(MessageStep.message_id == message.id)
        .order_by(col(Activity.position))
    )
    return tuple((activity, step_key.split(":")[1]) for activity, step_key in told)


@contextmanager
def _scratch_database() -> Iterator[Engine]:
    with TemporaryDirectory(prefix="agenda-replay-") as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'replay.db'}")
        try:
            # Nothing in it has to survive a power cut.
            event.listen(engine, "connect", lambda c, _: c.execute("PRAGMA synchronous=OFF"))
            SQLModel.metadata.create_all(engine)
            yield engine
        finally:
            engine.dispose()
