"""`agenda up`: the whole product in the foreground."""

import typer

from agenda.installation.settings import settings
from portal.cli.commands import COMMANDS
from portal.cli.terminal.options import add
from portal.up import run


def up() -> None:
    """Run the whole product until Ctrl-C."""
    raise typer.Exit(run(settings()))


def register(app: typer.Typer) -> None:
    """Add the command."""
    add(
        app,
        up,
        COMMANDS["up"].summary,
        "agenda up",
        "AGENDA_VAR=/srv/agenda agenda up",
    )
