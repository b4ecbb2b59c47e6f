"""Sending: what a mail server's refusals do, who has a message, and what leaves only once."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from agenda.models import Attempt, Contact, MessageState
from agenda.store import open_engine, reading
from notifications.attending import announce
from notifications.delivery import LEASE, Claimed, Fate, claim, deliver_ready
from notifications.outgoing import Outcome, Result
from tests.rounds_under_way import (
    AWAY,
    COORDINATOR,
    LATER,
    MUNICIPALITIES,
    NEVER,
    OFFICE,
    UNCERTAIN,
    RoundUnderWay,
    a_plan,
    address,
    many,
    sv,
    wall,
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


def test_one_refused_for_ever_and_one_for_an_hour_do_not_keep_six_from_arriving(engine: Engine):
    under_way = RoundUnderWay(engine)
    under_way.server.always(address("berg"), NEVER)
    under_way.server.always(address("krokom"), LATER)
    under_way.attend("2020-05-08 08:00")
    for minute in range(1, 60):
        under_way.post(f"2020-05-08 08:{minute:02}")
    under_way.server.always(address("krokom"), None)
    for minute in range(60):
        under_way.post(f"2020-05-08 09:{minute:02}")
    six = sorted(set(MUNICIPALITIES) - {"berg", "krokom"})
    assert under_way.mails == [
        *[f"2020-05-08 08:00 invitation {address(key)}" for key in six],
        f"2020-05-08 08:01 trouble {COORDINATOR}",
        f"2020-05-08 09:21 invitation {address('krokom')}",
    ]


def test_the_pauses_after_what_is_refused_for_now_grow(engine: Engine):
    under_way, message_id = an_invitation(engine)
    under_way.server.always(address("berg"), LATER)
    tries = [wall(sv("2020-05-08 08:00"))]
    for _ in range(5):
        under_way.post_one(message_id, tries[-1])
        tries.append(wall(the_message(under_way).next_attempt_at))
    assert [at.split()[1] for at in tries] == ["08:00", "08:01", "08:06", "08:21", "09:21", "10:21"]


def test_the_coordinator_is_told_once_of_a_refused_address_in_the_servers_words(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg", "krokom"))
    under_way.server.always(address("berg"), NEVER)
    under_way.attend("2020-05-08 08:00")
    under_way.post("2020-05-08 08:01")
    under_way.attend("2020-08-21 08:00")
    under_way.attend("2020-09-18 08:00")
    told = [o for o in under_way.outgoing if o.recipient == COORDINATOR]
    assert len(told) == 1
    assert "5.1.1 No such user here" in told[0].text
    assert address("berg") in told[0].text
    assert "Bergs kommun" in told[0].text
    assert under_way.server.asked.count(address("berg")) == 1


def test_a_refused_address_is_marked_and_explains_why_nothing_more_is_sent_there(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.server.always(address("berg"), NEVER)
    under_way.attend("2020-05-08 08:00")
    with reading(engine) as session:
        contact = session.exec(select(Contact).where(Contact.address == address("berg"))).one()
    assert (contact.bounced_at, contact.bounce_reason) == (
        sv("2020-05-08 08:00"),
        "5.1.1 No such user here",
    )
    found = under_way.verdicts("2020-08-21 08:00", "berg")
    assert {found["invitation 2020-10-02"], found["reminder-30 2020-10-02"]} == {"bounced"}
    assert under_way.register("contact_bounced") == ["550 5.1.1 No such user here"]


def test_a_message_refused_for_its_content_does_not_condemn_the_address(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.server.answer(address("berg"), Outcome(Result.NEVER, 554, "5.7.1 Message rejected"))
    under_way.attend("2020-05-08 08:00")
    under_way.attend("2020-08-21 08:00")
    assert under_way.mails == [
        f"2020-08-21 08:00 trouble {COORDINATOR}",
        "2020-08-21 08:00 reminder-30 kommun@berg.example",
    ]


def test_a_refused_copy_to_the_coordinator_does_not_start_a_chain_of_complaints(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.server.always("*", NEVER)
    under_way.attend("2020-05-08 08:00")
    for minute in range(1, 6):
        under_way.post(f"2020-05-08 08:{minute:02}")
    assert [(m.step, m.state) for m in under_way.messages()] == [
        ("invitation", MessageState.FAILED),
        ("trouble", MessageState.FAILED),
    ]


def test_when_the_mail_server_itself_is_away_the_rest_is_not_even_tried(engine: Engine):
    under_way = RoundUnderWay(engine)
    under_way.server.always("*", AWAY)
    attended = under_way.attend("2020-05-08 08:00")
    assert (attended.queued, len(under_way.server.asked)) == (8, 1)
    under_way.server.always("*", None)
    under_way.post("2020-05-08 08:01")
    assert len(under_way.mails) == 8


def test_a_mail_server_that_is_away_for_a_week_loses_nothing(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.server.always("*", AWAY)
    under_way.attend("2020-05-08 08:00")
    for day in range(11, 16):
        under_way.post(f"2020-05-{day} 12:00")
    under_way.server.always("*", None)
    under_way.post("2020-05-18 12:00")
    assert under_way.mails == ["2020-05-18 12:00 invitation kommun@berg.example"]


def test_what_one_mailbox_refuses_for_now_for_five_days_is_given_up_and_told(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.server.always(address("berg"), LATER)
    under_way.attend("2020-05-08 08:00")
    for day in (11, 12, 13):
        under_way.post(f"2020-05-{day} 12:00")
    under_way.post("2020-05-13 12:01")
    assert under_way.mails == [f"2020-05-13 12:01 trouble {COORDINATOR}"]
    assert the_message(under_way).state is MessageState.FAILED


def test_every_attempt_and_what_was_said_is_kept(engine: Engine):
    under_way, message_id = an_invitation(engine)
    under_way.server.answer(address("berg"), LATER, UNCERTAIN)
    for minute in ("08:00", "08:01", "08:06"):
        under_way.post_one(message_id, f"2020-05-08 {minute}")
    with reading(engine) as session:
        attempts = session.exec(select(Attempt).order_by(Attempt.id)).all()
    assert [(a.at, a.outcome, a.code, a.said) for a in attempts] == [
        (sv("2020-05-08 08:00"), "later", 451, "4.7.1 Greylisted, try again later"),
        (sv("2020-05-08 08:01"), "uncertain", None, "Inget svar efter sista punkten."),
        (sv("2020-05-08 08:06"), "sent", 250, "2.0.0 OK"),
    ]
    message = the_message(under_way)
    assert (message.state, message.attempts, message.is_uncertain) == (MessageState.SENT, 3, True)
    assert under_way.register("message_uncertain") == ["Inget svar efter sista punkten."]
    assert under_way.register("message_sent") == ["250 2.0.0 OK"]


def test_every_try_at_a_message_is_the_same_mail(engine: Engine):
    under_way, message_id = an_invitation(engine)
    offered = []

    class Hesitant:
        def send(self, outgoing):
            offered.append(outgoing)
            return UNCERTAIN

    for minute in ("08:00", "08:01", "08:06"):
        now = sv(f"2020-05-08 {minute}")
        list(deliver_ready(engine, Hesitant(), OFFICE, now=lambda now=now: now))
    assert (len(offered), offered[1:]) == (3, [offered[0], offered[0]])
    assert offered[0].date_at == sv("2020-05-08 08:00")
    assert the_message(under_way).id == message_id


def test_a_reminder_threads_under_the_invitation_that_its_reader_got(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg", "krokom"))
    under_way.attend("2020-05-08 08:00")
    under_way.attend("2020-08-21 08:00")
    first = {o.recipient: o for o in under_way.outgoing[:2]}
    for reminder in under_way.outgoing[2:]:
        assert reminder.in_reply_to == first[reminder.recipient].message_id
        assert reminder.in_reply_to != reminder.message_id
    assert {o.in_reply_to for o in first.values()} == {None}


# Who has a message.


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
    under_way.server.meanwhile = lambda: under_way.post("2020-05-08 08:14")
    under_way.server.answer(address("berg"), Outcome(Result.SENT, 250, "the successor"))
    late = under_way.post_one(message_id, "2020-05-08 08:00")
    message = the_message(under_way)
    assert late.fate is Fate.NOT_OURS
    assert (message.state, message.outcome, message.sent_at) == (
        MessageState.SENT,
        "the successor",
        sv("2020-05-08 08:14"),
    )


def test_what_a_late_worker_reports_does_not_touch_a_message_its_successor_has_in_hand(
    engine: Engine,
):
    under_way, message_id = an_invitation(engine)
    taken_over: list[Claimed] = []
    under_way.server.meanwhile = lambda: taken_over.append(
        claim(engine, OFFICE, message_id, now=sv("2020-05-08 08:14"))
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
    under_way.post("2020-08-21 08:14")
    assert under_way.mails[2:] == ["2020-08-21 08:14 reminder-30 kommun@krokom.example"]
    assert [m.is_uncertain for m in under_way.messages("reminder-30")] == [True, True]
    assert len(under_way.register("message_uncertain")) == 2


def test_what_a_dead_sender_left_in_the_evening_waits_for_the_morning_and_is_told_once(
    engine: Engine,
):
    under_way, message_id = an_invitation(engine)
    claim(engine, OFFICE, message_id, now=sv("2020-05-08 17:55"))
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
