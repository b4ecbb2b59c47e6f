"""A field that is asked only if something is chosen in another."""

import pytest

from agenda.forms.faults import faults_in
from agenda.forms.field import AskedIf
from agenda.forms.fields import Choice, Form, Group, ShortText
from agenda.forms.labels import Option, Words
from agenda.forms.posted import posted_of, values_of
from agenda.forms.shown import rows
from agenda.forms.stored import fitted, settled
from agenda.plan.form_defaults import form_of
from agenda.plan.reading import bundled_plan, check, read_plan
from tests.agenda.plans_with_a_form import ACTIVITY, HEAD, plan_of

BUNDLED = read_plan(bundled_plan())


def words(text: str, english: str | None = None) -> Words:
    return Words(sv=text, en=english)


def choice(key: str, *options: str, condition: AskedIf | None = None, **more: object) -> Choice:
    made = tuple(Option(key=one, label=words(one.capitalize())) for one in options)
    return Choice(key=key, label=words(key), options=made, asked_if=condition, **more)


WHOM = ShortText(
    key="vem",
    label=words("Vem?", "Who?"),
    asked_if=AskedIf(field="beslutar", options=("annan", "kommun")),
    is_required=True,
    holds="email",
)
FORM: Form = (choice("beslutar", "eu", "annan", "kommun", is_multiple=True), WHOM)
SAID = "Svara på ”Vem?”: det behövs eftersom ni har valt ”Annan” eller ”Kommun”."


@pytest.mark.parametrize("chosen", [["annan"], ["kommun"], ["eu", "annan"]])
def test_it_is_required_when_the_condition_holds(chosen: list[str]) -> None:
    values = {"beslutar": chosen}
    assert faults_in(FORM, values, language="sv") == {"vem": SAID}
    english = "Answer “Who?”: it is needed as you have chosen “Annan” or “Kommun”."
    assert faults_in(FORM, values, language="en") == {"vem": english}
    assert faults_in(FORM, values | {"vem": "a@b.example"}, language="sv") == {}
    assert list(faults_in(FORM, values | {"vem": "ingen adress"}, language="sv")) == ["vem"]


@pytest.mark.parametrize("chosen", [{}, {"beslutar": ["eu"]}])
def test_it_is_neither_checked_nor_shown_otherwise_and_what_was_written_is_kept(
    chosen: dict,
) -> None:
    values = chosen | {"vem": "ingen adress"}
    assert faults_in(FORM, values, language="sv") == {}
    assert [row.label for row in rows(FORM, values, language="sv")] == list(chosen)
    assert [row.text for row in rows(FORM, values, language="sv", is_whole=True)][-1] == (
        "ingen adress"
    )
    assert settled(FORM, values) == fitted(FORM, values) == values
    assert values_of(FORM, posted_of(FORM, values)) == values


def test_a_condition_can_hang_on_one_that_is_itself_not_asked() -> None:
    form = (
        choice("ett", "ja", "nej"),
        choice("tva", "ja", "nej", condition=AskedIf(field="ett", options=("ja",))),
        ShortText(
            key="tre",
            label=words("Tre"),
            asked_if=AskedIf(field="tva", options=("ja",)),
            is_required=True,
        ),
    )
    assert list(faults_in(form, {"ett": "ja", "tva": "ja"}, language="sv")) == ["tre"]
    assert faults_in(form, {"ett": "nej", "tva": "ja"}, language="sv") == {}
    shown = rows(form, {"ett": "nej", "tva": "ja", "tre": "x"}, language="sv")
    assert [row.label for row in shown] == ["ett"]


def test_in_a_table_each_row_is_told_by_itself() -> None:
    form = (Group(key="rader", label=words("R"), item_label=words("Rad"), fields=FORM),)
    values = {"rader": [{"beslutar": ["eu"], "vem": "x"}, {"beslutar": ["annan"]}]}
    assert faults_in(form, values, language="sv") == {"rader-1-vem": SAID}
    assert [row.label for row in rows(form, values, language="sv")] == [
        *("R", "Rad 1", "beslutar", "Rad 2", "beslutar")
    ]


def test_a_whole_table_can_be_asked_only_if() -> None:
    table = Group(
        key="rader",
        label=words("R"),
        item_label=words("Rad"),
        fields=(ShortText(key="namn", label=words("Namn"), is_required=True),),
        minimum=1,
        asked_if=AskedIf(field="kommer", options=("ja",)),
    )
    form = (choice("kommer", "ja", "nej"), table)
    assert list(faults_in(form, {"kommer": "ja"}, language="sv")) == ["rader"]
    assert faults_in(form, {"kommer": "nej", "rader": [{"namn": ""}]}, language="sv") == {}


def test_somebody_else_is_asked_whom_in_the_bundled_form() -> None:
    form = form_of(BUNDLED.activity("inspel"), BUNDLED)
    row = {"vem_beslutar": ["eu", "annan"]}
    faults = faults_in(form, {"fragor": [row]}, language="sv")
    assert faults["fragor-0-annan_beslutar"] == (
        "Svara på ”Om någon annan beslutar: vem?”: det behövs eftersom ni har valt ”Någon annan”."
    )
    faults = faults_in(form, {"fragor": [{"vem_beslutar": ["eu"]}]}, language="sv")
    assert "fragor-0-annan_beslutar" not in faults


def test_an_answer_to_the_older_form_is_read_as_it_was_written() -> None:
    form = form_of(BUNDLED.activity("inspel"), BUNDLED)
    old = {"fragor": [{"titel": "T", "vem_beslutar": ["annan"], "annan_beslutar": "Trafikverket"}]}
    assert fitted(form, old) == old
    assert [row.text for row in rows(form, old, language="sv") if row.level == 2][-1] == (
        "Trafikverket"
    )


IN_A_FILE = """\
    form:
      - {key: val, type: choice, label: Val, options: [Ja, Någon annan]}
      - key: vem
        type: short_text
        label: Vem
        asked_if: {field: val, options: [nagon-annan]}
"""
FAULTS = """\
    form:
      - {key: val, type: choice, label: Val, options: [Ja, Annan]}
      - {key: text, type: short_text, label: Text}
      - key: a
        type: short_text
        label: A
        asked_if: {field: vall, options: [ja]}
      - key: b
        type: short_text
        label: B
        asked_if: {field: text, options: [ja]}
      - key: c
        type: short_text
        label: C
        asked_if: {field: val, options: [jaa]}
      - key: d
        type: short_text
        label: D
        asked_if: {field: d, options: [ja]}
      - {key: e, type: choice, label: E, options: [Ja], asked_if: {field: f, options: [ja]}}
      - {key: f, type: choice, label: F, options: [Ja], asked_if: {field: e, options: [ja]}}
      - key: rader
        type: group
        label: Rader
        item_label: Rad
        fields:
          - {key: g, type: short_text, label: G, asked_if: {field: val, options: [ja]}}
      - {key: h, type: short_text, label: H, asked_if: {field: val, options: []}}
      - {key: i, type: short_text, label: I, asked_if: {field: omrade, options: [skog]}}
      - {key: omrade, type: choice, label: O, options_from: policy_areas}
"""


def test_a_plan_file_says_when_a_field_is_asked() -> None:
    [activity] = plan_of(IN_A_FILE).activities
    assert activity.form[1].asked_if == AskedIf(field="val", options=("nagon-annan",))


def test_every_fault_of_a_condition_is_told_with_its_line() -> None:
    head = HEAD + "policy_areas: [Vatten, Skogar]\n"
    found = check((head + ACTIVITY + FAULTS).encode()).faults
    before = (head + ACTIVITY).count("\n")
    told = [(fault.line - before, fault.sentence) for fault in found]
    where = "i aktiviteten ”fraga”"
    assert told == [
        (
            7,
            f"”form.asked_if.field: vall” {where}: det finns inget sådant fält bredvid. "
            "Menar du ”val”?",
        ),
        (
            11,
            f"”form.asked_if.field: text” {where}: fältet har inga alternativ att välja; ange "
            "ett av typen choice.",
        ),
        (15, f"”form.asked_if.options: jaa” {where}: okänt alternativ. Menar du ”ja”?"),
        (19, f"”form.asked_if.field: d” {where}: ett fält kan inte bero på sig självt."),
        (
            20,
            f"”form.asked_if.field: f” {where}: fälten beror på varandra i ring (e → f → e); "
            "bryt den.",
        ),
        (
            21,
            f"”form.asked_if.field: e” {where}: fälten beror på varandra i ring (f → e → f); "
            "bryt den.",
        ),
        (
            27,
            f"”form.fields.asked_if.field: val” {where}: det finns inget sådant fält bredvid. "
            "Det som går är: g.",
        ),
        (28, f"”form.asked_if.options” {where}: listan är tom; här behövs minst en rad."),
        (29, f"”form.asked_if.options: skog” {where}: okänt alternativ. Menar du ”skogar”?"),
    ]
