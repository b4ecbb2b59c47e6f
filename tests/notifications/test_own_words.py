"""The coordinator's own words of a step: in every letter of it, and in no other."""

from collections.abc import Mapping
from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from agenda.models import Activity, MessageState, Organisation, StepWords
from agenda.rounds.finding import find_organisation
from agenda.rounds.round import find_round
from agenda.rounds.step_words import LONGEST_LINE, LONGEST_WORDS, OwnText
from agenda.storage.store import reading, transaction
from agenda.words.errors import BadInput
from notifications.acts.foreseeing import ForeseeableAct, Overtaken, carry_out, foresee
from notifications.acts.planned.steps import wording
from notifications.acts.wording import letters_after
from notifications.letters.link_places import PLACEHOLDER
from notifications.readings.upcoming import ahead
from tests.obedient_server import LATER
from tests.rounds_under_way import (
    ASTA,
    OFFICE,
    RoundUnderWay,
    a_plan,
    address,
    many,
    sv,
)

MONDAY, FRIDAY = "2020-09-21 10:00", "2020-09-25 08:00"
OWN = {"sv": OwnText("I år gäller det tågen.\n\nSkriv kort.", "Tack för senast!")}
STANDARD = "Vi har ännu inte fått något inspel från Bergs kommun."


def opened(engine: Engine, *keys: str) -> RoundUnderWay:
    under_way = RoundUnderWay(engine, a_plan(*(keys or ("berg", "krokom"))))
    under_way.attend("2020-05-08 08:00")
    under_way.server.taken.clear()
    return under_way


def row(under_way: RoundUnderWay) -> Activity:
    with reading(under_way.engine) as session:
        return session.get_one(Activity, under_way.activity_id())


def organisation(under_way: RoundUnderWay, key: str) -> Organisation:
    with reading(under_way.engine) as session:
        return find_organisation(session, find_round(session, under_way.plan.name), key)


def act(
    under_way: RoundUnderWay,
    texts: Mapping[str, OwnText] = OWN,
    step: str = "reminder-5",
    whose: str = "",
) -> ForeseeableAct:
    whom = organisation(under_way, whose).id if whose else None
    return wording(OFFICE, row(under_way), step, texts, actor=ASTA, organisation_id=whom)


def do(under_way: RoundUnderWay, wanted: ForeseeableAct, at: str = MONDAY) -> tuple[str, ...]:
    shown = foresee(under_way.engine, OFFICE, wanted, now=sv(at))
    carry_out(under_way.engine, OFFICE, wanted, now=sv(at), token=shown.token)
    return tuple(map(str, shown.remarks))


def speak_english(under_way: RoundUnderWay, key: str) -> None:
    with transaction(under_way.engine) as session:
        session.get_one(Organisation, organisation(under_way, key).id).language = "en"


def texts(under_way: RoundUnderWay) -> dict[str, str]:
    """The last letter that each address has had, on one line."""
    return {one.recipient: " ".join(one.text.split()) for one in under_way.outgoing}


def test_the_step_says_them_the_rest_of_the_letter_stays(engine: Engine):
    under_way = opened(engine)
    do(under_way, act(under_way))
    under_way.attend(FRIDAY)
    text = texts(under_way)[address("berg")]
    assert "Hej! Tack för senast! I år gäller det tågen. Skriv kort. Sista svarsdag är" in text
    assert STANDARD not in text
    for ours in ("fredag 2 oktober 2020", "Så svarar ni", "/svar/", "Har ni frågor?"):
        assert ours in text
    assert under_way.outgoing[0].calendar is not None
    assert under_way.register("step_worded") == [
        "reminder-5 (sv) Tack för senast! / (sv) I år gäller det tågen.\n\nSkriv kort."
    ]


def test_no_other_step_says_them_and_they_stay_when_the_day_is_moved(engine: Engine):
    under_way = opened(engine)
    do(under_way, act(under_way), "2020-09-16 10:00")
    under_way.attend("2020-09-18 08:00")
    assert STANDARD in texts(under_way)[address("berg")]
    under_way.move(date(2020, 10, 16), "2020-09-21 12:00")
    under_way.attend("2020-10-09 08:00")
    assert "I år gäller det tågen." in texts(under_way)[address("berg")]


def test_each_gets_its_own_language_and_what_is_not_written_stays_ours(engine: Engine):
    under_way = opened(engine)
    speak_english(under_way, "krokom")
    do(under_way, act(under_way))
    under_way.attend(FRIDAY)
    assert "We have not yet received" in texts(under_way)[address("krokom")]
    assert "I år gäller det tågen." in texts(under_way)[address("berg")]
    do(under_way, act(under_way, {"en": OwnText("It is about the trains.")}, "reminder-1"))
    under_way.attend("2020-10-01 08:00")
    assert "It is about the trains." in texts(under_way)[address("krokom")]
    assert "inte fått något inspel från Bergs kommun" in texts(under_way)[address("berg")]


def test_a_personal_line_to_one_stands_below_the_one_to_all(engine: Engine):
    under_way = opened(engine)
    do(under_way, act(under_way, {"sv": OwnText(line="Till alla.")}))
    do(under_way, act(under_way, {"sv": OwnText(line="Till er.")}, whose="berg"))
    under_way.attend(FRIDAY)
    assert f"Till alla. Till er. {STANDARD}" in texts(under_way)[address("berg")]
    assert "Till alla. Vi har ännu inte" in texts(under_way)[address("krokom")]
    assert "Till er." not in texts(under_way)[address("krokom")]


def test_what_waits_in_the_outbox_is_written_anew_and_what_has_left_is_not(engine: Engine):
    under_way = opened(engine)
    under_way.server.always(address("krokom"), LATER)
    under_way.attend(FRIDAY)
    remarks = do(under_way, act(under_way), "2020-09-25 08:30")
    assert remarks == (
        "1 brev ligger i utkorgen. De får den nya texten.",
        "1 brev har redan gått och ändras inte.",
    )
    under_way.server.always(address("krokom"), None)
    under_way.post("2020-09-25 12:00")
    assert "I år gäller det tågen." in texts(under_way)[address("krokom")]
    assert "/svar/" in texts(under_way)[address("krokom")]
    assert PLACEHOLDER not in texts(under_way)[address("krokom")]
    assert STANDARD in texts(under_way)[address("berg")]
    [kept] = [m for m in under_way.messages("reminder-5") if m.recipient == address("berg")]
    assert STANDARD in " ".join(kept.text.split())
    assert set(under_way.states("reminder-5").values()) == {MessageState.SENT}


def test_undone_the_standard_words_stand_again_and_the_register_keeps_both(engine: Engine):
    under_way = opened(engine)
    do(under_way, act(under_way))
    assert do(under_way, act(under_way, {}), "2020-09-21 10:05")[0].startswith("Det ersätter")
    under_way.attend(FRIDAY)
    assert STANDARD in texts(under_way)[address("berg")]
    assert under_way.register("step_unworded") == ["reminder-5"]
    with reading(engine) as session:
        assert session.exec(select(StepWords)).all() == []


def test_a_letter_that_waits_gets_the_standard_words_back(engine: Engine):
    under_way = opened(engine)
    do(under_way, act(under_way))
    under_way.look("2020-09-25 20:00")
    do(under_way, act(under_way, {}), "2020-09-25 20:05")
    under_way.post("2020-09-28 07:00")
    assert STANDARD in texts(under_way)[address("berg")]
    assert "tågen" not in texts(under_way)[address("berg")]


def test_the_page_before_the_second_press_shows_the_very_letter_and_keeps_nothing(engine: Engine):
    under_way = opened(engine)
    wanted, now = act(under_way), sv(MONDAY)
    shown = letters_after(engine, OFFICE, wanted, row(under_way), "reminder-5", now=now)
    with reading(engine) as session:
        assert session.exec(select(StepWords)).all() == []
    do(under_way, act(under_way))
    under_way.attend(FRIDAY)
    [one] = shown
    [sent] = [o for o in under_way.outgoing if o.recipient == one.to]
    pieces = one.text.split(PLACEHOLDER)
    at = 0
    for piece in pieces:
        at = sent.text.index(piece, at) + len(piece)
    assert at == len(sent.text)
    assert len(pieces) > 1


def test_what_leaves_next_says_them(engine: Engine):
    under_way = opened(engine)
    do(under_way, act(under_way))
    with reading(engine) as session:
        coming = ahead(
            session, OFFICE, round_id=under_way.id, until=date(2020, 9, 25), now=sv(MONDAY)
        )
        entries = [one.in_words() for one in coming]
    assert {one.step for one in entries} >= {"reminder-5"}
    for one in entries:
        assert ("I år gäller det tågen." in one.messages[0].text) == (one.step == "reminder-5")


def test_of_two_who_write_at_once_the_second_is_told(engine: Engine):
    under_way = opened(engine)
    second = act(under_way, {"sv": OwnText("Något annat.")})
    shown = foresee(engine, OFFICE, second, now=sv(MONDAY))
    do(under_way, act(under_way), "2020-09-21 10:01")
    with pytest.raises(Overtaken):
        carry_out(engine, OFFICE, second, now=sv("2020-09-21 10:02"), token=shown.token)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (OwnText("x" * (LONGEST_WORDS + 1)), "högst 5000"),
        (OwnText(line="x" * (LONGEST_LINE + 1)), "högst 600"),
        (OwnText("\u200b \u2060"), "tecken som inte syns"),
        (OwnText(line="\u00ad"), "tecken som inte syns"),
    ],
)
def test_too_long_or_unseen_texts_are_told_in_words(engine: Engine, text: OwnText, said: str):
    under_way = opened(engine)
    with pytest.raises(BadInput, match=said):
        foresee(engine, OFFICE, act(under_way, {"sv": text}), now=sv(MONDAY))


def test_what_has_no_words_of_its_own_is_refused(engine: Engine):
    under_way = opened(engine)
    for wanted, said in (
        (act(under_way, step="closed"), "inget brev till de tillfrågade"),
        (act(under_way, step="finns-inte"), "inget brev till de tillfrågade"),
        (act(under_way, whose="berg"), "går det att skriva en personlig rad"),
        (act(under_way, {}), "Det står redan så"),
    ):
        with pytest.raises(BadInput, match=said):
            foresee(engine, OFFICE, wanted, now=sv(MONDAY))
    under_way.close("2020-09-21 11:00")
    with pytest.raises(BadInput, match="avslutad"):
        foresee(engine, OFFICE, act(under_way), now=sv("2020-09-21 12:00"))


def test_nothing_typed_is_markup_a_template_or_a_link_place(engine: Engine):
    under_way = opened(engine, "berg")
    typed = "{{ 7 * 7 }} {% if x %} <b>fet</b> </p> " + PLACEHOLDER + " \u202eslut"
    do(under_way, act(under_way, {"sv": OwnText(typed)}))
    under_way.attend(FRIDAY)
    [sent] = under_way.outgoing[-1:]
    assert "{{ 7 * 7 }} {% if x %} <b>fet</b> </p> " + PLACEHOLDER + " slut" in " ".join(
        sent.text.split()
    )
    assert "&lt;b&gt;fet&lt;/b&gt; &lt;/p&gt; " + PLACEHOLDER in sent.html
    assert sent.text.count(PLACEHOLDER) == 1, "the links are put in all the same"


@pytest.mark.slow
def test_two_hundred_and_ninety_that_wait_are_written_anew(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan(organisations=many(290)))
    under_way.attend("2020-05-08 08:00")
    under_way.look("2020-09-25 20:00")
    remarks = do(under_way, act(under_way), "2020-09-25 20:05")
    assert remarks == ("290 brev ligger i utkorgen. De får den nya texten.",)
    found = under_way.messages("reminder-5")
    assert len(found) == 290
    assert all("I år gäller det tågen." in one.text for one in found)
