"""`/samordna/…/harnast`: what leaves in the coming days, word for word, and what is held back."""

from collections import Counter
from itertools import groupby

from fastapi import APIRouter, Response

from agenda.models import identity
from agenda.storage.store import reading
from agenda.workdays import Workdays, swedish_date
from notifications.readings.held import held_steps, worded_steps
from notifications.readings.register_lines import step_in_words
from notifications.readings.upcoming import ahead
from portal.desk.cookies import HOME
from portal.desk.letters.steps import ACTS
from portal.desk.paging import page_of
from portal.desk.visits import InRound

WORKDAYS = (1, 5, 10, 20)
"""How many workdays ahead can be chosen."""
USUAL = 5
LETTERS_SHOWN = 25
"""How many letters a page has: each is written as it will leave."""
DONE = (*(act.name for act in ACTS.values()), "word")

router = APIRouter(prefix=f"{HOME}/{{round_id:int}}/harnast")


@router.api_route("", methods=["GET", "HEAD"])
def upcoming(here: InRound, dagar: str = "", sida: str = "", gjort: str = "") -> Response:
    """Everything that leaves in some workdays, each letter as it will be sent."""
    days = int(dagar) if dagar in map(str, WORKDAYS) else USUAL
    workdays = Workdays(here.round.head.closed_days)
    until = workdays.after(swedish_date(here.now), days)
    round_id = identity(here.round)
    with reading(here.engine) as session:
        coming = ahead(session, here.office, round_id=round_id, until=until, now=here.now)
        counts = Counter(one.ahead.heading for one in coming)
        found = page_of(coming, sida, shown=LETTERS_SHOWN)
        entries = [one.in_words() for one in found.items]
        held, worded = held_steps(session, round_id), worded_steps(session, round_id)
    return here.show(
        "upcoming.html",
        page="upcoming",
        until=until,
        days=days,
        choices=WORKDAYS,
        found=found,
        leaving=[one.ahead.recipient for one in coming if one.ahead.is_leaving],
        together=[
            (counts[heading], list(same))
            for heading, same in groupby(entries, key=lambda one: one.heading)
        ],
        held=held,
        step_in_words=step_in_words,
        worded=worded,
        is_to_asked=lambda one: bool(one.organisation) and step_in_words(one.step) != one.step,
        done=gjort if gjort in DONE else "",
    )
