"""What a plan's fields mean: compilations read that, and never a plan's own keys."""

from agenda.forms.field import Meaning
from agenda.forms.meanings import meant, rows_meant
from agenda.forms.values import ROW_KEY
from agenda.plan.reading import check
from tests.agenda.plans_with_a_form import ACTIVITY, HEAD, plan_of

FORM = """\
    form:
      - {type: choice, key: linje, label: Linje, options: [För, Emot], means: position}
      - {type: long_text, key: fritt, label: Fritt}
      - type: group
        key: fragor
        label: Frågor
        item_label: Fråga
        fields:
          - {type: short_text, key: rubrik, label: Rubrik, means: title}
          - {type: choice, key: svar, label: Svar, options: [Ja, Nej]}
          - type: short_text
            key: varfor
            label: Varför?
            means: reason
            asked_if: {field: svar, options: [ja]}
      - type: table
        key: ar
        label: År
        rows: ["2025", "2024"]
        columns: [{type: amount_sek, key: kr, label: Kronor, means: amount}]
"""


def test_an_answer_is_read_by_what_its_fields_mean_and_each_row_by_its_key() -> None:
    form = plan_of(FORM).activities[0].form
    assert form is not None
    values = {
        "linje": "for",
        "fritt": "Annat",
        "fragor": [
            {ROW_KEY: "a1", "rubrik": "Vägar", "svar": "nej", "varfor": "Inte längre frågat"},
            {ROW_KEY: "b2", "rubrik": "  "},
            {ROW_KEY: "c3", "rubrik": "Tåg", "svar": "ja", "varfor": "Behövs"},
        ],
        "ar": {"2024": {"kr": 12}},
    }
    assert meant(form, values) == {Meaning.POSITION: "for"}
    assert list(rows_meant(form, values)) == [
        ("fragor", "a1", {Meaning.TITLE: "Vägar"}),
        ("fragor", "c3", {Meaning.TITLE: "Tåg", Meaning.REASON: "Behövs"}),
        ("ar", "2024", {Meaning.AMOUNT: 12}),
    ]


def test_two_fields_beside_one_another_never_mean_the_same() -> None:
    twice = FORM.replace("label: Fritt}", "label: Fritt, means: position}")
    unknown = FORM.replace("means: amount", "means: belopp")
    said = [
        (fault.line, fault.sentence.partition(": ")[2].partition(";")[0])
        for form in (twice, unknown)
        for fault in check((HEAD + ACTIVITY + form).encode()).faults
    ]
    assert said == [
        (14, "position” i aktiviteten ”fraga”: fältet på rad 13 betyder redan det"),
        (
            31,
            "belopp” i aktiviteten ”fraga”: okänt värde. Det som går är: title, problem, goal, "
            "level, area, reason, description, position, subject, viewpoint, score, amount, "
            "contact_name, contact_address, attachments.",
        ),
    ]
