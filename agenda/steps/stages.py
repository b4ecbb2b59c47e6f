"""Which acts are possible in which stage of an activity: the one table that every door asks.

Pure. An activity is locked, done, called off or of a closed round, or none of it; of several
the strongest counts, and each has its own way back.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from agenda.words.errors import BadInput


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


def refusal(act: Act, stage: Stage, key: str, *, is_meeting: bool = False) -> str | None:
    """Why an act is not possible in a stage, with the way on; None when it is possible.

    Args:
        act: What somebody wants to do.
        stage: The stage of the activity.
        key: The activity's key.
        is_meeting: Whether it is a meeting, whose day can move although its answers are locked.
    """
    if stage in _POSSIBLE[act] or (act is Act.MOVE and is_meeting and stage is Stage.LOCKED):
        return None
    if stage is not Stage.CLOSED and (own := _OWN.get((act, stage)) or _OWN.get((act, None))):
        return own.format(key=key)
    # More time is given on a page too, where no command helps.
    way_back = None if act is Act.EXTEND else _WAYS_BACK.get(stage)
    on = f" {way_back.format(key=key)}" if way_back else ""
    return f"{_WHY[stage].format(key=key)}, så det går inte att {_DOING[act]}.{on}"


def refuse(act: Act, stage: Stage, key: str, *, is_meeting: bool = False) -> None:
    """Stop an act that is not possible in a stage.

    Raises:
        BadInput: the sentence says why not.
    """
    if (why := refusal(act, stage, key, is_meeting=is_meeting)) is not None:
        raise BadInput(why)


_POSSIBLE: Mapping[Act, frozenset[Stage]] = {
    Act.MOVE: frozenset({Stage.OPEN}),
    Act.EXTEND: frozenset({Stage.OPEN}),
    Act.ASK_FOR_TIME: frozenset({Stage.OPEN}),
    Act.LOCK: frozenset({Stage.OPEN}),
    Act.UNLOCK: frozenset({Stage.LOCKED}),
    Act.MARK_DONE: frozenset({Stage.OPEN, Stage.LOCKED}),
    Act.REOPEN: frozenset({Stage.DONE}),
    Act.CANCEL: frozenset({Stage.OPEN, Stage.LOCKED}),
    Act.REINSTATE: frozenset({Stage.CANCELLED}),
}
_WHY = {
    Stage.CLOSED: "Omgången är avslutad",
    Stage.CANCELLED: "{key} är inställd",
    Stage.DONE: "{key} är markerad som klar",
    Stage.LOCKED: "Svaren i {key} är låsta",
    Stage.OPEN: "{key} är öppen",
}
_WAYS_BACK = {
    Stage.CANCELLED: "Återuppta den först: agenda activity reinstate {key}",
    Stage.DONE: "Öppna den först igen: agenda activity reopen {key}",
    Stage.LOCKED: "Lås upp dem först: agenda activity unlock {key}",
}
_DOING = {
    Act.MOVE: "flytta sista dagen",
    Act.EXTEND: "ge anstånd",
    Act.ASK_FOR_TIME: "be om anstånd",
    Act.LOCK: "låsa svaren",
    Act.UNLOCK: "låsa upp svaren",
    Act.MARK_DONE: "markera den som klar",
    Act.REOPEN: "öppna den igen",
    Act.CANCEL: "ställa in den",
    Act.REINSTATE: "återuppta den",
}
_OWN: Mapping[tuple[Act, Stage | None], str] = {
    (Act.LOCK, Stage.LOCKED): "Svaren i {key} är redan låsta.",
    (Act.UNLOCK, Stage.OPEN): "Svaren i {key} är inte låsta.",
    (Act.MARK_DONE, Stage.DONE): "{key} är redan markerad som klar.",
    (Act.REOPEN, None): "{key} är inte markerad som klar.",
    (Act.CANCEL, Stage.CANCELLED): "{key} är redan inställd.",
    (Act.CANCEL, Stage.DONE): "{key} är markerad som klar och kan inte ställas in.",
    (Act.REINSTATE, None): "{key} är inte inställd.",
    # Whoever asks through a link is no coordinator: no command helps them.
    (Act.ASK_FOR_TIME, Stage.LOCKED): "Svaren är låsta, eftersom arbetet med dem har börjat.",
    (Act.ASK_FOR_TIME, Stage.DONE): "Svaren är låsta, eftersom arbetet med dem har börjat.",
    (Act.ASK_FOR_TIME, Stage.CANCELLED): "Aktiviteten är avslutad.",
}
