"""The turn to write is held only while something is written: pages and letters are made outside.

And a wait that is too long is a page in words, with everything that was written still in it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import exc

from agenda.rounds.finding import find_activity
from agenda.rounds.round import find_round
from agenda.storage import store
from agenda.storage.store import open_engine, transaction, trying
from notifications.letters import rendering as letters
from portal.door import rendering, voice
from tests.described_routes import routes_of
from tests.door import PDF, Door, PageForm, Reader, a_proposal

Made = list[tuple[str, bool]]
ASKED = {"dag": "2020-10-16", "skal": "Nämnden sammanträder."}


@pytest.fixture
def made(door: Door, monkeypatch: pytest.MonkeyPatch) -> Made:
    """Every page and letter that is made, and whether somebody had the turn to write."""
    noted: Made = []
    turns = door.client.app.state.engine.get_execution_options()["agenda_turn"]
    page, written = rendering.page, letters._written

    def noting_page(request, template, **more):
        noted.append((template, turns._is_taken))
        return page(request, template, **more)

    def noting_letter(letter, *more):
        noted.append((letter.template, turns._is_taken))
        return written(letter, *more)

    monkeypatch.setattr(voice, "page", noting_page)
    monkeypatch.setattr(letters, "_written", noting_letter)
    return noted


def test_letters_and_pages_are_made_while_nobody_waits_for_it(door: Door, made: Made) -> None:
    home = door.link()
    door.save(home, "_granska", **a_proposal())
    reviewed = door.form(f"{home}/granska")
    door.post(reviewed.action, reviewed.pairs)
    door.now += timedelta(minutes=1)
    for path in ("inget", "avstar"):
        door.confirm(f"{home}/{path}")
        door.now += timedelta(minutes=1)
    annas = door.colleague(home, "anna@bracke.example")
    door.send(annas, **a_proposal(titel="Annas"))
    for wanted in (ASKED | {"dag": "snart"}, ASKED | {"skal": ""}, ASKED):
        door.post(f"{home}/anstand", door.form(f"{home}/anstand").with_(**wanted))
    door.post(f"{home}/kollega", door.form(f"{home}/kollega").with_(namn="x.se", epost="fel"))
    told = {what for what, _ in made}
    assert told >= {"receipt", "colleague", "extension_requested", "reply/extension.html"}
    assert [what for what, is_held in made if is_held] == []
    assert len(door.mails("receipt")) == 5


def test_the_pages_of_a_reply_that_was_shut_meanwhile_are_made_so_too(
    door: Door, made: Made
) -> None:
    home = door.link()
    door.save(home, "_granska", **a_proposal())
    addresses = ("", "/granska", "/inget", "/avstar", "/anstand", "/kollega")
    forms = [door.form(home + path) for path in addresses]
    door.change(locked_at=door.now)
    made.clear()
    statuses = [
        door.post(form.action, form.with_(**ASKED, namn="Anna", epost="a@b.example")).status_code
        for form in forms
    ]
    assert statuses == [409, 409, 303, 303, 409, 409]
    assert made
    assert [what for what, is_held in made if is_held] == []


@contextmanager
def somebody_writes(door: Door, database_url: str) -> Iterator[None]:
    """Another process has the turn to write, for longer than anybody waits."""
    other = open_engine(database_url)
    with transaction(other) as session:
        row = find_activity(session, find_round(session, None), "inspel")
        session.add(row)
        session.flush()
        yield
        session.rollback()
    other.dispose()


def posted_forms(door: Door, home: str) -> dict[str, PageForm]:
    """A form for every address of the door that takes one, filled in."""
    door.save(home, "_granska", **a_proposal())
    found = {
        "": door.form(home),
        "/utkast": door.form(home),
        "/skicka": door.form(f"{home}/granska"),
    }
    for path in ("/inget", "/avstar", "/anstand", "/kollega"):
        found[path] = door.form(home + path)
    return found


FILLED = {"skal": "Skäl som inte får gå förlorat", "namn": "Anna Ek", "epost": "a@b.example"}


def test_a_wait_that_is_too_long_is_told_at_every_address_with_what_was_written(
    door: Door, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = door.link()
    forms = posted_forms(door, home)
    assert {f"/svar/{{token}}{path}" for path in forms} == {
        route.path
        for route in routes_of(door.client.app)
        if "POST" in route.methods
        and route.path.startswith("/svar/{token}")
        and "rostsedel" not in route.path
        and "ny-lank" not in route.path
    }
    before = door.digest()
    monkeypatch.setattr(store, "BUSY_TIMEOUT_MS", 50)
    door.client.app.state.engine.dispose()
    with somebody_writes(door, database_url):
        for path, form in forms.items():
            wanted = form.with_(**FILLED, fragor__0__titel="Skrivet i tid", dag="2020-10-16")
            answer = door.post(home + path, [*wanted, ("_granska", "1")])
            assert (path, answer.status_code) == (path, 503)
            assert answer.headers["retry-after"] == "15"
            assert "Det är många som svarar just nu" in answer.text
            [again] = Reader(answer.text).forms
            assert sorted(again.pairs) == sorted([*wanted, ("_granska", "1")]), path
            assert "Skrivet i tid" in answer.text
    assert door.digest() == before
    monkeypatch.undo()


def test_what_was_told_to_wait_is_sent_by_one_press_and_a_file_is_asked_for_again(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = door.link()
    form = [*door.form(home).with_(**a_proposal()), ("_spara", "1")]

    def never(_engine):
        raise exc.TimeoutError("no turn")

    with monkeypatch.context() as patch:
        patch.setattr("portal.reply.draft.saving.transaction", never)
        answer = door.post(home, form, files=[("bilagor", ("Karta.pdf", PDF))])
    assert answer.status_code == 503
    assert "Välj filen Karta.pdf igen" in answer.text
    [again] = Reader(answer.text).forms
    assert door.post(home, again.pairs).headers["location"] == f"{home}?sparat=1"
    assert door.draft()["fragor"][0]["titel"] == "Flygbussen"


@pytest.mark.parametrize("language", ["sv", "en"])
def test_who_has_not_been_let_in_yet_keeps_what_was_written_too(
    door: Door, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    home = door.link()
    form = [*door.form(home).with_(fragor__0__titel="Skrivet"), ("_spara", "1")]

    def never(_engine):
        raise exc.TimeoutError("QueuePool limit")

    with monkeypatch.context() as patch:
        patch.setattr("portal.door.visits.reading", never)
        answer = door.post(f"{home}?lang={language}", form)
        looked = door.client.get(home)
    assert (answer.status_code, looked.status_code) == (503, 503)
    assert looked.headers["retry-after"] == "15"
    assert ("Try again" if language == "en" else "Försök igen") in answer.text
    [again] = Reader(answer.text).forms
    assert sorted(again.pairs) == sorted(form)
    assert Reader(looked.text).forms == []


def test_a_link_that_was_promised_is_mailed_however_long_others_write(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    door.link()
    waited = []

    def impatient(engine):
        waited.append(1)
        if len(waited) < 4:
            raise exc.TimeoutError("no turn")
        return trying(engine)

    monkeypatch.setattr("notifications.acts.trying.trying", impatient)
    door.post("/svar/ny-lank", door.form("/svar/ny-lank").with_(epost="kommun@bracke.example"))
    assert len(waited) == 4
    assert door.mails("same_link") == [("same_link", "kommun@bracke.example")]
