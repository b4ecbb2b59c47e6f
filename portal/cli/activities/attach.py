"""`agenda activity attach`: a file that goes with an activity, for those who are asked to read."""

from pathlib import Path
from typing import Annotated

import typer

from agenda.attachments import checked_file
from agenda.rounds.files import attach_file, remove_file
from agenda.rounds.finding import find_activity
from agenda.words.errors import BadInput
from portal.cli.terminal.options import ActivityKey, RoundName, add
from portal.cli.terminal.output import in_swedish, say
from portal.cli.terminal.visit import changing

Document = Annotated[
    Path, typer.Argument(metavar="FIL", help="Filen, till exempel utkastet till agendan.")
]
Remove = Annotated[bool, typer.Option("--remove", help="Ta bort filen med det namnet i stället.")]


def attach(
    activity: ActivityKey, file: Document, remove: Remove = False, round_name: RoundName = None
) -> None:
    """Attach a file to an activity, in the place of one with the same name; or take it away."""
    content = b"" if remove else _content(file)
    # Before the transaction: nobody else has to wait while a file is looked into.
    checked = None if remove else checked_file(file.name, content)
    with changing(round_name) as (here, session, round_):
        row = find_activity(session, round_, activity)
        if checked is None:
            remove_file(session, row, name=file.name, by=here.by)
        else:
            attach_file(session, row, checked, content=content, by=here.by)
    if remove:
        say(f"{file.name} är borttagen från {activity}.")
    else:
        say(f"{file.name} finns nu på svarssidan för alla som är tillfrågade i {activity}.")


def register_under(activity: typer.Typer) -> None:
    """Add the command to those that belong to an activity."""
    add(
        activity,
        attach,
        "Lägg en fil på svarssidan för alla som är tillfrågade, till exempel ett utkast.",
        "agenda activity attach samrad utkast.docx",
        "agenda activity attach samrad utkast.docx --remove",
    )


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadInput(f"{file} går inte att läsa ({in_swedish(error)}).") from None
