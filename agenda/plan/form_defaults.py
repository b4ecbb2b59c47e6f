"""Which form an activity has: its plan's own or its kind's, with the plan's lists filled in."""

from collections.abc import Mapping

from agenda.forms.fields import Choice, Field, Form, Group, Option, Points
from agenda.kinds import KINDS
from agenda.plan.model import ActivityTerms, PlanHead

Lists = Mapping[str, tuple[Option, ...]]


def form_of(activity: ActivityTerms, head: PlanHead) -> Form:
    """What those who are asked fill in, every list in it filled in; empty for nothing."""
    form = KINDS[activity.kind].form if activity.form is None else activity.form
    return filled(form, lists_of(head))


def ballot_of(activity: ActivityTerms, head: PlanHead) -> Form:
    """What those who are asked vote on, likewise."""
    ballot = KINDS[activity.kind].ballot if activity.ballot is None else activity.ballot
    return filled(ballot, lists_of(head))


def lists_of(head: PlanHead) -> Lists:
    """The lists of a plan that `options_from` and `items_from` can name."""
    return {"policy_areas": tuple(Option.model_validate(area) for area in head.policy_areas)}


def filled(form: Form, lists: Lists) -> Form:
    """A form in which every choice holds its options, wherever they come from."""
    return tuple(_filled(field, lists) for field in form)


def _filled(field: Field, lists: Lists) -> Field:
    if isinstance(field, Choice) and field.options_from is not None:
        return field.model_copy(update={"options": lists[field.options_from]})
    if isinstance(field, Points) and field.items_from is not None:
        return field.model_copy(update={"items": lists[field.items_from]})
    if isinstance(field, Group):
        return field.model_copy(
            update={"fields": tuple(_filled(inner, lists) for inner in field.fields)}
        )
    return field
