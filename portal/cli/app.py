"""Every command of `agenda`, under its name; only the module of the one asked for is loaded."""

from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any

import typer

from portal.cli.terminal.options import help_text
from portal.cli.terminal.output import say
from portal.cli.terminal.swedish import Group, say_completion_in_swedish
from portal.cli.terminal.visit import NAMED

MODULES = {
    "up": "up",
    "status": "rounds.status",
    "preview": "rounds.preview",
    "explain": "rounds.explain",
    "answer": "answers.answer",
    "activity": "activities.activity",
    "extension": "activities.activity",
    "ballot": "activities.course",
    "step": "activities.step",
    "round": "rounds.round",
    "plan": "plan",
    "contacts": "contacts",
    "attend": "rounds.attend",
    "mail": "mail",
    "outbox": "outbox",
    "register": "register",
    "calendar": "calendar",
    "link": "link",
    "replay": "replay",
    "backup": "store",
    "restore": "store",
}
"""Each command, in the order of the help, and the module of this package that it is in."""


def command(arguments: Sequence[str] = ()) -> Any:
    """The command line, as much of it as the arguments can need."""
    app = typer.Typer(
        cls=Group,
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
    named = [name for name in MODULES if name in arguments]
    for module in dict.fromkeys(MODULES[name] for name in named or MODULES):
        import_module(f"portal.cli.{module}").register(app)
    made = typer.main.get_command(app)
    say_completion_in_swedish(made)
    return made


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
