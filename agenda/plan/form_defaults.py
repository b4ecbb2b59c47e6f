"""Which form an activity has: its plan's own or its kind's, with the plan's lists filled in."""

from agenda.forms.fields import Form
from agenda.forms.labels import Option
from agenda.kinds import KINDS
from agenda.plan.model import ActivityTerms, PlanHead, PlannedActivity


def form_of(activity: ActivityTerms, head: PlanHead) -> Form:
    """What those who are asked fill in, every list in it filled in; empty for nothing."""
    form = KINDS[activity.kind].form if activity.form is None else activity.form
    return _filled(form, activity, head)


def ballot_of(activity: ActivityTerms, head: PlanHead) -> Form:
    """What those who are asked vote on, likewise."""
    ballot = KINDS[activity.kind].ballot if activity.ballot is None else activity.ballot
    return _filled(ballot, activity, head)


def with_years(activity: PlannedActivity) -> PlannedActivity:
    """An activity whose forms name the years that they ask about, however its days move later."""
    year = activity.due_on.year
    forms = {
        name: tuple(field.in_year(year) for field in form)
        for name, form in (("form", activity.form), ("ballot", activity.ballot))
        if form is not None
    }
    return activity.model_copy(update=forms)


def _filled(form: Form, activity: ActivityTerms, head: PlanHead) -> Form:
    """A form in which every field holds its options, wherever they come from."""
    areas = tuple(Option.model_validate(area) for area in head.policy_areas)
    lists = {"policy_areas": areas} | head.lists
    fields = tuple(field.with_lists(lists) for field in form)
    if isinstance(activity, PlannedActivity):
        return tuple(field.in_year(activity.due_on.year) for field in fields)
    return fields
