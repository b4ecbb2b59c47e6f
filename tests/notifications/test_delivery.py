"""Sending: what a mail server's refusals do, who has a message, and what leaves only once."""

from sqlalchemy import Engine
from sqlmodel import select

from agenda.models import Attempt, Contact, MessageState
from agenda.storage.store import reading
from notifications.delivery.sending import deliver_ready
from notifications.post.outgoing import Outcome, Result
from tests.obedient_server import AWAY, LATER, NEVER, UNCERTAIN
from tests.rounds_under_way import (
    COORDINATOR,
    MUNICIPALITIES,
    OFFICE,
    RoundUnderWay,
    a_plan,
    address,
    manager,
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

    for minute in ("08:00", "08:01"):
        now = sv(f"2020-05-08 {minute}")
        list(deliver_ready(engine, Hesitant(), OFFICE, now=lambda now=now: now))
    assert offered == [offered[0], offered[0]]
    assert offered[0].date_at == sv("2020-05-08 08:00")
    assert the_message(under_way).id == message_id


def test_what_leaves_a_day_late_says_what_is_true_on_that_day(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg", "krokom"))
    under_way.attend("2020-05-08 08:00")
    under_way.server.always(address("berg"), LATER)
    under_way.attend("2020-10-01 08:00")
    under_way.post("2020-10-01 18:59")
    under_way.server.always(address("berg"), None)
    under_way.answer("krokom", "2020-10-01 20:00")
    under_way.post("2020-10-02 08:00")
    in_time, late = [o for o in under_way.outgoing if o.key == "inspel:reminder-1:2020-10-02"]
    assert (in_time.recipient, late.recipient) == (address("krokom"), address("berg"))
    assert "Sista svarsdag är i morgon, fredag 2 oktober 2020." in in_time.text
    assert "Sista svarsdag är i dag, fredag 2 oktober 2020." in late.text
    assert "<strong>i dag, fredag 2 oktober 2020</strong>" in late.html
    [first, _] = under_way.messages("reminder-1")
    assert (first.recipient, first.message_id) == (late.recipient, late.message_id)
    assert "i morgon" not in late.text + late.html + first.text


def test_an_escalations_copy_that_leaves_a_day_late_is_still_a_copy(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.attend("2020-05-08 08:00")
    under_way.attend("2020-10-05 08:00")
    under_way.attend("2020-10-06 08:00")
    under_way.server.always(COORDINATOR, LATER)
    under_way.server.always(manager("berg"), LATER)
    under_way.attend("2020-10-07 08:00")
    [original, copy] = under_way.messages("escalation-3")
    under_way.server.always(COORDINATOR, None)
    under_way.server.always(manager("berg"), None)
    under_way.post("2020-10-09 08:00")
    [late, late_copy] = under_way.outgoing[-2:]
    assert [late.recipient, late_copy.recipient] == [manager("berg"), COORDINATOR]
    for written, left in [(original, late), (copy, late_copy)]:
        words = " ".join(written.text.split())
        assert "var i fredags, den 2 oktober 2020." in words
        assert " ".join(left.text.split()) == words.replace("i fredags, den", "fredag")
    assert "Det här är din kopia." in late_copy.text


def test_a_reminder_threads_under_the_invitation_that_its_reader_got(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg", "krokom"))
    under_way.attend("2020-05-08 08:00")
    under_way.attend("2020-08-21 08:00")
    first = {o.recipient: o for o in under_way.outgoing[:2]}
    for reminder in under_way.outgoing[2:]:
        assert reminder.in_reply_to == first[reminder.recipient].message_id
        assert reminder.in_reply_to != reminder.message_id
    assert {o.in_reply_to for o in first.values()} == {None}
