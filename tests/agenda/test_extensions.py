"""Requests for more time: what there is to know of one, and what can still be decided."""

from datetime import date

import pytest
from sqlalchemy import Engine

from agenda.links.decisions import make_extension_link, signature
from agenda.links.keyring import Keyring, WrongKey
from agenda.links.personal import invite_colleague, organisation_link
from agenda.models import Activity, ExtensionRequest, Invitation, Link, Purpose
from agenda.register import By
from agenda.replies import course, extensions
from agenda.replies.extension_cases import Case, CaseState, case_of
from agenda.storage.store import reading, transaction
from agenda.words.errors import BadInput
from agenda.workdays import swedish_date
from tests.rounds_under_way import OFFICE, WHO, RoundUnderWay, a_plan, sv

ASKED, DECIDED = sv("2020-09-21 10:00"), sv("2020-09-22 10:00")
UNTIL = date(2020, 10, 16)
CHAIN = ("inspel", "sammanstallning", "sammanstallning-till-rsr", "workshop")


@pytest.fixture
def under_way(engine: Engine) -> RoundUnderWay:
    return RoundUnderWay(engine, a_plan("berg", "are", only=CHAIN))


def ask(under_way: RoundUnderWay, *, until: date = UNTIL, by: str = "", activity="inspel") -> int:
    with transaction(under_way.engine) as session:
        invitation = under_way.invitation(session, "berg", activity)
        link = organisation_link(session, invitation, OFFICE.keyring, now=ASKED)
        if by:
            link = invite_colleague(
                session, link, OFFICE.keyring, name=by, address="a@berg.example", now=ASKED
            )
        asked = extensions.request_extension(session, link, until=until, reason="Nämnd", now=ASKED)
        return asked.id


def case(under_way: RoundUnderWay, number: int = 1, at: str = "2020-09-22 10:00") -> Case:
    with reading(under_way.engine) as session:
        return case_of(session, number, now=sv(at))


def test_a_case_tells_who_asked_what_follows_and_how_much_more_time_it_is(under_way) -> None:
    ask(under_way, by="Anna Berg")
    found = case(under_way)
    assert (found.state, found.asked_by, found.today) == (
        CaseState.OPEN,
        "Anna Berg",
        swedish_date(DECIDED),
    )
    assert found.follows.key == "sammanstallning"
    assert found.workdays_more(UNTIL) == 10
    assert [found.is_reached_by(date(2020, 10, day)) for day in (4, 5)] == [False, True]
    assert (found.is_moot, found.is_past) == (False, False)


def test_what_builds_on_an_activity_follows_it_even_when_it_has_begun(under_way) -> None:
    ask(under_way)
    under_way.move(date(2020, 10, 9), "2020-09-21 11:00")
    found = case(under_way)
    assert found.follows.key == "sammanstallning"
    assert found.is_reached_by(date(2020, 10, 12))


def test_what_is_cancelled_or_done_does_not_follow(under_way) -> None:
    ask(under_way)
    under_way.done("2020-09-21 11:00", "sammanstallning")
    with transaction(under_way.engine) as session:
        row = session.get_one(Activity, under_way.activity_id("sammanstallning-till-rsr"))
        course.cancel(session, row, by=By.person(WHO, DECIDED))
    assert case(under_way).follows.key == "workshop"


def test_of_a_quarter_only_the_end_is_known_to_be_too_late(engine: Engine) -> None:
    under_way = RoundUnderWay(engine, a_plan("berg", only=("inspel", "faststallande")))
    ask(under_way)
    found = case(under_way)
    days = (date(2021, 1, 5), date(2021, 3, 30), date(2021, 3, 31))
    assert found.follows.is_quarter
    assert [found.is_reached_by(day) for day in days] == [False, False, True]


def test_nothing_follows_the_last_activity(engine: Engine) -> None:
    under_way = RoundUnderWay(engine, a_plan("berg"))
    ask(under_way)
    found = case(under_way)
    assert (found.follows, found.is_reached_by(date(2030, 1, 1))) == (None, False)


def test_a_request_goes_out_of_date_by_itself_or_with_the_last_day(under_way) -> None:
    ask(under_way)
    assert case(under_way, at="2020-10-16 23:59").is_past is False
    assert case(under_way, at="2020-10-17 00:01").is_past is True
    under_way.move(date(2020, 10, 16), "2020-09-21 11:00")
    assert case(under_way).is_moot is True


@pytest.mark.parametrize(
    ("shut", "state", "why"),
    [
        ("locked", CaseState.LOCKED, "Svaren i inspel är låsta"),
        ("done", CaseState.LOCKED, "inspel är markerad som klar"),
        ("cancelled", CaseState.ENDED, "inspel är inställd"),
        ("closed", CaseState.ENDED, "Omgången är avslutad"),
    ],
)
def test_no_time_is_given_where_nobody_can_answer_any_more(under_way, shut, state, why) -> None:
    ask(under_way)
    if shut == "done":
        under_way.done("2020-09-21 11:00")
    elif shut == "closed":
        under_way.close("2020-09-21 11:00")
    else:
        act = {"locked": course.lock_answers, "cancelled": course.cancel}[shut]
        with transaction(under_way.engine) as session:
            row = session.get_one(Activity, under_way.activity_id())
            act(session, row, by=By.person(WHO, DECIDED))
    assert case(under_way).state is state
    with pytest.raises(BadInput, match=rf"^{why}, så det går inte att ge anstånd\.$"):
        under_way.extend("berg", UNTIL, "2020-09-22 10:00")
    found = case(under_way)
    assert (found.reply.invitation.extended_to, found.asked.decided_at) == (None, None)


def test_the_day_that_was_granted_is_kept_beside_the_day_asked_for(under_way) -> None:
    ask(under_way)
    under_way.extend("berg", date(2020, 10, 12), "2020-09-22 10:00")
    found = case(under_way)
    assert found.state is CaseState.DECIDED
    assert (found.asked.until, found.asked.granted_until) == (UNTIL, date(2020, 10, 12))
    second = ask(under_way, until=date(2020, 10, 30))
    with transaction(under_way.engine) as session:
        invitation = session.get_one(Invitation, found.asked.invitation_id)
        extensions.deny(session, invitation, by=By.person(WHO, DECIDED), note="Nej")
    denied = case(under_way, second).asked
    assert (denied.is_granted, denied.granted_until, denied.note) == (False, None, "Nej")


def test_who_decides_is_named_with_the_mailbox_and_a_channel_without_its_key() -> None:
    link = Link(
        purpose=Purpose.DECISION,
        extension_request_id=1,
        name="Asta",
        address="a@r.example",
        created_at=DECIDED,
    )
    assert signature(link) == "Asta (a@r.example)"
    link.address = "workflows://nyckel@host/hemlig"
    assert signature(link) == "Asta (workflows://…)"


def test_a_link_is_made_of_the_key_and_of_no_other(under_way) -> None:
    number = ask(under_way)
    with transaction(under_way.engine) as session:
        asked = session.get_one(ExtensionRequest, number)
        made = [
            make_extension_link(session, asked, OFFICE.keyring, name="A", address="a", now=ASKED)
            for _ in range(2)
        ]
        tokens = {OFFICE.keyring.token(link) for link in made}
        assert len(tokens) == 2
        assert {len(token) for token in tokens} == {43}
        with pytest.raises(WrongKey):
            Keyring(b"another key", "").token(made[0])
        after = Keyring(b"another key", "", OFFICE.keyring.key)
        assert after.token(made[0]) in tokens
