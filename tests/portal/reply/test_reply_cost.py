"""No form costs more than its length, whatever is posted: counted in steps, or left to patience.

A step is a call, as the interpreter reports them. Where the work is done within one call of C,
the input is so long that a cost of its length squared would take hours.
"""

import sys
from collections.abc import Callable
from typing import Any

import pytest

from agenda.forms.changing import with_uploads
from agenda.forms.fields import File, Form, Group, ShortText
from agenda.forms.labels import Words
from agenda.forms.merging import merged
from agenda.forms.values import ROW_KEY

pytestmark = pytest.mark.slow

FORM: Form = (
    Group(
        key="rader",
        label=Words(sv="Rader"),
        item_label=Words(sv="Rad"),
        fields=(
            ShortText(key="text", label=Words(sv="Text")),
            File(key="filer", label=Words(sv="Filer"), is_multiple=True),
        ),
    ),
)
MEGABYTE = 1_000_000


def steps(do: Callable[[], object]) -> int:
    """How many calls something makes."""
    count = 0

    def see(_frame: Any, _event: str, _what: Any) -> None:
        nonlocal count
        count += 1

    sys.setprofile(see)
    try:
        do()
    finally:
        sys.setprofile(None)
    return count


def rows(numbers: range, text: str) -> dict[str, Any]:
    return {"rader": [{"text": text, "filer": [1, 2], ROW_KEY: f"{n}"} for n in numbers]}


def join(size: int) -> dict[str, Any]:
    """Half of the rows are of both, and nothing that was posted of what they were is known."""
    theirs, mine = rows(range(size), "a"), rows(range(size // 2, 2 * size), "b")
    base = {"rader": [{"text": "", ROW_KEY: f"{n}"} for n in range(size)]}
    return merged(FORM, theirs=theirs, mine=mine, base=base, choose=lambda question: question.usual)


def test_joining_two_versions_of_very_many_rows_costs_no_more_than_their_number() -> None:
    cost = [steps(lambda n=n: join(n)) for n in (2000, 4000)]
    assert cost[1] <= 2.2 * cost[0]
    assert len(join(2000)["rader"]) == 4000


def test_very_many_files_that_are_not_there_are_left_out_in_one_go() -> None:
    def files(count: int) -> dict[str, Any]:
        return {"rader": [{"text": "a", "filer": list(range(count))}]}

    cost = [
        steps(lambda n=n: with_uploads(FORM, files(n), {7, 9}.__contains__)) for n in (2000, 4000)
    ]
    assert cost[1] <= 2.1 * cost[0]
    left = {"rader": [{"text": "a", "filer": [7, 9]}]}
    assert with_uploads(FORM, files(4000), {7, 9}.__contains__) == left
    assert with_uploads(FORM, files(4000), set().__contains__) == {"rader": [{"text": "a"}]}
