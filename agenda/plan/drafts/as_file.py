"""A plan written as its file, which reads back as the same plan.

What the kind of an activity brings, and what a plan has unless it says otherwise, is left out:
a key that is written is one that its author has chosen, and is held to it (`contradictions`).
"""

from datetime import date, time
from enum import Enum
from typing import Any, Final

import yaml
from pydantic import BaseModel

from agenda.forms.labels import Words
from agenda.kinds import KINDS
from agenda.plan.model import ActivityTerms, Plan, PlanHead, PlannedActivity
from agenda.plan.quarters import first_day, last_day, quarter_of

_HEADING: Final = "# Planfil. Kontrollera den med: agenda plan check FIL\n\n"
_ALWAYS: Final = "type"
"""Which sort of field it is: never left out, though each sort has it as its default."""
_WIDTH: Final = 100


class _Writer(yaml.CSafeDumper):
    """Writes every part out: a plan file has no references. In C, for 290 organisations' sake."""

    def ignore_aliases(self, _data: Any) -> bool:
        """Whether the same thing twice is written twice."""
        return True


def _text(writer: _Writer, text: str) -> yaml.Node:
    style = "|" if "\n" in text else None
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Writer.add_representer(str, _text)


def plan_file(plan: Plan) -> str:
    """The plan as the text of a plan file."""
    said = _fields(plan, PlanHead)
    if plan.organisations:
        said["organisations"] = [_said(one) for one in plan.organisations]
    said["activities"] = [_activity(one) for one in plan.activities]
    written = yaml.dump(
        said, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=_WIDTH, indent=2
    )
    return _HEADING + str(written)


def _activity(activity: PlannedActivity) -> dict[str, Any]:
    kind = KINDS[activity.kind]
    said = _fields(activity, ActivityTerms)
    found = {name: said.pop(name) for name in ("key", "kind", "title")} | _dates(activity)
    said.pop("asks", None)
    if activity.asks != kind.asks:
        found["asks"] = list(activity.asks)
    if activity.closing is not kind.closing:
        found["closing"] = activity.closing.value
    steps = {
        name: _said(count) for name, count in activity.steps if count != getattr(kind.ladder, name)
    }
    return found | said | ({"steps": steps} if steps else {})


def _dates(activity: PlannedActivity) -> dict[str, Any]:
    if activity.is_quarter:
        quarter = quarter_of(activity.due_on)
        if (activity.starts_on, activity.due_on) == (first_day(quarter), last_day(quarter)):
            return {"quarter": f"{quarter // 4}-Q{quarter % 4 + 1}"}
    if activity.starts_on == activity.due_on:
        return {"on": activity.due_on}
    return {"starts_on": activity.starts_on, "due_on": activity.due_on}


def _fields(part: BaseModel, model: type[BaseModel]) -> dict[str, Any]:
    """What a part says by a model's fields, without what holds unless something is said."""
    found = {}
    for name, field in model.model_fields.items():
        value = getattr(part, name)
        usual = ... if field.is_required() else field.get_default(call_default_factory=True)
        if name == _ALWAYS or value != usual:
            found[name] = _said(value)
    return found


def _said(value: Any) -> Any:
    if isinstance(value, Words) and value.en is None:
        return value.sv
    if isinstance(value, BaseModel):
        return _fields(value, type(value))
    if isinstance(value, dict):
        return {name: _said(inner) for name, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_said(inner) for inner in value]
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, Enum):
        return value.value
    return value if isinstance(value, bool | int | float | date) or value is None else str(value)
