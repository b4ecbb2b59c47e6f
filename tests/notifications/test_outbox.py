"""The outbox: what makes a message the same message, and what makes it exist once."""

from datetime import date

from sqlalchemy import Engine, update
from sqlmodel import select

from agenda.models import Message, MessageState
from agenda.storage.store import reading, transaction
from notifications.letters.rendering import Rendered
from notifications.outbox.queue import Cause, Recipient, invited, message_key, queue
from tests.rounds_under_way import RoundUnderWay, a_plan, address, sv

AT = sv("2020-05-08 08:00")
WORDS = Rendered("Ämne", "Text\n", "<p>Text</p>\n")


def a_cause(under_way: RoundUnderWay, **changes: object) -> Cause:
    values = {
        "round_id": under_way.id,
        "activity_id": under_way.activity_id(),
        "organisation_id": 1,
        "audience": "organisation",
        "step_key": "inspel:reminder-5:2020-10-02",
        "step": "reminder-5",
        "template": "reminder",
        "due_on": date(2020, 10, 2),
    }
    return Cause(**(values | changes))


def put(engine: Engine, cause: Cause, to: str = "a@berg.example", words: Rendered = WORDS):
    with transaction(engine) as session:
        return queue(
            session,
            cause,
            Recipient(name="A", address=to),
            words,
            now=AT,
            leaves_at=AT,
            domain="regionen.example",
        )


def test_the_same_cause_and_recipient_make_one_message_however_often_it_is_queued(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    first = put(engine, a_cause(under_way))
    assert (put(engine, a_cause(under_way)), put(engine, a_cause(under_way), "A@Berg.example")) == (
        None,
        None,
    )
    assert [message.id for message in under_way.messages()] == [first]


def test_another_last_day_organisation_or_address_makes_another_message(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg", "krokom"))
    put(engine, a_cause(under_way))
    put(engine, a_cause(under_way), "b@berg.example")
    put(engine, a_cause(under_way, step_key="inspel:reminder-5:2020-10-09"))
    put(engine, a_cause(under_way, organisation_id=2))
    assert len({message.message_id for message in under_way.messages()}) == 4


def test_a_key_names_no_address_and_a_message_id_is_made_of_the_key():
    recipient = Recipient(name="A", address="a@berg.example")
    cause = Cause(
        round_id=1,
        activity_id=1,
        organisation_id=7,
        audience="organisation",
        step_key="inspel:invitation",
        step="invitation",
        template="invitation",
        due_on=None,
    )
    key = message_key("uid", cause, recipient)
    assert key.startswith("uid|inspel:invitation|7|")
    assert "berg" not in key


def test_a_withdrawn_message_is_taken_up_again_with_new_words_and_its_old_id(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    first = put(engine, a_cause(under_way))
    with transaction(engine) as session:
        session.exec(update(Message).values(state=MessageState.WITHDRAWN, attempts=3, outcome="x"))
    [before] = under_way.messages()
    again = put(engine, a_cause(under_way), words=Rendered("Nytt", "Ny\n", "<p>Ny</p>\n"))
    [after] = under_way.messages()
    assert (again, after.id, after.message_id) == (first, before.id, before.message_id)
    assert (after.subject, after.state, after.attempts, after.outcome) == (
        "Nytt",
        MessageState.QUEUED,
        0,
        "",
    )


def test_what_has_been_sent_or_refused_is_never_taken_up_again(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    put(engine, a_cause(under_way))
    for state in (MessageState.SENT, MessageState.FAILED, MessageState.SENDING):
        with transaction(engine) as session:
            session.exec(update(Message).values(state=state))
        assert put(engine, a_cause(under_way)) is None


def test_later_messages_refer_to_the_first_invitation_that_was_not_withdrawn(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg", "krokom"))
    under_way.attend("2020-05-08 08:00")
    with transaction(engine) as session:
        withdrawn = session.exec(
            select(Message).where(Message.recipient == address("krokom"))
        ).one()
        withdrawn.state = MessageState.WITHDRAWN
    [berg] = [m for m in under_way.messages() if m.recipient == address("berg")]
    with reading(engine) as session:
        found = invited(session, under_way.activity_id())
    assert (found.threads, found.asked_at) == (
        {(berg.organisation_id, address("berg")): berg.message_id},
        {berg.organisation_id: AT},
    )
