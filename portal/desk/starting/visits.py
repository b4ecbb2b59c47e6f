"""Who comes to start a round, and the draft that they have before them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Response
from fastapi.responses import RedirectResponse

from agenda.models import PlanDraft
from agenda.plan.drafts.changes import PlanRefused, refuse_new_faults
from agenda.plan.drafts.examining import Finding, examined
from agenda.plan.model import Plan
from agenda.rounds.plan_drafts import (
    DraftIsOver,
    DraftOutdated,
    change_draft,
    find_draft,
    plan_of,
)
from agenda.storage.store import reading, transaction
from agenda.words.errors import AgendaError, NotFound
from agenda.words.sentence import said
from portal.desk.cookies import HOME
from portal.desk.starting.words import speaker
from portal.desk.visits import AtDesk, DeskVisit, NotYours
from portal.door.posting import Posted

ROOM = "starting"
START = f"{HOME}/ny-omgang"
VERSION = "version"
FIRST_SHOWN = 6
"""So much of what will leave is shown at once before a start; all of it behind a press."""
SAVED = ("saved", "begun", "removed", "moved", "contacts", "added")

Change = Callable[[Plan], Plan]
Faults = Mapping[str, str]
"""By the name of a field, empty for what belongs to none; in the page's language."""


class DraftStarted(Exception):
    """A round has been started with a draft that somebody comes to."""

    def __init__(self, round_id: int) -> None:
        super().__init__("started already")
        self.round_id = round_id


@dataclass(frozen=True, slots=True, kw_only=True)
class StartVisit(DeskVisit):
    """Somebody who may start rounds."""

    def say(self, key: str, **terms: Any) -> str:
        """A sentence in the page's language."""
        return speaker(self.language)(key, **terms)

    def show(self, template: str, **values: Any) -> Response:
        """A page about starting a round."""
        values.setdefault("page", "starting")
        return DeskVisit.show(
            self, template, room=ROOM, speak=speaker(self.language), start=START, **values
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftVisit(StartVisit):
    """Somebody who may start rounds, and a draft."""

    draft: PlanDraft
    plan: Plan

    @property
    def home(self) -> str:
        """The address of the draft's first page, within the portal."""
        return f"{START}/{self.draft.id}"

    @property
    def findings(self) -> Sequence[Finding]:
        """What is wrong with the plan or, where nothing is, odd in it."""
        return examined(self.draft.text)

    @property
    def done(self) -> str:
        """What has just been done, by what the address says."""
        chosen = self.request.query_params.get("gjort", "")
        return chosen if chosen in SAVED else ""

    def show(self, template: str, **values: Any) -> Response:
        """A page about the draft."""
        return StartVisit.show(
            self,
            template,
            draft=self.draft,
            plan=self.plan,
            home=self.home,
            version_field=VERSION,
            done=self.done,
            first_shown=FIRST_SHOWN,
            **values,
        )

    def found(self, finding: Finding) -> str:
        """What is wrong or odd, in the page's language."""
        return said(finding.sentence, self.language)


def _starter(here: AtDesk) -> StartVisit:
    """Whoever may start rounds.

    Raises:
        NotYours: they may not.
    """
    if not here.person.may_start_rounds:
        raise NotYours(here)
    return StartVisit(**_fields(here))


Starter = Annotated[StartVisit, Depends(_starter)]


def _in_draft(here: Starter, draft: int) -> DraftVisit:
    """Whoever has a draft before them.

    Raises:
        NotYours: there is none, or none any longer.
        DraftStarted: a round has been started with it.
    """
    with reading(here.engine) as session:
        try:
            row = find_draft(session, draft)
        except (NotFound, OverflowError):
            raise NotYours(here) from None
    if row.round_id is not None:
        raise DraftStarted(row.round_id)
    if row.discarded_at is not None:
        raise NotYours(here)
    return DraftVisit(**_fields(here), draft=row, plan=plan_of(row))


InDraft = Annotated[DraftVisit, Depends(_in_draft)]


def version_in(posted: Posted) -> int:
    """The version of the draft that a page was made of."""
    written = posted.get(VERSION)
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 0


def save(
    here: DraftVisit,
    posted: Posted,
    change: Change,
    *,
    back: str,
    refuse: Callable[[Faults, int], Response],
    done: str = "saved",
) -> Response:
    """Change the draft, or show again what was written with why it cannot be.

    Args:
        here: Who changes it.
        posted: What was posted; names the version that the page was made of.
        change: Makes the new plan of the one there is.
        back: Where they go then.
        refuse: Makes the page with what is wrong, and its status.
        done: What is said there.
    """
    try:
        changed = change(here.plan)
        refuse_new_faults(here.plan, changed)
        with transaction(here.engine) as session:
            change_draft(
                session, here.draft.id or 0, changed, version=version_in(posted), by=here.by
            )
    except PlanRefused as refused:
        faults = {name: said(words, here.language) for name, words in refused.faults.items()}
        return refuse(faults, 422)
    except DraftIsOver as over:
        raise DraftStarted(over.round_id) if over.round_id else NotYours(here) from None
    except DraftOutdated as error:
        return refuse({"": here.mended(error)}, 409)
    except AgendaError as error:
        return refuse({"": here.mended(error)}, 422)
    return RedirectResponse(f"{back}?gjort={done}", status_code=303)


def _fields(here: DeskVisit) -> dict[str, Any]:
    return {name: getattr(here, name) for name in DeskVisit.__dataclass_fields__}
