"""A question that hangs on another, and texts that nobody can see, as a browser meets them."""

import pytest

from tests.door import Door, Reader, a_proposal

WHOM = "fragor-0-annan_beslutar"


def test_the_page_says_when_a_question_is_asked(door: Door) -> None:
    home = door.link()
    assert (
        "Obligatoriskt om ni har valt ”Någon annan” under ”Vem beslutar i frågan?”. Annars "
        "hoppar ni över frågan."
    ) in door.page(home).text
    assert "Required if you have chosen “Somebody else”" in door.page(f"{home}?lang=en").text


def test_somebody_else_is_asked_whom_before_it_is_sent(door: Door) -> None:
    home = door.link()
    door.save(home, "_granska", **a_proposal(vem_beslutar="annan"))
    page = door.page(f"{home}/granska")
    assert "det behövs eftersom ni har valt ”Någon annan”." in page.text
    assert page.forms == []
    door.send(home, fragor__0__annan_beslutar="Trafikverket")
    assert door.answers()[0].content["fragor"][0]["annan_beslutar"] == "Trafikverket"
    assert "Trafikverket" in door.page(f"{home}/kvitto").text


def test_what_was_written_where_nothing_is_asked_is_kept_and_no_part_of_the_answer(
    door: Door,
) -> None:
    home = door.link()
    door.send(home, **a_proposal(annan_beslutar="Trafikverket"))
    assert "Trafikverket" not in door.page(f"{home}/kvitto").text
    assert dict(door.form(home).pairs)[WHOM] == "Trafikverket"
    door.send(home, fragor__0__vem_beslutar="annan")
    assert "Trafikverket" in door.page(f"{home}/kvitto").text


def test_what_was_written_where_nothing_is_asked_can_be_copied_when_the_reply_is_shut(
    door: Door,
) -> None:
    home = door.link()
    form = [*door.form(home).with_(**a_proposal(annan_beslutar="Trafikverket")), ("_spara", "1")]
    door.change(locked_at=door.now)
    answer = door.post(home, form)
    assert answer.status_code == 409
    assert "Trafikverket" in answer.text


@pytest.mark.parametrize("blank", ["\u200b", "\u00ad \u2060", "\x0b"])
def test_a_reason_or_a_title_that_nobody_can_see_is_none(door: Door, blank: str) -> None:
    home = door.link()
    asked = door.form(f"{home}/anstand").with_(dag="2020-10-16", skal=blank)
    assert door.post(f"{home}/anstand", asked).status_code == 422
    door.save(home, "_granska", **a_proposal(titel=blank))
    page = door.page(f"{home}/granska")
    assert "Fyll i ”Vad heter frågan?”." in page.text
    assert door.answers() == []


def test_a_line_break_from_word_is_one_in_the_receipt(door: Door) -> None:
    home = door.link()
    door.send(home, **a_proposal(problem="Första\x0bandra\x0ctredje"))
    shown = Reader(door.client.get(f"{home}/kvitto").text)
    assert door.answers()[0].content["fragor"][0]["problem"] == "Första\nandra\ntredje"
    assert "Första andra tredje" in shown.text
