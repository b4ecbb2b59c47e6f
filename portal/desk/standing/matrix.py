"""The matrix of organisations and activities, sorted and filtered by what stands in the address."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agenda.rounds.overview import ActivityLine, OrganisationLine, Overview, Standing

SIGNS = {
    Standing.ANSWERED: "✓",
    Standing.NOTHING_TO_REPORT: "✓",
    Standing.DECLINED: "–",
    Standing.NOT_YET: "○",
    Standing.OVERDUE: "!",
    Standing.NO_ADDRESS: "✗",
    Standing.BOUNCED: "✗",
}
"""Beside each word, never instead of it."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """The rows that are shown, and what there is to choose among."""

    activities: tuple[ActivityLine, ...]
    """Those that ask somebody."""
    rows: tuple[OrganisationLine, ...]
    counts: Mapping[str, int]
    """How many of the organisations stand so in some activity, by standing."""
    begun: frozenset[tuple[str, str]]
    """Organisation and activity of the answers that somebody writes on."""
    order: str
    """The key of the activity that the rows are sorted by; empty for the plan's order."""
    only: str
    """The standing that is shown alone; empty for all."""
    of_all: int

    @property
    def signs(self) -> Mapping[str, str]:
        """The sign beside each standing's word."""
        return {standing.value: sign for standing, sign in SIGNS.items()}


def matrix(found: Overview, *, order: str, only: str) -> Matrix:
    """The matrix of an overview.

    Args:
        found: How the round stands.
        order: The key of an activity whose standings the rows are sorted by; anything else is
            the plan's own order.
        only: A standing that a row must have somewhere; anything else shows all.
    """
    keys = {line.key for line in found.asking}
    order, only = order if order in keys else "", only if only in set(Standing) else ""
    rows = [line for line in found.organisations if not only or only in _standings(line)]
    if order:
        rows.sort(key=lambda line: _rank(line, order))
    return Matrix(
        activities=found.asking,
        rows=tuple(rows),
        counts=_counts(found.organisations),
        begun=frozenset((one.organisation, one.activity) for one in found.begun),
        order=order,
        only=only,
        of_all=len(found.organisations),
    )


def _standings(line: OrganisationLine) -> set[Standing]:
    return {cell.standing for cell in line.cells.values()}


def _counts(lines: Sequence[OrganisationLine]) -> Mapping[str, int]:
    counted = Counter(standing for line in lines for standing in _standings(line))
    return {standing.value: counted[standing] for standing in Standing if counted[standing]}


def _rank(line: OrganisationLine, key: str) -> int:
    """Who is waited for comes first, who is not asked last."""
    wanted = (
        Standing.OVERDUE,
        Standing.BOUNCED,
        Standing.NO_ADDRESS,
        Standing.NOT_YET,
        Standing.ANSWERED,
        Standing.NOTHING_TO_REPORT,
        Standing.DECLINED,
    )
    cell = line.cells.get(key)
    return wanted.index(cell.standing) if cell else len(wanted)
