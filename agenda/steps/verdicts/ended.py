"""What ends every step of an activity that has not been sent, and when it did."""

from datetime import datetime
from typing import NamedTuple

from agenda.steps.stages import Stage
from agenda.steps.verdicts.terms import Asked, Because, Facts, Status


class End(NamedTuple):
    """What is the end of a step: the rest of its verdict."""

    status: Status
    because: Because
    at: datetime | None


def end_of_all(facts: Facts) -> End | None:
    """What ends the steps to everybody: the stage that the activity is in."""
    match facts.stage:
        case Stage.CLOSED:
            return End(Status.CLOSED, Because.ROUND_CLOSED, facts.round_closed_at)
        case Stage.CANCELLED:
            return End(Status.CLOSED, Because.CANCELLED, facts.cancelled_at)
        case Stage.DONE:
            return End(Status.CLOSED, Because.MARKED_DONE, facts.done_at)
        case _:
            return None


def end_of_asking(facts: Facts, asked: Asked) -> End | None:
    """What ends the steps to one organisation: that, its answer, or that none is taken."""
    if (end := end_of_all(facts)) is not None:
        return end
    if asked.answer is not None and asked.answered_at is not None:
        return End(asked.answer, Because.ITSELF, asked.answered_at)
    if not facts.stage.takes_answers:
        return End(Status.CLOSED, Because.ANSWERS_LOCKED, facts.locked_at)
    return None
