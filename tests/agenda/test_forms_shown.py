"""What is wrong with a filled-in form, and a filled-in form in words; in both languages."""

from datetime import date

import pytest

from agenda.forms.faults import faults_in
from agenda.forms.field import ReplyRow
from agenda.forms.fields import (
    Amount,
    Choice,
    Date,
    Field,
    File,
    Form,
    Group,
    LongText,
    Number,
    Points,
    Score,
    ShortText,
)
from agenda.forms.labels import Option, Words
from agenda.forms.shown import rows
from agenda.forms.values import Values

OPTIONS = (
    Option(key="vag", label=Words(sv="Väg", en="Road")),
    Option(key="bana", label=Words(sv="Bana")),
)
NAME = Words(sv="Namn", en="Name")
POINTS = Points(key="x", label=NAME, items=OPTIONS, total=10, is_required=True)
EXACT = POINTS.model_copy(update={"is_exact": True, "may_abstain": False})


def said(field: Field, value: object, language: str = "sv") -> dict[str, str]:
    return faults_in((field,), {"x": value}, language=language)


@pytest.mark.parametrize(
    ("field", "sv", "en"),
    [
        (ShortText, "Fyll i ”Namn”.", "Fill in “Name”."),
        (LongText, "Fyll i ”Namn”.", "Fill in “Name”."),
        (Number, "Fyll i ”Namn”.", "Fill in “Name”."),
        (Amount, "Fyll i ”Namn”.", "Fill in “Name”."),
        (Date, "Fyll i ”Namn”.", "Fill in “Name”."),
        (Choice, "Välj ett svar på ”Namn”.", "Choose an answer to “Name”."),
        (Score, "Välj ett svar på ”Namn”.", "Choose an answer to “Name”."),
        (File, "Bifoga en fil under ”Namn”.", "Attach a file under “Name”."),
        (
            Points,
            "Fördela poäng under ”Namn”, eller kryssa i att ni avstår.",
            "Spread points under “Name”, or tick that you abstain.",
        ),
    ],
)
def test_what_is_required_is_asked_for_in_both_languages(
    field: type[Field], sv: str, en: str
) -> None:
    required = field(key="x", label=NAME, is_required=True)
    optional = field(key="x", label=NAME)
    for empty in (None, "  ", [], {}):
        assert said(required, empty) == {"x": sv}
        assert said(required, empty, "en") == {"x": en}
        assert said(optional, empty) == {}


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        (
            LongText(key="x", label=NAME, max_length=20_000),
            "å" * 20_350,
            "Texten är 20\u00a0350 tecken och högst 20\u00a0000 får plats. Korta den med 350.",
        ),
        (
            ShortText(key="x", label=NAME, holds="email"),
            "anna",
            "Skriv en e-postadress, till exempel namn@kommunen.se.",
        ),
        (
            ShortText(key="x", label=NAME, holds="email"),
            "workflows://host/x",
            "Skriv en e-postadress, till exempel namn@kommunen.se.",
        ),
        (Number(key="x", label=NAME), "tolv", "Skriv ett heltal med siffror, till exempel 12."),
        (
            Number(key="x", label=NAME, decimals=2),
            "tolv",
            "Skriv ett tal med siffror, till exempel 12,5. Högst 2 decimaler.",
        ),
        (
            Number(key="x", label=NAME, decimals=2, maximum=1500),
            1500.25,
            "1\u00a0500,25 är för mycket. Skriv 1\u00a0500 eller mindre.",
        ),
        (Amount(key="x", label=NAME), -5, "-5 är för lite. Skriv 0 eller mer."),
        (
            Amount(key="x", label=NAME),
            "1,2 mkr",
            "Skriv beloppet i hela kronor med siffror, till exempel 1\u00a0250\u00a0000.",
        ),
        (
            Date(key="x", label=NAME),
            "i höst",
            "Skriv datumet som år-månad-dag, till exempel 2026-10-02.",
        ),
        (
            Date(key="x", label=NAME, latest_on=date(2026, 5, 1)),
            "2026-05-02",
            "2026-05-02 är för sent. Skriv 2026-05-01 eller tidigare.",
        ),
        (File(key="x", label=NAME), [1, 2], "Här får bara en fil finnas. Ta bort de andra."),
        (
            POINTS,
            {"points": {"vag": 8, "bana": 3}},
            "Ni har fördelat 11 poäng men har 10. Ta bort 1.",
        ),
        (EXACT, {"points": {"vag": 7}}, "Ni har fördelat 7 av 10 poäng. Fördela 3 till."),
        (
            POINTS,
            {"points": {"vag": 0}},
            "Fördela poäng under ”Namn”, eller kryssa i att ni avstår.",
        ),
        (
            POINTS,
            {"points": {"vag": 3}, "is_abstaining": True},
            "Ni har både gett poäng och kryssat i att ni avstår. Välj ett.",
        ),
    ],
)
def test_what_does_not_suit_is_said_with_how_to_mend_it(
    field: Field, value: object, sentence: str
) -> None:
    assert said(field, value) == {"x": sentence}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (LongText(key="x", label=NAME), "å" * 20_000),
        (ShortText(key="x", label=NAME, holds="email"), " anna@kommunen.se "),
        (Number(key="x", label=NAME, minimum=0, maximum=10), 10),
        (Amount(key="x", label=NAME), 0),
        (Date(key="x", label=NAME, earliest_on=date(2026, 5, 1)), "2026-05-01"),
        (File(key="x", label=NAME, is_multiple=True), [1, 2]),
        (POINTS, {"points": {"vag": 4}}),
        (EXACT, {"points": {"vag": 7, "bana": 3}}),
        (POINTS, {"is_abstaining": True}),
    ],
)
def test_what_suits_has_no_fault(field: Field, value: object) -> None:
    assert said(field, value) == {}


def test_points_that_are_no_number_are_named_by_their_item() -> None:
    assert said(POINTS, {"points": {"vag": "två", "bana": -1}}) == {
        "x-vag": "Skriv poängen som ett heltal, 0 eller mer.",
        "x-bana": "Skriv poängen som ett heltal, 0 eller mer.",
    }
    assert Points(key="p", label=Words(sv="P")).given({"points": {"vag": "två", "bana": 4}}) == 4


GROUP = Group(
    key="x",
    label=Words(sv="Frågor", en="Proposals"),
    item_label=Words(sv="Fråga", en="Proposal"),
    minimum=1,
    maximum=2,
    fields=(
        ShortText(key="titel", label=Words(sv="Titel"), is_required=True),
        LongText(key="text", label=Words(sv="Text")),
        File(key="bild", label=Words(sv="Bild")),
    ),
)


def test_an_empty_row_between_others_is_no_fault_and_the_others_keep_their_numbers() -> None:
    assert said(GROUP, [{"titel": "A"}, {"titel": " "}, {"text": "utan titel"}]) == {
        "x-2-titel": "Fyll i ”Titel”."
    }


def test_too_few_and_too_many_rows_are_said_of_the_group() -> None:
    assert said(GROUP, [{}]) == {"x": "Under ”Frågor” behövs minst 1. Nu är 0 ifyllda."}
    assert said(GROUP, [{"titel": str(n)} for n in range(4)], "en") == {
        "x": "Under “Proposals” at most 2 fit. 4 are filled in. Remove 2."
    }


FORM: Form = (
    GROUP,
    Choice(key="val", label=Words(sv="Val", en="Choice"), options=OPTIONS, is_multiple=True),
    Score(key="betyg", label=Words(sv="Betyg")),
    Number(
        key="andel", label=Words(sv="Andel"), decimals=1, unit=Words(sv="procent", en="percent")
    ),
    Amount(key="kostnad", label=Words(sv="Kostnad")),
    Date(key="dag", label=Words(sv="Dag")),
    File(key="bilagor", label=Words(sv="Bilagor"), is_multiple=True),
    POINTS.model_copy(update={"key": "poang"}),
    ShortText(key="tom", label=Words(sv="Tom")),
)
VALUES: Values = {
    "x": [{"titel": "<b>Väg 84</b>", "text": "rad 1\n=cmd()"}, {}, {"titel": "Två", "bild": [7]}],
    "val": ["vag", "bana"],
    "betyg": 7,
    "andel": 12.5,
    "kostnad": 1250000,
    "dag": "2026-10-02",
    "bilagor": [4, 9],
    "poang": {"points": {"bana": 4}},
    "tom": " ",
}


def test_a_filled_in_form_is_shown_in_its_order_without_what_is_empty() -> None:
    assert rows(FORM, VALUES, language="sv") == [
        ReplyRow("Frågor", "", 0, ()),
        ReplyRow("Fråga 1", "", 1, ()),
        ReplyRow("Titel", "<b>Väg 84</b>", 2, ()),
        ReplyRow("Text", "rad 1\n=cmd()", 2, ()),
        ReplyRow("Fråga 2", "", 1, ()),
        ReplyRow("Titel", "Två", 2, ()),
        ReplyRow("Bild", "", 2, (7,)),
        ReplyRow("Val", "Väg\nBana", 0, ()),
        ReplyRow("Betyg", "7 av 10", 0, ()),
        ReplyRow("Andel", "12,5\u00a0procent", 0, ()),
        ReplyRow("Kostnad", "1\u00a0250\u00a0000\u00a0kr", 0, ()),
        ReplyRow("Dag", "2026-10-02", 0, ()),
        ReplyRow("Bilagor", "", 0, (4, 9)),
        ReplyRow("Namn", "", 0, ()),
        ReplyRow("Bana", "4 poäng", 1, ()),
    ]


def test_a_filled_in_form_is_shown_in_english_where_the_form_has_english() -> None:
    values = {"val": ["vag", "bana"], "andel": 1250.5, "kostnad": 5, "betyg": 1}
    values |= {"poang": {"is_abstaining": True}}
    assert rows(FORM, values, language="en") == [
        ReplyRow("Choice", "Road\nBana", 0, ()),
        ReplyRow("Betyg", "1 of 10", 0, ()),
        ReplyRow("Andel", "1\u00a0250.5\u00a0percent", 0, ()),
        ReplyRow("Kostnad", "5\u00a0SEK", 0, ()),
        ReplyRow("Name", "Abstains", 0, ()),
    ]
