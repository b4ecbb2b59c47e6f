"""A table with given rows: filled in, checked, shown with its sums, stored and merged."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from agenda.forms.faults import faults_in
from agenda.forms.field import AskedIf
from agenda.forms.fields import Amount, Choice, Form, Number, Score, ShortText, Table
from agenda.forms.labels import Option, Words
from agenda.forms.merging import merged, questions, seen, seen_in
from agenda.forms.posted import posted_of, values_of
from agenda.forms.shown import rows
from agenda.forms.stored import fitted, settled
from agenda.models import Activity, Round
from agenda.plan.form_defaults import form_of, with_years
from agenda.plan.reading import check
from agenda.plan.redating import redate
from agenda.register import By
from agenda.rounds.facts import plan_activity
from agenda.rounds.round import start_round
from agenda.storage.store import reading, transaction
from tests.agenda.plans_with_a_form import ACTIVITY, HEAD, plan_of

NETWORKS = tuple(Option(key=key, label=Words(sv=key.upper())) for key in ("efns", "nspa-ost"))


def table(*, is_required: bool = False) -> Form:
    return (
        Table(
            key="natverk",
            label=Words(sv="Nätverken"),
            rows=NETWORKS,
            has_sums=True,
            is_required=is_required,
            columns=(
                Score(key="nytta", label=Words(sv="Nytta"), is_required=True),
                Amount(key="avgift", label=Words(sv="Avgift"), minimum=10),
                ShortText(key="not_om", label=Words(sv="Not")),
            ),
        ),
    )


FILLED = {
    "natverk": {"efns": {"nytta": 7, "avgift": 192000}, "nspa-ost": {"nytta": 4, "avgift": 15}}
}


def test_what_is_posted_is_read_back_row_by_row() -> None:
    posted = [
        ("natverk-efns-nytta", "7"),
        ("natverk-efns-avgift", "192 000 kr"),
        ("natverk-nspa-ost-nytta", "4"),
        ("natverk-nspa-ost-avgift", "15"),
        ("natverk-okand-nytta", "9"),
    ]
    assert values_of(table(), posted) == FILLED
    assert values_of(table(), posted_of(table(), FILLED)) == FILLED


def test_a_row_is_checked_once_something_is_written_in_it_and_every_row_where_all_are_wanted() -> (
    None
):
    values = {"natverk": {"efns": {"avgift": 5}}}
    low, choose = "5 är för lite. Skriv 10 eller mer.", "Välj ett svar på ”Nytta”."
    found = {"natverk-efns-nytta": choose, "natverk-efns-avgift": low}
    assert faults_in(table(), values, language="sv") == found
    lacking = "Fyll i alla rader under ”Nätverken”. Det här saknas: NSPA-OST."
    wanted = faults_in(table(is_required=True), values, language="sv")
    assert wanted == found | {"natverk": lacking}
    assert faults_in(table(is_required=True), FILLED, language="sv") == {}
    assert faults_in(table(), {}, language="sv") == {}


def test_it_is_shown_with_its_rows_named_and_its_amounts_summed() -> None:
    said = [(row.level, row.label, row.text) for row in rows(table(), FILLED, language="sv")]
    assert said == [
        (0, "Nätverken", ""),
        (1, "EFNS", ""),
        (2, "Nytta", "7 av 10"),
        (2, "Avgift", "192\u00a0000\u00a0kr"),
        (1, "NSPA-OST", ""),
        (2, "Nytta", "4 av 10"),
        (2, "Avgift", "15\u00a0kr"),
        (1, "Summa", ""),
        (2, "Avgift", "192\u00a0015\u00a0kr"),
    ]
    half = {"natverk": {"efns": {"avgift": "många"}}}
    assert [row.label for row in rows(table(), half, language="sv")] == [
        "Nätverken",
        "EFNS",
        "Avgift",
    ]


def test_an_amount_that_is_no_longer_asked_for_is_not_summed() -> None:
    asked_if = AskedIf(field="not_om", options=("ja",))
    form = (
        Table(
            key="t",
            label=Words(sv="T"),
            rows=NETWORKS,
            has_sums=True,
            columns=(
                Choice(
                    key="not_om",
                    label=Words(sv="Avgift?"),
                    options=tuple(Option(key=k, label=Words(sv=k)) for k in ("ja", "nej")),
                ),
                Amount(key="avgift", label=Words(sv="Avgift"), asked_if=asked_if),
            ),
        ),
    )
    values = {
        "t": {
            "efns": {"not_om": "ja", "avgift": 10},
            "nspa-ost": {"not_om": "nej", "avgift": 500},
        }
    }
    assert [row.text for row in rows(form, values, language="sv")][-1] == "10\u00a0kr"


def test_decimals_are_summed_as_they_are_read() -> None:
    form = Table(
        key="t",
        label=Words(sv="T"),
        rows=NETWORKS,
        has_sums=True,
        columns=(Number(key="tal", label=Words(sv="Tal"), decimals=1),),
    )
    assert form.sums({"efns": {"tal": 0.1}, "nspa-ost": {"tal": 0.2}}, "sv") == [("Tal", "0,3")]


def test_what_is_stored_keeps_the_rows_that_there_are_and_what_suits_them() -> None:
    stored = {"natverk": {"borta": {"nytta": 1}, "efns": {"nytta": [1], "avgift": 3}}}
    assert fitted(table(), stored) == {"natverk": {"efns": {"avgift": 3}}}
    assert fitted(table(), {"natverk": {"efns": "x"}}) == fitted(table(), {"natverk": [1]}) == {}
    assert settled(table(), {"natverk": {"efns": {"not_om": " "}}}) == {}


def test_two_who_fill_in_different_cells_are_joined_and_one_cell_is_asked_about() -> None:
    base = {"natverk": {"efns": {"nytta": 7}}}
    theirs = {"natverk": {"efns": {"nytta": 7, "avgift": 20}, "nspa-ost": {"nytta": 1}}}
    mine = {"natverk": {"efns": {"nytta": 7}, "nspa-ost": {"nytta": 2}}}
    known = seen_in(seen(table(), base))
    asked = questions(table(), theirs=theirs, mine=mine, base=known)
    assert [(one.name, one.usual) for one in asked] == [
        ("natverk:efns:avgift", "deras"),
        ("natverk:nspa-ost:nytta", "mitt"),
    ]
    joined = merged(table(), theirs=theirs, mine=mine, base=known, choose=lambda one: one.usual)
    assert joined == {"natverk": {"efns": {"nytta": 7, "avgift": 20}, "nspa-ost": {"nytta": 2}}}
    forged = {"natverk": [{"x": "y"}]}
    assert merged(table(), theirs=theirs, mine=mine, base=forged, choose=lambda one: one.usual)


OF_THE_PLAN = """\
    form:
      - type: table
        key: natverk
        label: Nätverken
        rows_from: natverk
        columns:
          - {type: score, key: nytta, label: Nytta}
          - {type: choice, key: sort, label: Sort, options_from: sorter}
      - {type: choice, key: ett, label: Ett nätverk, options_from: natverk}
"""
LISTS = "lists: {natverk: [Mittnordenkommittén, {key: aer, label: AER}], sorter: [Politiskt]}\n"


def test_rows_and_options_come_from_the_plans_own_lists() -> None:
    plan = plan_of(OF_THE_PLAN, head=HEAD + LISTS)
    found, one = form_of(plan.activities[0], plan)
    assert isinstance(found, Table)
    assert isinstance(one, Choice)
    keys = ["mittnordenkommitten", "aer"]
    assert ([row.key for row in found.rows], [o.key for o in one.options]) == (keys, keys)
    sort = found.columns[1]
    assert isinstance(sort, Choice)
    assert [option.key for option in sort.options] == ["politiskt"]


YEARS = """\
    form:
      - type: table
        key: kostnad
        label: Kostnad de tre senaste åren
        latest_years: 3
        columns: [{type: amount_sek, key: belopp, label: Kostnad}]
"""


def test_the_latest_years_are_those_before_the_activity_and_stay_when_its_day_moves() -> None:
    plan = plan_of(YEARS)
    started = with_years(plan.activities[0])
    moved = started.model_copy(update={"due_on": started.due_on.replace(year=2027)})
    for activity in (plan.activities[0], started, moved):
        [found] = form_of(activity, plan)
        assert isinstance(found, Table)
        assert [row.key for row in found.rows] == ["2025", "2024", "2023"]


def test_a_plan_moved_to_another_year_asks_about_the_years_before_that_one() -> None:
    moved = redate(plan_of(YEARS), first_day=date(2031, 3, 3)).plan
    [found] = form_of(moved.activities[0], moved)
    assert isinstance(found, Table)
    assert [row.key for row in found.rows] == ["2030", "2029", "2028"]


def test_a_round_under_way_keeps_its_plans_lists_and_the_years_that_it_began_with(
    engine: Engine,
) -> None:
    listed = OF_THE_PLAN + YEARS.partition("form:\n")[2]
    plan = plan_of(listed, head=HEAD + LISTS)
    now = datetime(2026, 3, 2, tzinfo=UTC)
    with transaction(engine) as session:
        start_round(session, plan, by=By.person("Asta", now))
    with transaction(engine) as session:
        session.exec(select(Activity)).one().due_on = date(2027, 1, 15)
    with reading(engine) as session:
        row = session.exec(select(Activity)).one()
        head = session.exec(select(Round)).one().head
        networks, _, costs = form_of(plan_activity(row), head)
        assert isinstance(networks, Table)
        assert isinstance(costs, Table)
        assert [one.key for one in networks.rows] == ["mittnordenkommitten", "aer"]
        assert [one.key for one in costs.rows] == ["2025", "2024", "2023"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("latest_years: 3", "latest_years: 3\n        rows: [A]"), "inte båda"),
        (("        latest_years: 3\n", ""), "räkna upp dem under ”rows” eller ange en lista"),
        (("latest_years: 3", "rows_from: ingen"), "okänd lista"),
        (("latest_years: 3", "rows: [A, a]"), "samma nyckel, ”a”"),
        (
            ("key: belopp, label: Kostnad}", "key: b, label: B}, {type: file, key: f, label: F}"),
            "type",
        ),
    ],
)
def test_a_table_that_cannot_be_is_refused_with_its_line(
    change: tuple[str, str], said: str
) -> None:
    faults = check((HEAD + ACTIVITY + YEARS.replace(*change)).encode()).faults
    assert len(faults) == 1
    assert said in faults[0].sentence


@pytest.mark.parametrize(
    ("lists", "said"),
    [
        ("lists: {policy_areas: [A]}", "områdena har en egen plats i planen"),
        ("lists: {Fel-namn: [A]}", "skrivs med små bokstäver a–z, siffror och understreck"),
        ("lists: {tom: []}", "”lists.tom”"),
        ("lists: {natverk: [A, a]}", "samma nyckel, ”a”"),
        ("lists: [A]", "”lists” i planen"),
    ],
)
def test_a_list_that_cannot_be_is_refused_with_its_line(lists: str, said: str) -> None:
    faults = check((HEAD + lists + "\n" + ACTIVITY).encode()).faults
    assert [fault.line for fault in faults] == [6]
    assert said in faults[0].sentence
