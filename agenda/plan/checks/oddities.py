"""What is odd in a plan but may well be meant: warnings, never errors."""

from collections.abc import Iterator

from agenda.kinds import KINDS
from agenda.plan.checks.contradictions import TO_ORGANISATIONS
from agenda.plan.checks.sentences import SENTENCES
from agenda.plan.meeting_hours import is_twice
from agenda.plan.model import ORGANISATION_KINDS, Plan, PlannedActivity, Role
from agenda.plan.wanted import KeyPath
from agenda.plan.words import day_in_words
from agenda.workdays import Workdays


def oddities(plan: Plan) -> Iterator[tuple[KeyPath, str]]:
    """Each odd thing in a plan: where it stands in the file and a sentence."""
    workdays = Workdays(plan.closed_days)
    for position, activity in enumerate(plan.activities):
        path: KeyPath = ("activities", position)
        yield from _about_its_days(activity, path, workdays)
        yield from _about_its_hours(activity, path)
        yield from _about_what_it_builds_on(activity, path, plan)
        yield from _about_who_is_asked(activity, path, plan)
        yield from _about_what_they_hear(activity, path)
    yield from _about_organisations(plan)


def _about_its_days(
    activity: PlannedActivity, path: KeyPath, workdays: Workdays
) -> Iterator[tuple[KeyPath, str]]:
    title = SENTENCES("quoted", name=activity.title)
    if not activity.is_quarter and (name := workdays.why_not(activity.due_on)):
        day = day_in_words(activity.due_on)
        yield (*path, "due_on"), SENTENCES("day_off", title=title, day=day, why=name)
    odd_days = KINDS[activity.kind].odd_days
    if sentence := odd_days(title, activity.starts_on, activity.due_on):
        yield (*path, "due_on"), sentence


def _about_its_hours(activity: PlannedActivity, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    for key in ("from_time", "until_time"):
        at = getattr(activity, key)
        if at is not None and not activity.is_quarter and is_twice(activity.due_on, at):
            day = day_in_words(activity.due_on)
            yield (*path, key), SENTENCES("hour_twice", at=at, day=day, title=activity.title)


def _about_what_it_builds_on(
    activity: PlannedActivity, path: KeyPath, plan: Plan
) -> Iterator[tuple[KeyPath, str]]:
    begins_on = activity.due_on if activity.is_quarter else activity.starts_on
    for key in activity.after:
        earlier = plan.activity(key)
        if begins_on < earlier.due_on:
            days = {"begins_on": day_in_words(begins_on), "ends_on": day_in_words(earlier.due_on)}
            titles = {"title": activity.title, "earlier": earlier.title}
            yield (*path, "after"), SENTENCES("begins_too_early", **titles, **days)


def _about_who_is_asked(
    activity: PlannedActivity, path: KeyPath, plan: Plan
) -> Iterator[tuple[KeyPath, str]]:
    if activity.is_asking and not plan.asked(activity):
        asks = ", ".join(activity.asks)
        yield (*path, "asks"), SENTENCES("asks_nobody", title=activity.title, asks=asks)


def _about_what_they_hear(
    activity: PlannedActivity, path: KeyPath
) -> Iterator[tuple[KeyPath, str]]:
    steps = (getattr(activity.steps, name) for name in TO_ORGANISATIONS)
    if activity.is_asking and all(step in (None, False, ()) for step in steps):
        yield (*path, "asks"), SENTENCES("told_nothing", title=activity.title)


def _about_organisations(plan: Plan) -> Iterator[tuple[KeyPath, str]]:
    asked = {who for activity in plan.activities for who in activity.asks}
    for position, organisation in enumerate(plan.organisations):
        path: KeyPath = ("organisations", position)
        is_asked = not asked.isdisjoint((organisation.key, organisation.kind))
        if is_asked and not any(one.role is Role.PRIMARY for one in organisation.contacts):
            yield (*path, "contacts"), SENTENCES("no_contact", name=organisation.name)
        if not is_asked and organisation.kind not in ORGANISATION_KINDS:
            names = {"name": organisation.name, "kind": organisation.kind}
            yield (*path, "kind"), SENTENCES("asked_by_none", **names)
