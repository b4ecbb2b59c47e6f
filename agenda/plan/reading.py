"""Reading a plan file: a plan, or every fault of the file at once, each with its line."""

from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from agenda.plan.checks.contradictions import check_contradictions
from agenda.plan.checks.oddities import oddities
from agenda.plan.checks.rows import check_rows
from agenda.plan.entries import PlanEntry
from agenda.plan.model import Plan
from agenda.plan.model_faults import is_about_the_value, sentence
from agenda.plan.nodes import MOST_BYTES, compose
from agenda.plan.values import Values, read_values
from agenda.plan.wanted import KeyPath, path_in_file
from agenda.words.faults import Fault, FaultyFile, content_of

BUNDLED_PLANS = Path(__file__).parent.parent / "plans"
"""The plan files that come with the product; the first is the region's real plan of 2020."""


@dataclass(frozen=True, slots=True)
class Report:
    """What `agenda plan check` says of a file."""

    file: str
    faults: tuple[Fault, ...]
    """What must be mended, in the order of the lines."""
    warnings: tuple[Fault, ...]
    """What is odd but allowed; only known when there is no fault."""
    plan: Plan | None
    """The plan, when there is no fault."""

    @property
    def is_usable(self) -> bool:
        """Whether a round can be started with the file."""
        return self.plan is not None


def read_plan(source: Path | bytes, *, file: str = "planen") -> Plan:
    """The plan in a file, or in a file's bytes.

    Args:
        source: Where the file is, or what it holds.
        file: What the file is called in the faults, when its bytes are given.

    Raises:
        FaultyFile: the file is no plan; carries every fault with its line.
        BadInput: there is no such file, or it cannot be read.
    """
    report = check(source, file=file)
    if report.plan is None:
        raise FaultyFile(report.file, report.faults)
    return report.plan


def check(source: Path | bytes, *, file: str = "planen") -> Report:
    """Every fault of a plan file or, when it has none, every oddity.

    Raises:
        BadInput: there is no such file, or it cannot be read.
    """
    if isinstance(source, Path):
        source, file = content_of(source, most_bytes=MOST_BYTES), str(source)
    root, faults = compose(source)
    if root is None:
        return Report(file, tuple(sorted(faults)), (), None)
    values = read_values(root, PlanEntry)
    entry = _validated(values)
    check_rows(values)
    check_contradictions(values)
    faults += values.faults()
    if faults or entry is None:
        return Report(file, tuple(sorted(set(faults))), (), None)
    plan = entry.as_plan()
    warnings = (Fault(_line(values, path), words) for path, words in oddities(plan))
    return Report(file, (), tuple(sorted(warnings)), plan)


def bundled_plan(name: str = "paverkansagenda-2020") -> Path:
    """Where a plan file that comes with the product lies."""
    return BUNDLED_PLANS / f"{name}.yaml"


def _line(values: Values, path: KeyPath) -> int:
    """The line that an oddity is about: a single day's date stands at ”on”."""
    on_a_day = (*path[:-1], "on")
    return values.line(on_a_day if path[-1] == "due_on" and on_a_day in values.lines else path)


def _validated(values: Values) -> PlanEntry | None:
    try:
        return PlanEntry.model_validate(values.data)
    except ValidationError as failed:
        for error in failed.errors():
            path = path_in_file(PlanEntry, error["loc"])
            # Pydantic counts only the sound rows, and would call a list of faulty ones empty.
            is_miscounted = error["type"] == "too_short" and bool(error["input"])
            if not (is_miscounted or values.is_refused(path)):
                value = error["input"] if is_about_the_value(error) else ""
                values.note(path, sentence(error, PlanEntry), value)
    return None
