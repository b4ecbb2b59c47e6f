"""What the mail server said, recorded: sent, later, never, or not known."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from agenda.models import Attempt, Contact, Message, MessageState
from agenda.storage.store import reading, transaction
from notifications.delivery.outcomes import NO_SUCH_MAILBOX, settle
from notifications.post.outgoing import FailedAt, Outcome, Result
from tests.rounds_under_way import OFFICE, RoundUnderWay, a_plan, sv

AT = sv("2020-05-08 08:00")


def settled(engine: Engine, outcome: Outcome, *, later: timedelta = timedelta(0)):
    """Bergs kommun's invitation, tried once with this outcome; and the round it belongs to."""
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.look("2020-05-08 08:00")
    with transaction(engine) as session:
        message = session.exec(select(Message)).one()
        message.state, message.attempts = MessageState.SENDING, 1
        settle(session, OFFICE, message, outcome, now=AT + later)
    return under_way.messages("invitation")[0], under_way


@pytest.mark.parametrize(
    ("outcome", "state", "next_at"),
    [
        (Outcome(Result.SENT, 250, "OK"), MessageState.SENT, timedelta(0)),
        (Outcome(Result.LATER, 451, "x"), MessageState.QUEUED, timedelta(minutes=1)),
        (Outcome(Result.UNCERTAIN, None, "x"), MessageState.QUEUED, timedelta(minutes=1)),
        (Outcome(Result.NEVER, 554, "x"), MessageState.FAILED, timedelta(0)),
    ],
)
def test_each_result_leaves_a_message_in_its_state(engine: Engine, outcome, state, next_at):
    message, _ = settled(engine, outcome)
    assert (message.state, message.next_attempt_at, message.lease, message.outcome) == (
        state,
        AT + next_at,
        None,
        outcome.said,
    )


@pytest.mark.parametrize("code", [550, 552, 554, None])
def test_only_a_reply_about_the_mailbox_condemns_the_address(engine: Engine, code: int | None):
    settled(engine, Outcome(Result.NEVER, code, "no"))
    with reading(engine) as session:
        bounced = session.exec(
            select(Contact.address).where(Contact.bounced_at == AT, Contact.bounce_reason == "no")
        ).all()
    assert bounced == (["kommun@berg.example"] if code in NO_SUCH_MAILBOX else [])


def test_what_will_never_arrive_is_told_at_once_whatever_the_hour(engine: Engine):
    _, under_way = settled(
        engine, Outcome(Result.NEVER, 550, "5.1.1 unknown"), later=timedelta(hours=14)
    )
    [told] = under_way.messages("trouble")
    assert (told.is_prompt, told.next_attempt_at) == (True, AT + timedelta(hours=14))
    assert "5.1.1 unknown" in told.text


def test_five_days_of_refusals_for_now_are_enough_but_not_of_a_server_away(engine: Engine):
    later = timedelta(days=5)
    greylisted = Outcome(Result.LATER, 451, "x", FailedAt.RECIPIENT)
    away = Outcome(Result.LATER, None, "x", FailedAt.CONNECTION)
    assert settled(engine, greylisted, later=later)[0].state is MessageState.FAILED
    with transaction(engine) as session:
        message = session.exec(select(Message).where(Message.step == "invitation")).one()
        message.state = MessageState.SENDING
        settle(session, OFFICE, message, away, now=AT + later)
        assert message.state is MessageState.QUEUED


def test_an_attempt_is_kept_with_the_servers_words(engine: Engine):
    settled(engine, Outcome(Result.LATER, 450, "4.2.0 try later"))
    with reading(engine) as session:
        [attempt] = session.exec(select(Attempt)).all()
    assert (attempt.at, attempt.outcome, attempt.code, attempt.said) == (
        AT,
        "later",
        450,
        "4.2.0 try later",
    )
