"""A form with a field of every type: filled in, and as a page posts it."""

from agenda.forms.fields import (
    Amount,
    Choice,
    Date,
    File,
    Form,
    Group,
    LongText,
    Number,
    Points,
    Score,
    ShortText,
    Table,
)
from agenda.forms.labels import Option, Words
from agenda.forms.values import Values


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
    Table(
        key="kostnader",
        label=words("Kostnader"),
        rows=OPTIONS,
        columns=(
            Amount(key="belopp", label=words("Belopp")),
            LongText(key="not_om", label=words("Not")),
        ),
        has_sums=True,
    ),
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
    "kostnader": {"vag": {"belopp": 5, "not_om": "Rad\ntvå"}, "flyg": {"belopp": "många"}},
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
    ("kostnader-vag-belopp", "5"),
    ("kostnader-vag-not_om", "Rad\ntvå"),
    ("kostnader-flyg-belopp", "många"),
    ("rader", "0"),
    ("rader-0-namn", "Ett"),
    ("rader", "1"),
    ("rader", "2"),
    ("rader-2-mer", "Tre"),
    ("rader-2-bild", "7"),
]
