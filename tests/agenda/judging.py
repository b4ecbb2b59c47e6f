"""The region's plan of 2020, judged at an instant: what is due to whom, and a step's verdict."""

from dataclasses import replace
from datetime import UTC, datetime, time

from agenda.plan.reading import bundled_plan, read_plan
from agenda.steps.timetable import timetable
from agenda.steps.verdicts import Asked, Facts, Timetables, due, verdicts
from agenda.workdays import STOCKHOLM, Workdays

PLAN = read_plan(bundled_plan())
WORKDAYS = Workdays()
BEFORE_ALL = datetime(2020, 1, 1, tzinfo=UTC)


def at(day, clock="08:00"):
    """An instant by the Swedish clock."""
    return datetime.fromisoformat(f"2020-{day}T{clock}").replace(tzinfo=STOCKHOLM).astimezone(UTC)


def steps(key="inspel", **how):
    """An activity's dated steps; the call for proposals unless another is named."""
    return timetable(PLAN.activity(key), WORKDAYS, at=time(8), **how)


def key_of(name, due_on="2020-10-02"):
    """The key of a step of the call for proposals, which holds the day it counts from."""
    return f"inspel:{name}" + ("" if name == "invitation" else f":{due_on}")


def told(*names_and_instants):
    """When each of these steps was told."""
    return {key_of(name): instant for name, instant in names_and_instants}


def facts(*asked, **more):
    """What is known of those who are asked, all of it tracked."""
    return Facts(tracked_from=BEFORE_ALL, asked=asked, **more)


KROKOM = Asked("krokom", told=told(("invitation", at("05-08"))))
REMINDED = replace(
    KROKOM,
    told=told(
        ("invitation", at("05-08")),
        ("reminder-30", at("08-21")),
        ("reminder-10", at("09-18")),
        ("reminder-5", at("09-25")),
        ("reminder-1", at("10-01")),
    ),
)


def judged(known, now, timetables=None):
    """Every verdict there is at this instant."""
    return verdicts(timetables or Timetables(steps()), known, now)


def due_names(known, now, timetables=None):
    """The steps that are due at this instant, and to whom."""
    return [
        (verdict.step.name, verdict.organisation) for verdict in due(judged(known, now, timetables))
    ]


def verdict_on(name, known, now, timetables=None, due_on=None):
    """The only verdict on this step; on the one of a former last day if that is given."""
    found = [
        verdict
        for verdict in judged(known, now, timetables)
        if verdict.step.name == name and due_on in (None, verdict.step.due_on)
    ]
    assert len(found) == 1
    return found[0]
