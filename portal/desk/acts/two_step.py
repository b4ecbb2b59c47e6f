"""An act in two presses: the first shows what will happen, the second has it happen.

What follows is found by doing it and taking it back. The second press does it if the same still
follows, and else shows what does now: so nobody confirms one thing and gets another, and of two
people at once the second is told.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi import Response
from fastapi.responses import RedirectResponse

from agenda.models import Activity
from agenda.words.errors import AgendaError
from notifications.acts.foreseeing import (
    Consequences,
    ForeseeableAct,
    Overtaken,
    carry_out,
    foresee,
)
from notifications.readings.upcoming import MessageWords
from portal.desk.acts.consequences import shown
from portal.desk.visits import DeskVisit, RoundVisit
from portal.door.following import Follower
from portal.door.posting import Posted

CONFIRMED, CHANGES, SEEN = "_bekraftat", "_andra", "_sett"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedAct:
    """An act that somebody has asked for with the first press."""

    name: str
    """Its sentences end with it: `act_…`, `ask_…`, `do_…`, `done_…`."""
    wanted: ForeseeableAct
    subject: str
    """What it is about, as the page's heading; in the plan's words."""
    page: str
    """Which page of the round it belongs to."""
    back: str
    """The address of what it is about."""
    hidden: list[tuple[str, str]] = field(default_factory=list)
    """What was filled in, to be posted again with the second press."""
    note: str = ""
    lines: list[str] = field(default_factory=list)
    """What is changed besides what follows, one sentence each."""
    terms: dict[str, Any] = field(default_factory=dict)
    """What the question names."""
    letters: Callable[[], Sequence[MessageWords]] = tuple
    """Letters to be shown whole, as they will leave."""


def is_confirmed(posted: Posted) -> bool:
    """Whether it is the second press."""
    return CONFIRMED in posted


def wants_changes(posted: Posted) -> bool:
    """Whether somebody goes back from the second page to the form."""
    return CHANGES in posted


def press(
    here: DeskVisit,
    posted: Posted,
    asked: AskedAct,
    *,
    refuse: Callable[[str], Response],
    done: Callable[[], None] = lambda: None,
) -> Response:
    """Show what follows of an act, or do it.

    Args:
        here: Who acts.
        posted: What was posted.
        asked: What is asked for.
        refuse: Makes the page for an act that is not possible, with why.
        done: Called once it is done.
    """
    engine, office = here.engine, here.office
    try:
        if not is_confirmed(posted):
            return _page(here, asked, foresee(engine, office, asked.wanted, now=here.now))
        carry_out(engine, office, asked.wanted, now=here.now, token=posted.get(SEEN))
    except Overtaken as overtaken:
        return _page(here, asked, overtaken.consequences, has_changed=True)
    except AgendaError as error:
        return refuse(here.mended(error))
    done()
    return RedirectResponse(f"{asked.back}?gjort={asked.name}", status_code=303)


def follow(here: RoundVisit, row: Activity, why: str) -> None:
    """Have an activity's run asked for, and the runs ahead planned anew."""
    follower: Follower = here.request.app.state.follower
    follower.follow(row, here.round, why=why, has_new_day=True)


def follow_all(here: DeskVisit, why: str) -> None:
    """Have everything looked at, and the runs ahead planned anew."""
    follower: Follower = here.request.app.state.follower
    follower.follow_all(why=why)


def _page(
    here: DeskVisit, asked: AskedAct, found: Consequences, *, has_changed: bool = False
) -> Response:
    return here.show(
        "confirm.html",
        page=asked.page,
        status_code=409 if has_changed else 200,
        asked=asked,
        found=shown(found, here.language),
        hidden=[*asked.hidden, (SEEN, found.token)],
        has_changed=has_changed,
        letters=asked.letters(),
        names={"confirmed": CONFIRMED, "changes": CHANGES},
    )
