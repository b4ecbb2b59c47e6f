"""How many letters of a step have left is counted in the outbox, not in the run."""

from sqlalchemy import Engine
from sqlmodel import Session, col, select, update

from agenda.models import Message, MessageState
from agenda.storage.store import reading, transaction
from notifications.outbox.tally import Tally, tally
from tests.rounds_under_way import RoundUnderWay, a_plan

REMINDED = "2020-08-21 08:00"


def set_states(session: Session, *states: MessageState) -> None:
    ids = session.exec(select(Message.id).order_by(col(Message.id).desc()))
    for id_, state in zip(list(ids)[: len(states)], states, strict=True):
        session.exec(update(Message).where(col(Message.id) == id_).values(state=state))


def counted(engine: Engine, under_way: RoundUnderWay, message_ids: list[int]) -> Tally:
    with reading(engine) as session:
        return tally(session, activity_id=under_way.activity_id(), message_ids=message_ids)


def test_a_letter_counts_as_left_whoever_sent_it_and_a_withdrawn_one_is_none(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("are", "berg", "bracke", "krokom", "ragunda"))
    lots = under_way.look("2020-05-08 08:00").lots
    states = [*[MessageState.SENT] * 1, *[MessageState.SENDING], MessageState.FAILED]
    with transaction(engine) as session:
        set_states(session, *states, MessageState.WITHDRAWN)
    ids = [id_ for lot in lots for id_ in lot.message_ids]
    assert counted(engine, under_way, ids) == Tally(letters=4, left=1, waiting=2, failed=1)


def test_a_run_without_letters_of_its_own_counts_those_of_the_latest_step(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg", "krokom"))
    assert counted(engine, under_way, []) == Tally(is_former=True)
    under_way.attend("2020-05-08 08:00")
    under_way.answer("krokom", "2020-06-11 10:20")
    under_way.attend(REMINDED)
    assert counted(engine, under_way, []) == Tally(letters=1, left=1, is_former=True)
