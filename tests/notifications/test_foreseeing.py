"""What an act leads to is shown before it is done, and is what then happens."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from agenda.models import Activity, MessageState
from agenda.storage.store import open_engine, reading
from agenda.words.errors import BadInput
from notifications.acts.foreseeing import (
    Consequences,
    ForeseeableAct,
    Overtaken,
    carry_out,
    foresee,
)
from notifications.acts.planned import activities as planned
from tests.rounds_under_way import ASTA, OFFICE, RoundUnderWay, a_plan, address, sv, wall

NINTH = date(2020, 10, 9)
AT = "2020-09-21 10:00"


def opened(engine: Engine) -> RoundUnderWay:
    """A round whose invitations left on 8 May, and whose second reminder has left."""
    under_way = RoundUnderWay(engine, a_plan("berg", "krokom"))
    under_way.attend("2020-05-08 08:00")
    under_way.attend("2020-09-18 08:00")
    return under_way


def row(under_way: RoundUnderWay) -> Activity:
    with reading(under_way.engine) as session:
        return session.get_one(Activity, under_way.activity_id())


def moving(under_way: RoundUnderWay, to: date = NINTH) -> ForeseeableAct:
    return planned.moving(OFFICE, row(under_way), to=to, actor=ASTA)


def told(found: Consequences) -> list[tuple[str, str]]:
    return [(letter.step, letter.organisation) for letter in found.letters]


def everything(under_way: RoundUnderWay) -> list[tuple[str, str, str]]:
    return [(m.key, m.state, m.subject) for m in under_way.messages()]


def test_looking_ahead_changes_nothing(engine: Engine):
    under_way = opened(engine)
    before = (everything(under_way), under_way.register("deadline_moved"))
    foresee(engine, OFFICE, moving(under_way), now=sv(AT))
    assert (everything(under_way), under_way.register("deadline_moved")) == before
    assert row(under_way).due_on == date(2020, 10, 2)


def test_a_move_shows_its_letters_and_the_steps_that_end_and_begin(engine: Engine):
    found = foresee(engine, OFFICE, moving(opened(engine)), now=sv(AT))
    assert told(found) == [("moved", "Krokoms kommun"), ("moved", "Bergs kommun")]
    assert found.withdrawn == ()
    berg = [(s.at, s.label) for s in found.begins if s.recipient == "Bergs kommun"]
    assert berg == [
        (sv("2020-09-25 08:00"), "påminnelse, 10 arbetsdagar kvar"),
        (sv("2020-10-02 08:00"), "påminnelse, 5 arbetsdagar kvar"),
        (sv("2020-10-08 08:00"), "sista påminnelsen, 1 arbetsdag kvar"),
        (sv("2020-10-12 08:00"), "svar saknas, 1 arbetsdag efter sista dagen"),
        (sv("2020-10-14 08:00"), "eskalering, 3 arbetsdagar efter sista dagen"),
        (sv("2020-10-16 08:00"), "svar saknas, 5 arbetsdagar efter sista dagen"),
    ]
    ended = {s.key.rpartition(":")[2] for s in found.ends}
    assert ended == {"2020-10-02"}


def test_what_waits_in_the_outbox_and_no_longer_holds_is_shown(engine: Engine):
    under_way = opened(engine)
    under_way.look("2020-09-25 20:00")
    found = foresee(engine, OFFICE, moving(under_way), now=sv("2020-09-25 20:05"))
    assert sorted((one.step, one.organisation) for one in found.withdrawn) == [
        ("reminder-5", "Bergs kommun"),
        ("reminder-5", "Krokoms kommun"),
    ]


def test_what_would_leave_anyway_is_no_consequence(engine: Engine):
    """The reminder of 25 September is due and not looked at yet."""
    under_way = opened(engine)
    nothing = ForeseeableAct(
        does=lambda _session, _now: None, activity_ids=(under_way.activity_id(),)
    )
    found = foresee(engine, OFFICE, nothing, now=sv("2020-09-25 08:30"))
    assert (found.letters, found.withdrawn, found.ends, found.begins) == ((), (), (), ())


def test_a_yes_to_what_no_longer_follows_does_nothing_and_shows_what_would(engine: Engine):
    under_way = opened(engine)
    shown = foresee(engine, OFFICE, moving(under_way), now=sv(AT))
    under_way.answer("berg", "2020-09-21 10:01")
    under_way.extend("krokom", date(2020, 10, 30), "2020-09-21 10:02")
    with pytest.raises(Overtaken) as overtaken:
        carry_out(engine, OFFICE, moving(under_way), now=sv("2020-09-21 10:03"), token=shown.token)
    assert told(overtaken.value.consequences) == [("moved", "Bergs kommun")]
    assert (row(under_way).due_on, under_way.messages("moved")) == (date(2020, 10, 2), [])


def test_time_that_passes_without_anything_happening_keeps_the_yes(engine: Engine):
    under_way = opened(engine)
    shown = foresee(engine, OFFICE, moving(under_way), now=sv(AT))
    done = carry_out(
        engine, OFFICE, moving(under_way), now=sv("2020-09-21 10:20"), token=shown.token
    )
    assert told(done) == told(shown)
    assert set(under_way.states("moved")) == {address("berg"), address("krokom")}


def test_what_cannot_be_done_is_said_before_anything_is_shown(engine: Engine):
    with pytest.raises(BadInput, match="redan 2020-10-02"):
        foresee(engine, OFFICE, moving(opened(engine), date(2020, 10, 2)), now=sv(AT))


def test_a_new_last_day_is_held_against_what_comes_before_and_after_it(engine: Engine):
    plan = a_plan("berg", only=("inspel", "sammanstallning"))
    under_way = RoundUnderWay(engine, plan)
    [remark] = foresee(engine, OFFICE, moving(under_way), now=sv("2020-04-01 10:00")).remarks
    assert remark.startswith("Sammanställning")
    found = foresee(
        engine, OFFICE, moving(under_way, date(2020, 9, 26)), now=sv("2020-04-01 10:00")
    )
    assert found.remarks == ("26 september 2020 är ingen arbetsdag (lördag).",)


def test_a_lock_says_who_has_not_answered_and_who_has_more_time(engine: Engine):
    under_way = opened(engine)
    under_way.extend("krokom", NINTH, "2020-09-18 09:00")
    act = planned.locking(row(under_way), actor=ASTA)
    assert foresee(engine, OFFICE, act, now=sv(AT)).remarks == (
        "Krokoms kommun och Bergs kommun har inte svarat.",
        "Krokoms kommun har anstånd till 2020-10-09, som då inte hjälper.",
    )


ACTS = st.sampled_from(("move", "extend", "lock", "cancel", "done"))
DAYS = st.integers(-8, 30)
WHEN = st.integers(0, 200)


def made(name: str, days: int, under_way: RoundUnderWay) -> ForeseeableAct:
    known = row(under_way)
    to = known.due_on + timedelta(days=days)
    return {
        "move": lambda: planned.moving(OFFICE, known, to=to, actor=ASTA),
        "extend": lambda: planned.granting(OFFICE, known, "berg", to=to, actor=ASTA),
        "lock": lambda: planned.locking(known, actor=ASTA),
        "cancel": lambda: planned.cancelling(OFFICE, known, actor=ASTA),
        "done": lambda: planned.marking_done(OFFICE, known, actor=ASTA),
    }[name]()


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(
    before=st.lists(st.tuples(ACTS, DAYS, WHEN), max_size=3),
    last=st.tuples(ACTS, DAYS, WHEN),
)
def test_what_is_shown_is_what_then_happens(sqlite_template, tmp_path_factory, before, last):
    folder = tmp_path_factory.mktemp("foreseen")
    (folder / "agenda.db").write_bytes(sqlite_template.read_bytes())
    engine = open_engine(f"sqlite:///{folder / 'agenda.db'}")
    under_way = RoundUnderWay(engine, a_plan("berg", "krokom"))
    now = sv("2020-05-07 09:00")
    for name, days, pause in before:
        now += timedelta(days=pause)
        under_way.attend(wall(now))
        try:
            carry_out(engine, OFFICE, made(name, days, under_way), now=now)
        except BadInput:
            continue
    name, days, pause = last
    now += timedelta(days=pause)
    if pause % 2:
        under_way.look(wall(now))
    act = made(name, days, under_way)
    try:
        shown = foresee(engine, OFFICE, act, now=now)
    except BadInput:
        return
    _judge(under_way, act, shown, now)
    engine.dispose()


def _judge(
    under_way: RoundUnderWay, act: ForeseeableAct, shown: Consequences, now: datetime
) -> None:
    """The act, a run and the post: what is queued and what is held back is what was shown."""
    waiting = {m.key: m for m in under_way.messages() if m.state is MessageState.QUEUED}
    assert carry_out(under_way.engine, OFFICE, act, now=now, token=shown.token) == shown
    queued = under_way.messages()
    under_way.look(wall(now))
    assert under_way.messages() == queued, "a look afterwards finds more"
    letters = {(one.step, one.to.partition("<")[2].rstrip(">")) for one in shown.letters}
    new = {(m.step, m.recipient) for m in queued if m.queued_at == now and m.key not in waiting}
    assert letters <= new | {(m.step, m.recipient) for m in waiting.values()}
    for held in (m for m in queued if m.key in waiting and m.state is MessageState.WITHDRAWN):
        assert (held.step, held.recipient) in {
            (one.step, one.to.partition("<")[2].rstrip(">")) for one in shown.withdrawn
        }
    under_way.post(wall(now + timedelta(days=1)))
    left = {m.key for m in under_way.messages() if m.state is MessageState.SENT}
    lost = {(one.step, one.subject) for one in shown.withdrawn}
    for key, message in waiting.items():
        assert ((message.step, message.subject) in lost) != (key in left) or key in {
            m.key for m in under_way.messages() if m.state is MessageState.QUEUED
        }
