"""The postman: what it carries out, what it survives, and when it stops."""

import logging
from threading import Event

from pydantic import SecretStr
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from agenda.installation.signature import opened, sign
from agenda.storage.store import open_engine, transaction
from notifications import postman
from notifications.postman import walk_rounds
from tests.obedient_server import AWAY
from tests.rounds_under_way import (
    COORDINATOR,
    MUNICIPALITIES,
    OFFICE,
    RoundUnderWay,
    a_plan,
    address,
    sv,
)


class Clock:
    """Tells one time after another; whoever asks for the last is told to stop as well."""

    def __init__(self, stop: Event, *times: str) -> None:
        self.stop, self.times = stop, list(times)

    def __call__(self):
        if len(self.times) == 1:
            self.stop.set()
            return sv(self.times[0])
        return sv(self.times.pop(0))


def walk(engine: Engine, under_way: RoundUnderWay, *times: str, stop: Event | None = None) -> None:
    """Let the postman walk until the clock has told every time."""
    stop = stop or Event()
    walk_rounds(
        engine, under_way.server, OFFICE, stop=stop, now=Clock(stop, *times), every_seconds=0
    )


def test_what_quiet_hours_kept_leaves_at_their_end(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.look("2020-05-08 22:00")
    walk(engine, under_way, "2020-05-08 23:00", "2020-05-09 12:00", "2020-05-11 07:00")
    assert under_way.server.asked == []
    walk(engine, under_way, "2020-05-11 07:01", "2020-05-11 07:01", "2020-05-11 07:02")
    assert under_way.server.asked == [address("berg")]


def test_what_a_run_has_just_queued_is_left_to_the_run_for_half_a_minute(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.look("2020-05-08 08:00")
    walk(engine, under_way, *["2020-05-08 08:00:29"] * 4)
    assert under_way.server.asked == []
    walk(engine, under_way, *["2020-05-08 08:00:30"] * 4)
    assert under_way.server.asked == [address("berg")]


def test_what_answers_a_persons_own_act_is_not_left_to_anybody(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.done("2020-05-07 23:00")
    walk(engine, under_way, *["2020-05-07 23:00"] * 4)
    assert under_way.server.asked == [COORDINATOR]


def test_what_was_refused_for_now_is_tried_again_in_its_time(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.look("2020-05-08 08:00")
    under_way.server.answer(address("berg"), AWAY)
    walk(engine, under_way, *["2020-05-08 08:01"] * 6)
    assert len(under_way.server.asked) == 1
    walk(engine, under_way, *["2020-05-08 08:03"] * 6)
    assert len(under_way.server.asked) == 2


def test_told_to_stop_it_finishes_the_message_in_hand_and_takes_no_other(engine: Engine):
    under_way = RoundUnderWay(engine)
    under_way.look("2020-05-08 08:00")
    stop = Event()
    under_way.server.meanwhile = stop.set
    walk(engine, under_way, *["2020-05-08 08:01"] * 40, stop=stop)
    assert len(under_way.server.taken) == 1
    assert len([m for m in under_way.messages() if m.sent_at is None]) == len(MUNICIPALITIES) - 1


def test_a_database_that_is_away_for_a_while_does_not_end_it(engine: Engine, monkeypatch, caplog):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.look("2020-05-08 08:00")
    usual, troubles = postman.deliver_ready, [OperationalError("select 1", {}, Exception("locked"))]

    def sometimes_away(*args, **named):
        if troubles:
            raise troubles.pop()
        return usual(*args, **named)

    monkeypatch.setattr(postman, "deliver_ready", sometimes_away)
    with caplog.at_level(logging.ERROR):
        walk(engine, under_way, *["2020-05-08 08:01"] * 4)
    assert under_way.server.asked == [address("berg")]
    assert [r.getMessage() for r in caplog.records] == ["the outbox could not be emptied"]


def test_its_log_names_counts_and_no_address(engine: Engine, caplog):
    under_way = RoundUnderWay(engine, a_plan("berg", "krokom"))
    under_way.look("2020-05-08 08:00")
    with caplog.at_level(logging.INFO, logger="notifications.postman"):
        walk(engine, under_way, *["2020-05-08 08:01"] * 4)
    assert [record.getMessage() for record in caplog.records] == ["2 sent"]


def test_it_touches_nothing_of_another_installation_and_goes_on_when_it_is_mended(
    settings, sqlite_url, monkeypatch, caplog
):
    """Its own process, whose variables are the installation's only at the second look."""
    right = settings.model_copy(update={"database_url": SecretStr(sqlite_url)})
    engine = open_engine(sqlite_url)
    with transaction(engine) as session:
        sign(session, right, now=sv("2020-05-08 08:00"))
    engine.dispose()
    looks = iter([right.model_copy(update={"mail_from": "annan@regionen.example"}), right])
    walked: list[str] = []

    class Stop(Event):
        def wait(self, timeout: float | None = None) -> bool:
            assert walked == []
            monkeypatch.setattr(postman, "opened", lambda _: opened(next(looks)))
            return False

    def walk_once(engine, sender, office, *, stop):
        walked.append(str(engine.url))
        stop.set()

    wrong = next(looks)
    monkeypatch.setattr(postman, "Event", Stop)
    monkeypatch.setattr(postman, "settings", lambda: wrong)
    monkeypatch.setattr(postman, "walk_rounds", walk_once)
    monkeypatch.setattr(postman.signal, "signal", lambda *_: None)
    postman.main()
    assert walked == [sqlite_url]
    assert "AGENDA_MAIL_FROM gör avsändaren till annan@regionen.example" in caplog.text
