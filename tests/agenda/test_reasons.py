"""Why a step is (not) sent: a sentence in both languages for every verdict there can be."""

from datetime import date, time

import pytest

from agenda.plan.model import PlannedActivity, with_defaults_of_kind
from agenda.steps.reasons import reason
from agenda.steps.timetable import timetable
from agenda.steps.verdicts import Because, Status, Verdict
from agenda.workdays import Workdays
from tests.rounds_under_way import sv

STEP = timetable(
    PlannedActivity.model_validate(
        with_defaults_of_kind(
            {
                "key": "inspel",
                "kind": "input",
                "title": "Inspel",
                "starts_on": date(2020, 5, 8),
                "due_on": date(2020, 10, 2),
            }
        )
    ),
    Workdays(),
    at=time(8),
)[2]

SENTENCES = {
    (Status.DUE, Because.ITSELF): "Ska skickas nu: steget inföll 18 september 2020 kl. 08.00.",
    (Status.DONE, Because.ITSELF): "Skickades 1 september 2020 kl. 12.00.",
    (
        Status.WAITING,
        Because.ITSELF,
    ): "Väntar: skickas 18 september 2020 kl. 08.00, om det då fortfarande behövs.",
    (
        Status.WAITING,
        Because.FIRST_THE_ORGANISATION,
    ): "Väntar: Bräcke kommun ska själv först ha fått veta att svaret till 2 oktober 2020 saknas.",
    (
        Status.WAITING,
        Because.FIRST_THE_COORDINATOR,
    ): "Väntar: samordnaren ska arbetsdagen innan ha fått veta att det går ut.",
    (
        Status.ANSWERED,
        Because.ITSELF,
    ): "Skickas inte: Bräcke kommun svarade 1 september 2020 kl. 12.00.",
    (
        Status.ANSWERED,
        Because.ALL_ANSWERED,
    ): "Skickas inte: alla tillfrågade har svarat till 2 oktober 2020.",
    (
        Status.NOTHING_TO_REPORT,
        Because.ITSELF,
    ): "Skickas inte: Bräcke kommun svarade 1 september 2020 kl. 12.00 att man inte har något "
    "att framföra.",
    (
        Status.DECLINED,
        Because.ITSELF,
    ): "Skickas inte: Bräcke kommun avstod 1 september 2020 kl. 12.00.",
    (
        Status.EXTENDED,
        Because.ITSELF,
    ): "Skickas inte: Bräcke kommun har anstånd till 9 oktober 2020, och steget gällde "
    "2 oktober 2020.",
    (
        Status.SUPERSEDED,
        Because.NEWER_STEP,
    ): "Skickas inte: steget 18 september 2020 kl. 08.00 missades, och det från "
    "1 september 2020 kl. 12.00 skickas i stället.",
    (
        Status.SUPERSEDED,
        Because.TOLD_SINCE,
    ): "Skickas inte: steget inföll 18 september 2020 kl. 08.00, och Bräcke kommun fick ett "
    "senare besked 1 september 2020 kl. 12.00.",
    (
        Status.SUPERSEDED,
        Because.PASSED,
    ): "Skickas inte: sista dagen, 2 oktober 2020, har passerat.",
    (
        Status.SUPERSEDED,
        Because.MOVED,
    ): "Skickas inte: sista dagen flyttades 1 september 2020 kl. 12.00 från 2 oktober 2020 till "
    "9 oktober 2020.",
    (Status.HELD, Because.ITSELF): "Hålls inne av samordnaren sedan 1 september 2020 kl. 12.00.",
    (
        Status.UNTRACKED,
        Because.ITSELF,
    ): "Skickas inte: steget inföll 18 september 2020 kl. 08.00, innan omgången började följas "
    "1 september 2020 kl. 12.00.",
    (
        Status.NO_ADDRESS,
        Because.ITSELF,
    ): "Kan inte skickas 18 september 2020 kl. 08.00: Bräcke kommun saknar adress. Lägg till en "
    "kontakt.",
    (
        Status.BOUNCED,
        Because.ITSELF,
    ): "Kan inte skickas 18 september 2020 kl. 08.00: adressen till Bräcke kommun tar inte emot "
    "e-post. Rätta den.",
    (
        Status.CLOSED,
        Because.ROUND_CLOSED,
    ): "Skickas inte: omgången avslutades 1 september 2020 kl. 12.00.",
    (
        Status.CLOSED,
        Because.MARKED_DONE,
    ): "Skickas inte: aktiviteten markerades som klar 1 september 2020 kl. 12.00.",
}


def verdict(status: Status, because: Because) -> Verdict:
    return Verdict(STEP, "bracke", status, because, sv("2020-09-01 12:00"), date(2020, 10, 9))


@pytest.mark.parametrize(("status", "because"), list(SENTENCES))
def test_each_verdict_has_its_sentence(status: Status, because: Because):
    found = reason(verdict(status, because), "Bräcke kommun", "sv")
    assert found == SENTENCES[status, because]


@pytest.mark.parametrize(("status", "because"), list(SENTENCES))
def test_each_sentence_has_an_english_one_with_the_same_dates(status: Status, because: Because):
    swedish = reason(verdict(status, because), "Bräcke kommun", "sv")
    english = reason(verdict(status, because), "Bräcke kommun", "en")
    months = {"september": "September", "oktober": "October"}
    for day, month in (("1", "september"), ("18", "september"), ("2", "oktober"), ("9", "oktober")):
        said = f" {day} {month} 2020" in swedish
        assert (f" {day} {months[month]} 2020" in english) == said
    assert ("Bräcke kommun" in swedish) == ("Bräcke kommun" in english)


def test_there_is_a_sentence_for_every_status():
    assert {status for status, _ in SENTENCES} == set(Status)


def test_midnight_is_told_as_a_day():
    midnight = verdict(Status.UNTRACKED, Because.ITSELF)._replace(at=sv("2020-09-01 00:00"))
    assert reason(midnight, "Bräcke", "sv").endswith("började följas 1 september 2020.")
