"""`/samordna/…/plan/<aktivitet>/<vad>`: an act asked for, what follows shown, and then done.

The first press asks. The page lists what will happen, found by doing it and taking it back; the
second press does it if the same still follows, and else shows what does now.
"""

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

from fastapi import APIRouter, Response
from sqlmodel import Session

from agenda.models import Activity, identity
from agenda.rounds.activities import has_begun, is_meeting
from agenda.rounds.facts import Situation, situation
from agenda.rounds.finding import find_activity
from agenda.rounds.waiting import wishes_for_time
from agenda.steps.stages import refuse
from agenda.storage.store import reading
from agenda.words.errors import BadInput, NotFound
from agenda.workdays import ONE_DAY
from notifications.acts.foreseeing import ForeseeableAct
from notifications.acts.planned.activities import MovedDays, days_moved, followers_of
from notifications.acts.wording import letters_after
from notifications.letters.dates import in_words
from notifications.readings.upcoming import MessageWords
from portal.desk.acts.filled import DAY, FOLLOWERS, LONGEST_NOTE, NOTE, WHOM, FilledAct, filled_in
from portal.desk.acts.rows import ACTS, DeskAct
from portal.desk.acts.two_step import AskedAct, follow, press, wants_changes
from portal.desk.cookies import HOME
from portal.desk.visits import Filled, InRound, NotYours, RoundVisit

router = APIRouter(prefix=f"{HOME}/{{round_id:int}}/plan/{{key}}")


class AskedMatter(NamedTuple):
    """What an act is about: the activity as it stands."""

    act: DeskAct
    row: Activity
    known: Situation
    followers: list[Activity]
    """What could move with it."""


@router.api_route("/{what}", methods=["GET", "HEAD"])
def act_page(here: InRound, key: str, what: str) -> Response:
    """The form of an act; whom it is about can stand in the address."""
    with reading(here.engine) as session:
        about = _matter(here, session, key, what)
        whom = tuple(here.request.query_params.getlist(WHOM))
        return _form(here, session, about, _as_asked(here, session, about, whom))


@router.post("/{what}")
def act(here: InRound, key: str, what: str, posted: Filled) -> Response:
    """Show what follows, or do it."""
    filled = filled_in(posted)
    with reading(here.engine) as session:
        about = _matter(here, session, key, what)
        if about.act.is_grave:
            here.refuse_unless_fresh()
        faults = {} if wants_changes(posted) else _faults(here, about, filled)
        if faults or wants_changes(posted):
            return _form(here, session, about, filled, faults=faults)
        wanted = about.act.makes(here, session, about.row, filled)

    def refuse(why: str) -> Response:
        with reading(here.engine) as session:
            return _form(here, session, about, filled, refused=why)

    asked = _asked(here, about, filled, wanted)
    done = partial(follow, here, about.row, about.act.why)
    return press(here, posted, asked, refuse=refuse, done=done)


def _asked(
    here: RoundVisit, about: AskedMatter, filled: FilledAct, wanted: ForeseeableAct
) -> AskedAct:
    names = [about.known.parties[key].organisation.name for key in filled.whom]
    day = in_words(filled.day, here.language) if filled.day else ""
    return AskedAct(
        name=about.act.name,
        wanted=wanted,
        subject=about.known.activity.title,
        page="plan",
        back=f"{here.home}/plan/{about.row.key}",
        hidden=filled.hidden,
        note=filled.note,
        terms={"day": day, "names": ", ".join(names) or here.say("all_missing")},
        lines=_moved_along(here, about, filled),
        letters=partial(_letters, here, about, wanted),
    )


def _letters(here: RoundVisit, about: AskedMatter, wanted: ForeseeableAct) -> list[MessageWords]:
    """The letter that an act sends, whole, where the act is nothing but that letter."""
    if not about.act.sends:
        return []
    return letters_after(here.engine, here.office, wanted, about.row, about.act.sends, now=here.now)


def _moved_along(here: RoundVisit, about: AskedMatter, filled: FilledAct) -> list[str]:
    """Where what follows moves, one sentence each."""
    if filled.day is None or not filled.has_followers:
        return []
    with reading(here.engine) as session:
        _, *others = days_moved(session, about.row, filled.day, about.followers)
        return [_moved(here, one) for one in others]


def _moved(here: RoundVisit, one: MovedDays) -> str:
    to, moves = in_words(one.to, here.language), one.to != one.row.due_on
    if one.starts_on in (None, one.row.starts_on, one.to) or has_begun(one.row, here.now):
        return here.say("moves_along", title=one.row.title, to=to) if moves else one.row.title
    starts = in_words(one.starts_on, here.language)
    return here.say("moves_along_whole", title=one.row.title, starts=starts, to=to)


def _matter(here: RoundVisit, session: Session, key: str, what: str) -> AskedMatter:
    try:
        row = find_activity(session, here.round, key)
    except NotFound:
        raise NotYours(here) from None
    if (found := ACTS.get(what)) is None:
        raise NotYours(here)
    known = situation(session, identity(row))
    return AskedMatter(found, row, known, followers_of(session, row) if what == "flytta" else [])


def _as_asked(
    here: RoundVisit, session: Session, about: AskedMatter, whom: tuple[str, ...]
) -> FilledAct:
    """The form as it is first shown: for who asks for more time, the day they ask for."""
    asked = [
        wish.until
        for wish in wishes_for_time(session, identity(here.round), activity_id=about.row.id)
        if wish.organisation in whom and wish.decided_at is None
    ]
    until = max(asked, default=None)
    is_useful = until is not None and until > about.row.due_on
    return FilledAct(until=str(until) if is_useful else "", whom=whom)


def _faults(here: RoundVisit, about: AskedMatter, filled: FilledAct) -> Mapping[str, str]:
    given = {DAY: filled.day, NOTE: filled.note, WHOM: filled.whom}
    example = about.known.workdays.after(about.row.due_on, 5)
    missing = [name for name in about.act.needs if not given[name]]
    if not about.known.parties.keys() >= set(filled.whom):
        missing.append(WHOM)
    unreadable = [DAY] if DAY in about.act.asks and filled.until and filled.day is None else []
    return {
        name: here.say(_MISSING[name], example=example)
        for name in dict.fromkeys((*missing, *unreadable))
    }


_MISSING = {DAY: "no_day", NOTE: "no_note", WHOM: "no_whom"}


def _form(
    here: RoundVisit,
    session: Session,
    about: AskedMatter,
    filled: FilledAct,
    *,
    faults: Mapping[str, str] | None = None,
    refused: str = "",
) -> Response:
    wishes = wishes_for_time(session, identity(here.round), activity_id=about.row.id)
    return here.show(
        "act.html",
        page="plan",
        status_code=422 if faults or refused else 200,
        about=about,
        filled=filled,
        faults=faults or {},
        refused=refused,
        why_not=_why_not(here, about),
        wishes=[wish for wish in wishes if wish.decided_at is None],
        names={"day": DAY, "note": NOTE, "whom": WHOM, "followers": FOLLOWERS},
        longest=LONGEST_NOTE,
        next_day=about.row.due_on + ONE_DAY,
    )


def _why_not(here: RoundVisit, about: AskedMatter) -> str:
    """Why it is not possible, with the way on; empty where it is."""
    stage, row = about.known.facts.stage, about.row
    try:
        refuse(about.act.act, stage, row.key, is_meeting=is_meeting(row))
    except BadInput as error:
        return here.mended(error)
    return ""
