"""The options and arguments that commands share, and how what is typed is read."""

from contextvars import ContextVar
from datetime import date
from typing import Annotated, Any

import typer

from portal.cli.terminal.completing import activity_keys, organisation_keys, round_names
from portal.cli.terminal.swedish import Command, SwedishGroup


def help_text(summary: str, *examples: str) -> str:
    """A command's help: what it does, and how it is typed."""
    lines = "\n".join(f"  {example}" for example in examples)
    return f"{summary}\n\nExempel:\n{lines}" if examples else summary


def group(app: typer.Typer, name: str, summary: str, *examples: str) -> typer.Typer:
    """Add a command that has commands of its own; returns it."""
    made = typer.Typer(cls=SwedishGroup, help=help_text(summary, *examples), no_args_is_help=True)
    app.add_typer(made, name=name)
    return made


def add(
    app: typer.Typer, function: Any, summary: str, *examples: str, name: str | None = None
) -> None:
    """Add a command with its help."""
    app.command(name or function.__name__, cls=Command, help=help_text(summary, *examples))(
        function
    )


def a_date(typed: str) -> date:
    """A date as people type it here: 2020-09-18."""
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise typer.BadParameter(
            f"{typed} är inget datum. Skriv det som 2020-09-18 (år-månad-dag)"
        ) from None


def a_count(typed: str) -> int:
    """A whole number of days, at least one."""
    if not typed.isdecimal() or not 1 <= int(typed) <= 3660:
        raise typer.BadParameter(f"{typed} är inget antal dagar. Skriv ett heltal från 1 till 3660")
    return int(typed)


def a_language(typed: str) -> str:
    """One of the languages that messages are written in."""
    if typed not in ("sv", "en"):
        raise typer.BadParameter(f"språket {typed} finns inte. Välj sv eller en")
    return typed


DATE = "ÅÅÅÅ-MM-DD"
NAMED: ContextVar[str | None] = ContextVar("named", default=None)
"""Who was given with --as."""

AsJson = Annotated[bool, typer.Option("--json", help="Skriv ett JSON-dokument i stället.")]
Everything = Annotated[bool, typer.Option("--all", help="Visa allt.")]
RoundName = Annotated[
    str | None,
    typer.Option(
        "--round",
        metavar="OMGÅNG",
        envvar="AGENDA_ROUND",
        help="Omgångens namn. Behövs när flera omgångar är igång.",
        autocompletion=round_names,
    ),
]
ActivityKey = Annotated[
    str,
    typer.Argument(
        metavar="AKTIVITET",
        help="Aktivitetens nyckel, se agenda activity list.",
        autocompletion=activity_keys,
    ),
]
OrganisationKey = Annotated[
    str,
    typer.Argument(
        metavar="ORGANISATION",
        help="Organisationens nyckel eller namn, till exempel bracke.",
        autocompletion=organisation_keys,
    ),
]
OnlyActivity = Annotated[
    str | None,
    typer.Option(
        "--activity",
        metavar="AKTIVITET",
        help="Bara den här aktiviteten.",
        autocompletion=activity_keys,
    ),
]
OnlyOrganisation = Annotated[
    str | None,
    typer.Option(
        "--organisation",
        metavar="ORGANISATION",
        help="Bara den här organisationen.",
        autocompletion=organisation_keys,
    ),
]
Note = Annotated[
    str, typer.Option("--note", metavar="TEXT", help="Egna ord som följer med i brevet.")
]
To = Annotated[date, typer.Option("--to", metavar=DATE, parser=a_date, help="Den nya sista dagen.")]
