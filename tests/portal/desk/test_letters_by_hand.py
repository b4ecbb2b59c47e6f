"""From what leaves next: own words, a personal line, a step sent now; and a reminder by hand."""

import pytest
from sqlmodel import col, select

from agenda.models import Message, MessageState, Organisation, StepWords
from agenda.storage.store import reading, transaction
from tests.door import Reader
from tests.portal.desk.desk import Desk
from tests.portal.desk.test_listed_is_what_happens import look_at_everything

STEP = "?aktivitet=inspel&steg=reminder-5"


def words(desk: Desk) -> list[tuple[str, int | None, str, str, str]]:
    with reading(desk.engine) as session:
        query = select(StepWords).order_by(col(StepWords.id))
        return [
            (one.step, one.organisation_id, one.language, one.words, one.line)
            for one in session.scalars(query)
        ]


def letters(desk: Desk, step: str) -> list[Message]:
    with reading(desk.engine) as session:
        query = select(Message).where(col(Message.step) == step).order_by(col(Message.id))
        return list(session.scalars(query))


def test_own_words_are_shown_in_the_letter_before_they_are_kept(desk: Desk) -> None:
    address = f"{desk.home}/harnast/ord{STEP}"
    typed = {"ord-sv": "Tågen & vägarna.\r\n\r\n<b>Kort</b>, tack.", "rad-sv": "Hej igen!"}
    before = desk.digest()
    asked = desk.press(address, **typed)
    page = desk.confirm_page(asked)
    assert desk.digest() == before
    assert "Hej igen! Tågen & vägarna. <b>Kort</b>, tack. Sista svarsdag är" in " ".join(
        page.text.split()
    )

    done = desk.confirmed(f"{desk.home}/harnast/ord", asked)

    assert done.headers["location"] == f"{desk.home}/harnast?gjort=word"
    [(step, whose, language, own, line)] = words(desk)
    assert (step, whose, language, line) == ("reminder-5", None, "sv", "Hej igen!")
    assert own == "Tågen & vägarna.\n\n<b>Kort</b>, tack."
    assert desk.register("step_worded") == ["Samordnare för påverkansagendan"]
    after = desk.page(done.headers["location"])
    assert "Orden är sparade." in after.text
    assert any("standardtext" in link for link in after.links)


def test_going_back_keeps_what_was_typed_and_the_form_shows_what_is_kept(desk: Desk) -> None:
    address = f"{desk.home}/harnast/ord{STEP}"
    asked = desk.press(address, **{"ord-sv": "Å\r\n\r\nÄ", "rad-en": "Hi"})
    back = desk.post(
        f"{desk.home}/harnast/ord", [*Reader(asked.text).forms[-1].pairs, ("_andra", "1")]
    )
    form = dict(Reader(back.text).forms[-1].pairs)
    assert (form["ord-sv"], form["rad-en"]) == ("Å\r\n\r\nÄ", "Hi")
    assert desk.confirmed(f"{desk.home}/harnast/ord", asked).status_code == 303
    assert dict(desk.form(address).pairs)["ord-sv"] == "Å\r\n\r\nÄ"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("ord-sv", "x" * 5001, "Den får vara högst 5000"),
        ("rad-sv", "x" * 601, "Den får vara högst 600"),
        ("rad-en", "\u200b\u00ad", "tecken som inte syns"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_typed_is_lost(
    desk: Desk, name: str, text: str, said: str
) -> None:
    before = desk.digest()
    typed = {"ord-en": "About the trains."} | {name: text}
    answer = desk.press(f"{desk.home}/harnast/ord{STEP}", **typed)
    assert answer.status_code == 422
    page = Reader(answer.text)
    assert said in page.text
    form = dict(page.forms[-1].pairs)
    assert (form[name], form["ord-en"]) == (text, "About the trains.")
    assert desk.digest() == before


def test_a_personal_line_to_one_is_in_its_language(desk: Desk) -> None:
    with transaction(desk.engine) as session:
        query = select(Organisation).where(col(Organisation.key) == "berg")
        session.scalars(query).one().language = "en"
    address = f"{desk.home}/harnast/ord{STEP}&vem=berg"
    assert "rad-sv" not in dict(desk.form(address).pairs)
    done = desk.do(address, **{"rad-en": "Thank you for yesterday."})
    assert done.status_code == 303
    [(_, whose, language, own, line)] = words(desk)
    assert (whose is not None, language, own, line) == (
        True,
        "en",
        "",
        "Thank you for yesterday.",
    )


def test_the_standard_words_come_back(desk: Desk) -> None:
    desk.do(f"{desk.home}/harnast/ord{STEP}", **{"rad-sv": "Hej!"})
    done = desk.do(f"{desk.home}/harnast/standardtext{STEP}")
    assert done.headers["location"] == f"{desk.home}/harnast?gjort=unword"
    assert words(desk) == []
    assert "Standardtexten gäller igen." in desk.page(done.headers["location"]).text
    again = desk.press(f"{desk.home}/harnast/standardtext{STEP}")
    assert again.status_code == 422
    assert "Det står redan så." in Reader(again.text).text


def test_a_step_is_sent_now_to_those_whom_the_page_names(desk: Desk) -> None:
    look_at_everything(desk)
    address = f"{desk.home}/harnast/skicka{STEP}"
    asked = desk.press(address)
    page = desk.confirm_page(asked)
    assert letters(desk, "reminder-5") == []
    done = desk.confirmed(f"{desk.home}/harnast/skicka", asked)
    assert done.headers["location"] == f"{desk.home}/harnast?gjort=send_ahead"
    sent = letters(desk, "reminder-5")
    assert sent
    for one in sent:
        assert one.state is MessageState.QUEUED
        assert one.recipient in page.text
        assert one.subject in page.text
    assert " ".join(sent[0].text.split()) in " ".join(page.text.split()), "the letter, whole"
    assert desk.register("step_sent_ahead") == ["Samordnare för påverkansagendan"]
    left = desk.page(f"{desk.home}/plan/inspel").links
    assert f"{desk.home}/harnast/skicka{STEP}" not in left
    again = desk.press(address)
    assert again.status_code == 422
    assert "Skickades" in Reader(again.text).text


def test_a_reminder_by_hand_goes_to_the_chosen_or_to_all_who_have_not_answered(
    desk: Desk,
) -> None:
    look_at_everything(desk)
    address = f"{desk.home}/plan/inspel/paminn"
    asked = desk.press(address, vem="berg", meddelande="Ring gärna.")
    shown = desk.confirm_page(asked).text
    assert "Påminna Bergs kommun nu?" in shown
    assert desk.confirmed(address, asked).headers["location"].endswith("?gjort=remind")
    [one] = letters(desk, "reminder_now")
    assert "Ring gärna." in one.text
    assert " ".join(one.text.split()) in " ".join(shown.split()), "the letter, whole"

    asked = desk.press(address)
    page = desk.confirm_page(asked)
    assert "Påminna alla som inte har svarat nu?" in page.text
    assert "Bergs kommun har redan fått en påminnelse samma dag." in page.text
    desk.confirmed(address, asked)
    assert len(letters(desk, "reminder_now")) == 8
    refused = desk.press(address, vem="berg")
    assert refused.status_code == 422
    assert "samma dag" in Reader(refused.text).text


@pytest.mark.parametrize("path", ["skicka", "ord", "standardtext"])
def test_of_what_there_is_not_there_is_no_page(desk: Desk, path: str) -> None:
    for about in ("?aktivitet=finns-inte&steg=x", "?aktivitet=inspel&steg=x&vem=finns-inte"):
        assert desk.client.get(f"{desk.home}/harnast/{path}{about}").status_code == 404
    assert desk.client.get(f"{desk.home}/harnast/finns-inte{STEP}").status_code == 404


def test_what_leaves_next_leads_to_each_act(desk: Desk) -> None:
    links = desk.page(f"{desk.home}/harnast?dagar=20").links
    for path in ("hall", "skicka", "ord"):
        assert any(f"/harnast/{path}?aktivitet=inspel" in link for link in links), path
        assert any(f"/harnast/{path}?" in link and "vem=" in link for link in links), path
    of_activity = desk.page(f"{desk.home}/plan/inspel").links
    assert f"{desk.home}/plan/inspel/paminn" in of_activity
    for path in ("hall", "skicka", "ord"):
        assert f"{desk.home}/harnast/{path}{STEP}" in of_activity
