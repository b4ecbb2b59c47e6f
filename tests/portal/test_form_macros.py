"""The page of a form: what it says to people and assistive tools, and what it posts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agenda.forms.faults import faults_in
from agenda.forms.fields import Form
from agenda.forms.posted import values_of
from agenda.forms.shown import rows
from agenda.forms.values import Values
from agenda.plan.form_defaults import ballot_of, form_of
from agenda.plan.reading import bundled_plan, read_plan
from tests.portal.form_page import (
    AWKWARD,
    ENVIRONMENT,
    EVERY_TYPE,
    FILLED,
    HALF,
    UPLOADS,
    Element,
    Tree,
    posted,
    shown,
)

PLAN = read_plan(bundled_plan())
PROPOSALS = form_of(PLAN.activity("inspel"), PLAN)
WORKSHOP = next(one for one in PLAN.activities if one.kind == "workshop")
STATEMENT = form_of(next(one for one in PLAN.activities if one.kind == "consultation"), PLAN)
FORMS = {
    "input": PROPOSALS,
    "consultation": STATEMENT,
    "workshop": form_of(WORKSHOP, PLAN),
    "ballot": ballot_of(WORKSHOP, PLAN),
}
SENT = ENVIRONMENT.from_string(
    '{% import "forms/form.html" as forms %}{{ forms.sent(rows, files) }}'
)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("values", [FILLED, HALF])
def test_a_page_posts_exactly_the_values_that_it_shows(values: Values, language: str) -> None:
    page = shown(EVERY_TYPE, values, language=language)
    assert values_of(EVERY_TYPE, posted(page)) == values


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t")))
def test_any_text_survives_the_page_unchanged(text: str) -> None:
    values: Values = {"text": text} if text else {}
    assert values_of((EVERY_TYPE[2],), posted(shown((EVERY_TYPE[2],), values))) == values


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(
    ("form", "values"),
    [(EVERY_TYPE, FILLED), (EVERY_TYPE, HALF)] + [(form, {}) for form in FORMS.values()],
    ids=["every-type", "half", *FORMS],
)
def test_everything_on_the_page_is_named_and_explained(
    form: Form, values: Values, language: str
) -> None:
    faults = faults_in(form, values, language=language)
    assert faults
    page = shown(form, values, language=language, faults=faults)
    ids = [element.attributes["id"] for element in page.all() if "id" in element.attributes]
    assert sorted(set(ids)) == sorted(ids)
    labels = {label.attributes["for"]: label.words() for label in page.all("label")}
    controls = [
        element
        for element in page.all("input", "textarea", "select")
        if element.attributes.get("type") != "hidden"
    ]
    assert {control.attributes["id"] for control in controls} == set(labels)
    assert "" not in labels.values()
    assert all(next(one.all("legend")).words() for one in page.all("fieldset"))
    referred = [
        name
        for element in page.all()
        for attribute in ("aria-describedby", "aria-labelledby")
        for name in element.attributes.get(attribute, "").split()
    ]
    linked = [link.attributes["href"].removeprefix("#") for link in page.one(id="fel").all("a")]
    assert set(referred + linked) <= set(ids)
    assert len(linked) == len(faults)
    assert not [e for e in page.all() if "style" in e.attributes or e.tag in ("script", "style")]
    assert not [name for e in page.all() for name in e.attributes if name.startswith("on")]


def test_a_fault_stands_at_its_field_and_in_the_summary_with_its_row() -> None:
    values: Values = {"titel": "x", "rader": [{}, {"mer": "utan namn"}], "antal": "ett par"}
    page = shown(EVERY_TYPE, values, faults=faults_in(EVERY_TYPE, values, language="sv"))
    summary = page.one(id="fel")
    assert [(link.attributes["href"], link.words()) for link in summary.all("a")] == [
        (
            "#falt-antal",
            "Antal: Skriv ett tal med siffror, till exempel 12,5. Högst 2 decimaler.",
        ),
        ("#falt-rader-1-namn", "Rad 2: Fyll i ”Namn”."),
    ]
    assert [heading.words() for heading in summary.all("h2")] == ["2 saker behöver rättas"]
    name = page.one(id="falt-rader-1-namn").attributes
    assert name["aria-invalid"] == "true"
    assert page.one(id=name["aria-describedby"]).words() == "Fyll i ”Namn”."
    assert "aria-invalid" not in page.one(id="falt-titel").attributes


def test_without_faults_there_is_no_summary() -> None:
    assert list(shown(EVERY_TYPE, FILLED).all("section")) == []


def test_what_is_required_is_said_in_words() -> None:
    labels = {
        label.attributes["for"]: label.words() for label in shown(EVERY_TYPE, {}).all("label")
    }
    assert labels["falt-titel"] == "Titel (obligatoriskt)"
    assert labels["falt-text"] == "Text"
    english = shown(EVERY_TYPE, {}, language="en").all("label")
    assert next(english).words() == "Title (required)"


def test_what_is_not_in_the_pages_language_is_marked_with_its_own() -> None:
    english = shown(EVERY_TYPE, {}, language="en")
    said = [(one.words(), one.attributes.get("lang")) for one in english.all("span")]
    assert ("Title", None) in said
    assert ("E-post", "sv") in said
    assert not [one for one in shown(EVERY_TYPE, {}).all() if "lang" in one.attributes]


def test_hints_say_the_limits_before_anybody_meets_them() -> None:
    page = shown(EVERY_TYPE, {"text": "å" * 19_000})
    hints = {
        one.attributes["id"]: one.words()
        for one in page.all("div")
        if one.attributes.get("class") == "help"
    }
    files = (
        "Word, Excel, PowerPoint, OpenDocument, PDF och bilder (PNG, JPEG, GIF). Högst 20 MB per "
        "fil, 60 MB tillsammans och 20 filer i ett svar. Filen laddas upp när ni sparar."
    )
    assert hints == {
        "falt-text--hjalp": "Skriv fritt. Högst 20 000 tecken.",
        "falt-kort--hjalp": "Högst 500 tecken.",
        "falt-antal--hjalp": "Från 0 till 5 000.",
        "falt-betyg--hjalp": "1 betyder ”dåligt” och 10 betyder ”bra”.",
        "falt-dag--hjalp": "År-månad-dag, till exempel 2026-10-02.",
        "falt-kostnad--hjalp": "I hela kronor.",
        "falt-kostnader-val-0-belopp--hjalp": "I hela kronor.",
        "falt-kostnader-val-1-belopp--hjalp": "I hela kronor.",
        "falt-bilagor--hjalp": files,
        "falt-poang--hjalp": "Ni har 10 poäng att fördela. Fördelat hittills: 0. "
        "Summan räknas om när ni sparar.",
        "falt-rader-0-bild--hjalp": files,
    }


def test_a_long_text_is_never_cut_by_the_browser() -> None:
    assert not [one for one in shown(EVERY_TYPE, FILLED).all() if "maxlength" in one.attributes]


def test_the_page_counts_the_points_that_are_spread() -> None:
    page = shown(EVERY_TYPE, FILLED)
    assert "Fördelat hittills: 6." in page.one(id="falt-poang--hjalp").words()


def test_browsers_are_told_what_they_can_fill_in_for_each_row_apart() -> None:
    page = shown(EVERY_TYPE, {"rader": [{}, {}]})
    told = {
        one.attributes["id"]: one.attributes["autocomplete"]
        for one in page.all("input")
        if one.attributes.get("autocomplete", "off") != "off"
    }
    assert told == {
        "falt-epost": "email",
        "falt-rader-0-namn": "section-rader-0 name",
        "falt-rader-1-namn": "section-rader-1 name",
    }


def buttons(page: Element) -> list[tuple[str, str]]:
    return [(one.attributes["name"], one.words()) for one in page.all("button")]


def test_rows_and_files_have_buttons_that_need_no_script() -> None:
    assert buttons(shown(EVERY_TYPE, {"rader": [{}, {"bild": [7]}], "bilagor": [4]})) == [
        ("save", ""),
        ("detach:4", "Ta bort filen Bilaga <b>åäö</b>.pdf"),
        ("remove:rader:0", "Ta bort rad 1"),
        ("detach:7", "Ta bort filen karta.png"),
        ("remove:rader:1", "Ta bort rad 2"),
        ("add:rader", "Lägg till rad"),
    ]


def test_the_fewest_rows_cannot_be_removed_nor_one_more_than_the_most_added() -> None:
    assert buttons(shown(EVERY_TYPE, {})) == [("save", ""), ("add:rader", "Lägg till rad")]
    full = buttons(shown(EVERY_TYPE, {"rader": [{}, {}, {}]}, language="en"))
    assert full == [
        ("save", ""),
        ("remove:rader:0", "Remove row 1"),
        ("remove:rader:1", "Remove row 2"),
        ("remove:rader:2", "Remove row 3"),
    ]


def test_a_file_that_is_gone_is_no_longer_shown_or_posted() -> None:
    page = shown(EVERY_TYPE, {"bilagor": [4, 99]})
    assert values_of(EVERY_TYPE, posted(page))["bilagor"] == [4]


def test_a_choice_that_is_not_required_can_be_let_go_of() -> None:
    page = shown(EVERY_TYPE, {"radio": "val-1"})
    last = [one for one in page.all("input") if one.attributes["name"] == "radio"][-1]
    assert (last.attributes["value"], "checked" in last.attributes) == ("", False)


def test_what_was_sent_is_shown_as_written_and_never_as_markup() -> None:
    sent = SENT.render(rows=rows(EVERY_TYPE, FILLED, language="sv"), files=UPLOADS)
    page = Tree(sent).root
    assert {one.tag for one in page.all()} == {"dl", "div", "dt", "dd", "span", "ul", "li", "a"}
    written = [one.text for one in page.all("span") if one.attributes["class"] == "written"]
    assert written[2] == AWKWARD + "å" * 20_000
    names = [one.words() for one in page.all("span") if one.attributes["class"] == "file"]
    sizes = [one.words() for one in page.all("span") if one.attributes["class"] == "size"]
    assert names == ["Bilaga <b>åäö</b>.pdf", "karta.png", "karta.png"]
    assert sizes == ["(1,2 MB)", "(3 kB)", "(3 kB)"]
    assert [one.attributes for one in page.all("a")] == [{"href": "/svar/fil/4"}]
