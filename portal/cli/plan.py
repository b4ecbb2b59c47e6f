"""`agenda plan`: a plan file's faults, all at once, and what it says."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from agenda.clock import utc_now
from agenda.kinds import KINDS
from agenda.plan.model import Plan, PlannedActivity
from agenda.plan.reading import check, read_plan
from agenda.plan.writing import write_plan
from agenda.words.addresses import shown_address
from agenda.workdays import swedish_date
from portal.cli.commands import COMMANDS
from portal.cli.terminal.options import AsJson, add, group
from portal.cli.terminal.output import count, day, say, show_json

FAULTY = 2

PlanFile = Annotated[Path, typer.Argument(metavar="FIL", help="Planfilen (YAML).")]


NewFile = Annotated[Path, typer.Argument(metavar="FIL", help="Filen som ska skrivas.")]


def new_file(file: NewFile) -> None:
    """Write a plan to start from."""
    write_plan(file, today=swedish_date(utc_now()))
    say(f"{file} är skriven, med en förklaring till varje nyckel. Ändra den i en textredigerare.")
    say(f"Kontrollera den sedan med: agenda plan check {file}")


def check_file(file: PlanFile, as_json: AsJson = False) -> None:
    """Report every fault of a plan file."""
    report = check(file)
    if as_json:
        show_json(
            {
                "file": report.file,
                "is_usable": report.is_usable,
                "faults": [fault._asdict() for fault in report.faults],
                "warnings": [warning._asdict() for warning in report.warnings],
            }
        )
    else:
        for fault in report.faults:
            say(fault.rendered(report.file), style="red")
        for warning in report.warnings:
            say(f"{report.file}:{warning.line}: Varning: {warning.sentence}", style="yellow")
        say(_verdict(len(report.faults), len(report.warnings)))
    if not report.is_usable:
        raise typer.Exit(FAULTY)


def show_plan(file: PlanFile, as_json: AsJson = False) -> None:
    """Show what a plan file says."""
    plan = read_plan(file)
    if as_json:
        show_json(plan.model_dump(mode="json"))
        return
    say(f"{plan.title} ({plan.name})", style="bold")
    if plan.document:
        say(plan.document)
    say(f"Ansvarig: {plan.responsible.name}. Samordnare: {plan.coordinator.name}.")
    for text in (plan.steering_group, plan.reference_groups, plan.goal):
        if text:
            say(text)
    for activity in plan.activities:
        say()
        say(f"{activity.title} ({activity.key})")
        say(f"  {', '.join(_facts(plan, activity))}")
    for organisation in plan.organisations:
        say()
        say(f"{organisation.name} ({organisation.key}, {organisation.kind})")
        for contact in organisation.contacts:
            say(f"  {contact.name}, {shown_address(contact.address)} ({contact.role})")


def _verdict(faults: int, warnings: int) -> str:
    noted = f", {count(warnings, 'varning', 'varningar')}" if warnings else ""
    if faults:
        return f"Planen går inte att använda: {count(faults, 'fel', 'fel')}{noted}."
    return f"Planen går att använda{noted}."


def _facts(plan: Plan, activity: PlannedActivity) -> Iterator[str]:

    yield KINDS[activity.kind].label["sv"]
    yield _days(activity)
    if asked := len(plan.asked(activity)):
        yield count(asked, "tillfrågad", "tillfrågade")
    if activity.after:
        yield f"efter {', '.join(activity.after)}"


def _days(activity: PlannedActivity) -> str:
    if activity.is_quarter:
        return f"{activity.due_on.year} kv. {(activity.due_on.month + 2) // 3}"
    if activity.starts_on == activity.due_on:
        return day(activity.due_on)
    return f"{day(activity.starts_on)} – {day(activity.due_on)}"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    plan = group(
        app,
        "plan",
        COMMANDS["plan"].summary,
        "agenda plan new plan.yaml",
        "agenda plan check plan.yaml",
    )
    add(
        plan,
        new_file,
        "Skriv en plan att börja från, med varje nyckel förklarad.",
        "agenda plan new plan-2027.yaml",
        name="new",
    )
    add(
        plan,
        check_file,
        "Kontrollera en planfil. Alla fel visas på en gång, med rad.",
        "agenda plan check plan.yaml",
        "agenda plan check plan.yaml --json",
        name="check",
    )
    add(plan, show_plan, "Visa vad en planfil säger.", "agenda plan show plan.yaml", name="show")
