"""A plan to start from: every key explained, with days that lie ahead."""

import re
from datetime import date, timedelta
from pathlib import Path

from agenda.plan.sentences import SENTENCES
from agenda.words.errors import BadInput

_TEMPLATE = Path(__file__).with_name("mall.yaml")
_WEEK = re.compile(r"@(\d+)\.(\d)@")
_FIRST_WEEK = 36
_LEAST_AHEAD = timedelta(days=30)


def plan_to_start_from(*, today: date) -> str:
    """The text of a plan file whose first day is at least a month ahead."""
    year = today.year
    if date.fromisocalendar(year, _FIRST_WEEK, 1) < today + _LEAST_AHEAD:
        year += 1
    text = _TEMPLATE.read_text(encoding="utf-8")
    text = text.replace("@year@", str(year)).replace("@nextyear@", str(year + 1))
    return _WEEK.sub(
        lambda found: date.fromisocalendar(year, int(found[1]), int(found[2])).isoformat(), text
    )


def write_plan(file: Path, *, today: date) -> None:
    """Write a plan to start from.

    Raises:
        BadInput: there is such a file already, or it cannot be written; nothing was changed.
    """
    try:
        with file.open("x", encoding="utf-8") as opened:
            opened.write(plan_to_start_from(today=today))
    except FileExistsError:
        raise BadInput(SENTENCES("file_exists", file=file)) from None
    except FileNotFoundError:
        raise BadInput(SENTENCES("no_folder", folder=file.parent)) from None
    except OSError as error:
        raise BadInput(SENTENCES("cannot_write", file=file, why=error.strerror)) from None
