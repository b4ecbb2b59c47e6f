"""`agenda backup` and `agenda restore`: a copy of the database, and the way back from it."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from agenda.clock import utc_now
from agenda.installation.settings import settings
from agenda.register import By
from agenda.storage.backup import back_up
from agenda.storage.backup import restore as put_back
from agenda.words.errors import BadInput
from portal.cli.commands import COMMANDS
from portal.cli.terminal.options import add
from portal.cli.terminal.output import say
from portal.cli.terminal.visit import visit, who_acts


def backup(
    file: Annotated[Path, typer.Argument(metavar="FIL", help="Filen som kopian skrivs till.")],
) -> None:
    """Write a consistent copy of the database."""
    with visit() as here:
        back_up(here.engine, file)
    say(f"Databasen är kopierad till {file}.")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FIL", help="En kopia från agenda backup.")],
    is_sure: Annotated[bool, typer.Option("--yes", help="Fråga inte.")] = False,
) -> None:
    """Put a copy in the place of the database."""
    if not is_sure:
        _ask(file)
    chosen = settings()
    by = By(who_acts(), utc_now())
    sentence = put_back(chosen.engine_url, file, keep=chosen.var / "backups", by=by)
    say(sentence)


def _ask(file: Path) -> None:
    if not sys.stdin.isatty():
        raise BadInput("Återläsningen ersätter hela databasen. Bekräfta med --yes.")
    question = f"Ersätta hela databasen med {file}? Den nuvarande sparas som en egen kopia."
    typer.confirm(question, abort=True)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    add(
        app,
        backup,
        COMMANDS["backup"].summary,
        "agenda backup agenda-2020-09-18.db",
    )
    add(
        app,
        restore,
        COMMANDS["restore"].summary,
        "agenda restore agenda-2020-09-18.db",
    )
