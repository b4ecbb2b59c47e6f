"""Who has a message in hand, who may still get it, and what many workers do at once."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from agenda.models import MessageState
from agenda.storage.store import open_engine
from notifications.attending import announce
from notifications.delivery.claiming import Claimed, Fate, claim
from notifications.delivery.sending import deliver_ready
from notifications.post.outgoing import Outcome, Result
from notifications.post.patience import LEASE
from tests.rounds_under_way import (
    MUNICIPALITIES,
    OFFICE,
    RoundUnderWay,
    a_plan,
    address,
    many,
    sv,
)

NINE = "2020-05-08 09:00"


def an_invitation(engine: Engine, at: str = "2020-05-08 08:00") -> tuple[RoundUnderWay, int]:
    """A round with one queued invitation, and its id."""
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.look(at)
    [message] = under_way.messages()
    return under_way, message.id


def the_message(under_way: RoundUnderWay):
    [message] = under_way.messages("invitation")
    return message


def test_a_claimed_message_is_nobody_elses_until_its_lease_has_run_out(engine: Engine):
    under_way, message_id = an_invitation(engine)
    at = sv("2020-05-08 08:00")
    first = claim(engine, OFFICE, message_id, now=at)
    again = claim(engine, OFFICE, message_id, now=at + LEASE - timedelta(seconds=1))
    after = claim(engine, OFFICE, message_id, now=at + LEASE)
    assert isinstance(first, Claimed)
    assert again.fate is Fate.NOT_OURS
    assert isinstance(after, Claimed)
    assert (after.lease != first.lease, after.outgoing) == (True, first.outgoing)
    assert len(under_way.register("message_uncertain")) == 1


def test_what_a_late_worker_reports_does_not_overwrite_what_its_successor_recorded(
    engine: Engine,
):
    under_way, message_id = an_invitation(engine)
    under_way.server.meanwhile = lambda: under_way.post("2020-05-08 08:32")
    under_way.server.answer(address("berg"), Outcome(Result.SENT, 250, "the successor"))
    late = under_way.post_one(message_id, "2020-05-08 08:00")
    message = the_message(under_way)
    assert late.fate is Fate.NOT_OURS
    assert (message.state, message.outcome, message.sent_at) == (
        MessageState.SENT,
        "the successor",
        sv("2020-05-08 08:32"),
    )


def test_what_a_late_worker_reports_does_not_touch_a_message_its_successor_has_in_hand(
    engine: Engine,
):
    under_way, message_id = an_invitation(engine)
    taken_over: list[Claimed] = []
    under_way.server.meanwhile = lambda: taken_over.append(
        claim(engine, OFFICE, message_id, now=sv("2020-05-08 08:32"))
    )
    late = under_way.post_one(message_id, "2020-05-08 08:00")
    message = the_message(under_way)
    assert (late.fate, message.state, message.lease) == (
        Fate.NOT_OURS,
        MessageState.SENDING,
        taken_over[0].lease,
    )


def test_a_lease_counts_from_its_own_message_and_not_from_the_beginning_of_a_long_round(
    engine: Engine,
):
    under_way = RoundUnderWay(engine, a_plan("berg", "krokom"))
    under_way.look("2020-05-08 08:00")
    times = iter(["2020-05-08 08:00", "2020-05-08 08:00", "2020-05-08 08:13"])
    for _ in deliver_ready(engine, under_way.server, OFFICE, now=lambda: sv(next(times))):
        # While the second is on its way, another worker looks for what dead senders left.
        under_way.server.meanwhile = lambda: under_way.post("2020-05-08 08:20") and None
    assert under_way.server.asked == [address("berg"), address("krokom")]


def test_what_a_dead_sender_left_is_not_sent_when_it_no_longer_holds(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg", "krokom"))
    under_way.attend("2020-05-08 08:00")
    under_way.look("2020-08-21 08:00")
    for message in under_way.messages("reminder-30"):
        claim(engine, OFFICE, message.id, now=sv("2020-08-21 08:00"))
    under_way.answer("berg", "2020-08-21 08:05")
    under_way.post("2020-08-21 08:32")
    assert under_way.mails[2:] == ["2020-08-21 08:32 reminder-30 kommun@krokom.example"]
    assert [m.is_uncertain for m in under_way.messages("reminder-30")] == [True, True]
    assert len(under_way.register("message_uncertain")) == 2


def test_what_a_dead_sender_left_in_the_evening_waits_for_the_morning_and_is_told_once(
    engine: Engine,
):
    under_way, message_id = an_invitation(engine)
    claim(engine, OFFICE, message_id, now=sv("2020-05-08 17:35"))
    for minute in (10, 20, 30):
        under_way.post(f"2020-05-08 18:{minute}")
    assert len(under_way.register("message_uncertain")) == 1
    under_way.post("2020-05-11 07:00")
    assert under_way.mails == ["2020-05-11 07:00 invitation kommun@berg.example"]


# Who may be written to.


def test_a_contact_removed_while_its_mail_is_queued_gets_none_and_its_successor_does(
    engine: Engine,
):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.look("2020-05-08 08:00")
    under_way.change_contact(address("berg"), is_removed=True)
    under_way.post("2020-05-08 08:01")
    assert (under_way.mails, the_message(under_way).outcome) == ([], "Kontakten har tagits bort.")
    under_way.change_contact(address("berg"), is_removed=False, address="ny@berg.example")
    under_way.attend("2020-05-08 08:05")
    assert under_way.mails == ["2020-05-08 08:05 invitation ny@berg.example"]


def test_nothing_leaves_while_sending_is_paused_and_everything_does_afterwards(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.pause("2020-05-08 07:00")
    under_way.attend("2020-05-08 08:00")
    under_way.done("2020-05-08 08:05")
    under_way.reopen("2020-05-08 08:06")
    under_way.done("2020-05-08 08:07")
    under_way.post("2020-05-08 09:00")
    assert under_way.mails == []
    under_way.reopen("2020-05-08 09:01")
    under_way.pause(None)
    under_way.post("2020-05-08 09:30")
    assert under_way.mails == ["2020-05-08 09:30 invitation kommun@berg.example"]


# At the same time.


def in_parallel(count: int, work) -> None:
    """Run `work(number)` in threads that begin together; re-raises what one raised."""
    barrier, raised = threading.Barrier(count), []

    def run(number: int) -> None:
        barrier.wait()
        try:
            work(number)
        except BaseException as error:
            raised.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert raised == []


def test_two_runs_at_once_queue_and_send_each_message_once(engine: Engine, database_url: str):
    under_way = RoundUnderWay(engine)
    activity_id = under_way.activity_id()
    now = sv("2020-05-08 08:00")
    under_way.server.now = now

    def run(_: int) -> None:
        own = open_engine(database_url)
        announce(own, OFFICE, activity_id=activity_id, now=now)
        list(deliver_ready(own, under_way.server, OFFICE, now=lambda: now))
        own.dispose()

    in_parallel(2, run)
    assert sorted(under_way.server.asked) == sorted(map(address, MUNICIPALITIES))
    assert len(under_way.messages()) == 8


@pytest.mark.parametrize(("workers", "count"), [(2, 24), (8, 64)])
def test_many_workers_send_every_message_once(
    engine: Engine, database_url: str, workers: int, count: int
):
    under_way = RoundUnderWay(engine, a_plan(organisations=many(count)))
    under_way.look("2020-05-08 08:00")
    now = sv("2020-05-08 08:00")

    def drain(_: int) -> None:
        own = open_engine(database_url)
        list(deliver_ready(own, under_way.server, OFFICE, now=lambda: now))
        own.dispose()

    in_parallel(workers, drain)
    wanted = sorted(address(f"kommun-{number}") for number in range(count))
    assert sorted(under_way.server.asked) == wanted
    assert {m.state for m in under_way.messages()} == {MessageState.SENT}
