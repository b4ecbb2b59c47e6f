"""The kinds' own forms and ballots: what is asked where the plan asks nothing of its own."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from agenda.forms.fields import Choice, Group, Points
from agenda.kinds import KINDS
from agenda.plan.form_defaults import ballot_of, form_of
from agenda.plan.reading import bundled_plan, check, read_plan
from tests.agenda.plans_with_a_form import HEAD, plan_of


def test_without_a_form_of_its_own_an_activity_has_the_form_of_its_kind() -> None:
    bundled = read_plan(bundled_plan())
    assert [a.key for a in bundled.activities if a.form] == ["inspel"]
    bare = tuple(a.model_copy(update={"form": None}) for a in bundled.activities)
    plan = bundled.model_copy(update={"activities": bare})
    keys = {a.kind: [field.key for field in form_of(a, plan)] for a in plan.activities}
    assert keys == {
        "drafting": [],
        "dispatch": [],
        "meeting": [],
        "input": ["inspel", "bilagor"],
        "compilation": [],
        "workshop": ["kommer", "deltagare", "behov"],
        "consultation": ["stallningstagande", "synpunkter", "allmant", "bilagor"],
        "adoption": [],
    }


def test_a_proposal_is_placed_in_one_of_the_plans_own_areas() -> None:
    plan = read_plan(bundled_plan()).model_copy(update={"policy_areas": ("Rennäring", "Vindkraft")})
    proposals = form_of(plan.activity("inspel"), plan)[0]
    assert isinstance(proposals, Group)
    area = next(field for field in proposals.fields if field.key == "omrade")
    assert isinstance(area, Choice)
    assert [(option.key, option.label.sv) for option in area.options] == [
        ("rennaring", "Rennäring"),
        ("vindkraft", "Vindkraft"),
    ]


def test_a_workshops_ballot_is_over_what_the_plan_names_or_over_the_areas() -> None:
    items = "    ballot: [{key: val, type: points, label: Val, items: [Väg 84, Fiber]}]\n"
    plan = plan_of(items)
    bundled = read_plan(bundled_plan())
    workshop = next(entry for entry in bundled.activities if entry.kind == "workshop")
    ballots = ballot_of(plan.activities[0], plan), ballot_of(workshop, bundled)
    points = [field for ballot in ballots for field in ballot if isinstance(field, Points)]
    assert [[item.key for item in field.items][:2] for field in points] == [
        ["vag-84", "fiber"],
        ["infrastruktur-och-samhallsservice", "bredband-och-digitalisering"],
    ]


def test_the_kinds_own_forms_would_pass_as_a_plan_files(tmp_path: Path) -> None:
    plan: dict[str, Any] = yaml.safe_load(HEAD)
    plan["activities"] = [
        {
            "key": kind.name,
            "kind": kind.name,
            "title": kind.label["sv"],
            "on": "2026-03-02",
            "form": _plain(kind.form),
            "ballot": _plain(kind.ballot),
        }
        for kind in KINDS.values()
    ]
    file = tmp_path / "plan.yaml"
    file.write_text(yaml.safe_dump(plan, allow_unicode=True), encoding="utf-8")
    assert check(file).faults == ()


def _plain(form: tuple[Any, ...]) -> list[dict[str, Any]]:
    """As a person would write it: what is usual is left out, save the type."""
    return [
        {"type": field.type, **_written(field.model_dump(mode="json", exclude_defaults=True))}
        | ({"fields": _plain(field.fields)} if isinstance(field, Group) else {})
        for field in form
    ]


def _written(field: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in field.items() if name != "fields"}


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS.values() if kind.form])
def test_every_label_of_the_kinds_forms_is_in_both_languages(kind: str) -> None:
    fields = [*KINDS[kind].form, *KINDS[kind].ballot]
    fields += [inner for field in fields if isinstance(field, Group) for inner in field.fields]
    said = [field.label for field in fields] + [field.help for field in fields if field.help]
    said += [
        option.label for field in fields if isinstance(field, Choice) for option in field.options
    ]
    assert [words.sv for words in said if not words.en] == []
