"""Quarters of a year, counted in one row so that they can be moved like days."""

import re
from datetime import date, timedelta

from agenda.plan.sentences import SENTENCES


def quarter_of(written: str | date) -> int:
    """The number of a quarter written as 2021-Q1, or of the one that a date lies in.

    Raises:
        ValueError: it is not a quarter between 2000 and 2099.
    """
    if isinstance(written, date):
        return written.year * 4 + (written.month - 1) // 3
    if not re.fullmatch(r"20[0-9]{2}-Q[1-4]", written):
        raise ValueError(SENTENCES("quarter"))
    return int(written[:4]) * 4 + int(written[-1]) - 1


def first_day(quarter: int) -> date:
    """The first day of a quarter."""
    return date(quarter // 4, quarter % 4 * 3 + 1, 1)


def last_day(quarter: int) -> date:
    """The last day of a quarter."""
    return first_day(quarter + 1) - timedelta(days=1)
