"""What a page posts becomes values, and values become what a page posts, without loss."""

import json

from hypothesis import given
from hypothesis import strategies as st

from agenda.forms.posted import posted_of, values_of
from agenda.forms.stored import fitted, settled
from agenda.forms.values import Values
from agenda.forms.written import text_in
from tests.agenda.one_of_each_field import FILLED, FORM, OPTIONS, POSTED

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
    assert settled(FORM, {"titel": "  ", "text": "\n", "rader": [{}, {"namn": " "}]}) == {}
    assert settled(FORM, {"rader": [{}, {"namn": "x"}]}) == {"rader": [{"namn": "x"}]}


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
