"""The postman: what it carries out, what it survives, and when it stops."""

import logging
from threading import Event

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from agenda.store import open_engine
from notifications import postman
from notifications.postman import walk_rounds
from tests.rounds_under_way import AWAY, MUNICIPALITIES, OFFICE, RoundUnderWay, a_plan, address, sv


class Clock:
    """Tells one time after another; sets `stop` when it has told the last."""

    def __init__(self, stop: Event, *times: str) -> None:
        self.stop, self.times = stop, list(times)

    def __call__(self):
        if len(self.times) == 1:
            self.stop.set()
        return sv(self.times.pop(0) if len(self.times) > 1 else self.times[0])


def test_what_quiet_hours_kept_leaves_at_their_end(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.look("2020-05-07 06:00")
    under_way.look("2020-05-08 22:00")
    stop = Event()
    clock = Clock(
        stop, "2020-05-08 23:00", "2020-05-09 12:00", "2020-05-11 07:00", "2020-05-11 07:00"
    )
    walk_rounds(engine, under_way.server, OFFICE, stop=stop, now=clock, every_seconds=0)
    assert under_way.server.asked == [address("berg")]


def test_what_was_refused_for_now_is_tried_again_in_its_time(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.look("2020-05-08 08:00")
    under_way.server.answer(address("berg"), AWAY)
    stop = Event()
    clock = Clock(
        stop, *["2020-05-08 08:00"] * 3, "2020-05-08 08:01", "2020-05-08 08:01", "2020-05-08 08:01"
    )
    walk_rounds(engine, under_way.server, OFFICE, stop=stop, now=clock, every_seconds=0)
    assert len(under_way.server.asked) == 2


def test_told_to_stop_it_finishes_the_message_in_hand_and_takes_no_other(engine: Engine):
    under_way = RoundUnderWay(engine)
    under_way.look("2020-05-08 08:00")
    stop = Event()
    under_way.server.meanwhile = stop.set
    walk_rounds(
        engine,
        under_way.server,
        OFFICE,
        stop=stop,
        now=lambda: sv("2020-05-08 08:00"),
        every_seconds=0,
    )
    assert len(under_way.server.taken) == 1
    assert len([m for m in under_way.messages() if m.sent_at is None]) == len(MUNICIPALITIES) - 1


def test_a_database_that_is_away_for_a_while_does_not_end_it(sqlite_url: str, monkeypatch, caplog):
    engine = open_engine(sqlite_url)
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.look("2020-05-08 08:00")
    usual, troubles = postman.deliver_ready, [OperationalError("select 1", {}, Exception("locked"))]

    def sometimes_away(*args, **named):
        if troubles:
            raise troubles.pop()
        return usual(*args, **named)

    monkeypatch.setattr(postman, "deliver_ready", sometimes_away)
    stop = Event()
    under_way.server.meanwhile = stop.set
    with caplog.at_level(logging.ERROR):
        walk_rounds(
            engine,
            under_way.server,
            OFFICE,
            stop=stop,
            now=lambda: sv("2020-05-08 08:00"),
            every_seconds=0,
        )
    engine.dispose()
    assert under_way.server.asked == [address("berg")]
    assert [r.getMessage() for r in caplog.records] == ["the outbox could not be emptied"]


def test_its_log_names_counts_and_no_address(sqlite_url: str, caplog):
    engine = open_engine(sqlite_url)
    under_way = RoundUnderWay(engine, a_plan("berg", "krokom"))
    under_way.look("2020-05-08 08:00")
    stop = Event()
    clock = Clock(stop, *["2020-05-08 08:00"] * 4)
    with caplog.at_level(logging.INFO, logger="notifications.postman"):
        walk_rounds(engine, under_way.server, OFFICE, stop=stop, now=clock, every_seconds=0)
    engine.dispose()
    assert [record.getMessage() for record in caplog.records] == ["2 sent"]
