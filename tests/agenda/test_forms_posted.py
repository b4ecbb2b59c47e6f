"""What a page posts becomes values, and values become what a page posts, without loss."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agenda.forms.changing import (
    Press,
    pressed,
    uploads_in,
    with_row_added,
    with_row_removed,
    with_upload,
    without_upload,
)
from agenda.forms.fields import (
    Amount,
    Choice,
    Date,
    File,
    Form,
    Group,
    LongText,
    Number,
    Option,
    Points,
    Score,
    ShortText,
    Values,
    Words,
)
from agenda.forms.posted import fitted, is_empty, posted_of, settled, values_of
from agenda.forms.written import amount_in, date_in, number_in, text_in


def words(text: str) -> Words:
    return Words(sv=text)


OPTIONS = tuple(Option(key=key, label=words(key)) for key in ("vag", "jarnvag", "flyg"))
FORM: Form = (
    ShortText(key="titel", label=words("Titel")),
    LongText(key="text", label=words("Text")),
    Choice(key="val", label=words("Val"), options=OPTIONS),
    Choice(key="flera", label=words("Flera"), options=OPTIONS, is_multiple=True),
    Number(key="antal", label=words("Antal"), decimals=2),
    Score(key="betyg", label=words("Betyg")),
    Date(key="dag", label=words("Dag")),
    Amount(key="kostnad", label=words("Kostnad")),
    File(key="bilagor", label=words("Bilagor"), is_multiple=True),
    Points(key="poang", label=words("Poäng"), items=OPTIONS),
    Group(
        key="rader",
        label=words("Rader"),
        item_label=words("Rad"),
        minimum=1,
        maximum=3,
        fields=(
            ShortText(key="namn", label=words("Namn")),
            LongText(key="mer", label=words("Mer")),
            File(key="bild", label=words("Bild")),
        ),
    ),
)
FILLED: Values = {
    "titel": "Väg 84",
    "text": "Rad ett\n\n  rad tre",
    "val": "jarnvag",
    "flera": ["vag", "flyg"],
    "antal": 12.5,
    "betyg": 7,
    "dag": "2026-10-02",
    "kostnad": 1250000,
    "bilagor": [4, 9],
    "poang": {"points": {"vag": 6, "flyg": 4}},
    "rader": [{"namn": "Ett"}, {}, {"mer": "Tre", "bild": [7]}],
}
POSTED = [
    ("titel", "Väg 84"),
    ("text", "Rad ett\n\n  rad tre"),
    ("val", "jarnvag"),
    ("flera", "vag"),
    ("flera", "flyg"),
    ("antal", "12.5"),
    ("betyg", "7"),
    ("dag", "2026-10-02"),
    ("kostnad", "1250000"),
    ("bilagor", "4"),
    ("bilagor", "9"),
    ("poang-vag", "6"),
    ("poang-flyg", "4"),
    ("rader", "0"),
    ("rader-0-namn", "Ett"),
    ("rader", "1"),
    ("rader", "2"),
    ("rader-2-mer", "Tre"),
    ("rader-2-bild", "7"),
]
AWKWARD = "<script>alert(1)</script>\t=cmd()\n\u202eåäö\u200f 👩‍👩‍👧 e\u0301 " + "å" * 20_000


def test_every_type_of_field_is_read_from_what_is_posted() -> None:
    assert values_of(FORM, POSTED) == FILLED


def test_every_type_of_field_is_posted_as_it_was_read() -> None:
    assert posted_of(FORM, FILLED) == POSTED


def test_text_is_kept_exactly_as_written() -> None:
    assert values_of(FORM, [("text", AWKWARD)]) == {"text": AWKWARD}


def test_only_what_no_document_can_hold_is_taken_out_of_a_text() -> None:
    written = "a\x00b\x01c\ud800d\r\ne\rf\tg\x7f\x85h\ufffei\u2028"
    assert values_of(FORM, [("text", written)]) == {"text": "abcd\ne\nf\tghi\u2028"}


def test_a_line_stays_one_line() -> None:
    assert values_of(FORM, [("titel", "ett\r\ntvå")]) == {"titel": "ett två"}


def test_what_the_form_does_not_ask_for_is_left_out() -> None:
    posted = [
        ("okand", "x"),
        ("_csrf", "x"),
        ("rader-0-okand", "x"),
        ("rader-x-namn", "x"),
        ("val", "båt"),
        ("flera", "båt"),
        ("betyg", "11"),
        ("bilagor", "-1"),
        ("poang-båt", "3"),
    ]
    assert values_of(FORM, posted) == {}


def test_what_cannot_be_read_stays_as_it_was_written() -> None:
    posted = [("antal", "ett par"), ("dag", "i höst"), ("kostnad", "1,2 mkr"), ("poang-vag", "två")]
    assert values_of(FORM, posted) == {
        "antal": "ett par",
        "dag": "i höst",
        "kostnad": "1,2 mkr",
        "poang": {"points": {"vag": "två"}},
    }


def test_rows_stand_in_the_order_of_their_numbers_however_they_are_posted() -> None:
    posted = [("rader", "10"), ("rader", "2"), ("rader-2-namn", "A"), ("rader-10-namn", "B")]
    assert values_of(FORM, posted) == {"rader": [{"namn": "A"}, {"namn": "B"}]}


def test_those_who_abstain_keep_the_points_they_had_written() -> None:
    posted = [("poang", "avstar"), ("poang-vag", "3")]
    assert values_of(FORM, posted) == {"poang": {"points": {"vag": 3}, "is_abstaining": True}}


def test_a_form_of_blanks_is_empty() -> None:
    assert is_empty(FORM, {"titel": "  ", "text": "\n", "rader": [{}, {"namn": " "}]})
    assert not is_empty(FORM, {"rader": [{}, {"namn": "x"}]})


def test_what_is_sent_in_has_no_empty_rows_and_no_blanks() -> None:
    values = {"titel": " ", "text": " å ", "rader": [{}, {"namn": "x", "mer": " "}, {"mer": "\n"}]}
    assert settled(FORM, values) == {"text": " å ", "rader": [{"namn": "x"}]}


def test_stored_values_that_no_longer_suit_the_form_are_left_out() -> None:
    stored = {
        "titel": ["x"],
        "flera": "vag",
        "antal": {"a": 1},
        "bilagor": ["x"],
        "poang": {"points": []},
        "rader": [{"namn": 3, "mer": "kvar"}],
        "val": "vag",
        "borta": "x",
    }
    assert fitted(FORM, stored) == {"rader": [{"mer": "kvar"}], "val": "vag"}
    assert fitted(FORM, FILLED) == FILLED


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1 250 000", 1250000),
        ("1250000", 1250000),
        ("1 250 000 kr", 1250000),
        ("1\u00a0250\u202f000\u00a0kronor", 1250000),
        ("1250000,00 SEK", 1250000),
        ("500:-", 500),
        (" 0 ", 0),
        ("−300", -300),
        ("1.250", "1.250"),
        ("1 25 0", "1 25 0"),
        ("12,50", "12,50"),
        ("1,2 mkr", "1,2 mkr"),
        ("kr", "kr"),
        ("1٣", "1٣"),
    ],
)
def test_an_amount_is_read_in_the_ways_people_write_it(written: str, read: int | str) -> None:
    assert amount_in(written) == read


@pytest.mark.parametrize(
    ("written", "decimals", "read"),
    [
        ("12", 0, 12),
        ("-12", 0, -12),
        ("1 250", 0, 1250),
        ("12,5", 1, 12.5),
        ("12.50", 2, 12.5),
        ("12,0", 1, 12),
        ("12,5", 0, "12,5"),
        ("1.000", 2, "1.000"),
        ("12,", 1, "12,"),
        (",5", 1, ",5"),
        ("1e5", 3, "1e5"),
        ("0x1F", 0, "0x1F"),
        ("9" * 16, 0, "9" * 16),
    ],
)
def test_a_number_is_read_or_left_as_written(
    written: str, decimals: int, read: float | str
) -> None:
    assert number_in(written, decimals=decimals) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-10-02", "2026-10-02"),
        (" 2026-10-02 ", "2026-10-02"),
        ("20261002", "2026-10-02"),
        ("2026-02-30", "2026-02-30"),
        ("2/10", "2/10"),
        ("2026-W40-5", "2026-W40-5"),
    ],
)
def test_a_date_is_read_or_left_as_written(written: str, read: str) -> None:
    assert date_in(written) == read


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
    assert without_upload(FORM, values, 6) == {"bilagor": [4, 5], "rader": [{}]}
    assert without_upload(FORM, {"bilagor": [4]}, 4) == {}


@pytest.mark.parametrize("name", ["titel", "rader", "rader-0-namn", "rader-3-bild", "borta"])
def test_a_file_for_a_field_that_takes_none_is_refused(name: str) -> None:
    with pytest.raises(KeyError):
        with_upload(FORM, {}, name, 5)


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r"), max_size=40)
NAMES = st.sampled_from([name for name, _ in POSTED]) | st.builds(
    "rader-{}-{}".format, st.integers(0, 10**12), st.sampled_from(["namn", "mer", "bild", "x"])
)
NUMBERS = st.integers(-(10**10), 10**10).map(str) | st.decimals(
    -(10**8), 10**8, allow_nan=False, places=2
).map(str)


@given(st.lists(st.tuples(NAMES | st.text(), NUMBERS | TEXTS | st.text()), max_size=30))
def test_whatever_is_posted_is_read_and_read_again_the_same(posted: list[tuple[str, str]]) -> None:
    values = values_of(FORM, posted)
    assert values_of(FORM, posted_of(FORM, values)) == values
    assert fitted(FORM, values) == values


@given(st.binary(max_size=200))
def test_no_bytes_can_make_the_reading_fail(content: bytes) -> None:
    text = content.decode("utf-8", errors="surrogateescape")
    values = values_of(FORM, [(name, text) for name, _ in POSTED])
    json.dumps(values, ensure_ascii=False).encode()  # no half of a surrogate pair is left


OPTION_KEYS = st.sampled_from([option.key for option in OPTIONS])
KEPT = TEXTS.map(text_in).filter(bool)
FILLED_IN = st.fixed_dictionaries(
    {},
    optional={
        "titel": KEPT.filter(lambda text: "\n" not in text),
        "text": KEPT,
        "val": OPTION_KEYS,
        "flera": st.just(["vag", "flyg"]),
        "antal": st.integers(-(10**15) + 1, 10**15 - 1)
        | st.integers(1, 10**6).map(lambda n: n + 0.25),
        "betyg": st.integers(1, 10),
        "dag": st.dates().map(str),
        "kostnad": st.integers(0, 10**12),
        "bilagor": st.lists(st.integers(1, 10**6), unique=True, min_size=1),
        "poang": st.just({"points": {"vag": 3}, "is_abstaining": True}),
        "rader": st.lists(
            st.fixed_dictionaries({}, optional={"mer": KEPT, "bild": st.just([3])}),
            min_size=1,
            max_size=5,
        ),
    },
)


@given(FILLED_IN)
def test_every_filled_in_form_survives_the_page_unchanged(values: Values) -> None:
    assert values_of(FORM, posted_of(FORM, values)) == values
