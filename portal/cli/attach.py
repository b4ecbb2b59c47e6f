"""`agenda activity attach`: a file that goes with an activity, for those who are asked to read."""

from pathlib import Path
from typing import Annotated

import typer

from agenda.errors import BadInput
from portal.cli.options import ActivityKey, RoundName
from portal.cli.output import say
from portal.cli.visit import changing

Document = Annotated[
    Path, typer.Argument(metavar="FIL", help="Filen, till exempel utkastet till agendan.")
]
Remove = Annotated[bool, typer.Option("--remove", help="Ta bort filen med det namnet i stället.")]


def attach(
    activity: ActivityKey, file: Document, remove: Remove = False, round_name: RoundName = None
) -> None:
    """Attach a file to an activity, in the place of one with the same name; or take it away."""
    from agenda.activity_files import attach_file, remove_file
    from agenda.answers import find_activity

    content = b"" if remove else _content(file)
    with changing(round_name) as (here, session, known):
        row = find_activity(session, known, activity)
        if remove:
            remove_file(session, row, name=file.name, now=here.now, who=here.who)
        else:
            attach_file(session, row, name=file.name, content=content, now=here.now, who=here.who)
    if remove:
        say(f"{file.name} är borttagen från {activity}.")
    else:
        say(f"{file.name} finns nu på svarssidan för alla som är tillfrågade i {activity}.")


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadInput(f"{file} går inte att läsa ({error.strerror}).") from None
