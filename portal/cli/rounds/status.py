"""`agenda status`: who has answered what, and where each activity stands."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

import typer
from sqlmodel import Session

from agenda.models import Round, identity
from agenda.rounds.overview import (
    IN_WORDS,
    ActivityLine,
    Cell,
    OrganisationLine,
    Overview,
    Standing,
    overview,
)
from agenda.workdays import swedish_date
from notifications.outbox.unread import away_since
from notifications.readings.incoming import waiting_mails
from portal.cli.commands import COMMANDS
from portal.cli.terminal.options import AsJson, Everything, RoundName, add
from portal.cli.terminal.output import complain, count, fill, instant, say, show, show_json, table
from portal.cli.terminal.visit import looking

MOST_ROWS = 30
"""More organisations than this are summed up, unless everything is asked for."""


def status(
    round_name: RoundName = None, everything: Everything = False, as_json: AsJson = False
) -> None:
    """Show the matrix of organisations and activities."""
    with looking(round_name) as (here, session, round_):
        found = overview(session, round_id=identity(round_), now=here.now)
        if as_json:
            show_json(found)
        else:
            _show(found, round_, everything=everything)
            _show_incoming(session, round_id=identity(round_), now=here.now)


def _show(found: Overview, round_: Round, *, everything: bool) -> None:
    example = " (exempel)" if found.is_example else ""
    say(f"Omgång {found.round_name}{example}: {found.plan_title}", style="bold")
    say(f"Läget {instant(found.now)}")
    if round_.sending_paused_at is not None:
        complain(
            f"Utskicken är pausade sedan {instant(round_.sending_paused_at)}. "
            "Starta dem igen med: agenda round resume"
        )
    say()
    if found.organisations:
        is_long = len(found.organisations) > MOST_ROWS and not everything
        (_summary if is_long else _matrix)(found)
    _activities(found.activities, found)
    for draft in found.begun:
        what = "ändrar sitt svar" if draft.is_change else "har börjat skriva"
        say(f"{draft.name} {what} i {draft.activity}, sparat {instant(draft.saved_at)}")
    for trouble in found.troubles:
        complain(f"Kom aldrig fram till {trouble.organisation}: {trouble.subject}. {trouble.said}")


def _show_incoming(session: Session, *, round_id: int, now: datetime) -> None:
    if (away := away_since(session, now=now)) is not None:
        since = instant(away.fault_since) if away.fault_since else ""
        complain(f"Inkommande e-post läses inte sedan {since}. {away.fault}")
    if waiting := waiting_mails(session, round_id=round_id):
        what = count(waiting, "inkommet mejl väntar", "inkomna mejl väntar")
        say(f"{what} på dig. Visa med: agenda mail list")


def _matrix(found: Overview) -> None:
    """One table for each set of activities: who is not asked in one has no column for it."""
    together: dict[tuple[str, ...], list[OrganisationLine]] = {}
    for line in found.organisations:
        keys = tuple(activity.key for activity in found.asking if activity.key in line.cells)
        together.setdefault(keys, []).append(line)
    titles = {activity.key: activity.title for activity in found.asking}
    for keys, lines in together.items():
        rows = ([line.name, *(_cell(line.cells[key]) for key in keys)] for line in lines)
        show(fill(table("Organisation", *(titles[key] for key in keys)), rows))
        say()


def _cell(cell: Cell) -> str:

    words: list[str] = [IN_WORDS[cell.standing]]
    if cell.answered_at is not None:
        words.append(instant(cell.answered_at).split()[1])
    if cell.is_late:
        words.append("(för sent)")
    elif cell.is_extended and cell.answered_at is None:
        words.append(f"(anstånd till {cell.due_on})")
    return " ".join(words)


def _summary(found: Overview) -> None:

    counts = {
        line.key: Counter(
            organisation.cells[line.key].standing
            for organisation in found.organisations
            if line.key in organisation.cells
        )
        for line in found.asking
    }
    made = table(
        f"{len(found.organisations)} organisationer", *(line.title for line in found.asking)
    )
    rows = (
        [IN_WORDS[standing], *(str(counts[line.key][standing] or "–") for line in found.asking)]
        for standing in Standing
        if any(counts[line.key][standing] for line in found.asking)
    )
    show(fill(made, rows))
    say("Visa var och en med: agenda status --all")
    say()


def _activities(lines: Iterable[ActivityLine], found: Overview) -> None:
    rows: Iterator[list[str]] = (
        [line.key, _last_day(line), _standing(line, found), _next(line)] for line in lines
    )
    short = ("Aktivitet", "Sista dag", "Läge")
    made = table(*short, "Härnäst", whole=short)
    show(fill(made, rows))


def _last_day(line: ActivityLine) -> str:
    if line.is_quarter:
        return f"{line.due_on.year} kv. {(line.due_on.month + 2) // 3}"
    return line.due_on.isoformat()


def _standing(line: ActivityLine, found: Overview) -> str:

    if line.stage == "cancelled":
        return "inställd"
    if line.done_at is not None:
        return "klar"
    if line.asked:
        return f"{line.answered} av {line.asked} svar"
    if line.is_past:
        return "försenad"
    return "pågår" if line.starts_on <= swedish_date(found.now) else "inte börjat"


def _next(line: ActivityLine) -> str:
    if line.next_at is None:
        return "–"
    # The weekday is left out, so that a row stays short on a narrow terminal.
    return f"{instant(line.next_at).partition(' ')[2]} {line.next_label}"


def register(app: typer.Typer) -> None:
    """Add the command."""
    add(
        app,
        status,
        COMMANDS["status"].summary,
        "agenda status",
        "agenda status --round 2027 --all",
        "agenda status --json",
    )
