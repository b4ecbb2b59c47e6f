"""A refusal that is about us is not about them: letters and addresses are kept, and it is told."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from agenda.models import Contact, MessageState
from agenda.storage.store import reading
from notifications.attending import announce
from notifications.delivery.sending import deliver_ready
from notifications.delivery.standstill import standstill
from notifications.post.outgoing import FailedAt, Outcome, Result
from notifications.postman import _tell_of_standstill
from tests.obedient_server import AWAY, LATER, NEVER
from tests.rounds_under_way import (
    COORDINATOR,
    MUNICIPALITIES,
    OFFICE,
    RoundUnderWay,
    a_plan,
    address,
    sv,
)

CHANNEL = "workflows://prod.example/abc/def"
WITH_CHANNEL = replace(OFFICE, alerts=(CHANNEL,))
OURS = (
    "5.7.54 SMTP; Unable to relay recipient in non-accepted domain",
    "5.7.1 Sender address rejected: not logged in",
    "Relay denied",
)


def refusing(said: str, code: int = 550) -> Outcome:
    return Outcome(Result.NEVER, code, said, FailedAt.RECIPIENT)


def bounced(engine: Engine) -> list[str]:
    with reading(engine) as session:
        query = select(Contact.address).where(Contact.bounced_at.is_not(None))
        return sorted(session.exec(query))


@pytest.mark.parametrize("said", OURS)
def test_an_hour_of_a_wrong_setting_loses_no_letter_and_no_address(engine: Engine, said: str):
    under_way = RoundUnderWay(engine)
    under_way.server.always("*", refusing(said))
    under_way.server.always(COORDINATOR, Outcome(Result.SENT, 250, "OK"))
    under_way.attend("2020-05-08 08:00")
    for minute in range(0, 60, 2):
        under_way.post(f"2020-05-08 08:{minute:02}")
    assert bounced(engine) == []
    assert set(under_way.states("invitation").values()) == {MessageState.QUEUED}
    assert under_way.mails == [f"2020-05-08 08:00 mail_stopped {COORDINATOR}"]
    assert said in " ".join(under_way.outgoing[0].text.split())
    under_way.server.always("*", None)
    under_way.post("2020-05-08 10:00")
    assert len(under_way.mails) == 1 + len(MUNICIPALITIES)


def test_a_week_of_a_wrong_setting_is_told_every_day_and_gives_nothing_up(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.server.always(address("berg"), refusing(OURS[0]))
    under_way.attend("2020-05-08 08:00")
    for day in range(8, 16):
        under_way.post(f"2020-05-{day:02} 12:00")
        under_way.post(f"2020-05-{day:02} 12:01")
    assert under_way.states("invitation") == {address("berg"): MessageState.QUEUED}
    told = [line for line in under_way.mails if "mail_stopped" in line]
    assert len(told) == len(set(told)) >= 5


def test_everybody_refused_in_a_row_is_about_us_whatever_the_codes_say(engine: Engine):
    under_way = RoundUnderWay(engine)
    under_way.server.always("*", NEVER)
    under_way.attend("2020-05-08 08:00")
    assert bounced(engine) == []
    assert set(under_way.states("invitation").values()) == {MessageState.QUEUED}
    for minute in range(1, 60):
        under_way.post(f"2020-05-08 08:{minute:02}")
    assert bounced(engine) == []
    under_way.server.always("*", None)
    under_way.post("2020-05-08 10:30")
    invited = sorted(line.split()[-1] for line in under_way.mails if "invitation" in line)
    assert invited == sorted(map(address, MUNICIPALITIES))


def test_addresses_that_are_dead_among_some_that_live_are_still_found_out(engine: Engine):
    under_way = RoundUnderWay(engine)
    dead = MUNICIPALITIES[:3]
    for key in dead:
        under_way.server.always(address(key), NEVER)
    under_way.attend("2020-05-08 08:00")
    under_way.post("2020-05-08 08:01")
    under_way.post("2020-05-08 08:02")
    assert bounced(engine) == sorted(map(address, dead))
    assert len([line for line in under_way.mails if "invitation" in line]) == 5


def test_a_rule_that_names_no_culprit_keeps_the_letter_five_days_and_the_address(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.server.always(address("berg"), refusing("5.7.1 Access denied"))
    under_way.attend("2020-05-08 08:00")
    under_way.post("2020-05-08 08:01")
    assert under_way.mails == [f"2020-05-08 08:01 kept {COORDINATOR}"]
    for day in (11, 12, 13, 14):
        under_way.post(f"2020-05-{day} 12:00")
    under_way.post("2020-05-14 12:01")
    assert under_way.states("invitation") == {address("berg"): MessageState.FAILED}
    assert (bounced(engine), under_way.mails[1:]) == (
        [],
        [f"2020-05-14 12:00 trouble {COORDINATOR}"],
    )


@pytest.mark.parametrize("trouble", [FailedAt.CONNECTION, FailedAt.LOGIN, FailedAt.SILENT])
def test_a_server_that_is_away_for_an_hour_is_told_by_the_other_channels(
    engine: Engine, trouble: FailedAt
):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    away = replace(AWAY, trouble=trouble)
    for to in (address("berg"), COORDINATOR):
        under_way.server.always(to, away)
    now = sv("2020-05-08 08:00")
    announce(engine, WITH_CHANNEL, activity_id=under_way.activity_id(), now=now)
    for minute in range(0, 70, 5):
        at = now + timedelta(minutes=minute)
        under_way.server.now = at
        _tell_of_standstill(engine, WITH_CHANNEL, now=at)
        list(deliver_ready(engine, under_way.server, WITH_CHANNEL, now=lambda at=at: at))
    assert under_way.mails == [f"2020-05-08 09:00 mail_stopped {CHANNEL}"]
    for to in (address("berg"), COORDINATOR):
        under_way.server.always(to, None)
    under_way.post("2020-05-08 11:00")
    under_way.post("2020-05-08 11:01")
    assert under_way.mails[1:] == ["2020-05-08 11:00 invitation kommun@berg.example"]


def test_one_greylisted_mailbox_is_no_standstill(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.server.always(address("berg"), LATER)
    under_way.attend("2020-05-08 08:00")
    under_way.post("2020-05-08 10:00")
    with reading(engine) as session:
        assert standstill(session, now=sv("2020-05-08 12:00")) is None


def test_a_server_that_never_answers_gets_a_letter_twice_and_then_it_is_told(engine: Engine):
    silent = Outcome(Result.UNCERTAIN, None, "Mailservern svarade aldrig.", FailedAt.LOST)
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.server.always(address("berg"), silent)
    under_way.attend("2020-05-08 08:00")
    for day in (8, 11, 12, 13):
        under_way.post(f"2020-05-{day:02} 12:00")
    assert under_way.server.asked.count(address("berg")) == 2
    assert under_way.states("invitation") == {address("berg"): MessageState.SET_ASIDE}
    assert under_way.mails == [f"2020-05-11 12:00 uncertain {COORDINATOR}"]
    found = under_way.verdicts("2020-08-21 08:00", "berg")
    assert found["invitation 2020-10-02"] == "done"


def test_a_relay_refused_to_one_while_others_are_served_is_given_up_after_five_days(
    engine: Engine,
):
    under_way = RoundUnderWay(engine, a_plan("berg", "krokom"))
    under_way.server.always(address("berg"), refusing(OURS[0]))
    under_way.server.always(address("krokom"), LATER)
    under_way.attend("2020-05-08 08:00")
    under_way.server.always(address("krokom"), None)
    for day in (8, 11, 12, 13):
        under_way.post(f"2020-05-{day:02} 12:00")
        under_way.post(f"2020-05-{day:02} 12:01")
    assert [line for line in under_way.mails if "invitation" not in line] == [
        f"2020-05-08 12:00 mail_stopped {COORDINATOR}",
        f"2020-05-11 12:01 kept {COORDINATOR}",
        f"2020-05-13 12:01 trouble {COORDINATOR}",
    ]
    assert (bounced(engine), under_way.states("invitation")[address("berg")]) == (
        [],
        MessageState.FAILED,
    )
    with reading(engine) as session:
        assert standstill(session, now=sv("2020-05-15 13:00")) is None
