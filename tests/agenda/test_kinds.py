"""What a kind of activity says of itself, which nobody else has to know."""

from datetime import date

import pytest

from agenda.kinds import KINDS, Closing, Kind
from agenda.kinds.base import AN_ANSWER, INTERNAL


def test_a_kind_that_says_no_more_is_answered_with_an_answer_and_has_no_odd_days() -> None:
    kind = Kind(
        name="payment",
        label={"sv": "Utbetalning", "en": "Payment"},
        asks=(),
        closing=Closing.MARKED_DONE,
        ladder=INTERNAL,
    )
    assert (kind.answer, kind.is_on_a_day) == (AN_ANSWER, False)
    assert kind.odd_days("A", date(2027, 7, 1), date(2027, 7, 2)) is None


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_kind_is_spoken_of_in_both_languages(kind: Kind) -> None:
    assert {*kind.label} == {*kind.answer} == {"sv", "en"}


def test_what_people_come_together_for_is_on_its_day() -> None:
    assert [kind.name for kind in KINDS.values() if kind.is_meeting and not kind.is_on_a_day] == []


@pytest.mark.parametrize(
    ("name", "first", "last", "sentence"),
    [
        ("consultation", "2027-04-05", "2027-05-02", None),
        ("consultation", "2027-04-05", "2027-05-01",
         "Samrådet ”A” är 27 dagar, kortare än fyra veckor."),
        ("workshop", "2027-06-30", "2027-06-30", None),
        ("workshop", "2027-06-30", "2027-07-01", "”A” ligger i juli, då många har semester."),
        ("workshop", "2027-08-01", "2029-08-01", "”A” ligger i juli, då många har semester."),
        ("meeting", "2027-07-01", "2027-07-01", None),
    ],
)  # fmt: skip
def test_a_kind_knows_which_of_its_days_are_odd(
    name: str, first: str, last: str, sentence: str | None
) -> None:
    days = date.fromisoformat(first), date.fromisoformat(last)
    assert KINDS[name].odd_days("”A”", *days) == sentence
