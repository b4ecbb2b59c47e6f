"""`agenda round`: start one from a plan, see them, close one, let a paused one send again."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from agenda.installation.unreachable import remark_on_examples
from agenda.models import Round, identity
from agenda.plan.model import Plan
from agenda.rounds.activities import closes_when_done
from agenda.rounds.facts import Situation, situations
from agenda.rounds.round import close_round, occasions, open_rounds, resume_sending, start_round
from agenda.rounds.starting import never_sent, refuse_bygone
from agenda.steps.verdicts import Status
from agenda.storage.store import reading, transaction
from agenda.words.errors import BadInput, Remedy
from agenda.workdays import midnight_after, swedish_date
from notifications.readings.rounds import every_round
from portal.cli.commands import COMMANDS
from portal.cli.terminal.follow_up import follow_up
from portal.cli.terminal.options import DATE, AsJson, RoundName, a_date, add, group
from portal.cli.terminal.output import complain, day, fill, instant, say, show, show_json, table
from portal.cli.terminal.remedies import HERE
from portal.cli.terminal.visit import changing, visit

STEPS_SHOWN = 5


def list_rounds(as_json: AsJson = False) -> None:
    """List every round."""
    with visit() as here, reading(here.engine) as session:
        found = [_line(round_) for round_ in every_round(session)]
    if as_json:
        show_json({"rounds": found})
        return
    if not found:
        say(f"Det finns ingen omgång än. {HERE[Remedy.START_A_ROUND]}")
        return
    made = table("Omgång", "Startad", "Läge", "Plan", whole=("Startad",))
    rows = (
        [line["name"], instant(line["started_at"]), _state(line), line["title"]] for line in found
    )
    show(fill(made, rows))


PlanFile = Annotated[
    Path | None,
    typer.Option("--plan", metavar="FIL", help="Planfilen, annars den som följer med."),
]
FirstDay = Annotated[
    date | None,
    typer.Option(
        "--first-day",
        metavar=DATE,
        parser=a_date,
        help="Flytta hela planen så att den börjar den veckan.",
    ),
]
NewName = Annotated[
    str | None, typer.Option("--name", metavar="NAMN", help="Omgångens namn, annars planens.")
]
TrackedFrom = Annotated[
    date | None,
    typer.Option(
        "--tracked-from",
        metavar=DATE,
        parser=a_date,
        help="Steg före den här dagen skickas aldrig. Annars i dag.",
    ),
]


def start(
    plan: PlanFile = None,
    first_day: FirstDay = None,
    name: NewName = None,
    tracked_from: TrackedFrom = None,
) -> None:
    """Start a round of a plan."""
    with visit() as here:
        chosen, remarks = _plan(plan, first_day, name)
        if first_day is None and tracked_from is None:
            refuse_bygone(chosen, now=here.now)
        with transaction(here.engine) as session:
            round_ = start_round(session, chosen, by=here.by, tracked_from=tracked_from)
            session.flush()
            found = situations(session, identity(round_))
            remark = remark_on_examples(session, [round_], here.settings)
            examples = [one.name for one in open_rounds(session) if one.is_example]
        say(f"Omgång {round_.name} är startad: {chosen.title}", style="bold")
        for remark in remarks:
            say(f"  {remark}")
        _say_what_is_never_sent(found, round_, now=here.now)
        if remark:
            complain(remark)
        for example in examples:
            say(
                f"{example} är också igång. Avsluta den när ni har provat färdigt, med: "
                f'agenda round close --round "{example}"'
            )
        _say_what_comes(found, now=here.now)
        follow_up(why=f"omgång {round_.name} startad")


def close(round_name: RoundName = None) -> None:
    """Close a round."""
    with changing(round_name, is_for_good=True) as (here, session, round_):
        close_round(session, round_, by=here.by)
    say(f"Omgång {round_.name} är avslutad. Inget mer skickas i den; allt ligger kvar att läsa.")
    follow_up(why=f"omgång {round_.name} avslutad")


def resume(round_name: RoundName = None) -> None:
    """Let a round whose sending is paused send again."""
    with changing(round_name) as (here, session, round_):
        resume_sending(session, round_, by=here.by)
    say(f"Utskicken i omgång {round_.name} är igång igen.")
    follow_up(why=f"utskicken i omgång {round_.name} igång igen")


def _plan(
    file: Path | None, first_day: date | None, name: str | None
) -> tuple[Plan, Sequence[str]]:

    # Loaded only here: what checks plans writes dates in words, and `round list` need not wait.
    from agenda.plan.reading import bundled_plan, read_plan
    from agenda.plan.redating import redate

    found = read_plan(file or bundled_plan())
    if first_day is not None:
        moved = redate(found, first_day=first_day, name=name)
        return moved.plan, moved.remarks
    if name is not None:
        if not name.strip() or len(name) > 200 or not name.isprintable():
            raise BadInput("Namnet på omgången ska vara en rad med 1 till 200 tecken.")
        found = found.model_copy(update={"name": name.strip()})
    return found, ()


def _say_what_is_never_sent(found: Sequence[Situation], round_: Round, *, now: datetime) -> None:
    never = never_sent(found, now=now)
    if never:
        where = ", ".join(f"{key} {number}" for key, number in never.items())
        say(
            f"{never.total()} steg inföll före {day(swedish_date(round_.tracked_from))}, då "
            f"omgången börjar följas, och skickas aldrig ({where})."
        )


def _say_what_comes(found: Sequence[Situation], *, now: datetime) -> None:

    due = sum(v.status is Status.DUE for each in found for v in each.verdicts(now))
    if due:
        # Several steps of one person's own work leave in one letter.
        say(f"{due} steg ska gå ut genast. Se dem med: agenda preview --days 1")
    behind = [
        situation.activity.key
        for situation in found
        if closes_when_done(situation.row) and now >= midnight_after(situation.activity.due_on)
    ]
    if behind:
        say(
            f"Räknas som försenade tills de är markerade som klara: {', '.join(behind)}. "
            "Markera dem med: agenda activity done NYCKEL"
        )
    firsts = (next(iter(occasions(situation, now=now)), None) for situation in found)
    ahead = sorted((occasion for occasion in firsts if occasion), key=lambda occasion: occasion.at)
    say("Härnäst:" if ahead else "Inget mer är planerat.")
    for occasion in ahead[:STEPS_SHOWN]:
        say(f"  {instant(occasion.at)}  {occasion.activity_title}: {occasion.label}")


def _line(round_: Round) -> dict[str, Any]:
    return {
        "name": round_.name,
        "title": round_.head.title,
        "is_example": round_.is_example,
        "started_at": round_.started_at,
        "tracked_from": round_.tracked_from,
        "attended_at": round_.attended_at,
        "sending_paused_at": round_.sending_paused_at,
        "closed_at": round_.closed_at,
    }


def _state(line: dict[str, Any]) -> str:
    if line["closed_at"]:
        return "avslutad"
    if line["sending_paused_at"]:
        return "utskicken pausade"
    return "exempel" if line["is_example"] else "igång"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    rounds = group(
        app,
        "round",
        COMMANDS["round"].summary,
        "agenda round list",
        "agenda round start --first-day 2027-04-06 --name 2027",
    )
    add(
        rounds,
        list_rounds,
        "Visa omgångarna.",
        "agenda round list",
        "agenda round list --json",
        name="list",
    )
    add(
        rounds,
        start,
        "Starta en omgång av en plan.",
        "agenda round start --plan plan-2027.yaml",
        "agenda round start --first-day 2027-04-06 --name 2027",
        "agenda round start --plan plan-2027.yaml --tracked-from 2027-05-10",
    )
    _register_for_started(rounds)


def _register_for_started(rounds: typer.Typer) -> None:
    add(
        rounds,
        close,
        "Avsluta en omgång. Inget mer skickas i den.",
        "agenda round close --round 2027",
    )
    add(
        rounds,
        resume,
        "Låt en omgång skicka igen, efter att en säkerhetskopia har lästs tillbaka.",
        "agenda outbox list --state queued",
        "agenda round resume",
    )
