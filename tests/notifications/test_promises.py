"""The promises, whatever happens in whatever order: a round under random weather.

The clock goes on, runs come or not, the mail server has moods, senders die, people answer,
move, extend, hold and mark done. Every mail is judged at the moment it is sent.
"""

import shutil
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlmodel import select

from agenda.models import Message, MessageState
from agenda.rounds.facts import Situation, situation
from agenda.rounds.parties import Party
from agenda.steps.verdicts import Because, Status
from agenda.storage.store import open_engine, reading
from agenda.words.errors import BadInput
from agenda.workdays import STOCKHOLM, Workdays
from notifications.delivery.claiming import Claimed, claim
from notifications.post.outgoing import Outcome, Outgoing, Result
from notifications.post.patience import LEASE
from tests.notifications.contact_files import take_in
from tests.obedient_server import AWAY, LATER, NEVER, TAKEN, UNCERTAIN
from tests.rounds_under_way import OFFICE, RoundUnderWay, a_plan, manager, sv

KEYS = ("are", "berg", "krokom")
STEPS = ("reminder-10", "reminder-5", "reminder-1", "overdue-1", "escalation-3", "invitation")
OTHERWISE = Outcome(Result.NEVER, 554, "5.7.1 Rejected")
MOODS = (TAKEN, TAKEN, TAKEN, LATER, UNCERTAIN, AWAY, OTHERWISE, NEVER)
WORKDAYS = Workdays()


def shortened():
    """The input from 8 May to 5 June, with three municipalities."""
    plan = a_plan(*KEYS)
    ladder = plan.activities[0].steps.model_copy(update={"reminders_workdays_before": (10, 5, 1)})
    activity = plan.activities[0].model_copy(update={"due_on": date(2020, 6, 5), "steps": ladder})
    return plan.model_copy(update={"activities": (activity,)})


class Witness:
    """A mail server with moods that looks, at every mail, whether it may be sent now."""

    def __init__(self) -> None:
        self.round: RoundUnderWay
        self.now = sv("2020-05-07 18:00")
        self.mood: Callable[[], Outcome] = lambda: TAKEN
        self.seen: dict[tuple[str, int | None, str], str] = {}
        self.settled: set[str] = set()
        """The Message-IDs whose acceptance was recorded: they must never come again."""

    def send(self, outgoing: Outgoing) -> Outcome:
        with reading(self.round.engine) as session:
            message = session.exec(
                select(Message).where(Message.message_id == outgoing.message_id)
            ).one()
            known = situation(session, message.activity_id)
            overdue = session.exec(
                select(Message).where(
                    Message.template == "overdue",
                    Message.organisation_id == message.organisation_id,
                    Message.due_on == message.due_on,
                )
            ).all()
        self._judge(message, known, overdue)
        self._judge_words(message, outgoing)
        outcome = self.mood()
        if outcome.result is Result.SENT:
            self.settled.add(outgoing.message_id)
        return outcome

    def _judge(self, message: Message, known: Situation, overdue: list[Message]) -> None:
        assert message.state is MessageState.SENDING
        assert message.message_id not in self.settled, "sent twice"
        cause = (message.step_key, message.organisation_id, message.recipient)
        first = self.seen.setdefault(cause, message.message_id)
        assert first == message.message_id, "one step, one recipient, two messages"
        self._judge_hour(message)
        party = next(
            (p for p in known.parties.values() if p.organisation.id == message.organisation_id),
            None,
        )
        if message.audience in ("organisation", "escalation"):
            self._judge_to_organisation(message, known, party, overdue)

    def _judge_to_organisation(
        self, message: Message, known: Situation, party: Party, overdue: list[Message]
    ) -> None:
        assert known.facts.done_at is None
        assert message.due_on == party.due_on(known.activity), "names a day that does not hold"
        if message.template not in ("moved", "extension"):
            assert party.answer is None, "reminded of what is answered"
        if message.audience == "escalation":
            sent_on = [m.sent_at.astimezone(STOCKHOLM).date() for m in overdue if m.sent_at]
            told_before = any(day < self.now.astimezone(STOCKHOLM).date() for day in sent_on)
            never = not sent_on and all(
                m.state in (MessageState.FAILED, MessageState.WITHDRAWN) for m in overdue
            )
            assert told_before or never, "the manager hears before the organisation"

    def _judge_words(self, message: Message, outgoing: Outgoing) -> None:
        today = self.now.astimezone(STOCKHOLM).date()
        for days, word in enumerate(("i dag, ", "i morgon, ")):
            if word in " ".join(outgoing.text.split()):
                assert message.due_on == today + timedelta(days=days), "names another day"

    def _judge_hour(self, message: Message) -> None:
        opening = next_opening(self.now)
        in_time = message.leaves_by is not None and self.now < message.leaves_by <= opening
        assert message.is_prompt or opening == self.now or in_time, "outside the hours"


def next_opening(now: datetime) -> datetime:
    """The first instant from now on that lies on a workday between 07 and 18."""
    local = now.astimezone(STOCKHOLM)
    while not (WORKDAYS.is_workday(local.date()) and "07:00" <= f"{local:%H:%M}" <= "18:00"):
        local = (local + timedelta(hours=1)).replace(minute=0)
    return local.astimezone(now.tzinfo)


class Weather(RuleBasedStateMachine):
    """A round in which anything can happen next."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp(prefix="agenda-promises-"))
        shutil.copyfile(self.template, self.folder / "agenda.db")
        engine = open_engine(f"sqlite:///{self.folder / 'agenda.db'}")
        self.witness = Witness()
        self.round = RoundUnderWay(engine, shortened(), server=self.witness)
        self.witness.round = self.round

    @property
    def at(self) -> str:
        """The present instant, as the round is told it."""
        return f"{self.witness.now.astimezone(STOCKHOLM):%Y-%m-%d %H:%M}"

    @rule(minutes=st.sampled_from((2, 20, 60, 5 * 60, 14 * 60, 24 * 60, 24 * 60, 4 * 24 * 60)))
    def time_passes(self, minutes: int) -> None:
        self.witness.now += timedelta(minutes=minutes)

    @rule(days=st.integers(0, 12), hour=st.sampled_from(("07:45", "08:00", "12:00", "22:00")))
    def a_day_comes(self, days: int, hour: str) -> None:
        day = (self.witness.now + timedelta(days=days)).astimezone(STOCKHOLM).date()
        self.witness.now = max(self.witness.now, sv(f"{day} {hour}"))

    @rule()
    def somebody_looks(self) -> None:
        self.round.look(self.at)

    @rule(moods=st.lists(st.sampled_from(MOODS), min_size=1, max_size=6))
    def a_run_comes(self, moods: list[Outcome]) -> None:
        self.round.look(self.at)
        self.the_postman_comes(moods)

    @rule(moods=st.lists(st.sampled_from(MOODS), min_size=1, max_size=6))
    def the_postman_comes(self, moods: list[Outcome]) -> None:
        waiting = list(moods)
        self.witness.mood = lambda: waiting.pop() if waiting else TAKEN
        self.round.post(self.at)
        self.witness.mood = lambda: TAKEN

    @rule(is_taken=st.booleans())
    def a_sender_dies(self, is_taken: bool) -> None:
        """It has claimed a message, and perhaps sent it, but records nothing."""
        for message in self.round.messages():
            claimed = claim(self.round.engine, OFFICE, message.id, now=self.witness.now)
            if isinstance(claimed, Claimed):
                self.witness.mood = lambda: UNCERTAIN if is_taken else LATER
                self.witness.send(claimed.outgoing)
                self.witness.mood = lambda: TAKEN
                return

    @rule(key=st.sampled_from(KEYS))
    def one_answers(self, key: str) -> None:
        self.round.answer(key, self.at)

    @rule(key=st.sampled_from(KEYS))
    def one_takes_its_answer_back(self, key: str) -> None:
        self._if_it_can_be(lambda: self.round.withdraw_answer(key, self.at))

    @rule(key=st.sampled_from(KEYS), name=st.sampled_from(("kommun", "ny", "nyare")))
    def one_gets_an_address_to_try(self, key: str, name: str) -> None:
        rows = f"{key};Registrator;{name}@{key}.example;\n{key};Chef;{manager(key)};eskalering\n"
        take_in(self.round, rows, self.at, resets=True)

    @rule(days=st.integers(-10, 21))
    def the_last_day_is_moved(self, days: int) -> None:
        to = self._due_on() + timedelta(days=days)
        self._if_it_can_be(lambda: self.round.move(to, self.at))

    @rule(key=st.sampled_from(KEYS), days=st.integers(1, 21))
    def one_gets_an_extension(self, key: str, days: int) -> None:
        to = self._due_on() + timedelta(days=days)
        self._if_it_can_be(lambda: self.round.extend(key, to, self.at))

    @rule(step=st.sampled_from(STEPS), key=st.sampled_from((None, *KEYS)))
    def a_step_is_held(self, step: str, key: str | None) -> None:
        self._if_it_can_be(lambda: self.round.hold(step, self.at, key))

    @rule(step=st.sampled_from(STEPS), key=st.sampled_from((None, *KEYS)))
    def a_step_is_released(self, step: str, key: str | None) -> None:
        self._if_it_can_be(lambda: self.round.release(step, self.at, key))

    @precondition(lambda self: self.witness.now > sv("2020-06-01 00:00"))
    @rule()
    def it_is_done(self) -> None:
        self._if_it_can_be(lambda: self.round.done(self.at))

    @rule()
    def it_is_open_again(self) -> None:
        self._if_it_can_be(lambda: self.round.reopen(self.at))

    @invariant()
    def what_was_withdrawn_says_why(self) -> None:
        for message in self.round.messages():
            if message.state is MessageState.WITHDRAWN:
                assert message.outcome
            assert (message.state is MessageState.SENT) == (message.sent_at is not None)

    def teardown(self) -> None:
        """In the end the weather is fair, runs come every day, and nothing is left undone."""
        for step in STEPS:
            for key in (None, *KEYS):
                self.a_step_is_released(step, key)
        for _ in range(4):
            day = WORKDAYS.after(self.witness.now.astimezone(STOCKHOLM).date(), 1)
            self.witness.now = sv(f"{day} 08:00")
            for _ in range(2):
                self.round.look(self.at)
                self.round.post(self.at)
                self.witness.now += LEASE
        assert [m.step for m in self._unsettled()] == []
        with reading(self.round.engine) as session:
            found = situation(session, self.round.activity_id()).verdicts(self.witness.now)
        late = [
            verdict
            for verdict in found
            if verdict.status is Status.DUE
            or (
                verdict.status is Status.WAITING
                and verdict.because is not Because.FIRST_THE_ORGANISATION
                and verdict.step.at <= self.witness.now
            )
        ]
        assert late == []
        self.round.engine.dispose()
        shutil.rmtree(self.folder)

    def _unsettled(self) -> list[Message]:
        """What has not left although it could have, hours ago."""
        unsettled = (MessageState.QUEUED, MessageState.SENDING)
        return [
            m
            for m in self.round.messages()
            if m.state in unsettled and m.queued_at < self.witness.now - timedelta(days=3)
        ]

    def _due_on(self) -> date:
        with reading(self.round.engine) as session:
            return situation(session, self.round.activity_id()).activity.due_on

    @staticmethod
    def _if_it_can_be(act: Callable[[], object]) -> None:
        try:
            act()
        except BadInput:
            return


def test_whatever_happens_in_whatever_order_the_promises_hold(sqlite_template: Path):
    class Here(Weather):
        template = sqlite_template

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=15,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
