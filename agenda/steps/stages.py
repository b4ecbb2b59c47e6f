"""Which acts are possible in which stage of an activity: the one table that every door asks.

Pure. An activity is locked, done, called off or of a closed round, or none of it; of several
the strongest counts, and each has its own way back.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from agenda.steps.sentences import SENTENCES
from agenda.words.errors import BadInput, Remedy


class Stage(StrEnum):
    """How far an activity has come, as far as it decides what can be done with it."""

    OPEN = "open"
    LOCKED = "locked"
    """The work with the answers has begun: they can be read, not changed."""
    DONE = "done"
    CANCELLED = "cancelled"
    CLOSED = "closed"
    """The whole round is over."""

    @property
    def takes_answers(self) -> bool:
        """Whether those who are asked can still answer."""
        return self is Stage.OPEN

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to come of it."""
        return self in (Stage.DONE, Stage.CANCELLED, Stage.CLOSED)


class Act(StrEnum):
    """What somebody can do with an activity as a whole."""

    MOVE = "move"
    EXTEND = "extend"
    REMIND = "remind"
    SEND_AHEAD = "send_ahead"
    WORD = "word"
    ASK_FOR_TIME = "ask_for_time"
    LOCK = "lock"
    UNLOCK = "unlock"
    MARK_DONE = "mark_done"
    REOPEN = "reopen"
    CANCEL = "cancel"
    REINSTATE = "reinstate"


class Marked(Protocol):
    """What is stored of an activity's course."""

    @property
    def done_at(self) -> datetime | None:
        """When it was marked done."""

    @property
    def cancelled_at(self) -> datetime | None:
        """When it was called off."""

    @property
    def locked_at(self) -> datetime | None:
        """When its answers were locked."""


def stage_of(marked: Marked, *, round_closed_at: datetime | None) -> Stage:
    """The stage that an activity is in."""
    if round_closed_at is not None:
        return Stage.CLOSED
    if marked.cancelled_at is not None:
        return Stage.CANCELLED
    if marked.done_at is not None:
        return Stage.DONE
    return Stage.LOCKED if marked.locked_at is not None else Stage.OPEN


def is_possible(act: Act, stage: Stage, *, is_meeting: bool = False) -> bool:
    """Whether an act is possible in a stage; arguments as for `refuse`."""
    moves_on = act is Act.MOVE and is_meeting and stage is Stage.LOCKED
    return stage in _POSSIBLE[act] or moves_on


def refuse(act: Act, stage: Stage, key: str, *, is_meeting: bool = False) -> None:
    """Stop an act that is not possible in a stage.

    Args:
        act: What somebody wants to do.
        stage: The stage of the activity.
        key: The activity's key.
        is_meeting: Whether it is a meeting, whose day can move although its answers are locked.

    Raises:
        BadInput: the sentence says why not, the remedy is the way on.
    """
    if is_possible(act, stage, is_meeting=is_meeting):
        return
    if stage is not Stage.CLOSED and (own := _OWN.get((act, stage)) or _OWN.get((act, None))):
        raise BadInput(SENTENCES(own, key=key))
    why, doing = SENTENCES(f"stage_{stage}", key=key), SENTENCES(f"act_{act}")
    sentence = SENTENCES("not_in_stage", why=why, act=doing, key=key)
    # More time is given on a page too, where no command helps.
    raise BadInput(sentence, remedy=None if act is Act.EXTEND else _WAYS_BACK.get(stage))


_POSSIBLE: Mapping[Act, frozenset[Stage]] = {
    Act.MOVE: frozenset({Stage.OPEN}),
    Act.EXTEND: frozenset({Stage.OPEN}),
    Act.REMIND: frozenset({Stage.OPEN}),
    Act.SEND_AHEAD: frozenset({Stage.OPEN}),
    Act.WORD: frozenset({Stage.OPEN, Stage.LOCKED}),
    Act.ASK_FOR_TIME: frozenset({Stage.OPEN}),
    Act.LOCK: frozenset({Stage.OPEN}),
    Act.UNLOCK: frozenset({Stage.LOCKED}),
    Act.MARK_DONE: frozenset({Stage.OPEN, Stage.LOCKED}),
    Act.REOPEN: frozenset({Stage.DONE}),
    Act.CANCEL: frozenset({Stage.OPEN, Stage.LOCKED}),
    Act.REINSTATE: frozenset({Stage.CANCELLED}),
}
_WAYS_BACK = {
    Stage.CANCELLED: Remedy.REINSTATE_FIRST,
    Stage.DONE: Remedy.REOPEN_FIRST,
    Stage.LOCKED: Remedy.UNLOCK_FIRST,
}
_OWN: Mapping[tuple[Act, Stage | None], str] = {
    (Act.LOCK, Stage.LOCKED): "lock_again",
    (Act.UNLOCK, Stage.OPEN): "unlock_open",
    (Act.MARK_DONE, Stage.DONE): "mark_done_again",
    (Act.REOPEN, None): "reopen_open",
    (Act.CANCEL, Stage.CANCELLED): "cancel_again",
    (Act.CANCEL, Stage.DONE): "cancel_done",
    (Act.REINSTATE, None): "reinstate_open",
    # Whoever asks through a link is no coordinator: nothing that one can do helps them.
    (Act.ASK_FOR_TIME, Stage.LOCKED): "no_time_locked",
    (Act.ASK_FOR_TIME, Stage.DONE): "no_time_locked",
    (Act.ASK_FOR_TIME, Stage.CANCELLED): "no_time_ended",
}
