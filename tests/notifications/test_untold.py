"""Who could not be told of a last day before it came is named that day, whatever the cause."""

from datetime import date

import pytest
from sqlalchemy import Engine

from agenda.models import Activity
from agenda.register import By
from agenda.replies.course import lock_answers
from agenda.storage.store import transaction
from notifications.notices.untold import tell_the_untold
from notifications.post.outgoing import FailedAt, Outcome, Result
from tests.notifications.test_notices import an_organisation
from tests.obedient_server import AWAY, LATER, NEVER, UNCERTAIN
from tests.rounds_under_way import (
    COORDINATOR,
    OFFICE,
    WHO,
    RoundUnderWay,
    a_plan,
    address,
    manager,
    sv,
)

FULL = Outcome(Result.LATER, 452, "4.2.2 Mailbox full", FailedAt.RECIPIENT)
LAST_DAY = "2020-10-02"
DAYS = ("2020-05-08", "2020-08-21", "2020-09-18", "2020-09-25", "2020-10-01")


def reminded(engine: Engine, *keys: str) -> RoundUnderWay:
    """A round whose organisations have been invited and reminded until September."""
    under_way = RoundUnderWay(engine, a_plan(*(keys or ("berg", "krokom"))))
    for day in DAYS[:2]:
        under_way.attend(f"{day} 08:00")
    return under_way


def told(under_way: RoundUnderWay, template: str) -> list[str]:
    return [line for line in under_way.mails if f" {template} " in line]


def words(under_way: RoundUnderWay, template: str) -> str:
    [found] = [o for o in under_way.outgoing if f":{template}:" in o.key]
    return " ".join(found.text.split())


@pytest.mark.parametrize("outcome", [FULL, LATER, AWAY, UNCERTAIN, NEVER])
def test_whatever_kept_the_reminders_away_is_named_on_the_last_day(engine: Engine, outcome):
    under_way = reminded(engine)
    under_way.server.always(address("berg"), outcome)
    for day in DAYS[2:]:
        under_way.attend(f"{day} 08:00")
        under_way.post(f"{day} 12:00")
        under_way.post(f"{day} 14:00")
    under_way.server.always(address("berg"), FULL)
    assert told(under_way, "untold") == []
    under_way.attend(f"{LAST_DAY} 07:45")
    under_way.attend(f"{LAST_DAY} 09:00")
    under_way.post(f"{LAST_DAY} 10:00")
    assert told(under_way, "untold") == [f"{LAST_DAY} 07:45 untold {COORDINATOR}"]
    said = words(under_way, "untold")
    assert ("Bergs kommun" in said, "Krokoms kommun" in said) == (True, False)
    assert outcome is not FULL or "4.2.2 Mailbox full" in said


def test_a_step_that_is_held_and_an_address_that_is_missing_are_named_with_their_cause(
    engine: Engine,
):
    under_way = reminded(engine)
    under_way.hold("reminder-1", "2020-09-30 12:00", "berg")
    for day in DAYS[2:]:
        under_way.attend(f"{day} 08:00")
    under_way.attend(f"{LAST_DAY} 08:00")
    assert "Bergs kommun Därför: Steget hålls inne." in words(under_way, "untold").replace(
        "Adress: kommun@berg.example ", ""
    )


def test_who_has_no_address_is_named_on_the_last_day_too(engine: Engine):
    under_way = RoundUnderWay(
        engine, a_plan(organisations=(an_organisation(("chef@berg.example", "escalation")),))
    )
    under_way.attend("2020-10-01 08:00")
    under_way.attend(f"{LAST_DAY} 08:00")
    assert "Det finns ingen adress." in words(under_way, "untold")


def test_who_was_told_or_has_answered_is_not_named(engine: Engine):
    under_way = reminded(engine, "berg", "krokom", "are")
    under_way.server.always(address("berg"), FULL)
    for day in DAYS[2:]:
        under_way.attend(f"{day} 08:00")
    under_way.answer("berg", "2020-10-01 12:00")
    under_way.attend(f"{LAST_DAY} 08:00")
    assert under_way.messages("untold") == []


def test_nobody_is_named_where_answers_are_no_longer_taken(engine: Engine):
    under_way = reminded(engine)
    under_way.server.always(address("berg"), FULL)
    for day in DAYS[2:]:
        under_way.attend(f"{day} 08:00")
    with transaction(engine) as session:
        activity = session.get_one(Activity, under_way.activity_id())
        lock_answers(session, activity, by=By.person(WHO, sv("2020-10-01 15:00")))
    under_way.attend(f"{LAST_DAY} 09:00")
    assert told(under_way, "untold") == []


def test_the_postman_names_them_when_no_run_comes_and_not_at_night(engine: Engine):
    under_way = reminded(engine)
    under_way.server.always(address("berg"), FULL)
    for day in DAYS[2:]:
        under_way.attend(f"{day} 08:00")
    for time in ("00:01", "06:59"):
        tell_the_untold(engine, OFFICE, now=sv(f"{LAST_DAY} {time}"))
    assert under_way.messages("untold") == []
    for time in ("07:00", "07:01", "12:00"):
        tell_the_untold(engine, OFFICE, now=sv(f"{LAST_DAY} {time}"))
    assert len(under_way.messages("untold")) == 1


def test_a_last_day_of_ones_own_is_named_on_that_day(engine: Engine):
    under_way = reminded(engine)
    under_way.extend("berg", date(2020, 10, 16), "2020-09-01 12:00")
    under_way.post("2020-09-01 12:00")
    under_way.server.always(address("berg"), FULL)
    for day in (*DAYS[2:], "2020-10-09", "2020-10-15"):
        under_way.attend(f"{day} 08:00")
    tell_the_untold(engine, OFFICE, now=sv(f"{LAST_DAY} 08:00"))
    assert under_way.messages("untold") == []
    tell_the_untold(engine, OFFICE, now=sv("2020-10-16 08:00"))
    assert len(under_way.messages("untold")) == 1


@pytest.mark.parametrize("outcome", [FULL, AWAY])
def test_an_escalation_that_cannot_go_is_named_that_day(engine: Engine, outcome):
    under_way = reminded(engine, "berg")
    under_way.attend("2020-10-05 08:00")
    under_way.server.always(manager("berg"), outcome)
    under_way.attend("2020-10-06 08:00")
    under_way.attend("2020-10-07 08:00")
    assert under_way.messages("not_escalated") == []
    for time in ("09:01", "09:02", "12:00"):
        tell_the_untold(engine, OFFICE, now=sv(f"2020-10-07 {time}"))
    under_way.post("2020-10-07 12:00")
    under_way.post("2020-10-07 12:01")
    assert len(told(under_way, "not_escalated")) == 1
    assert "Bergs kommun" in words(under_way, "not_escalated")


def test_an_escalation_that_waits_for_a_full_mailbox_is_named(engine: Engine):
    under_way = reminded(engine, "berg")
    under_way.server.always(address("berg"), FULL)
    under_way.attend("2020-10-05 08:00")
    under_way.attend("2020-10-06 08:00")
    under_way.attend("2020-10-07 08:00")
    tell_the_untold(engine, OFFICE, now=sv("2020-10-07 10:00"))
    under_way.post("2020-10-07 10:00")
    assert "4.2.2 Mailbox full" in words(under_way, "not_escalated")


def test_an_escalation_that_went_is_not_named(engine: Engine):
    under_way = reminded(engine, "berg")
    under_way.attend("2020-10-05 08:00")
    under_way.attend("2020-10-06 08:00")
    under_way.attend("2020-10-07 08:00")
    tell_the_untold(engine, OFFICE, now=sv("2020-10-07 12:00"))
    assert under_way.messages("not_escalated") == []
