"""A plan written as its file reads back as the same plan, whatever was changed in it."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agenda.forms.fields import LongText, ShortText
from agenda.forms.labels import Words
from agenda.kinds import KINDS
from agenda.plan.drafts.as_file import plan_file
from agenda.plan.drafts.changes import (
    PlanRefused,
    first_day_ahead,
    with_activity,
    with_head,
    with_new_activity,
    without_activity,
)
from agenda.plan.drafts.examining import as_stored, examine
from agenda.plan.model import Plan
from agenda.plan.reading import bundled_plan, check, read_plan
from agenda.plan.redating import redate
from agenda.plan.writing import plan_to_start_from
from tests.agenda.one_of_each_field import FORM

TODAY = date(2026, 11, 30)
BUNDLED = read_plan(bundled_plan())
TEMPLATE = read_plan(plan_to_start_from(today=TODAY).encode())

LINES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60)
TEXTS = st.text(st.one_of(st.sampled_from(" \n:#'\"|>-{}[]&*!%@`åÅ"), st.characters(codec="utf-8")))
DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))
COUNTS = st.lists(st.integers(1, 60), max_size=4, unique=True)


@st.composite
def changes(draw: st.DrawFn) -> dict[str, Any]:
    first = draw(DAYS)
    found: dict[str, Any] = {
        "title": draw(LINES),
        "description": draw(TEXTS),
        "starts_on": first,
        "due_on": first + timedelta(days=draw(st.integers(0, 90))),
        "is_quarter": False,
        "place": draw(st.none() | LINES),
        "closing": draw(st.sampled_from(["deadline", "marked_done"])),
        "steps": {
            "opens": draw(st.booleans()),
            "invitation_workdays_before": draw(st.none() | st.integers(0, 60)),
            "reminders_workdays_before": draw(COUNTS),
            "overdue_workdays_after": draw(COUNTS),
            "nags": draw(st.booleans()),
            "nags_daily_workdays": draw(st.integers(0, 9)),
        },
        "responsible": draw(
            st.none() | st.just({"name": "Åsa: #1", "address": "asa@regionen.example"})
        ),
    }
    return {key: found[key] for key in draw(st.sets(st.sampled_from(sorted(found))))}


@pytest.mark.parametrize("plan", [BUNDLED, TEMPLATE], ids=["bundled", "template"])
def test_the_plans_that_come_with_the_product_read_back(plan: Plan) -> None:
    text = plan_file(plan)
    assert read_plan(text.encode()) == plan
    assert check(text.encode()).warnings == () or plan is BUNDLED
    assert plan_file(as_stored(text)) == text


@settings(max_examples=150, deadline=None)
@given(
    key=st.sampled_from([one.key for one in BUNDLED.activities]),
    given_=changes(),
    goal=TEXTS,
    moved=st.booleans(),
)
def test_whatever_is_changed_the_file_says_it(
    key: str, given_: dict[str, Any], goal: str, moved: bool
) -> None:
    plan = redate(BUNDLED, first_day=date(2027, 4, 5)).plan if moved else BUNDLED
    try:
        changed = with_head(with_activity(plan, key, **given_), goal=goal)
    except PlanRefused:
        return  # What the model refuses is never written.
    text = plan_file(changed)
    assert as_stored(text) == changed
    faults = [one for one in examine(changed) if one.is_fault]
    report = check(text.encode())
    assert (report.plan == changed) == (not faults)
    assert [one.sentence for one in report.faults] == sorted(
        {one.sentence for one in faults}, key=[f.sentence for f in report.faults].index
    )


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_an_activity_of_every_kind_reads_back_with_what_its_kind_brings(kind: str) -> None:
    plan, key = with_new_activity(
        TEMPLATE, kind=kind, title="En till", starts_on=TODAY, due_on=TODAY
    )
    assert plan.activity(key).steps == KINDS[kind].ladder
    assert as_stored(plan_file(plan)) == plan
    assert [one.starts_on for one in plan.activities] == sorted(
        one.starts_on for one in plan.activities
    )


def test_every_type_of_field_reads_back() -> None:
    form = (
        *FORM,
        LongText(key="mer", label=Words(sv="Mer: #", en="no")),
        ShortText(key="kort", label=Words(sv="12:30"), help=Words(sv="'ja'"), is_required=True),
    )
    plan = with_activity(TEMPLATE, "inspel", form=[one.model_dump() for one in form])
    assert as_stored(plan_file(plan)) == plan


def test_hours_lists_and_what_is_empty_read_back() -> None:
    plan = with_head(
        TEMPLATE,
        sending={"at": time(9, 30), "from_time": time(9), "until_time": time(23, 59)},
        closed_days=[date(2027, 5, 14)],
        policy_areas=["no", "12:30", "1e3"],
    )
    plan = with_activity(plan, "inspel", asks=[], form=[])
    assert as_stored(plan_file(plan)) == plan


def test_an_activity_that_is_taken_away_is_built_on_by_none() -> None:
    plan = without_activity(TEMPLATE, "workshop")
    assert [one.key for one in plan.activities if "workshop" in one.after] == []
    assert check(plan_file(plan).encode()).is_usable
    for key in ("inspel", "sammanstallning", "samrad"):
        plan = without_activity(plan, key)
    with pytest.raises(PlanRefused, match="minst en aktivitet"):
        without_activity(plan, "beslut")


def test_what_cannot_be_is_said_by_name() -> None:
    with pytest.raises(PlanRefused) as refused:
        with_activity(
            TEMPLATE, "inspel", title=" ", steps={"overdue_workdays_after": [0]}, place="x" * 300
        )
    assert set(refused.value.faults) == {"title", "steps.overdue_workdays_after", "place"}


@pytest.mark.parametrize("day", [date(2026, 1, 1) + timedelta(days=23 * n) for n in range(40)])
def test_the_proposed_first_day_lies_a_month_to_thirteen_ahead(day: date) -> None:
    ahead = first_day_ahead(BUNDLED, today=day)
    assert 30 <= (ahead - day).days <= 30 + 371
    assert ahead.weekday() == BUNDLED.activities[0].starts_on.weekday()
