"""What the coordinator is to be told of the workday before it leaves. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time

from agenda.steps.kinds import Audience
from agenda.steps.verdicts.organisations import for_organisation
from agenda.steps.verdicts.terms import Because, Facts, Status, Timetables, Verdict
from agenda.workdays import swedish_date, swedish_instant

EVENING = time(23, 59)


def to_be_foretold(
    timetables: Timetables, facts: Facts, now: datetime, following: datetime
) -> list[Verdict]:
    """What will leave in the coordinator's name on the next workday, of which nobody has told.

    As things stand now, and with all sent that is due today. Only what speaks to the
    organisations and their managers: the region's own reminders come daily and reach its own
    people.

    Args:
        timetables: The steps.
        facts: What is known of the activity now.
        now: The present instant.
        following: When the steps of the next workday are due.
    """
    evening = swedish_instant(swedish_date(now), EVENING)
    by_then = _as_told(facts, _to_organisations(timetables, facts, evening), evening)
    return [
        verdict
        for verdict in _to_organisations(timetables, by_then, following)
        if verdict.step.key not in facts.reported and _leaves(verdict, evening)
    ]


def _to_organisations(timetables: Timetables, facts: Facts, at: datetime) -> list[Verdict]:
    return [
        verdict
        for asked in facts.asked
        for verdict in for_organisation(timetables, facts, asked, at)
    ]


def _leaves(verdict: Verdict, evening: datetime) -> bool:
    if verdict.because is Because.FIRST_THE_COORDINATOR:
        return True
    return verdict.status is Status.DUE and verdict.step.at > evening


def _as_told(facts: Facts, found: Iterable[Verdict], at: datetime) -> Facts:
    """The facts once what is due to organisations has been queued."""
    told: dict[str | None, dict[str, datetime]] = defaultdict(dict)
    for verdict in found:
        if verdict.status is Status.DUE and verdict.step.audience is Audience.ORGANISATION:
            told[verdict.organisation][verdict.step.key] = at
    if not told:
        return facts
    asked = [
        replace(one, told={**one.told, **told[one.organisation]})
        if one.organisation in told
        else one
        for one in facts.asked
    ]
    return replace(facts, asked=asked)
