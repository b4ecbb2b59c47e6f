"""Instants as the portal shows them; a day's end belongs to that day, not to the next."""

from datetime import datetime, time

from agenda.workdays import ONE_DAY, STOCKHOLM, swedish_date
from notifications.letters.dates import at_in_words, in_words


def moment_in_words(at: datetime) -> str:
    """An instant in Swedish time: "fredag 4 december 2026 kl. 08.00".

    Midnight is said as the end of a day, "fredag 4 december 2026 kl. 24.00": the instant
    that a last day ends would otherwise carry the date of the day after.
    """
    if at.astimezone(STOCKHOLM).time() == time():
        return f"{in_words(swedish_date(at) - ONE_DAY, 'sv')} kl. 24.00"
    return at_in_words(at, "sv")
