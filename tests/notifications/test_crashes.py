"""A process killed at the worst moment: nothing is lost, and at most one mail comes twice."""

import os
import signal
import warnings
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from agenda.models import MessageState
from agenda.storage.store import open_engine
from notifications import attending
from notifications.delivery import claiming, sending
from notifications.delivery.sending import deliver_ready
from notifications.post.patience import LEASE
from tests.obedient_server import TAKEN
from tests.rounds_under_way import OFFICE, RoundUnderWay, a_plan, address, sv

AT = sv("2020-05-08 08:00")
ORGANISATIONS = ("are", "berg", "bracke")


class Mailbag:
    """A mail server that outlives the process that talks to it: what it took lies in a file."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def send(self, outgoing):
        with self.file.open("a") as bag:
            bag.write(f"{outgoing.recipient} {outgoing.message_id}\n")
        return TAKEN

    @property
    def taken(self) -> list[str]:
        return self.file.read_text().splitlines() if self.file.exists() else []


def die(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def killed_before(name: str):
    """Let the second call of a step of the delivery kill the process instead."""

    def arm() -> None:
        original, calls = getattr(sending, name), []

        def armed(*args, **named):
            calls.append(name)
            if len(calls) == 2:
                die()
            return original(*args, **named)

        setattr(sending, name, armed)

    return arm


def killed_while_sending(is_taken: bool):
    """Let the second message's sender die, before or after the mail server took it."""

    def arm() -> None:
        original, calls = Mailbag.send, []

        def armed(bag, outgoing):
            calls.append(outgoing)
            if len(calls) == 2:
                if is_taken:
                    original(bag, outgoing)
                die()
            return original(bag, outgoing)

        Mailbag.send = armed

    return arm


def killed_in_the_transaction_that(name: str):
    """Let the process die after a step has written, before it commits."""

    def arm() -> None:
        owner = next(one for one in (claiming, sending) if hasattr(one, name))
        original, calls = getattr(owner, name), []

        def armed(*args, **named):
            calls.append(name)
            done = original(*args, **named)
            if len(calls) == 2:
                die()
            return done

        setattr(owner, name, armed)

    return arm


MOMENTS = {
    "before the claim": (killed_before("claim"), 0, 0),
    "in the claim": (killed_in_the_transaction_that("_take"), 0, 0),
    "after the claim": (killed_while_sending(is_taken=False), 1, 0),
    "after the server took it": (killed_while_sending(is_taken=True), 1, 1),
    "before the record": (killed_before("_settle"), 1, 1),
    "in the record": (killed_in_the_transaction_that("settle"), 1, 1),
    "after the record": (killed_in_the_transaction_that("_settle"), 0, 0),
}
"""How to arm it, how many messages are left claimed, how many of them arrive twice."""


def run_and_be_killed(url: str, work) -> int:
    """Do work in a child process, with a database of its own; the signal that ended it."""
    with warnings.catch_warnings():
        # A test runner's own threads are idle, and the child needs none of them.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        try:
            work(open_engine(url))
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


@pytest.mark.parametrize("moment", list(MOMENTS))
def test_killed_at_any_moment_nothing_is_lost_and_at_most_one_mail_comes_twice(
    engine: Engine, database_url: str, tmp_path: Path, moment: str
):
    arm, left_claimed, twice = MOMENTS[moment]
    under_way = RoundUnderWay(engine, a_plan(*ORGANISATIONS))
    under_way.look("2020-05-08 08:00")
    engine.dispose()  # A child must not share its parent's connections.
    bag = Mailbag(tmp_path / "bag")

    def deliver_and_die(own: Engine) -> None:
        arm()
        list(deliver_ready(own, bag, OFFICE, now=lambda: AT))

    assert run_and_be_killed(database_url, deliver_and_die) == signal.SIGKILL

    list(deliver_ready(engine, bag, OFFICE, now=lambda: AT))
    states = Counter(m.state for m in under_way.messages())
    assert states[MessageState.SENDING] == left_claimed

    just_before = AT + LEASE - timedelta(seconds=1)
    list(deliver_ready(engine, bag, OFFICE, now=lambda: just_before))
    assert Counter(m.state for m in under_way.messages()) == states
    list(deliver_ready(engine, bag, OFFICE, now=lambda: AT + LEASE))

    copies = Counter(line.split()[0] for line in bag.taken)
    assert sorted(copies) == sorted(map(address, ORGANISATIONS))
    assert sorted(copies.values()) == [1, 1, 1 + twice]
    assert len(set(bag.taken)) == 3, "a second copy bears the same Message-ID"
    assert {m.state for m in under_way.messages()} == {MessageState.SENT}
    assert len(under_way.register("message_uncertain")) == left_claimed


def test_killed_while_it_queues_leaves_nothing_or_everything(engine: Engine, database_url: str):
    under_way = RoundUnderWay(engine, a_plan(*ORGANISATIONS))
    activity_id = under_way.activity_id()
    engine.dispose()

    def announce_and_die(own: Engine) -> None:
        attending._attended = die
        attending.announce(own, OFFICE, activity_id=activity_id, now=AT)

    assert run_and_be_killed(database_url, announce_and_die) == signal.SIGKILL
    assert under_way.messages() == []
    under_way.attend("2020-05-08 08:01")
    assert len(under_way.mails) == 3
