"""Announcing to many: letters are made outside the turn to write, and queued in batches."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Engine, exc

from agenda.models import MessageState
from agenda.storage.store import open_engine
from agenda.storage.taking_turns import TRIES, is_in_the_way, patiently
from agenda.storage.turns import Turns
from notifications import attending
from notifications.attending import announce
from notifications.notices import ahead, making
from tests.notifications.test_claims import in_parallel
from tests.rounds_under_way import COORDINATOR, OFFICE, RoundUnderWay, a_plan, address, many, sv

COUNT = ahead.MANY + 5
FEW = 25
AT = "2020-05-08 08:00"


@pytest.fixture
def few_are_many() -> Iterator[None]:
    """Let twenty be many already: where the number is not the point, a hundred show no more."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(attending, "MANY", 20)
        patch.setattr(ahead, "BATCH", 20)
        yield


def a_large_round(engine: Engine, count: int = COUNT) -> RoundUnderWay:
    return RoundUnderWay(engine, a_plan(organisations=many(count)))


def is_taken(turn: Turns) -> bool:
    if turn.enter(within=0):
        turn.leave()
        return False
    return True


def test_no_letter_to_many_is_made_while_others_wait_to_write(engine: Engine, monkeypatch):
    under_way = a_large_round(engine)
    turn, made = engine.get_execution_options()["agenda_turn"], []
    render = making.render

    def watched(letter):
        made.append(is_taken(turn))
        return render(letter)

    monkeypatch.setattr(making, "render", watched)
    attended = under_way.look(AT)
    assert (attended.queued, made) == (COUNT, [False] * COUNT)
    assert len(under_way.messages("invitation")) == COUNT


def test_the_turn_is_given_up_between_batches(engine: Engine, few_are_many, monkeypatch):
    under_way = a_large_round(engine, FEW)
    turns = []
    transaction = ahead.transaction

    def counted(of):
        turns.append(of)
        return transaction(of)

    monkeypatch.setattr(ahead, "transaction", counted)
    monkeypatch.setattr(ahead, "BATCH", 6)
    under_way.look(AT)
    assert len(turns) == 5
    assert len(under_way.messages("invitation")) == FEW


def test_six_looks_at_once_queue_every_letter_once(engine: Engine, database_url: str):
    under_way = a_large_round(engine)
    activity_id = under_way.activity_id()

    def look(_: int) -> None:
        own = open_engine(database_url)
        announce(own, OFFICE, activity_id=activity_id, now=sv(AT))
        own.dispose()

    in_parallel(6, look)
    wanted = sorted(address(f"kommun-{number}") for number in range(COUNT))
    assert sorted(m.recipient for m in under_way.messages()) == wanted


def test_what_changed_while_letters_were_made_is_not_queued_as_it_was(
    engine: Engine, few_are_many, monkeypatch
):
    under_way = a_large_round(engine, FEW)
    under_way.attend(AT)
    make = ahead._made

    def meanwhile(turn, found):
        made = make(turn, found)
        under_way.answer("kommun-3", "2020-08-21 08:00")
        return made

    monkeypatch.setattr(ahead, "_made", meanwhile)
    under_way.attend("2020-08-21 08:00")
    assert under_way.states("reminder-30")[address("kommun-3")] is MessageState.WITHDRAWN
    assert len([line for line in under_way.mails if "reminder-30" in line]) == FEW - 1


def test_a_day_that_moved_while_letters_were_made_is_looked_at_anew(
    engine: Engine, few_are_many, monkeypatch
):
    under_way = a_large_round(engine, FEW)
    under_way.attend(AT)
    make = ahead._made

    def meanwhile(turn, found):
        made = make(turn, found)
        under_way.move(date(2020, 10, 9), "2020-08-21 08:00")
        return made

    monkeypatch.setattr(ahead, "_made", meanwhile)
    under_way.attend("2020-08-21 08:00")
    assert under_way.messages("reminder-30") == []


@pytest.mark.parametrize("count", [8, FEW])
def test_a_letter_that_cannot_be_written_holds_no_other_and_is_told_once(
    engine: Engine, few_are_many, monkeypatch, count: int
):
    under_way = RoundUnderWay(engine, a_plan(organisations=many(count)))
    render = making.render

    def faulty(letter):
        if letter.organisation_name == "Kommun 3" and letter.template == "invitation":
            raise ZeroDivisionError
        return render(letter)

    monkeypatch.setattr(making, "render", faulty)
    under_way.look(AT)
    under_way.look("2020-05-08 08:05")
    assert len(under_way.messages("invitation")) == count - 1
    [told] = under_way.messages("set_aside")
    assert (told.recipient, "Kommun 3" in told.text) == (COORDINATOR, True)
    assert "ZeroDivisionError" in told.text
    monkeypatch.undo()
    under_way.look("2020-05-08 09:00")
    assert len(under_way.messages("invitation")) == count


class LockNotAvailable(Exception):  # psycopg's own name
    """What PostgreSQL says when a lock was not to be had in time."""


BUSY = [exc.TimeoutError("no turn"), exc.OperationalError("x", {}, LockNotAvailable())]


@pytest.mark.parametrize("error", BUSY)
def test_a_look_that_did_not_get_its_turn_is_repeated_within_the_run(
    engine: Engine, monkeypatch, error: Exception
):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    look, failures = attending._look, [error] * (TRIES - 1)

    def busy(*args, **named):
        if failures:
            raise failures.pop()
        return look(*args, **named)

    monkeypatch.setattr(attending, "_look", busy)
    assert under_way.look(AT).queued == 1


def test_only_what_was_in_the_way_is_repeated():
    tried = []

    def away():
        tried.append(1)
        raise exc.OperationalError("x", {}, OSError("connection refused"))

    with pytest.raises(exc.OperationalError):
        patiently(away)
    assert (len(tried), is_in_the_way(ValueError())) == (1, False)


def test_a_turn_that_never_comes_is_said_in_the_end():
    tried = []

    def busy():
        tried.append(1)
        raise BUSY[0]

    with pytest.raises(exc.TimeoutError):
        patiently(busy)
    assert len(tried) == TRIES
