"""Forms in plan files: read, checked with every fault named, and the kinds' own forms."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from agenda.forms.defaults import ballot_of, form_of
from agenda.forms.fields import Choice, Group, Points, Score
from agenda.forms.posted import faults_in, rows, values_of
from agenda.kinds import KINDS
from agenda.plan.model import Activity, Plan
from agenda.plan.reading import bundled_plan, check, read_plan

HEAD = """\
key: prov
name: "2026"
title: Provplan
responsible: {name: Anna, address: anna@regionen.example}
coordinator: {name: Samordnaren, address: sam@regionen.example}
"""
ACTIVITY = """\
activities:
  - key: fraga
    kind: input
    title: Årets fråga
    starts_on: 2026-03-02
    due_on: 2026-04-30
"""
REVIEW = """\
    form:
      - {key: bidrag, type: score, label: "Hur väl bidrar nätverket till målen?", is_required: true,
         lowest: Inte alls, highest: Helt och hållet}
      - key: motivering
        type: long_text
        label: {sv: "Varför?", en: "Why?"}
      - {key: kostnad_2024, type: amount_sek, label: Kostnad 2024, is_required: true}
      - {key: kostnad_2025, type: amount_sek, label: Kostnad 2025, is_required: true}
      - {key: kostnad_2026, type: amount_sek, label: Kostnad 2026, is_required: true}
      - {key: framover, type: choice, label: Vad nu, options: [Stanna kvar, Lämna]}
"""
REPORT = """\
    form:
      - key: insatser
        type: group
        label: Årets insatser
        item_label: Insats
        minimum: 5
        maximum: 10
        fields:
          - {key: insats, type: short_text, label: Insats, is_required: true}
          - {key: omrade, type: choice, options_from: policy_areas, label: Prioritering}
          - {key: medel, type: amount_sek, label: Beviljade medel}
          - {key: klar_den, type: date, label: Klar, earliest_on: 2026-01-01}
          - {key: andel, type: number, decimals: 1, minimum: 0, maximum: 100, label: Andel}
"""


def plan_of(form: str, *, head: str = HEAD) -> Plan:
    return read_plan((head + ACTIVITY + form).encode())


def said_of(form: str, *, head: str = HEAD) -> list[tuple[int, str]]:
    """The faults, their lines counted from the first line of the form."""
    start = (head + ACTIVITY).count("\n")
    report = check((head + ACTIVITY + form).encode())
    return [(fault.line - start, fault.sentence) for fault in report.faults]


def test_a_yearly_review_needs_no_code() -> None:
    plan = plan_of(REVIEW)
    form = form_of(plan.activities[0], plan)
    posted = [
        ("bidrag", "8"),
        ("motivering", "Det ger oss mer än vi betalar."),
        ("kostnad_2024", "177 000"),
        ("kostnad_2025", "207000 kr"),
        ("framover", "stanna-kvar"),
    ]
    values = values_of(form, posted)
    assert faults_in(form, values, language="sv") == {"kostnad_2026": "Fyll i ”Kostnad 2026”."}
    shown = [(row.label, row.text) for row in rows(form, values, language="sv")]
    assert shown == [
        ("Hur väl bidrar nätverket till målen?", "8 av 10"),
        ("Varför?", "Det ger oss mer än vi betalar."),
        ("Kostnad 2024", "177\u00a0000\u00a0kr"),
        ("Kostnad 2025", "207\u00a0000\u00a0kr"),
        ("Vad nu", "Stanna kvar"),
    ]


def test_a_yearly_report_of_five_to_ten_rows_needs_no_code() -> None:
    plan = plan_of(REPORT, head=HEAD + "policy_areas: [Besöksnäring, Bredband]\n")
    form = form_of(plan.activities[0], plan)
    posted = [("insatser-0-insats", "Fiber"), ("insatser-0-omrade", "bredband")]
    posted += [("insatser", "0"), ("insatser-0-medel", "10 000 000")]
    posted += [
        ("insatser", "1"),
        ("insatser-1-andel", "101,5"),
        ("insatser-1-klar_den", "20251231"),
    ]
    values = values_of(form, posted)
    assert values == {
        "insatser": [
            {"insats": "Fiber", "omrade": "bredband", "medel": 10000000},
            {"klar_den": "2025-12-31", "andel": 101.5},
        ]
    }
    assert faults_in(form, values, language="sv") == {
        "insatser": "Under ”Årets insatser” behövs minst 5. Nu är 2 ifyllda.",
        "insatser-1-insats": "Fyll i ”Insats”.",
        "insatser-1-klar_den": "2025-12-31 är för tidigt. Skriv 2026-01-01 eller senare.",
        "insatser-1-andel": "101,5 är för mycket. Skriv 100 eller mindre.",
    }


def test_a_form_survives_being_stored_with_its_round() -> None:
    for text in (REVIEW, REPORT):
        stored = plan_of(text).activities[0]
        assert Activity.model_validate(stored.model_dump(mode="json")) == stored


def test_every_fault_of_a_form_is_named_with_its_line() -> None:
    form = """\
    form:
      - {key: titel, type: short_txt, label: Titel}
      - {key: Titel, type: short_text, label: Titel}
      - key: val
        type: choice
        label: Val
      - key: omrade
        type: choice
        label: Område
        options_from: policy_area
      - key: val
        type: choice
        label: Nej
        options: [Ja, No, ja]
      - key: betyg
        type: number
        label: Betyg
        minimum: 10
        maximum: 1
      - key: rader
        type: group
        label: Rader
        item_label: Rad
        minimum: 61
        fields:
          - {key: namn, type: short_text, label: Namn, lenght: 3}
          - {key: namn, type: group, label: Namn}
      - key: dag
        type: date
        label: 010
        earliest_on: 2026-05-01
        latest_on: 2026-04-01
      - label: Utan sort
        key: utan
      - bara text
"""
    possible = "short_text, long_text, choice, number, score, date, amount_sek, file"
    assert said_of(form) == [
        (
            2,
            "”form” i aktiviteten ”fraga”: okänt värde för ”type”. Menar du ”short_text”?",
        ),
        (
            3,
            "”form.key: Titel” i aktiviteten ”fraga”: skrivs med små bokstäver a–z, siffror och "
            "understreck, till exempel vem_beslutar.",
        ),
        (
            4,
            "”form” i aktiviteten ”fraga”: alternativ saknas; räkna upp dem under ”options” eller "
            "ange en lista i ”options_from”.",
        ),
        (
            10,
            "”form.options_from: policy_area” i aktiviteten ”fraga”: okänd lista. "
            "Menar du ”policy_areas”?",
        ),
        (
            11,
            "”form.key: val” i aktiviteten ”fraga”: ett fält med nyckeln står redan på rad 15; "
            "ge det ena en annan.",
        ),
        (
            14,
            "”form.options: No” i aktiviteten ”fraga”: utan citattecken läser YAML detta som "
            "falskt (false); sätt citattecken om det.",
        ),
        (
            14,
            "”form.options” i aktiviteten ”fraga”: samma nyckel, ”ja”, som raden 25; ändra texten "
            "eller ge en ”key”.",
        ),
        (
            18,
            "”form.minimum” i aktiviteten ”fraga”: ”minimum” (10) är större än ”maximum” (1); "
            "ändra en av dem.",
        ),
        (
            24,
            "”form.minimum” i aktiviteten ”fraga”: ”minimum” (61) är större än ”maximum” (60); "
            "ändra en av dem.",
        ),
        (
            26,
            "”form.fields.lenght” i aktiviteten ”fraga”: okänd nyckel. Menar du ”max_length”?",
        ),
        (
            27,
            "”form.fields.key: namn” i aktiviteten ”fraga”: ett fält med nyckeln står redan på "
            "rad 37; ge det ena en annan.",
        ),
        (
            27,
            "”form.fields” i aktiviteten ”fraga”: okänt värde för ”type”. "
            f"Det som går är: {possible}.",
        ),
        (
            30,
            "”form.label: 010” i aktiviteten ”fraga”: utan citattecken läser YAML detta som "
            "8; sätt citattecken om det.",
        ),
        (
            31,
            "”form.earliest_on” i aktiviteten ”fraga”: ”earliest_on” (2026-05-01) är senare än "
            "”latest_on” (2026-04-01); ändra en av dem.",
        ),
        (
            33,
            "”form” i aktiviteten ”fraga”: nyckeln ”type” saknas. "
            f"Det som går är: {possible}, points, group.",
        ),
        (
            35,
            "”form: bara text” i aktiviteten ”fraga”: här ska nycklar med värden stå, indragna "
            "under raden.",
        ),
    ]


def test_policy_areas_of_the_plan_are_checked_too() -> None:
    head = HEAD + 'policy_areas: [Vägar, "Vägar!", "?"]\n'
    said = [(fault.line, fault.sentence) for fault in check((head + ACTIVITY).encode()).faults]
    assert said == [
        (
            6,
            "”policy_areas: ?” i planen: området behöver minst en bokstav a–z eller siffra.",
        ),
        (
            6,
            "”policy_areas” i planen: samma nyckel, ”vagar”, som raden 6; ändra texten eller ge "
            "en ”key”.",
        ),
    ]


def test_options_are_given_in_place_or_by_name_never_both() -> None:
    form = """\
    ballot:
      - {key: val, type: points, label: Val, items: [Ett, Två], items_from: policy_areas}
"""
    assert said_of(form) == [
        (
            2,
            "”ballot.items_from” i aktiviteten ”fraga”: skriv ”items” eller ”items_from”, "
            "inte båda.",
        )
    ]


def test_without_a_form_of_its_own_an_activity_has_the_form_of_its_kind() -> None:
    plan = read_plan(bundled_plan())
    keys = {a.kind: [field.key for field in form_of(a, plan)] for a in plan.activities}
    assert keys == {
        "drafting": [],
        "dispatch": [],
        "meeting": [],
        "input": ["fragor", "bilagor"],
        "compilation": [],
        "workshop": ["kommer", "deltagare", "behov"],
        "consultation": ["stallningstagande", "synpunkter", "allmant", "bilagor"],
        "adoption": [],
    }


def test_a_proposal_is_placed_in_one_of_the_plans_own_areas() -> None:
    plan = read_plan(bundled_plan()).model_copy(update={"policy_areas": ("Rennäring", "Vindkraft")})
    proposals = form_of(plan.activity("inspel"), plan)[0]
    assert isinstance(proposals, Group)
    area = next(field for field in proposals.fields if field.key == "omrade")
    assert isinstance(area, Choice)
    assert [(option.key, option.label.sv) for option in area.options] == [
        ("rennaring", "Rennäring"),
        ("vindkraft", "Vindkraft"),
    ]


def test_a_workshops_ballot_is_over_what_the_plan_names_or_over_the_areas() -> None:
    items = "    ballot: [{key: val, type: points, label: Val, items: [Väg 84, Fiber]}]\n"
    plan = plan_of(items)
    bundled = read_plan(bundled_plan())
    workshop = next(entry for entry in bundled.activities if entry.kind == "workshop")
    ballots = ballot_of(plan.activities[0], plan), ballot_of(workshop, bundled)
    points = [field for ballot in ballots for field in ballot if isinstance(field, Points)]
    assert [[item.key for item in field.items][:2] for field in points] == [
        ["vag-84", "fiber"],
        ["infrastruktur-och-samhallsservice", "bredband-och-digitalisering"],
    ]


def test_the_kinds_own_forms_would_pass_as_a_plan_files(tmp_path: Path) -> None:
    plan: dict[str, Any] = yaml.safe_load(HEAD)
    plan["activities"] = [
        {
            "key": kind.name,
            "kind": kind.name,
            "title": kind.label["sv"],
            "on": "2026-03-02",
            "form": _plain(kind.form),
            "ballot": _plain(kind.ballot),
        }
        for kind in KINDS.values()
    ]
    file = tmp_path / "plan.yaml"
    file.write_text(yaml.safe_dump(plan, allow_unicode=True), encoding="utf-8")
    assert check(file).faults == ()


def _plain(form: tuple[Any, ...]) -> list[dict[str, Any]]:
    """As a person would write it: what is usual is left out, save the type."""
    return [
        {"type": field.type, **_written(field.model_dump(mode="json", exclude_defaults=True))}
        | ({"fields": _plain(field.fields)} if isinstance(field, Group) else {})
        for field in form
    ]


def _written(field: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in field.items() if name != "fields"}


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS.values() if kind.form])
def test_every_label_of_the_kinds_forms_is_in_both_languages(kind: str) -> None:
    fields = [*KINDS[kind].form, *KINDS[kind].ballot]
    fields += [inner for field in fields if isinstance(field, Group) for inner in field.fields]
    said = [field.label for field in fields] + [field.help for field in fields if field.help]
    said += [
        option.label for field in fields if isinstance(field, Choice) for option in field.options
    ]
    assert [words.sv for words in said if not words.en] == []


def test_a_score_has_words_for_its_ends() -> None:
    plan = plan_of(REVIEW)
    score = form_of(plan.activities[0], plan)[0]
    assert isinstance(score, Score)
    assert (score.minimum, score.maximum) == (1, 10)
    assert score.lowest
    assert score.highest
    assert (score.lowest.sv, score.highest.sv) == ("Inte alls", "Helt och hållet")
