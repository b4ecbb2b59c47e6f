"""What commands write: sentences, tables, JSON. Nothing that a name holds is markup."""

import errno
import json
import sys
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.progress import Progress
    from rich.table import Table

_FILE_FAULTS = {
    errno.ENOENT: "filen eller mappen finns inte",
    errno.EACCES: "du har inte rätt till den",
    errno.EISDIR: "det är en mapp",
    errno.ENOTDIR: "mappen finns inte",
    errno.ENOSPC: "disken är full",
    errno.EROFS: "disken går bara att läsa",
}
WEEKDAYS = ("mån", "tis", "ons", "tors", "fre", "lör", "sön")


def say(sentence: str = "", *, style: str | None = None, above: "Progress | None" = None) -> None:
    """Write a sentence, `above` a progress bar; in a file or a pipe it stays on one line."""
    terminal = above.console if above else console()
    terminal.print(clean(sentence), style=style, soft_wrap=not terminal.is_terminal)


def complain(sentence: str) -> None:
    """Write to stderr what went wrong, in red on a terminal."""
    terminal = console(stderr=True)
    terminal.print(clean(sentence), style="red", soft_wrap=True)


def show(renderable: "RenderableType") -> None:
    """Write a table or the like."""
    console().print(renderable)


def show_json(value: Any) -> None:
    """Write one JSON document: dates as ISO 8601, instants with the Swedish offset."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=_plain) + "\n")


def console(*, stderr: bool = False) -> "Console":
    """Where people read; without markup, so that a name like "[bold]" is only a name."""
    from rich.console import Console

    return Console(stderr=stderr, markup=False, highlight=False, emoji=False)


def table(*headings: str, whole: tuple[str, ...] = ()) -> "Table":
    """An empty table; long cells are folded, never cut, and the `whole` columns not even that."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    made = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in headings:
        made.add_column(heading, overflow="fold", no_wrap=heading in whole)
    return made


def fill(made: "Table", rows: Iterable[Iterable[str]]) -> "Table":
    """The table with its rows."""
    for row in rows:
        made.add_row(*(clean(cell) for cell in row))
    return made


def progress_bar() -> "Progress":
    """A progress bar on a terminal, nothing elsewhere."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    terminal = console()
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        console=terminal,
        transient=True,
        disable=not terminal.is_terminal,
    )


def size_in_words(size: int) -> str:
    """A number of bytes as people read it: 340 kB, 1,2 MB."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")


def clean(text: str) -> str:
    """Text without what steers a terminal: a mail server's words could hold escape codes."""
    return "".join(sign if sign.isprintable() or sign == "\n" else "\ufffd" for sign in text)


def day(on: date) -> str:
    """A date as it is typed, with its weekday: "fre 2020-09-18"."""
    return f"{WEEKDAYS[on.weekday()]} {on.isoformat()}"


def instant(at: datetime | None) -> str:
    """An instant in Swedish time: "fre 2020-09-18 08.00"; "–" when there is none.

    Midnight is the end of the day before it, as people read a last day: "fre 2020-10-02 24.00".
    """
    if at is None:
        return "–"
    from agenda.workdays import STOCKHOLM

    local = at.astimezone(STOCKHOLM)
    if local.time() == time():
        return f"{day(local.date() - timedelta(days=1))} 24.00"
    return f"{day(local.date())} {local:%H.%M}"


def in_swedish(error: OSError) -> str:
    """What the computer says of a file, in Swedish where it is one of the usual things."""
    return _FILE_FAULTS.get(error.errno or 0, error.strerror or type(error).__name__)


def count(number: int, one: str, several: str) -> str:
    """A number and what is counted: "1 brev", "3 brev"."""
    return f"{number} {one if number == 1 else several}"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        from agenda.workdays import STOCKHOLM

        return value.astimezone(STOCKHOLM).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    raise TypeError(f"{type(value).__name__} has no form in JSON")
