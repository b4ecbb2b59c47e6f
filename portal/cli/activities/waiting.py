"""`agenda extension list`: who has asked for more time, and what came of it."""

import typer

from agenda.rounds.finding import find_activity, find_organisation
from agenda.rounds.waiting import Wish, wishes_for_time
from portal.cli.terminal.options import AsJson, OnlyActivity, OnlyOrganisation, RoundName, add
from portal.cli.terminal.output import day, fill, instant, say, show, show_json, table
from portal.cli.terminal.visit import looking


def list_wishes(
    activity: OnlyActivity = None,
    organisation: OnlyOrganisation = None,
    round_name: RoundName = None,
    as_json: AsJson = False,
) -> None:
    """List the requests for a later last day."""
    with looking(round_name) as (_, session, round_):
        row = find_activity(session, round_, activity) if activity else None
        whose = find_organisation(session, round_, organisation) if organisation else None
        found = wishes_for_time(
            session,
            round_.id,
            activity_id=row.id if row else None,
            organisation_id=whose.id if whose else None,
        )
    if as_json:
        show_json({"round": round_.name, "requests": found})
        return
    if not found:
        say("Ingen har bett om anstånd.")
        return
    made = table("Begärt", "Organisation", "Aktivitet", "Till", "Läge", whole=("Begärt", "Till"))
    rows = (
        [instant(one.requested_at), one.name, one.activity, day(one.until), _standing(one)]
        for one in found
    )
    show(fill(made, rows))
    for one in found:
        if one.decided_at is None:
            by = f" ({one.requested_by})" if one.requested_by else ""
            say(f"{one.name}{by} i {one.activity}: {one.reason}")
    if any(one.decided_at is None for one in found):
        say("Avgör dem på sidan i mejlet om begäran, eller bevilja med: agenda extension grant")


def _standing(one: Wish) -> str:
    if one.decided_at is None:
        return "väntar på beslut"
    by = f" av {one.decided_by}" if one.decided_by else ""
    if one.is_granted:
        granted = day(one.granted_until) if one.granted_until else day(one.until)
        return f"beviljat till {granted}{by}"
    return f"avslaget{by}" + (f": {one.note}" if one.note else "")


def register_under(extension: typer.Typer) -> None:
    """Add the command to those about more time."""
    add(
        extension,
        list_wishes,
        "Visa vilka som har bett om anstånd, och vad det blev av det.",
        "agenda extension list",
        "agenda extension list --activity inspel --json",
        name="list",
    )
