"""A row of an answer can be pointed at for ever: its key stays, whatever is done to it."""

from typing import Any

from agenda.forms.values import ROW_KEY
from tests.door import Door, Reader, a_proposal


def keys(content: dict[str, Any] | None) -> list[str]:
    return [row[ROW_KEY] for row in (content or {})["fragor"]]


def fill_in_three(door: Door, home: str) -> list[str]:
    """A draft of three rows, and their keys."""
    for number in range(3):
        if number:
            door.save(home, "add:fragor")
        door.save(home, **{f"fragor__{number}__titel": f"Fråga {number}"})
    return keys(door.stored_draft())


def test_a_row_keeps_its_key_when_it_is_rewritten_and_another_taken_away(door: Door) -> None:
    home = door.link()
    first = fill_in_three(door, home)
    assert len(set(first)) == 3
    door.save(home, "remove:fragor:0")
    door.save(home, fragor__0__titel="Helt annat")
    assert keys(door.stored_draft()) == first[1:]


def test_a_row_is_the_same_in_every_version_of_an_answer(door: Door) -> None:
    home = door.link()
    door.send(home, **a_proposal())
    door.save(home, "add:fragor")
    more = {name.replace("__0__", "__1__"): text for name, text in a_proposal().items()}
    door.send(home, **more)
    first, second = (answer.content for answer in door.answers())
    assert (len(keys(first)), len(keys(second))) == (1, 2)
    assert keys(second)[:1] == keys(first)


def test_rows_that_two_people_added_have_keys_of_their_own_and_both_are_kept(door: Door) -> None:
    home = door.link()
    door.save(home, fragor__0__titel="Först")
    mine = [*door.form(home).pairs, ("add:fragor", "1")]
    door.save(home, "add:fragor")
    door.save(home, fragor__1__titel="Den andras")
    answer = door.post(home, mine)
    assert answer.status_code == 409
    [form] = Reader(answer.text).forms
    door.post(form.action, form.pairs)
    stored = door.stored_draft()
    assert [row.get("titel") for row in stored["fragor"]] == ["Först", "Den andras", None]
    assert len(set(keys(stored))) == 3


def test_a_page_that_copies_a_row_with_its_key_gets_a_row_of_its_own(door: Door) -> None:
    home = door.link()
    door.save(home, fragor__0__titel="Först")
    [key] = keys(door.stored_draft())
    pairs = [pair for pair in door.form(home).pairs if pair[0] != "fragor"]
    copied = [*pairs, ("fragor", f"0 {key}"), ("fragor", f"1 {key}"), ("fragor-1-titel", "Kopia")]
    door.post(home, [*copied, ("_spara", "1")])
    found = keys(door.stored_draft())
    assert (found[0], len(set(found))) == (key, 2)


def test_a_page_from_before_rows_had_keys_keeps_those_that_stand_in_their_places(
    door: Door,
) -> None:
    home = door.link()
    first = fill_in_three(door, home)
    old = [(n, v.partition(" ")[0] if n == "fragor" else v) for n, v in door.form(home).pairs]
    door.post(home, [*old, ("fragor", "3"), ("fragor-3-titel", "Ny"), ("_spara", "1")])
    found = keys(door.stored_draft())
    assert (found[:3], len(set(found))) == (first, 4)


def test_a_key_that_is_no_key_is_left_out(door: Door) -> None:
    home = door.link()
    pairs = [pair for pair in door.form(home).pairs if pair[0] != "fragor"]
    for strange in ("0 \u0000", "0 A\u00d6", "0 " + "a" * 41, "0 a b", " 0 a"):
        door.post(home, [*pairs, ("fragor", strange), ("fragor-0-titel", "X"), ("_spara", "1")])
        stored = door.stored_draft() or {"fragor": []}
        assert all(len(key) == 12 for key in keys(stored))
