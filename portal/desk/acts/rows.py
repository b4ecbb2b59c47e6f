"""What can be done about an activity on the desk: a row for each act, and what it asks for."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from sqlmodel import Session

from agenda.models import Activity
from agenda.steps.by_hand import REMINDER_NOW
from agenda.steps.stages import Act
from notifications.acts.foreseeing import ForeseeableAct
from notifications.acts.planned import activities as planned
from portal.desk.acts.filled import DAY, NOTE, WHOM, FilledAct
from portal.desk.visits import RoundVisit

Makes = Callable[[RoundVisit, Session, Activity, FilledAct], ForeseeableAct]


class DeskAct(NamedTuple):
    """An act: its sentences begin with its name (`act_move`, `ask_move`, `done_move`)."""

    name: str
    act: Act
    """By which the stage of an activity tells whether it is possible."""
    makes: Makes
    why: str
    """What the run in Prefect is called, after the activity; in Swedish."""
    asks: tuple[str, ...] = ()
    """The fields of its form."""
    needs: tuple[str, ...] = ()
    """Those of them that must be filled in."""
    sends: str = ""
    """The letter that it is nothing but, by the name of its step; it is shown whole."""
    is_grave: bool = False
    """It needs that somebody has just shown who they are."""


def _day(filled: FilledAct) -> date:
    if filled.day is None:
        raise ValueError("an act without its day")
    return filled.day


def _move(here: RoundVisit, session: Session, row: Activity, filled: FilledAct) -> ForeseeableAct:
    return planned.moving(
        here.office,
        row,
        to=_day(filled),
        actor=here.by.actor,
        note=filled.note,
        followers=planned.followers_of(session, row) if filled.has_followers else (),
    )


def _grant(here: RoundVisit, _: Session, row: Activity, filled: FilledAct) -> ForeseeableAct:
    day, actor = _day(filled), here.by.actor
    return planned.granting(here.office, row, *filled.whom, to=day, actor=actor, note=filled.note)


def _remind(here: RoundVisit, _: Session, row: Activity, filled: FilledAct) -> ForeseeableAct:
    actor = here.by.actor
    return planned.reminding_now(here.office, row, *filled.whom, actor=actor, note=filled.note)


def _deny(here: RoundVisit, _: Session, row: Activity, filled: FilledAct) -> ForeseeableAct:
    whom, actor = filled.whom[0], here.by.actor
    return planned.denying(here.office, row, whom, actor=actor, note=filled.note)


ACTS = {
    "flytta": DeskAct("move", Act.MOVE, _move, "sista dag flyttad", (DAY, NOTE), (DAY,)),
    "anstand": DeskAct("grant", Act.EXTEND, _grant, "anstånd", (WHOM, DAY, NOTE), (WHOM, DAY)),
    "paminn": DeskAct(
        "remind", Act.REMIND, _remind, "påminnelse för hand", (WHOM, NOTE), sends=REMINDER_NOW
    ),
    "avsla": DeskAct("deny", Act.EXTEND, _deny, "anstånd avslaget", (WHOM, NOTE), (WHOM, NOTE)),
    "las": DeskAct(
        "lock",
        Act.LOCK,
        lambda here, _s, row, _f: planned.locking(row, actor=here.by.actor),
        "svar låsta",
        is_grave=True,
    ),
    "las-upp": DeskAct(
        "unlock",
        Act.UNLOCK,
        lambda here, _s, row, _f: planned.unlocking(row, actor=here.by.actor),
        "svar upplåsta",
        is_grave=True,
    ),
    "klar": DeskAct(
        "finish",
        Act.MARK_DONE,
        lambda here, _s, row, _f: planned.marking_done(here.office, row, actor=here.by.actor),
        "klar",
    ),
    "oppna-igen": DeskAct(
        "reopen",
        Act.REOPEN,
        lambda here, _s, row, _f: planned.reopening(row, actor=here.by.actor),
        "öppnad igen",
    ),
    "stall-in": DeskAct(
        "cancel",
        Act.CANCEL,
        lambda here, _s, row, filled: planned.cancelling(
            here.office, row, actor=here.by.actor, note=filled.note
        ),
        "inställd",
        (NOTE,),
    ),
    "ateruppta": DeskAct(
        "reinstate",
        Act.REINSTATE,
        lambda here, _s, row, filled: planned.reinstating(
            here.office, row, actor=here.by.actor, note=filled.note
        ),
        "återupptagen",
        (NOTE,),
    ),
}
"""By the last part of the address of its page."""
