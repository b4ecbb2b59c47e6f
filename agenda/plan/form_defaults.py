"""Which form an activity has: its plan's own or its kind's, with the plan's lists filled in."""

from collections.abc import Mapping

from agenda.forms.fields import Form
from agenda.forms.labels import Option
from agenda.kinds import KINDS
from agenda.plan.model import ActivityTerms, PlanHead

Lists = Mapping[str, tuple[Option, ...]]


def form_of(activity: ActivityTerms, head: PlanHead) -> Form:
    """What those who are asked fill in, every list in it filled in; empty for nothing."""
    form = KINDS[activity.kind].form if activity.form is None else activity.form
    return _filled(form, head)


def ballot_of(activity: ActivityTerms, head: PlanHead) -> Form:
    """What those who are asked vote on, likewise."""
    ballot = KINDS[activity.kind].ballot if activity.ballot is None else activity.ballot
    return _filled(ballot, head)


def _filled(form: Form, head: PlanHead) -> Form:
    """A form in which every field holds its options, wherever they come from."""
    lists = {"policy_areas": tuple(Option.model_validate(area) for area in head.policy_areas)}
    return tuple(field.with_lists(lists) for field in form)
