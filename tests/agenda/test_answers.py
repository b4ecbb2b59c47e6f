"""Answers: kept as they came, late or not by Swedish midnight, withdrawn but never lost."""

from datetime import date

import pytest
from sqlalchemy import Engine, text
from sqlmodel import select

from agenda.models import Answer, AnswerFile, AnswerKind, FormName, Round
from agenda.plan.model import OrganisationEntry
from agenda.register import By
from agenda.replies.answers import (
    GivenFile,
    NewAnswer,
    number_answer,
    record_answer,
    withdraw_answer,
)
from agenda.rounds.finding import find_activity, find_invitation, find_organisation
from agenda.storage.contents import keep, octets_of
from agenda.storage.store import reading, transaction
from agenda.words.errors import BadInput, NotFound
from tests.rounds_under_way import PLAN, WHO, RoundUnderWay, a_plan, sv


def answers(engine: Engine) -> list[Answer]:
    with reading(engine) as session:
        return list(session.exec(select(Answer).order_by(Answer.id)))


@pytest.mark.parametrize(
    ("received", "is_late"),
    [
        ("2020-10-02 23:59:59", False),
        ("2020-10-03 00:00:00", True),
        ("2020-10-02 22:00:00", False),
        ("2020-05-08 08:00:00", False),
    ],
)
def test_an_answer_is_late_from_midnight_swedish_time_after_the_last_day(
    engine: Engine, received: str, is_late: bool
):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.answer("berg", "2020-10-05 09:00", received=received)
    assert [answer.is_late for answer in answers(engine)] == [is_late]


@pytest.mark.parametrize(
    ("received", "is_late"), [("2020-10-09 23:59", False), ("2020-10-10 00:00", True)]
)
def test_an_extension_is_the_day_that_its_holder_is_late_after(
    engine: Engine, received: str, is_late: bool
):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.extend("berg", date(2020, 10, 9), "2020-09-01 12:00")
    under_way.answer("berg", "2020-10-12 09:00", received=received)
    assert [answer.is_late for answer in answers(engine)] == [is_late]


def test_a_changed_answer_is_a_new_version_and_the_old_one_stays(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.answer("berg", "2020-06-01 12:00", kind=AnswerKind.NOTHING_TO_REPORT)
    under_way.answer("berg", "2020-06-02 12:00")
    found = [(a.version, a.kind, a.received_at, a.recorded_by) for a in answers(engine)]
    assert found == [
        (1, AnswerKind.NOTHING_TO_REPORT, sv("2020-06-01 12:00"), WHO),
        (2, AnswerKind.SUBMISSION, sv("2020-06-02 12:00"), WHO),
    ]
    assert under_way.register("answer_recorded") == [
        "nothing_to_report, version 1, inkommet 2020-06-01T10:00:00+00:00",
        "submission, version 2, inkommet 2020-06-02T10:00:00+00:00",
    ]


def test_a_withdrawn_answer_keeps_every_version_and_none_of_them_holds(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.answer("berg", "2020-06-01 12:00")
    under_way.answer("berg", "2020-06-02 12:00")
    under_way.withdraw_answer("berg", "2020-06-03 12:00")
    assert [a.withdrawn_at for a in answers(engine)] == [sv("2020-06-03 12:00")] * 2
    assert under_way.verdicts("2020-06-04 12:00", "berg")["reminder-30 2020-10-02"] == "waiting"
    with transaction(engine) as session:
        invitation = under_way.invitation(session, "berg")
        with pytest.raises(BadInput, match="inget svar att återkalla"):
            withdraw_answer(session, invitation, by=By.person(WHO, sv("2020-06-03 12:01")))


def test_an_answer_after_a_withdrawn_one_goes_on_with_the_numbers(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.answer("berg", "2020-06-01 12:00")
    under_way.withdraw_answer("berg", "2020-06-02 12:00")
    under_way.answer("berg", "2020-06-03 12:00", kind=AnswerKind.DECLINED)
    assert [(a.version, a.withdrawn_at is None) for a in answers(engine)] == [(1, False), (2, True)]
    assert under_way.verdicts("2020-06-04 12:00", "berg")["reminder-30 2020-10-02"] == "declined"


def test_a_ballot_stands_when_the_answer_is_withdrawn(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    at = sv("2020-06-01 12:00")
    ballot = NewAnswer(
        kind=AnswerKind.SUBMISSION, received_at=at, form="ballot", content={"poang": {"kultur": 3}}
    )
    with transaction(engine) as session:
        record_answer(session, under_way.invitation(session, "berg"), ballot, by=By.person(WHO, at))
    under_way.answer("berg", "2020-06-01 12:00")
    under_way.withdraw_answer("berg", "2020-06-02 12:00")
    assert {a.form: a.withdrawn_at is None for a in answers(engine)} == {
        "ballot": True,
        "reply": False,
    }


def test_a_file_is_kept_as_it_came_with_its_checksum(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    content = bytes(range(256))
    with transaction(engine) as session:
        record_answer(
            session,
            under_way.invitation(session, "berg"),
            NewAnswer(
                kind=AnswerKind.SUBMISSION,
                received_at=sv("2020-06-01 12:00"),
                files=[
                    GivenFile("svar.pdf", keep(session, content)),
                    GivenFile("okänd", keep(session, b"")),
                ],
            ),
            by=By.person(WHO, sv("2020-06-01 12:00")),
        )
    with reading(engine) as session:
        kept = session.exec(select(AnswerFile).order_by(AnswerFile.id)).all()
        octets = {file.name: octets_of(session, file.sha256) for file in kept}
    assert [(f.name, f.media_type, octets[f.name], f.sha256[:8]) for f in kept] == [
        ("svar.pdf", "application/pdf", content, "40aff2e9"),
        ("okänd", "application/octet-stream", b"", "e3b0c442"),
    ]


def test_an_answer_from_the_future_or_without_content_is_refused(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    with pytest.raises(BadInput, match="i framtiden"):
        under_way.answer("berg", "2020-06-01 12:00", received="2020-06-01 12:01")
    with transaction(engine) as session, pytest.raises(BadInput, match="text eller en fil"):
        record_answer(
            session,
            under_way.invitation(session, "berg"),
            NewAnswer(kind=AnswerKind.SUBMISSION, received_at=sv("2020-06-01 12:00"), text="  \n"),
            by=By.person(WHO, sv("2020-06-01 12:00")),
        )
    assert answers(engine) == []


def test_an_organisation_is_found_by_its_key_or_its_name_as_people_say_it(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan())
    with reading(engine) as session:
        known = session.get_one(Round, under_way.id)
        for said in ("berg", "Bergs kommun", "BERGS", "bergs kommun", "Berg"):
            assert find_organisation(session, known, said).key == "berg"


def test_an_exact_key_goes_before_another_organisations_first_word(engine: Engine):
    other = OrganisationEntry(key="aa", name="Berg och dal", kind="body")
    berg = next(o for o in PLAN.organisations if o.key == "berg")
    under_way = RoundUnderWay(engine, a_plan(organisations=(other, berg)))
    with reading(engine) as session:
        known = session.get_one(Round, under_way.id)
        assert find_organisation(session, known, "berg").key == "berg"
        assert find_organisation(session, known, "Berg och dal").key == "aa"
        with pytest.raises(
            NotFound, match=r"Flera organisationer kan vara Bergs\. Välj en av: aa, berg"
        ):
            find_organisation(session, known, "Bergs")


def test_what_is_not_there_is_answered_with_what_is(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg", only=["inspel", "skrivande"]))
    with transaction(engine) as session:
        known = session.get_one(Round, under_way.id)
        with pytest.raises(NotFound, match=r"ingen organisation bergen\. Den har: berg"):
            find_organisation(session, known, "bergen")
        with pytest.raises(NotFound, match=r"ingen aktivitet x\. Den har: inspel, skrivande"):
            find_activity(session, known, "x")
        with pytest.raises(
            NotFound, match="Bergs kommun är inte tillfrågad i aktiviteten skrivande"
        ):
            find_invitation(session, known, organisation="berg", activity="skrivande")


def test_a_registry_number_is_given_changed_and_both_are_in_the_register(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("bracke"))
    under_way.answer("bracke", "2020-09-18 10:00")
    for number in ("RUN/123/2020", "  RUN/124/2020 "):
        with transaction(engine) as session:
            number_answer(
                session,
                under_way.invitation(session, "bracke"),
                registry_no=number,
                by=By.person(WHO, sv("2020-09-21 10:00")),
            )
    assert [answer.registry_no for answer in answers(engine)] == ["RUN/124/2020"]
    assert under_way.register("answer_numbered") == [
        "version 1: RUN/123/2020",
        "version 1: RUN/124/2020",
    ]


def test_which_form_was_filled_in_is_stored_as_its_value(engine: Engine) -> None:
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.answer("berg", "2020-09-01 10:00")
    with reading(engine) as session:
        assert session.connection().execute(text("SELECT form FROM answer")).scalar_one() == "reply"
        answer = session.exec(select(Answer)).one()
    assert answer.form is FormName.REPLY
