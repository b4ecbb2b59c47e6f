"""What is done about a step from `/samordna/…/harnast`: held back, released, sent now, unworded."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from fastapi import APIRouter, Response
from sqlmodel import Session

from agenda.forms.written import line_in
from agenda.models import Activity, Organisation
from agenda.rounds.finding import find_activity, find_organisation
from agenda.storage.store import reading
from agenda.words.errors import NotFound
from notifications.acts.foreseeing import ForeseeableAct
from notifications.acts.planned.steps import holding, releasing, sending_ahead, wording
from notifications.acts.wording import letters_after
from notifications.readings.register_lines import step_in_words
from notifications.readings.upcoming import MessageWords
from portal.desk.acts.two_step import AskedAct, follow, press, wants_changes
from portal.desk.cookies import HOME
from portal.desk.visits import Filled, InRound, NotYours, RoundVisit
from portal.door.posting import Posted

LONGEST_REASON = 500
ACTIVITY, STEP, WHOM, REASON = "aktivitet", "steg", "vem", "skal"

router = APIRouter(prefix=f"{HOME}/{{round_id:int}}/harnast")


class AboutStep(NamedTuple):
    """What an act on a step is about."""

    row: Activity
    step: str
    whose: Organisation | None
    reason: str = ""

    @property
    def whom(self) -> int | None:
        """The organisation's id; None for everybody."""
        return self.whose.id if self.whose else None


class StepAct(NamedTuple):
    """An act on a step: its sentences end with its name."""

    name: str
    makes: Callable[[RoundVisit, AboutStep], ForeseeableAct]
    why: str = ""
    """What the run in Prefect is called; empty where none has to look."""
    shows_letters: bool = False
    """The letter is shown whole before the second press."""


def _hold(here: RoundVisit, about: AboutStep) -> ForeseeableAct:
    row, step, actor = about.row, about.step, here.by.actor
    return holding(row, step, actor=actor, organisation_id=about.whom, reason=about.reason)


def _release(here: RoundVisit, about: AboutStep) -> ForeseeableAct:
    actor = here.by.actor
    return releasing(about.row, about.step, actor=actor, organisation_id=about.whom)


def _send_ahead(here: RoundVisit, about: AboutStep) -> ForeseeableAct:
    row, step, actor = about.row, about.step, here.by.actor
    return sending_ahead(here.office, row, step, actor=actor, organisation_id=about.whom)


def _unword(here: RoundVisit, about: AboutStep) -> ForeseeableAct:
    row, step, actor = about.row, about.step, here.by.actor
    return wording(here.office, row, step, {}, actor=actor, organisation_id=about.whom)


ACTS = {
    "hall": StepAct("hold", _hold, "steg hålls inne"),
    "slapp": StepAct("release", _release, "steg släppt"),
    "skicka": StepAct("send_ahead", _send_ahead, "steg skickat i förväg", shows_letters=True),
    "standardtext": StepAct("unword", _unword, shows_letters=True),
}
"""By the last part of the address of its page."""


@router.api_route("/{what}", methods=["GET", "HEAD"])
def step_page(here: InRound, what: str) -> Response:
    """The form of an act on a step."""
    return _form(here, _found(here, what), dict(here.request.query_params))


@router.post("/{what}")
def step_act(here: InRound, what: str, posted: Filled) -> Response:
    """Show what follows of an act on a step, or do it."""
    return _act(here, posted, _found(here, what))


def _found(here: RoundVisit, what: str) -> StepAct:
    if (found := ACTS.get(what)) is None:
        raise NotYours(here)
    return found


def _act(here: RoundVisit, posted: Posted, act: StepAct) -> Response:
    filled = {one: line_in(posted.get(one)) for one in (ACTIVITY, STEP, WHOM, REASON)}
    filled[REASON] = filled[REASON].strip()[:LONGEST_REASON]
    if wants_changes(posted):
        return _form(here, act, filled)
    with reading(here.engine) as session:
        about = about_step(here, session, filled)
    wanted = act.makes(here, about)
    asked = AskedAct(
        name=act.name,
        wanted=wanted,
        subject=about.row.title,
        page="upcoming",
        back=f"{here.home}/harnast",
        hidden=[(one, text) for one, text in filled.items() if text],
        terms=step_terms(here, about),
        letters=shown_letters(here, about, wanted) if act.shows_letters else list,
    )
    return press(
        here,
        posted,
        asked,
        refuse=lambda why: _form(here, act, filled, refused=why),
        done=partial(follow, here, about.row, act.why) if act.why else lambda: None,
    )


def shown_letters(
    here: RoundVisit, about: AboutStep, act: ForeseeableAct
) -> Callable[[], list[MessageWords]]:
    """Finds the letter of the step as it leaves once an act is done."""
    return partial(
        letters_after,
        here.engine,
        here.office,
        act,
        about.row,
        about.step,
        organisation=about.whose.key if about.whose else None,
        now=here.now,
    )


def step_terms(here: RoundVisit, about: AboutStep) -> dict[str, str]:
    """What the question before an act on a step names."""
    return {
        "step": step_in_words(about.step),
        "name": about.whose.name if about.whose else here.say("everybody"),
    }


def about_step(here: RoundVisit, session: Session, filled: dict[str, str]) -> AboutStep:
    """The activity, the step and whose it is, by what stands in an address or a form.

    Raises:
        NotYours: there is no such activity or organisation in the round.
    """
    whom = filled.get(WHOM, "")
    try:
        row = find_activity(session, here.round, filled.get(ACTIVITY, ""))
        whose = find_organisation(session, here.round, whom) if whom else None
    except NotFound:
        raise NotYours(here) from None
    return AboutStep(row, filled.get(STEP, ""), whose, filled.get(REASON, ""))


def _form(here: RoundVisit, act: StepAct, filled: dict[str, str], *, refused: str = "") -> Response:
    with reading(here.engine) as session:
        about = about_step(here, session, filled)
    return here.show(
        "hold.html",
        page="upcoming",
        status_code=422 if refused else 200,
        name=act.name,
        row=about.row,
        whose=about.whose,
        step=about.step,
        step_in_words=step_in_words,
        reason=about.reason,
        refused=refused,
        longest=LONGEST_REASON,
        names={"activity": ACTIVITY, "step": STEP, "whom": WHOM, "reason": REASON},
    )
