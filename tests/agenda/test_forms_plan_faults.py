"""A form's faults in a plan file: all at once, each with its line and how to mend it."""

from agenda.plan.reading import check
from tests.agenda.plans_with_a_form import ACTIVITY, HEAD

FORM = """\
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
POSSIBLE = "short_text, long_text, choice, number, score, date, amount_sek, file"
FAULTS = [
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
        f"”form.fields” i aktiviteten ”fraga”: okänt värde för ”type”. Det som går är: {POSSIBLE}.",
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
        f"Det som går är: {POSSIBLE}, points, group, table.",
    ),
    (
        35,
        "”form: bara text” i aktiviteten ”fraga”: här ska nycklar med värden stå, indragna "
        "under raden.",
    ),
]


def said_of(form: str, *, head: str = HEAD) -> list[tuple[int, str]]:
    """The faults, their lines counted from the first line of the form."""
    start = (head + ACTIVITY).count("\n")
    report = check((head + ACTIVITY + form).encode())
    return [(fault.line - start, fault.sentence) for fault in report.faults]


def test_every_fault_of_a_form_is_named_with_its_line() -> None:
    assert said_of(FORM) == FAULTS


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
