"""How what would mend an error is done on the command line."""

from agenda.words.errors import AgendaError, Remedy
from portal.cli.terminal.options import DATE

HERE = {
    Remedy.ANOTHER_NAME: "Ge den nya ett eget namn: --name",
    Remedy.NAME_THE_ROUND: "Välj en med --round NAMN.",
    Remedy.START_A_ROUND: "Starta en med: agenda round start --plan FIL",
    Remedy.MOVE_THE_PLAN: (
        f"Flytta den med --first-day {DATE}, eller ange --tracked-from {DATE} om det är meningen."
    ),
    Remedy.GIVE_TEXT_OR_FILE: "Ange --text eller --file.",
    Remedy.REINSTATE_FIRST: "Återuppta den först: agenda activity reinstate {key}",
    Remedy.REOPEN_FIRST: "Öppna den först igen: agenda activity reopen {key}",
    Remedy.UNLOCK_FIRST: "Lås upp dem först: agenda activity unlock {key}",
}


def in_words(error: AgendaError) -> str:
    """What is wrong, and how it is mended with a command."""
    if error.remedy is None:
        return str(error)
    return f"{error} {HERE[error.remedy].format_map(error.values)}"
