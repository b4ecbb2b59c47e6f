"""How much a reply's files may fill, with all its versions; and what is said when that is full."""

import pytest

from agenda.replies import uploads
from tests.door import PDF, Door, a_proposal


def attach(door: Door, home: str, name: str, content: bytes = PDF, button: str = "_granska"):
    form = door.form(home).with_(**a_proposal())
    return door.post(home, [*form, (button, "1")], files=[("bilagor", (name, content))])


def send(door: Door, home: str):
    reviewed = door.form(f"{home}/granska")
    return door.post(reviewed.action, reviewed.pairs)


@pytest.mark.parametrize("limit", ["LARGEST_KEPT", "LARGEST_OF_ALL"])
def test_a_file_that_there_is_no_room_for_is_refused_in_words_and_the_text_is_kept(
    door: Door, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(uploads, limit, len(PDF))
    home = door.link()
    attach(door, home, "första.pdf", button="_spara")
    refused = attach(door, home, "andra.pdf", PDF + b".", button="_spara")
    assert "andra.pdf fick inte plats" in refused.text
    assert "Mejla filen till samordnaren" in refused.text
    assert door.draft()["fragor"][0]["titel"] == "Flygbussen"
    assert "första.pdf" in door.page(home).text


def test_what_was_taken_off_the_draft_still_takes_up_room(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "LARGEST_KEPT", len(PDF))
    home = door.link()
    attach(door, home, "första.pdf", button="_spara")
    door.post(home, [*door.form(home).pairs, ("detach:1", "1")])
    assert "första.pdf" not in door.page(home).text
    refused = attach(door, home, "andra.pdf", PDF + b".", button="_spara")
    assert "andra.pdf fick inte plats" in refused.text


def test_another_organisation_is_not_hindered_by_a_reply_that_is_full(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "LARGEST_KEPT", len(PDF))
    attach(door, door.link(), "första.pdf", button="_spara")
    theirs = door.link("krokom")
    attach(door, theirs, "vår.pdf", button="_spara")
    assert "vår.pdf" in door.page(theirs).text


def test_a_file_that_is_sent_again_and_attached_again_takes_up_no_more_room(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    for limit in ("LARGEST_KEPT", "LARGEST_OF_ALL"):
        monkeypatch.setattr(uploads, limit, len(PDF))
    home = door.link()
    attach(door, home, "bilaga.pdf")
    assert send(door, home).headers["location"] == f"{home}/kvitto"
    door.save(home, "_granska", fragor__0__titel="Flygbussen igen")
    assert send(door, home).headers["location"] == f"{home}/kvitto"
    door.post(home, [*door.form(home).pairs, ("detach:1", "1")])
    attach(door, home, "bilaga igen.pdf")
    assert send(door, home).headers["location"] == f"{home}/kvitto"
    assert [answer.version for answer in door.answers()] == [1, 2, 3]
