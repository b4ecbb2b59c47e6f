"""A notice of how things stand is told when they come to stand so, not when a date moves."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import Engine

from notifications.notices import making
from tests.rounds_under_way import RoundUnderWay, a_plan

BEGUN, NEXT, LAST = "2020-05-08 08:00", "2020-06-02 09:00", "2020-10-05 08:00"
MOVED = ((date(2020, 10, 9), "2020-06-03 10:00"), (date(2020, 10, 2), "2020-06-04 10:00"))


def all_answered(under_way: RoundUnderWay) -> None:
    for organisation in ("berg", "krokom"):
        under_way.answer(organisation, "2020-06-01 12:00")


def no_address(under_way: RoundUnderWay) -> None:
    under_way.change_contact("kommun@berg.example", is_removed=True)


def has_faults(under_way: RoundUnderWay, monkeypatch: pytest.MonkeyPatch) -> None:
    render = making.render

    def faulty(letter):
        if letter.template == "invitation":
            raise ZeroDivisionError
        return render(letter)

    monkeypatch.setattr(making, "render", faulty)


@pytest.mark.parametrize(
    ("template", "came_so"), [("all_answered", all_answered), ("no_address", no_address)]
)
def test_a_state_is_told_once_however_often_the_day_moves(
    engine: Engine, template: str, came_so: Callable[[RoundUnderWay], None]
):
    under_way = RoundUnderWay(engine, a_plan("berg", "krokom"))
    under_way.attend(BEGUN)
    came_so(under_way)
    under_way.attend("2020-09-18 08:00" if template == "no_address" else NEXT)
    told = [line for line in under_way.mails if template in line]
    assert len(told) == 1
    moves = MOVED if template == "all_answered" else ((date(2020, 10, 9), "2020-09-21 10:00"),)
    for to, at in moves:
        under_way.move(to, at)
        under_way.attend(f"{at[:10]} 11:00")
    under_way.attend(LAST)
    assert [line for line in under_way.mails if template in line] == told


def test_a_step_that_cannot_be_written_is_told_once_however_often_the_day_moves(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
):
    under_way = RoundUnderWay(engine, a_plan("berg", "krokom"))
    has_faults(under_way, monkeypatch)
    under_way.attend(BEGUN)
    told = [line for line in under_way.mails if "set_aside" in line]
    assert len(told) == 2
    for to, at in MOVED:
        under_way.move(to, at)
        under_way.attend(f"{at[:10]} 11:00")
    assert [line for line in under_way.mails if "set_aside" in line] == told
