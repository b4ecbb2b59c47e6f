"""Reminders leave even when Prefect does not run, and the coordinator hears of it once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import yaml
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from agenda.models import Message, Round
from agenda.steps.timetable import DAILY_ROUND
from agenda.storage.store import reading, transaction
from flows.rest.deployments import FILE
from notifications import unattended
from notifications.unattended import TEMPLATE, attend_what_nobody_has
from tests.rounds_under_way import (
    COORDINATOR,
    OFFICE,
    PLAN,
    RoundUnderWay,
    a_plan,
    sv,
)

ALERT = "larm@regionen.example"


def look(engine: Engine, at: str, office=OFFICE) -> list[int]:
    return attend_what_nobody_has(engine, office, now=sv(at))


def queued(engine: Engine) -> list[tuple[str, str]]:
    with reading(engine) as session:
        rows = session.exec(select(Message).order_by(Message.id))
        return [(row.step, row.recipient) for row in rows]


def notices(engine: Engine) -> list[str]:
    return [recipient for step, recipient in queued(engine) if step == TEMPLATE]


def daily_round(engine: Engine, under_way: RoundUnderWay, at: str) -> None:
    """What Prefect does each morning."""
    under_way.attend(at)
    with transaction(engine) as session:
        session.exec(select(Round)).one().gone_through_at = sv(at)


def test_what_has_been_due_for_an_hour_is_attended_and_the_coordinator_told(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg", "krokom"))
    daily_round(engine, under_way, "2020-08-20 07:45")
    under_way.server.taken.clear()
    assert look(engine, "2020-08-21 08:59") == []
    assert look(engine, "2020-08-21 09:00") == [under_way.activity_id()]
    under_way.post("2020-08-21 09:01")
    assert under_way.mails == [
        f"2020-08-21 09:01 unattended {COORDINATOR}",
        "2020-08-21 09:01 reminder-30 kommun@berg.example",
        "2020-08-21 09:01 reminder-30 kommun@krokom.example",
    ]


def test_while_it_stands_still_everything_leaves_and_the_notice_comes_once(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    daily_round(engine, under_way, "2020-05-08 08:00")
    for at in ("2020-08-21 09:05", "2020-08-21 09:10", "2020-09-18 09:05", "2020-09-25 09:05"):
        look(engine, at)
        under_way.post(at)
    steps = ["reminder-30", "reminder-10", "reminder-5"]
    assert [step for step, _ in queued(engine)] == [
        "invitation",
        TEMPLATE,
        *steps,
    ]
    # It runs again, and stands still once more: that is news.
    daily_round(engine, under_way, "2020-09-28 07:45")
    look(engine, "2020-10-01 09:05")
    assert notices(engine) == [COORDINATOR] * 2


def test_several_activities_and_those_who_share_the_alarm_make_one_notice_each(engine: Engine):
    office = replace(OFFICE, alerts=(ALERT,))
    RoundUnderWay(engine, PLAN)
    look(engine, "2020-12-22 10:00", office)
    steps = {step for step, _ in queued(engine)}
    assert len(steps - {TEMPLATE}) > 1
    assert notices(engine) == [COORDINATOR, ALERT]


def test_while_prefect_runs_nothing_is_attended_and_nobody_told(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg", "krokom"))
    for at in ("2020-05-08 08:00", "2020-08-21 08:00", "2020-09-18 08:00"):
        daily_round(engine, under_way, at)
        for hours in (1, 2, 5, 20):
            later = sv(at) + timedelta(hours=hours)
            assert attend_what_nobody_has(engine, OFFICE, now=later) == []
    assert notices(engine) == []


def test_what_a_person_released_late_waits_for_the_next_daily_round(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    daily_round(engine, under_way, "2020-05-08 08:00")
    under_way.hold("reminder-30", "2020-08-20 12:00")
    daily_round(engine, under_way, "2020-08-21 08:00")
    under_way.release("reminder-30", "2020-08-21 15:00")
    assert look(engine, "2020-08-21 17:00") == []
    assert look(engine, "2020-08-22 08:44") == []
    assert look(engine, "2020-08-22 08:45") == [under_way.activity_id()]


def test_what_became_due_at_midnight_is_left_to_the_daily_round(engine: Engine):
    """A manager hears a day after the organisation: at midnight, when Prefect has no run."""
    under_way = RoundUnderWay(engine, a_plan("berg"))
    for day in ("2020-05-08", "2020-10-01"):
        daily_round(engine, under_way, f"{day} 08:00")
    daily_round(engine, under_way, "2020-10-08 07:45")
    assert look(engine, "2020-10-09 02:00") == []
    assert look(engine, "2020-10-09 08:44") == []
    assert look(engine, "2020-10-09 08:45") == [under_way.activity_id()]


def test_a_round_that_no_run_has_looked_at_is_attended_an_hour_after_its_start(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    with transaction(engine) as session:
        session.exec(select(Round)).one().started_at = sv("2020-05-08 10:30")
    assert look(engine, "2020-05-08 11:29") == []
    assert look(engine, "2020-05-08 11:30") == [under_way.activity_id()]


@pytest.mark.parametrize("end", ["close", "done", "answer"])
def test_what_has_ended_is_not_attended(engine: Engine, end: str):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    daily_round(engine, under_way, "2020-05-08 08:00")
    at = "2020-08-20 12:00"
    if end == "answer":
        under_way.answer("berg", at)
    else:
        getattr(under_way, end)(at)
    assert look(engine, "2020-08-21 12:00") == []


def test_a_moved_last_day_is_attended_by_its_new_steps(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    daily_round(engine, under_way, "2020-05-08 08:00")
    under_way.move(date(2020, 10, 9), "2020-06-01 10:00")
    assert look(engine, "2020-08-21 12:00") == []
    assert look(engine, "2020-08-28 12:00") == [under_way.activity_id()]


def test_one_activity_that_cannot_be_attended_does_not_stop_the_rest(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    bad = RoundUnderWay(engine, PLAN).activity_id()
    tried: list[int] = []
    real = unattended.announce

    def announce(engine, office, *, activity_id, now):
        tried.append(activity_id)
        if activity_id == bad and tried.count(bad) == 1:
            raise OperationalError("x", {}, Exception())
        return real(engine, office, activity_id=activity_id, now=now)

    monkeypatch.setattr(unattended, "announce", announce)
    attended = look(engine, "2020-12-22 10:00")
    assert attended == [tried_id for tried_id in tried if tried_id != bad] != []
    assert look(engine, "2020-12-22 10:05") == [bad]
    assert notices(engine) == [COORDINATOR]


def test_its_time_of_day_is_that_of_prefects_daily_round():
    found = yaml.safe_load(FILE.read_text(encoding="utf-8"))["deployments"]
    [cron] = [s["cron"] for entry in found for s in entry.get("schedules", ())]
    assert cron == f"{DAILY_ROUND.minute} {DAILY_ROUND.hour} * * *"
