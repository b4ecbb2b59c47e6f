"""Forms in plan files: a yearly review and a yearly report are data, and need no code."""

from agenda.forms.faults import faults_in
from agenda.forms.fields import Score
from agenda.forms.posted import values_of
from agenda.forms.shown import rows
from agenda.plan.form_defaults import form_of
from agenda.plan.model import PlannedActivity
from tests.agenda.plans_with_a_form import HEAD, plan_of

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
        assert PlannedActivity.model_validate(stored.model_dump(mode="json")) == stored


def test_a_score_has_words_for_its_ends() -> None:
    plan = plan_of(REVIEW)
    score = form_of(plan.activities[0], plan)[0]
    assert isinstance(score, Score)
    assert (score.minimum, score.maximum) == (1, 10)
    assert score.lowest
    assert score.highest
    assert (score.lowest.sv, score.highest.sv) == ("Inte alls", "Helt och hållet")
