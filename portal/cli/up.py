"""`agenda up`: the whole product in the foreground."""

import typer

from portal.cli.terminal.options import add


def up() -> None:
    """Run the whole product until Ctrl-C."""
    from agenda.installation.settings import settings
    from portal.up import run

    raise typer.Exit(run(settings()))


def register(app: typer.Typer) -> None:
    """Add the command."""
    add(
        app,
        up,
        "Kör allt: Prefect, portalen, brevlådan. Ctrl-C avslutar.",
        "agenda up",
        "AGENDA_VAR=/srv/agenda agenda up",
    )
