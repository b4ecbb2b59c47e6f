"""One letter that trips our own code: it is set aside, the rest goes on, and it is told."""

from threading import Event

import pytest
from sqlalchemy import Engine, exc
from sqlmodel import select

from agenda.models import Link, Message, MessageState
from agenda.storage.store import transaction
from notifications.delivery import claiming, outcomes, sending
from notifications.postman import walk_rounds
from tests.obedient_server import NEVER
from tests.rounds_under_way import (
    COORDINATOR,
    MUNICIPALITIES,
    OFFICE,
    RoundUnderWay,
    a_plan,
    address,
    sv,
)

BAD = MUNICIPALITIES[0]
PLACES = ("objection", "reword", "_outgoing", "send", "settle")


def walk(engine: Engine, under_way: RoundUnderWay, *times: str) -> None:
    """Let the postman walk its rounds at these times."""
    stop, waiting = Event(), [sv(time) for time in times]

    def now():
        if len(waiting) == 1:
            stop.set()
            return waiting[0]
        return waiting.pop(0)

    walk_rounds(engine, under_way.server, OFFICE, stop=stop, now=now, every_seconds=0)


def a_fault_at(place: str, monkeypatch, under_way: RoundUnderWay, error: Exception) -> None:
    """Let what is done about the bad letter raise at one place, and nothing else."""
    owners = (under_way.server, claiming, sending)
    owner = next(one for one in owners if hasattr(one, place))
    original = getattr(owner, place)

    def faulty(*args, **named):
        for one in args:
            if isinstance(one, Message) and one.recipient == address(BAD):
                raise error
            if getattr(one, "recipient", None) == address(BAD) and place == "send":
                raise error
        return original(*args, **named)

    monkeypatch.setattr(owner, place, faulty)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("error", [ValueError("x"), exc.IntegrityError("x", {}, ValueError())])
def test_a_fault_in_one_letter_wherever_it_is_holds_no_other(
    engine: Engine, monkeypatch, place: str, error: Exception
):
    under_way = RoundUnderWay(engine)
    under_way.look("2020-05-08 08:00")
    a_fault_at(place, monkeypatch, under_way, error)
    for minute in ("08:01", "08:02", "08:50"):
        under_way.post(f"2020-05-08 {minute}")
    invited = [line.split()[-1] for line in under_way.mails if "invitation" in line]
    left_first = [address(BAD)] if place == "settle" else []
    assert sorted(invited) == sorted(left_first + [address(key) for key in MUNICIPALITIES[1:]])
    assert under_way.states("invitation")[address(BAD)] is MessageState.SET_ASIDE
    assert [line for line in under_way.mails if "set_aside" in line] == [
        f"2020-05-08 08:02 set_aside {COORDINATOR}"
    ]
    [bad] = [m for m in under_way.messages("invitation") if m.recipient == address(BAD)]
    assert (bad.is_uncertain, type(error).__name__ in bad.outcome) == (
        place in ("send", "settle"),
        True,
    )


def test_a_letter_whose_link_is_of_another_key_is_set_aside_by_the_postman(engine: Engine):
    under_way = RoundUnderWay(engine)
    under_way.look("2020-05-08 08:00")
    with transaction(engine) as session:
        bad = session.exec(select(Message).where(Message.recipient == address(BAD))).one()
        session.get_one(Link, bad.link_id).token_hash = "of another key"
    walk(engine, under_way, *[f"2020-05-08 08:{minute:02}" for minute in range(1, 30)])
    assert len([m for m in under_way.outgoing if ":invitation" in m.key]) == 7
    [told] = [m for m in under_way.outgoing if "set_aside" in m.key]
    assert (told.recipient, "hemliga nyckeln" in " ".join(told.text.split())) == (COORDINATOR, True)


def test_a_database_that_is_away_sets_nothing_aside(engine: Engine, monkeypatch):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.look("2020-05-08 08:00")
    monkeypatch.setattr("notifications.delivery.claiming.objection", _away)
    with pytest.raises(exc.OperationalError):
        under_way.post("2020-05-08 08:01")
    monkeypatch.undo()
    assert under_way.states("invitation") == {address("berg"): MessageState.QUEUED}


def _away(*_args, **_named):
    raise exc.OperationalError("x", {}, OSError("away"))


def test_a_notice_that_cannot_be_made_does_not_undo_what_it_tells_of(engine: Engine, monkeypatch):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.look("2020-05-08 08:00")
    monkeypatch.setattr(outcomes, "tell", _faulty)
    under_way.server.always(address("berg"), NEVER)
    under_way.post("2020-05-08 08:00")
    assert under_way.states("invitation") == {address("berg"): MessageState.FAILED}


def _faulty(*_args, **_named):
    raise ZeroDivisionError
