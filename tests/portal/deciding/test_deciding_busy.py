"""A decision that does not get its turn: told in words, kept in the form, made by one press."""

import pytest
from sqlalchemy import exc

from notifications.letters import rendering as letters
from portal.door import rendering, voice
from tests.door import Door, Reader
from tests.portal.deciding.asked import ask

DECIDED = {"_beslut": "avsla", "besked": "Nämnden hinner ändå."}


def test_a_decision_that_has_to_wait_is_told_so_and_kept(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = ask(door)
    form = door.form(home).with_(**DECIDED)
    confirmed = [*form, ("_bekraftat", "1")]

    def never(_engine):
        raise exc.TimeoutError("no turn")

    with monkeypatch.context() as patch:
        patch.setattr("notifications.acts.trying.transaction", never)
        answer = door.post(home, confirmed)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "15")
    assert "Nämnden hinner ändå." in answer.text
    [again] = Reader(answer.text).forms
    assert sorted(again.pairs) == sorted(confirmed)
    assert door.post(home, again.pairs).headers["location"] == home
    assert door.mails("extension_denied") == [("extension_denied", "kommun@bracke.example")]


def test_no_page_or_letter_of_a_decision_is_made_while_others_wait_to_write(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = ask(door)
    turns = door.client.app.state.engine.get_execution_options()["agenda_turn"]
    made, page, written = [], rendering.page, letters._written

    def noting(request, template, **more):
        made.append((template, turns._is_taken))
        return page(request, template, **more)

    def noting_letter(letter, *more):
        made.append((letter.template, turns._is_taken))
        return written(letter, *more)

    monkeypatch.setattr(voice, "page", noting)
    monkeypatch.setattr(letters, "_written", noting_letter)
    form = door.form(home)
    for changes in ({}, {"_beslut": "avsla", "besked": ""}, DECIDED, {"_beslut": "bevilja"}):
        door.post(home, form.with_(**changes))
    faulty = {"_beslut": "bevilja", "dag": "2020-09-02"}
    door.post(home, [*form.with_(**faulty), ("_bekraftat", "1")])
    door.post(home, [*form.with_(**DECIDED), ("_bekraftat", "1")])
    door.client.get(home)
    assert {what for what, _ in made} >= {
        "deciding/request.html",
        "deciding/confirm.html",
        "extension_denied",
    }
    assert [what for what, is_held in made if is_held] == []
