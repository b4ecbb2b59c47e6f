"""Two versions of one draft: who changed what, and that nothing anybody wrote is lost."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from agenda.forms.fields import Choice, File, Form, Group, LongText, ShortText
from agenda.forms.labels import Option, Words
from agenda.forms.merging import merged, questions, seen, seen_in
from agenda.forms.values import ROW_KEY

FORM: Form = (
    ShortText(key="rubrik", label=Words(sv="Rubrik")),
    LongText(key="text", label=Words(sv="Text")),
    Choice(
        key="val",
        label=Words(sv="Val"),
        options=(Option(key="a", label=Words(sv="A")), Option(key="b", label=Words(sv="B"))),
    ),
    File(key="filer", label=Words(sv="Filer"), is_multiple=True),
    Group(
        key="rader",
        label=Words(sv="Rader"),
        item_label=Words(sv="Rad"),
        fields=(
            ShortText(key="namn", label=Words(sv="Namn")),
            LongText(key="ord", label=Words(sv="Ord")),
        ),
    ),
)


def joined(theirs: dict, mine: dict, base: dict, **chosen: str) -> dict:
    return merged(
        FORM,
        theirs=theirs,
        mine=mine,
        base=seen_in(seen(FORM, base)),
        choose=lambda question: chosen.get(question.name.replace(":", "_"), question.usual),
    )


def asked(theirs: dict, mine: dict, base: dict) -> list[tuple[str, str]]:
    found = questions(FORM, theirs=theirs, mine=mine, base=seen_in(seen(FORM, base)))
    return [(question.name, question.usual) for question in found]


def test_what_only_i_changed_is_mine_without_a_word() -> None:
    base = {"rubrik": "före", "text": "samma"}
    mine = {"rubrik": "min", "text": "samma"}
    assert asked(base, mine, base) == []
    assert joined(base, mine, base) == mine


def test_what_only_the_other_changed_is_shown_and_theirs() -> None:
    base = {"rubrik": "före"}
    assert asked({"rubrik": "deras"}, base, base) == [("rubrik", "deras")]
    assert joined({"rubrik": "deras"}, base, base) == {"rubrik": "deras"}


def test_a_text_that_both_wrote_is_kept_twice_unless_one_is_chosen() -> None:
    theirs, mine = {"text": "deras"}, {"text": "min"}
    assert asked(theirs, mine, {}) == [("text", "bada")]
    assert joined(theirs, mine, {}) == {"text": "deras\n\nmin"}
    assert joined(theirs, mine, {}, text="deras") == theirs
    assert joined(theirs, mine, {}, text="mitt") == mine
    assert joined(theirs, mine, {}, text="påhittat") == mine


def test_a_heading_that_both_wrote_is_asked_about() -> None:
    theirs, mine = {"rubrik": "deras"}, {"rubrik": "min"}
    assert asked(theirs, mine, {}) == [("rubrik", "mitt")]
    assert joined(theirs, mine, {}, rubrik="deras") == theirs


def test_files_of_both_are_kept_and_one_that_was_taken_away_stays_away() -> None:
    assert joined({"filer": [1, 2]}, {"filer": [1, 3]}, {"filer": [1]}) == {"filer": [1, 2, 3]}
    assert joined({"filer": [1]}, {}, {"filer": [1]}) == {}
    assert joined({}, {"filer": [1]}, {"filer": [1]}) == {}


def row(key: str, **values: str) -> dict[str, str]:
    return values | {ROW_KEY: key}


def test_rows_that_only_one_has_are_kept_and_those_of_the_other_are_asked_about() -> None:
    shared, added, mine_first = row("1", namn="ett"), row("2", namn="deras"), row("3", namn="mitt")
    base, theirs, mine = (
        {"rader": rows} for rows in ([shared], [shared, added], [mine_first, shared])
    )
    assert asked(theirs, mine, base) == [("rader:3", "behall")]
    assert joined(theirs, mine, base) == {"rader": [mine_first, shared, added]}
    assert joined(theirs, mine, base, rader_3="bort") == mine


def test_rows_that_both_added_are_both_kept_however_alike_they_are() -> None:
    theirs, mine = {"rader": [row("1", namn="ett")]}, {"rader": [row("2", namn="ett")]}
    assert joined(theirs, mine, {}) == {"rader": [*theirs["rader"], *mine["rader"]]}


def test_a_row_that_the_other_took_away_is_asked_about() -> None:
    base = {"rader": [row("1", namn="ett"), row("2", namn="två")]}
    theirs = {"rader": [row("1", namn="ett")]}
    assert asked(theirs, base, base) == [("rader:2", "behall")]
    assert joined(theirs, base, base, rader_2="bort") == theirs


def test_a_row_that_the_other_took_away_while_i_wrote_in_it_is_asked_about() -> None:
    base = {"rader": [row("1", namn="ett")]}
    mine = {"rader": [row("1", namn="ett", ord="mer")]}
    assert asked({}, mine, base) == [("rader:1", "behall")]
    assert joined({}, mine, base) == mine


def test_two_who_write_in_different_fields_of_one_row_are_joined() -> None:
    base = {"rader": [row("1", namn="ett", ord="före")]}
    theirs = {"rader": [row("1", namn="nytt", ord="före")]}
    mine = {"rader": [row("1", namn="ett", ord="efter")]}
    assert asked(theirs, mine, base) == [("rader:1:namn", "deras")]
    assert joined(theirs, mine, base) == {"rader": [row("1", namn="nytt", ord="efter")]}


def test_a_row_that_was_rewritten_is_still_the_same_row_wherever_it_has_come_to_stand() -> None:
    base = {"rader": [row("1", namn="ett"), row("2", namn="två")]}
    theirs = {"rader": [row("2", namn="två", ord="deras")]}
    mine = {"rader": [row("3", namn="tre"), row("1", namn="ett"), row("2", namn="helt annat")]}
    assert asked(theirs, mine, base) == [("rader:2", "behall"), ("rader:3:ord", "deras")]
    assert joined(theirs, mine, base, rader_2="bort") == {
        "rader": [row("3", namn="tre"), row("2", namn="helt annat", ord="deras")]
    }


def test_dropping_one_row_leaves_the_other_choices_where_they_were() -> None:
    theirs = {"rader": [row("1", namn="a"), row("2", namn="m"), row("3", ord="deras")]}
    mine = {"rader": [row("2", namn="m"), row("3", ord="mitt")]}
    assert joined(theirs, mine, {}, rader_1="bort", rader_3_ord="deras") == {
        "rader": [row("2", namn="m"), row("3", ord="deras")]
    }


def test_a_page_that_says_nothing_of_what_it_showed_counts_everything_as_changed() -> None:
    assert [seen_in(text) for text in ("", "x", "[1]", "[" * 9999, "null")] == [{}] * 5


texts = st.sampled_from(["", "ett", "två", "tre", "fyra\nfem"])
rows = st.fixed_dictionaries({"namn": texts, "ord": texts}).map(
    lambda row: {key: value for key, value in row.items() if value}
)
keys = st.lists(st.sampled_from("123456"), max_size=4, unique=True)
keyed_rows = keys.flatmap(
    lambda chosen: st.tuples(
        *(rows.map(lambda values, key=key: row(key, **values)) for key in chosen)
    )
)
drafts = st.fixed_dictionaries({"text": texts, "rader": keyed_rows.map(list)})


@settings(deadline=None)
@given(theirs=drafts, mine=drafts, base=drafts)
def test_every_text_that_somebody_added_is_there_when_nobody_chooses_otherwise(
    theirs: dict, mine: dict, base: dict
) -> None:
    kept = written(joined(theirs, mine, base))
    shown = questions(FORM, theirs=theirs, mine=mine, base=seen_in(seen(FORM, base)))
    offered = [
        text
        for question in shown
        for side in (question.theirs, question.mine)
        for text in written(side)
    ]
    for side in (theirs, mine):
        for text in set(written(side)) - set(written(base)):
            assert any(text in found for found in [*kept, *offered])


def written(values: dict[str, Any]) -> list[str]:
    found = []
    for key, value in values.items():
        if key == ROW_KEY:
            continue
        if isinstance(value, list):
            found += [text for row in value for text in written(row)]
        elif value:
            found.append(value)
    return found
