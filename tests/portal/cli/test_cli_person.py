"""`agenda person`: who may come to the desk, said, added, let go and let in."""

from agenda.models import Coordinator
from agenda.people import sessions
from agenda.register import entries
from agenda.storage.store import reading, transaction
from tests.rounds_under_way import PLAN

ASTA = PLAN.coordinator


def test_whoever_the_plan_names_coordinates_its_round(desk, started):
    ran = desk("person", "list", "--json")
    [asta] = ran.document["people"]
    assert (asta["name"], asta["address"]) == (ASTA.name, ASTA.address)
    assert asta["rounds"] == {"2020": "coordinator"}
    assert desk("person", "list").lines[0] == f"{ASTA.name}, {ASTA.address}"


def test_somebody_is_added_as_a_reader_and_let_go(desk, started):
    ran = desk("person", "add", "Bo Ö", "bo@regionen.example", "--role", "läser")
    assert ran.lines == ["Bo Ö kan logga in med bo@regionen.example och läser omgång 2020."]
    assert "    2020: läser" in desk("person", "list").lines
    with transaction(started.engine) as session:
        bo = session.get_one(Coordinator, 2)
        secret = sessions.begin(session, bo, now=desk.now)
    ran = desk("person", "remove", "bo@regionen.example")
    assert ran.lines == ["Bo Ö kommer inte in längre och är utloggad överallt."]
    with reading(started.engine) as session:
        assert sessions.find(session, secret, now=desk.now) is None
    assert "Bo Ö" not in desk("person", "list").out
    with reading(started.engine) as session:
        lines = [line.after for line in entries(session) if line.what == "person_added"]
    assert lines == ["Bo Ö (bo@regionen.example)"]


def test_who_may_start_rounds_is_said(desk, started):
    desk("person", "add", "Bo Ö", "bo@regionen.example", "--may-start")
    assert desk("person", "list", "--json").document["people"][1]["may_start_rounds"] is True
    assert "    får starta omgångar" in desk("person", "list").lines


def test_a_round_is_never_left_without_its_coordinator(desk, started):
    ran = desk("person", "remove", ASTA.address)
    assert ran.code == 2
    assert ASTA.name in ran.err
    assert desk("person", "list", "--json").document["people"][0]["rounds"]


def test_what_is_no_person_or_role_is_said_and_nothing_is_added(desk, started):
    for wrong in (
        ("person", "add", "1234", "bo@regionen.example"),
        ("person", "add", "Bo Ö", "bo.regionen"),
        ("person", "add", "Bo Ö", "bo@regionen.example", "--role", "chef"),
        ("person", "add", "Bo Ö", ASTA.address),
        ("person", "remove", "ingen@regionen.example"),
        ("person", "sign-in", "ingen@regionen.example"),
    ):
        ran = desk(*wrong)
        assert ran.code == 2, wrong
        assert ran.err.strip(), wrong
        assert "Traceback" not in ran.err
    assert len(desk("person", "list", "--json").document["people"]) == 1


def test_who_has_the_machine_gets_an_address_that_signs_somebody_in(desk, started):
    ran = desk("person", "sign-in", ASTA.address)
    assert "/samordna/logga-in/" in ran.lines[0]
    assert "tio minuter" in ran.lines[1]
    assert "/samordna/logga-in/" in desk("person", "sign-in").lines[0]
    desk("person", "add", "Bo Ö", "bo@regionen.example")
    ran = desk("person", "sign-in")
    assert (ran.code, ran.lines) == (2, [])
    assert "bo@regionen.example" in ran.err
