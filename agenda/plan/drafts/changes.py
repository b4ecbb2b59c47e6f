"""Changes of a plan, piece by piece: each makes another plan of one, or says what is wrong.

The activities of a changed plan stand in the order they begin.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from graphlib import CycleError, TopologicalSorter
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from agenda.forms.fields import Form
from agenda.forms.labels import key_of
from agenda.plan.drafts.examining import examine
from agenda.plan.model import (
    OrganisationEntry,
    Plan,
    PlannedActivity,
    with_defaults_of_kind,
)
from agenda.plan.model_faults import sentence
from agenda.plan.sentences import SENTENCES
from agenda.words.errors import BadInput
from agenda.words.sentence import LANGUAGES, Sentence, joined, said

Part = TypeVar("Part", bound=BaseModel)

_WEEKS = 52
"""Every year has so many; what begins in the rare week after them begins in the last of these."""


class PlanRefused(BadInput):
    """A change that a plan cannot take; carries what is wrong by the names of what was given."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(joined("\n", faults.values()))
        self.faults = dict(faults)
        """By name ("title", "steps.overdue_workdays_after"), empty for the plan as a whole."""


def with_head(plan: Plan, **given: Any) -> Plan:
    """What a plan says of the round as a whole, changed."""
    return _made(Plan, plan.model_dump() | given)


def with_activity(plan: Plan, key: str, **given: Any) -> Plan:
    """One activity changed.

    Raises:
        KeyError: the plan has no such activity.
        PlanRefused: what is given cannot be.
    """
    changed = _made(PlannedActivity, plan.activity(key).model_dump() | given)
    return _with_rows(plan, (changed if one.key == key else one for one in plan.activities))


def with_new_activity(plan: Plan, **given: Any) -> tuple[Plan, str]:
    """One activity more, completed with what its kind brings; and the key that it got."""
    key = free_key(str(given.get("title", "")), (one.key for one in plan.activities))
    kind = given.get("kind")
    complete = with_defaults_of_kind(given | {"key": key}) if kind else given | {"key": key}
    return _with_rows(plan, (*plan.activities, _made(PlannedActivity, complete))), key


def without_activity(plan: Plan, key: str) -> Plan:
    """One activity less; what built on it does so no longer.

    Raises:
        PlanRefused: it is the only one.
    """
    kept = [one for one in plan.activities if one.key != key]
    if not kept:
        raise PlanRefused({"": SENTENCES("last_activity")})
    return _with_rows(
        plan,
        (
            one.model_copy(update={"after": tuple(other for other in one.after if other != key)})
            for one in kept
        ),
    )


def with_form(plan: Plan, key: str, form: Form, *, which: str = "form") -> Plan:
    """What those who are asked in an activity fill in, or vote on (`which` is "ballot")."""
    return with_activity(plan, key, **{which: [field.model_dump() for field in form]})


def with_organisations(plan: Plan, organisations: Iterable[OrganisationEntry]) -> Plan:
    """Other organisations; an activity no longer asks by name whom the plan does not have."""
    kept = tuple(organisations)
    keys = {one.key for one in plan.organisations} - {one.key for one in kept}
    rows = (
        one.model_copy(update={"asks": tuple(who for who in one.asks if who not in keys)})
        for one in plan.activities
    )
    return plan.model_copy(update={"organisations": kept, "activities": tuple(rows)})


def with_contacts_of(plan: Plan, earlier: Iterable[OrganisationEntry]) -> Plan:
    """The contacts that the same organisations, by key, had earlier; where they had any."""
    known = {one.key: one.contacts for one in earlier if one.contacts}
    return with_organisations(
        plan,
        (
            one.model_copy(update={"contacts": known.get(one.key, one.contacts)})
            for one in plan.organisations
        ),
    )


def free_key(name: str, taken: Iterable[str]) -> str:
    """A key made of a name that nothing else has."""
    base, others = key_of(name)[:50].strip("-") or "ny", set(taken)
    numbers = (f"{base}-{number}" for number in range(2, len(others) + 3))
    return next(key for key in (base, *numbers) if key not in others)


def first_day_ahead(plan: Plan, *, today: date, least_days: int = 30) -> date:
    """The day in the next year's same week as the plan begins in, some time ahead of today."""
    begins = min(one.starts_on for one in plan.activities)
    week, weekday = min(begins.isocalendar().week, _WEEKS), begins.isoweekday()
    days = (date.fromisocalendar(today.year + more, week, weekday) for more in range(3))
    return next(day for day in days if (day - today).days >= least_days)


def refuse_new_faults(before: Plan, after: Plan) -> None:
    """See that a change brought no fault into a plan that was not there.

    Raises:
        PlanRefused: it did.
    """
    known = {one.sentence for one in examine(before) if one.is_fault}
    new = [one for one in examine(after) if one.is_fault and one.sentence not in known]
    if new:
        raise PlanRefused({_name(one.path[2:], str(n)): one.sentence for n, one in enumerate(new)})


def _with_rows(plan: Plan, rows: Iterable[PlannedActivity]) -> Plan:
    found = list(rows)
    levels = _levels({one.key: one.after for one in found})
    found.sort(key=lambda one: (one.starts_on, levels.get(one.key, 0)))
    return plan.model_copy(update={"activities": tuple(found)})


def _levels(after: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """Where each activity comes among those that begin on its day: after what it builds on."""
    try:
        return {key: number for number, key in enumerate(TopologicalSorter(after).static_order())}
    except CycleError:
        return {}


def _made(model: type[Part], given: Mapping[str, Any]) -> Part:
    try:
        return model.model_validate(given)
    except ValidationError as failed:
        faults = {_name(error["loc"], ""): sentence(error, model) for error in failed.errors()}
    raise PlanRefused({name: _capital(words) for name, words in faults.items()})


def _capital(words: str) -> Sentence:
    swedish, english = (said(words, language) for language in LANGUAGES)
    forms = tuple(f"{text[:1].upper()}{text[1:]}." for text in (swedish, english))
    return Sentence("", ("{words[0]}", "{words[1]}"), {"words": forms})


def _name(path: Iterable[str | int], otherwise: str) -> str:
    return ".".join(str(step) for step in path if isinstance(step, str)) or otherwise
