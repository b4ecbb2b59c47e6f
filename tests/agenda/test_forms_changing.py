"""A form's own buttons: rows are added and removed, files put in and taken out."""

import pytest

from agenda.forms.changing import (
    Press,
    pressed,
    uploads_in,
    with_row_added,
    with_row_removed,
    with_upload,
    with_uploads,
)
from tests.agenda.one_of_each_field import FORM


def test_the_forms_own_buttons_are_told_from_everything_else() -> None:
    assert pressed([("titel", "x"), ("add:rader", "")]) == Press("add", "rader", 0)
    assert pressed([("remove:rader:2", "")]) == Press("remove", "rader", 2)
    assert pressed([("detach:12", "")]) == Press("detach", "", 12)
    for name in ("save", "remove:rader", "remove:rader:x", "detach:", "add:a:b", "remove:r:٣"):
        assert pressed([(name, "")]) is None


def test_a_row_is_added_after_those_that_are_shown_until_there_is_no_more_room() -> None:
    values = with_row_added(FORM, {"titel": "x"}, "rader")
    assert values == {"titel": "x", "rader": [{}, {}]}
    full = with_row_added(FORM, values, "rader")
    assert full == {"titel": "x", "rader": [{}, {}, {}]}
    assert with_row_added(FORM, full, "rader") == full
    assert with_row_added(FORM, full, "titel") == full


def test_a_row_is_removed_and_the_others_stay() -> None:
    values = {"rader": [{"namn": "a"}, {"namn": "b"}, {"namn": "c"}], "titel": "x"}
    assert with_row_removed(values, "rader", 1) == {
        "rader": [{"namn": "a"}, {"namn": "c"}],
        "titel": "x",
    }
    for field, position in (("rader", 3), ("titel", 0), ("borta", 0)):
        assert with_row_removed(values, field, position) == values


def test_a_file_is_put_in_the_field_it_was_chosen_in_and_taken_out_wherever_it_is() -> None:
    values = with_upload(FORM, {"bilagor": [4]}, "bilagor", 5)
    values = with_upload(FORM, values, "rader-0-bild", 6)
    assert values == {"bilagor": [4, 5], "rader": [{"bild": [6]}]}
    assert uploads_in(FORM, values) == (4, 5, 6)
    assert with_upload(FORM, values, "rader-0-bild", 7)["rader"] == [{"bild": [7]}]
    assert with_uploads(FORM, values, lambda n: n != 6) == {"bilagor": [4, 5], "rader": [{}]}
    assert with_uploads(FORM, {"bilagor": [4]}, lambda n: n != 4) == {}


@pytest.mark.parametrize("name", ["titel", "rader", "rader-0-namn", "rader-3-bild", "borta"])
def test_a_file_for_a_field_that_takes_none_is_refused(name: str) -> None:
    with pytest.raises(KeyError):
        with_upload(FORM, {}, name, 5)
