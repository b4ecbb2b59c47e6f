"""A plan to start from: usable as it stands, and every key of a plan stands in it."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from agenda.forms.fields import Field as FormField
from agenda.plan.entries import PlanEntry
from agenda.plan.reading import check, read_plan
from agenda.plan.writing import plan_to_start_from, write_plan
from agenda.words.errors import BadInput
from agenda.workdays import Workdays


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """Every model that an annotation speaks of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from models_in(part)


def every_model() -> set[type[BaseModel]]:
    """The models of a plan file, whole."""
    found: set[type[BaseModel]] = set()
    waiting = [PlanEntry, *models_in(FormField)]
    while waiting:
        model = waiting.pop()
        if model not in found:
            found.add(model)
            waiting += [m for f in model.model_fields.values() for m in models_in(f.annotation)]
    return found


def test_every_key_of_a_plan_file_stands_in_it_explained() -> None:
    text = plan_to_start_from(today=date(2026, 11, 28))
    missing = {
        f"{model.__name__}.{name}"
        for model in every_model()
        for name in model.model_fields
        if not re.search(rf"\b{name}\b", text)
    }

    assert (len(every_model()) > 15, missing) == (True, set())


@pytest.mark.parametrize("day", [date(2026, 1, 1) + timedelta(days=17 * n) for n in range(110)])
def test_it_is_usable_on_any_day_and_lies_ahead(tmp_path: Path, day: date) -> None:
    file = tmp_path / "plan.yaml"
    write_plan(file, today=day)

    report = check(file)
    assert ([*report.faults], [*report.warnings]) == ([], [])
    plan = read_plan(file)
    assert plan.activities[0].starts_on >= day + timedelta(days=30)
    assert [Workdays(()).why_not(a.due_on) for a in plan.activities if not a.is_quarter] == (
        [None] * 4
    )


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text("min egen plan")

    with pytest.raises(BadInput) as refusal:
        write_plan(file, today=date(2026, 11, 28))

    assert str(refusal.value) == f"{file} finns redan och skrivs inte över. Välj ett annat namn."
    assert file.read_text() == "min egen plan"


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"finns inte\. Skapa den"):
        write_plan(tmp_path / "saknas" / "plan.yaml", today=date(2026, 11, 28))
