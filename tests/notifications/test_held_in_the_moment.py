"""A step held, and released, at the very moment when its letter leaves."""

import threading
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Engine
from sqlmodel import col, update

from agenda.models import Activity, Message, MessageState
from agenda.register import By
from agenda.rounds.activities import hold_step
from agenda.storage.store import transaction
from tests.rounds_under_way import INPUT, WHO, RoundUnderWay, a_plan, sv

AT = "2020-09-18 08:00"
STEP = "reminder-10"
TIMES = 500
"""On each of the two databases."""


def hold_and_see(under_way: RoundUnderWay) -> MessageState:
    """Hold the step; how its letter stood in the instant when the hold held."""
    with transaction(under_way.engine) as session:
        row = session.get_one(Activity, under_way.activity_id(INPUT))
        hold_step(session, row, step=STEP, by=By.person(WHO, sv(AT)))
        return session.get_one(Message, under_way.messages(STEP)[0].id).state


def put_back(under_way: RoundUnderWay) -> None:
    """As it was before: the letter in the outbox, due now."""
    with transaction(under_way.engine) as session:
        session.connection().execute(
            update(Message)
            .where(col(Message.step) == STEP)
            .values(state=MessageState.QUEUED, next_attempt_at=sv(AT), lease=None)
        )
    under_way.server.taken.clear()


def test_what_is_held_never_leaves_and_what_leaves_leaves_once(engine: Engine) -> None:
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.attend("2020-05-08 08:00")
    under_way.look(AT)
    [message] = under_way.messages(STEP)
    together, seen = threading.Barrier(2), set[MessageState]()

    def post() -> None:
        together.wait()
        under_way.post_one(message.id or 0, AT)

    def hold() -> MessageState:
        together.wait()
        return hold_and_see(under_way)

    with ThreadPoolExecutor(2) as people:
        for _ in range(TIMES):
            put_back(under_way)
            posted, held = people.submit(post), people.submit(hold)
            posted.result()
            seen.add(stood := held.result())
            left = len(under_way.server.taken)
            # Whoever was told that it is held is not told so of a letter that leaves.
            assert left == (0 if stood is MessageState.QUEUED else 1)
            under_way.release(STEP, AT)
            if not left:
                put_back(under_way)
                under_way.post_one(message.id or 0, AT)
                assert len(under_way.server.taken) == 1
    assert MessageState.QUEUED in seen
