"""A reply that is closed, also in the very instant that somebody saves or sends it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select

from agenda import replies
from agenda.models import Activity
from agenda.register import By
from agenda.replies.course import lock_answers
from agenda.rounds.round import close_round, find_round
from agenda.storage.store import open_engine, transaction
from portal.reply import press
from portal.reply.draft import saving as drafting
from tests.door import Door, Reader, Written, a_proposal


def lock(engine: Engine, door: Door) -> None:
    """What the coordinator does with `agenda activity lock`."""
    with transaction(engine) as session:
        row = session.exec(select(Activity).where(Activity.key == "inspel")).one()
        lock_answers(session, row, by=By.person("samordnaren", door.now))


@pytest.fixture
def elsewhere(database_url: str) -> Iterator[Engine]:
    """The same database as another program opens it."""
    opened = open_engine(database_url)
    yield opened
    opened.dispose()


@pytest.fixture
def lock_first(
    door: Door, elsewhere: Engine, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], None]:
    """Have the coordinator's turn come first, after the visitor was let in."""

    @contextmanager
    def after_the_lock(engine: Engine) -> Iterator[Session]:
        lock(elsewhere, door)
        with transaction(engine) as session:
            yield session

    def from_now_on() -> None:
        for part in (drafting, press):
            monkeypatch.setattr(part, "transaction", after_the_lock)

    return from_now_on


def test_who_saves_just_after_the_lock_sees_what_was_sent_and_what_they_wrote(
    door: Door, lock_first: Callable[[], None]
) -> None:
    home = door.link()
    door.send(home, **a_proposal(titel="Inskickat"))
    form = door.form(home).with_(fragor__0__titel="Skrivet sedan")
    lock_first()
    refused = door.post(home, [*form, ("_granska", "1")])
    assert refused.status_code == 409
    assert_shown(refused.text, "Skrivet sedan")
    assert door.draft() is None


def test_who_sends_just_after_the_lock_sees_what_was_sent_and_what_they_wrote(
    door: Door, lock_first: Callable[[], None]
) -> None:
    home = door.link()
    door.send(home, **a_proposal(titel="Inskickat"))
    door.save(home, "_granska", fragor__0__titel="Skrivet sedan")
    reviewed = door.form(f"{home}/granska")
    lock_first()
    refused = door.post(reviewed.action, reviewed.pairs)
    assert refused.status_code == 409
    assert_shown(refused.text, "Skrivet sedan")
    assert [a.content["fragor"][0]["titel"] for a in door.answers()] == ["Inskickat"]


def assert_shown(page: str, own: str) -> None:
    assert "Arbetet med svaren har börjat" in Reader(page).text
    assert "Inskickat" in Written(page).texts
    assert own in Written(page).texts


def test_nobody_can_lock_between_the_look_and_the_save(
    door: Door, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agenda.storage.store.BUSY_TIMEOUT_MS", 50)
    impatient = open_engine(database_url)
    save, refused = replies.save_draft, []

    def save_in_time(*args: Any, **named: Any) -> Any:
        with pytest.raises(OperationalError, match=r"database is locked|lock timeout") as error:
            lock(impatient, door)
        refused.append(error)
        return save(*args, **named)

    monkeypatch.setattr(replies, "save_draft", save_in_time)
    home = door.link()
    assert door.save(home, fragor__0__titel="I tid").headers["location"] == f"{home}?sparat=1"
    assert len(refused) == 1
    lock(impatient, door)
    impatient.dispose()


def test_a_locked_reply_shows_what_was_sent_and_takes_nothing_more(door: Door) -> None:
    home = door.link()
    door.send(home, **a_proposal(titel="Inskickat"))
    written = door.form(home).with_(fragor__0__titel="För sent skrivet")
    door.change(locked_at=door.now)
    page = door.page(home)
    assert "Arbetet med svaren har börjat" in page.text
    assert "Inskickat" in page.text
    assert page.forms == []
    answer = door.post(home, [*written, ("_granska", "1")])
    assert answer.status_code == 409
    assert "För sent skrivet" in answer.text
    for path in ("granska", "inget", "avstar", "anstand"):
        assert door.client.get(f"{home}/{path}").headers["location"] == home
    assert [a.content["fragor"][0]["titel"] for a in door.answers()] == ["Inskickat"]


def test_a_draft_that_was_never_sent_is_there_to_be_copied_after_the_lock(door: Door) -> None:
    home = door.link()
    door.save(home, fragor__0__titel="Skrivet men inte skickat", fragor__0__beslutar="eu")
    assert "skickades inte in" not in door.page(home).text
    door.change(locked_at=door.now)
    page = door.page(home).text
    assert "Det här skickades inte in" in page
    assert "Fråga 1" in page
    assert "Skrivet men inte skickat" in page
    assert "Inget svar har skickats in." in page


def test_after_the_lock_nothing_is_called_unsent_that_was_sent(door: Door) -> None:
    home = door.link()
    door.send(home, **a_proposal(titel="Inskickat"))
    door.save(home)
    door.change(locked_at=door.now)
    page = door.page(home).text
    assert "Inskickat" in page
    assert "skickades inte in" not in page


def test_what_was_written_just_before_the_lock_is_shown_under_its_questions(door: Door) -> None:
    home = door.link()
    written = door.form(home).with_(**a_proposal(titel="För sent skrivet"))
    door.change(locked_at=door.now)
    page = Reader(door.post(home, [*written, ("_granska", "1")]).text).text
    assert "Det här skickades inte in" in page
    assert "Fråga 1" in page
    assert "Vad heter frågan? För sent skrivet" in page


def test_a_cancelled_activity_says_that_it_has_ended(door: Door) -> None:
    home = door.link()
    door.change(cancelled_at=door.now)
    assert "Aktiviteten är avslutad" in door.page(home).text


def test_a_closed_round_says_that_it_has_ended(door: Door) -> None:
    home = door.link()
    with transaction(door.engine) as session:
        close_round(session, find_round(session, None), by=By.person("x", door.now))
    assert "Inget svar har skickats in." in door.page(home).text
