"""Two answers of one organisation pressed at the same instant: one holds, the other is told."""

import threading

import pytest

from tests.door import Door, PageForm, Reader, a_proposal

SAID = "Medan ni hade sidan öppen kom ett annat svar in från er."
PRESSES = ("inget", "avstar", "skicka")


def asked(door: Door, home: str, path: str) -> PageForm:
    return door.form(f"{home}/granska" if path == "skicka" else f"{home}/{path}")


@pytest.mark.parametrize("first", PRESSES)
@pytest.mark.parametrize("second", PRESSES)
def test_of_two_that_were_asked_the_same_the_first_is_the_answer(
    door: Door, first: str, second: str
) -> None:
    home = door.link()
    door.save(home, "_granska", **a_proposal())
    one, other = (asked(door, home, path) for path in (first, second))
    assert door.post(one.action, one.pairs).headers["location"] == f"{home}/kvitto"
    told = door.post(other.action, other.pairs)
    assert [answer.version for answer in door.answers()] == [1]
    assert len(door.mails("receipt")) == 1
    if first == second:  # the same press, or the same wish: the same answer
        assert told.headers["location"] == f"{home}/kvitto"
    elif first != "skicka" or second != "skicka":
        where = told.headers["location"]
        assert where == f"{home}/{second if second != 'skicka' else 'granska'}?svarat=1"
        page = door.page(where)
        assert SAID in page.text
        assert "(version 1)" in page.text


def test_who_was_told_can_press_once_more_and_replace_it(door: Door) -> None:
    home = door.link()
    one, other = asked(door, home, "inget"), asked(door, home, "avstar")
    door.post(one.action, one.pairs)
    told = door.client.get(door.post(other.action, other.pairs).headers["location"])
    [again] = Reader(told.text).forms
    assert door.post(again.action, again.pairs).headers["location"] == f"{home}/kvitto"
    assert [answer.kind.value for answer in door.answers()] == ["nothing_to_report", "declined"]


def test_a_draft_that_is_saved_meanwhile_is_no_answer_and_stops_nobody(door: Door) -> None:
    home = door.link()
    one = asked(door, home, "inget")
    door.save(home, fragor__0__titel="Halv")
    assert door.post(one.action, one.pairs).headers["location"] == f"{home}/kvitto"


def test_a_crowd_that_presses_both_at_once_gives_one_answer(door: Door) -> None:
    home = door.link()
    forms = [asked(door, home, path) for path in ("inget", "avstar")] * 4
    together, where = threading.Barrier(len(forms)), []

    def press(form: PageForm) -> None:
        together.wait(60)
        where.append(door.post(form.action, form.pairs).headers["location"])

    threads = [threading.Thread(target=press, args=(form,)) for form in forms]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    [answer] = door.answers()
    held = "inget" if answer.kind.value == "nothing_to_report" else "avstar"
    other = "avstar" if held == "inget" else "inget"
    assert sorted(where) == sorted([f"{home}/kvitto"] * 4 + [f"{home}/{other}?svarat=1"] * 4)
