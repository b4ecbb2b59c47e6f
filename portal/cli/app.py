"""The command line `agenda`; of its commands only the module of the one asked for is loaded."""

import os
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any

import typer

from portal.cli.commands import COMMANDS
from portal.cli.terminal.options import NAMED, add, help_text
from portal.cli.terminal.output import say
from portal.cli.terminal.swedish import SwedishGroup, say_completion_in_swedish

TYPED = ("COMP_WORDS", "_TYPER_COMPLETE_ARGS")
"""Where a shell that asks for proposals puts what is typed so far: not among the arguments."""


def command(arguments: Sequence[str] = ()) -> Any:
    """The command line, as much of it as the arguments can need."""
    app = typer.Typer(
        cls=SwedishGroup,
        help=help_text(
            "Följ upp en omgång: vem som har svarat, vad som går ut och vad som väntar.",
            "agenda up",
            "agenda status",
            "agenda explain bracke --on 2020-09-18",
        ),
        no_args_is_help=True,
        pretty_exceptions_enable=False,
    )
    app.callback()(common)
    typed = {*arguments, *(word for name in TYPED for word in os.environ.get(name, "").split())}
    named = [name for name in COMMANDS if name in typed]
    for module in dict.fromkeys(COMMANDS[name].module for name in named):
        import_module(f"portal.cli.{module}").register(app)
    if not named:
        for name, entry in COMMANDS.items():
            add(app, _listed, entry.summary, name=name)
    made = typer.main.get_command(app)
    say_completion_in_swedish(made)
    return made


def _listed() -> None:
    """Stand for a command in the list of them all: one that is called is loaded."""


def _say_version(is_asked: bool) -> None:
    if is_asked:
        from importlib.metadata import version

        say(f"agenda {version('paverkansagenda')}")
        raise typer.Exit


def common(
    named: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="NAMN",
            envvar="AGENDA_USER",
            help="Vem som gör ändringen, för diariet. Annars datorns användare eller, om kontot "
            "delas av flera (root), samordnaren.",
        ),
    ] = None,
    _shows_version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=_say_version, help="Visa versionen."),
    ] = False,
) -> None:
    """Take what holds for every command."""
    NAMED.set(named)
