"""Who has been told which day: what follows from that is told, once, and nothing else."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import Engine

from agenda.models import Activity, MessageState
from agenda.register import By
from agenda.storage.store import transaction
from agenda.words.errors import BadInput
from notifications.acts.course import cancel, reinstate
from tests.obedient_server import NEVER
from tests.rounds_under_way import OFFICE, PLAN, WHO, RoundUnderWay, a_plan, address, sv

WORKSHOP = "workshop"


def a_workshop(engine: Engine, due_on: date, *, since: str) -> RoundUnderWay:
    """A workshop on a day, in a round that is followed from a day on."""
    activity = PLAN.activity(WORKSHOP).model_copy(
        update={"starts_on": due_on, "due_on": due_on, "after": ()}
    )
    made = a_plan("berg", "krokom", only=(WORKSHOP,))
    return RoundUnderWay(engine, made.model_copy(update={"activities": (activity,)}), since=since)


def change(under_way: RoundUnderWay, act: Callable[..., int], at: str, **how: object) -> int:
    """Call it off, or take it up again."""
    activity_id = under_way.activity_id(under_way.plan.activities[0].key)
    with transaction(under_way.engine) as session:
        row = session.get_one(Activity, activity_id)
        return act(session, OFFICE, row, by=By.person(WHO, sv(at)), **how)


def told(under_way: RoundUnderWay, key: str = "berg") -> list[str]:
    """What has left to one organisation, in order."""
    return [line.split()[2] for line in under_way.mails if line.endswith(address(key))]


# A step is before tracking only if it was so under the date in force then.


def test_a_workshop_moved_closer_keeps_its_invitation_and_it_comes_first(engine: Engine):
    under_way = a_workshop(engine, date(2021, 1, 21), since="2020-11-23 09:00")
    assert under_way.move(date(2020, 12, 18), "2020-11-23 10:00", WORKSHOP) == 0
    under_way.attend("2020-11-23 10:01", WORKSHOP)
    assert told(under_way) == ["invitation"]
    assert "18 december 2020" in under_way.outgoing[0].text
    under_way.attend("2020-12-11 08:00", WORKSHOP)
    assert told(under_way) == ["invitation", "reminder-5"]


def test_moved_once_more_before_the_invitation_left_there_is_one_letter_with_the_day_that_holds(
    engine: Engine,
):
    under_way = a_workshop(engine, date(2021, 1, 21), since="2020-11-23 09:00")
    under_way.move(date(2020, 12, 21), "2020-11-23 20:00", WORKSHOP)
    under_way.look("2020-11-23 20:01", WORKSHOP)
    assert under_way.move(date(2020, 12, 18), "2020-11-23 20:02", WORKSHOP) == 0
    under_way.attend("2020-11-24 08:00", WORKSHOP)
    assert told(under_way) == ["invitation"]
    assert "18 december 2020" in under_way.outgoing[0].text
    assert "21 december" not in under_way.outgoing[0].text


def test_moved_once_more_after_the_invitation_left_the_day_that_was_heard_is_named(
    engine: Engine,
):
    under_way = a_workshop(engine, date(2021, 1, 21), since="2020-11-23 09:00")
    under_way.move(date(2020, 12, 21), "2020-11-23 10:00", WORKSHOP)
    under_way.attend("2020-11-23 10:01", WORKSHOP)
    assert under_way.move(date(2020, 12, 18), "2020-11-23 10:02", WORKSHOP) == 2
    under_way.attend("2020-11-23 10:03", WORKSHOP)
    assert told(under_way) == ["invitation", "moved"]
    assert "21 december 2020" in under_way.outgoing[-1].text


def test_who_was_invited_before_the_round_was_followed_is_not_invited_anew_when_it_moves_away(
    engine: Engine,
):
    under_way = a_workshop(engine, date(2020, 12, 18), since="2020-12-01 09:00")
    assert under_way.move(date(2021, 2, 10), "2020-12-01 10:00", WORKSHOP) == 2
    for at in ("2020-12-01 10:01", "2021-01-12 08:00", "2021-01-13 08:00"):
        under_way.attend(at, WORKSHOP)
    assert told(under_way) == ["moved"]
    assert "18 december 2020" in under_way.outgoing[0].text


def test_moved_twice_at_once_those_invited_before_it_was_followed_hear_of_the_day_they_knew(
    engine: Engine,
):
    under_way = a_workshop(engine, date(2020, 12, 18), since="2020-12-01 09:00")
    under_way.move(date(2021, 2, 10), "2020-12-01 20:00", WORKSHOP)
    under_way.move(date(2021, 2, 12), "2020-12-01 20:01", WORKSHOP)
    under_way.attend("2020-12-02 08:00", WORKSHOP)
    assert told(under_way) == ["moved"]
    text = under_way.outgoing[0].text
    assert ("18 december 2020" in text, "10 februari" in text) == (True, False)


def test_the_regions_own_steps_of_a_day_moved_closer_are_due_and_not_before_tracking(
    engine: Engine,
):
    plan = a_plan("berg", only=("sammanstallning",))
    [activity] = plan.activities
    activity = activity.model_copy(
        update={"starts_on": date(2020, 11, 2), "due_on": date(2021, 1, 21)}
    )
    under_way = RoundUnderWay(
        engine, plan.model_copy(update={"activities": (activity,)}), since="2020-11-23 09:00"
    )
    under_way.move(date(2020, 11, 25), "2020-11-23 10:00", "sammanstallning")
    under_way.attend("2020-11-23 10:01", "sammanstallning")
    assert [line.split()[2].split("-")[0] for line in under_way.mails] == ["internal"]
    assert "25 november 2020" in under_way.outgoing[0].text


# Called off and taken up again.


def invited_to_a_workshop(engine: Engine) -> RoundUnderWay:
    under_way = a_workshop(engine, date(2021, 1, 21), since="2020-11-23 09:00")
    under_way.attend("2020-12-21 08:00", WORKSHOP)
    assert told(under_way) == ["invitation"]
    return under_way


def test_what_nobody_has_heard_of_is_called_off_in_silence(engine: Engine):
    under_way = a_workshop(engine, date(2021, 1, 21), since="2020-11-23 09:00")
    under_way.look("2020-12-21 20:00", WORKSHOP)
    assert change(under_way, cancel, "2020-12-21 20:01") == 0
    under_way.attend("2020-12-22 08:00", WORKSHOP)
    assert under_way.mails == []


def test_a_call_off_reaches_nobody_whose_invitation_was_refused(engine: Engine):
    under_way = a_workshop(engine, date(2021, 1, 21), since="2020-11-23 09:00")
    under_way.server.always(address("berg"), NEVER)
    under_way.attend("2020-12-21 08:00", WORKSHOP)
    assert change(under_way, cancel, "2020-12-21 12:00") == 1
    assert set(under_way.states("cancelled")) == {address("krokom")}


def test_a_workshop_taken_up_again_comes_back_into_the_calendar_with_a_higher_sequence(
    engine: Engine,
):
    under_way = invited_to_a_workshop(engine)
    assert change(under_way, cancel, "2020-12-21 12:00") == 2
    under_way.post("2020-12-21 12:01")
    assert change(under_way, reinstate, "2020-12-21 13:00", note="Det löste sig.") == 2
    under_way.post("2020-12-21 13:01")
    assert told(under_way) == ["invitation", "cancelled", "reinstated"]
    files = [one for one in under_way.outgoing if one.recipient == address("berg")]
    assert [one.calendar_method for one in files] == ["REQUEST", "CANCEL", "REQUEST"]
    sequences = [int(one.calendar.split(b"SEQUENCE:")[1].split()[0]) for one in files]
    assert sequences == sorted(set(sequences))
    assert "Nu blir det av" in files[-1].text
    assert "Det löste sig." in files[-1].text
    under_way.attend("2021-01-14 08:00", WORKSHOP)
    assert told(under_way)[-1].startswith("reminder")


def test_called_off_and_taken_up_again_in_one_evening_nobody_hears_of_it(engine: Engine):
    under_way = invited_to_a_workshop(engine)
    assert change(under_way, cancel, "2020-12-21 20:00") == 2
    assert change(under_way, reinstate, "2020-12-21 20:10") == 0
    under_way.attend("2020-12-22 08:00", WORKSHOP)
    assert told(under_way) == ["invitation"]


def test_called_off_taken_up_and_called_off_again_in_one_evening_is_told_once(engine: Engine):
    under_way = invited_to_a_workshop(engine)
    change(under_way, cancel, "2020-12-21 12:00")
    under_way.post("2020-12-21 12:01")
    change(under_way, reinstate, "2020-12-21 20:00")
    assert change(under_way, cancel, "2020-12-21 20:10") == 0
    under_way.attend("2020-12-22 08:00", WORKSHOP)
    assert told(under_way) == ["invitation", "cancelled"]


def test_taken_up_again_on_another_day_in_one_evening_is_one_letter(engine: Engine):
    under_way = invited_to_a_workshop(engine)
    change(under_way, cancel, "2020-12-21 12:00")
    under_way.post("2020-12-21 12:01")
    change(under_way, reinstate, "2020-12-21 20:00")
    under_way.move(date(2021, 1, 28), "2020-12-21 20:10", WORKSHOP)
    under_way.attend("2020-12-22 08:00", WORKSHOP)
    assert told(under_way) == ["invitation", "cancelled", "reinstated"]
    assert "28 januari 2021" in under_way.outgoing[-1].text


def test_what_is_called_off_can_neither_be_moved_nor_be_done(engine: Engine):
    under_way = invited_to_a_workshop(engine)
    change(under_way, cancel, "2020-12-21 12:00")
    with pytest.raises(BadInput, match="är inställd, så det går inte att flytta"):
        under_way.move(date(2021, 1, 28), "2020-12-21 12:10", WORKSHOP)
    with pytest.raises(BadInput, match="är inställd, så det går inte att markera"):
        under_way.done("2020-12-21 12:10", WORKSHOP)
    under_way.post("2020-12-23 09:00")
    assert set(under_way.states("cancelled").values()) == {MessageState.SENT}
    assert under_way.messages("done") == []


@pytest.mark.parametrize(
    ("key", "invited_at", "until"),
    [
        (WORKSHOP, "2020-10-12 08:00", date(2020, 11, 13)),
        ("inspel", "2020-05-08 08:00", date(2020, 10, 20)),
    ],
)
def test_who_gets_more_time_before_it_was_told_that_it_is_on_again_is_told_both(
    engine: Engine, key: str, invited_at: str, until: date
):
    day = f"{invited_at[:8]}14"
    under_way = RoundUnderWay(engine, a_plan("berg", "krokom", only=(key,)))
    under_way.attend(invited_at, key)
    before = len(under_way.mails)
    change(under_way, cancel, f"{day} 09:00")
    under_way.post(f"{day} 09:01")
    change(under_way, reinstate, f"{day} 10:00")
    under_way.extend("berg", until, f"{day} 10:05", key)
    under_way.post(f"{day} 10:10")
    assert [line.split()[2] for line in under_way.mails[before:] if "berg" in line] == [
        *("cancelled", "reinstated", "extension")
    ]
    if key != WORKSHOP:
        own = [mail for mail in under_way.outgoing if mail.recipient == address("berg")]
        assert own[-2].subject.endswith("20 oktober 2020")
