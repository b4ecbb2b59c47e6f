"""A table with given rows at the door: filled in, faulty, by two people at once, and sent in."""

import pytest
from sqlalchemy import select
from sqlmodel import col

from agenda.forms.fields import Amount, ShortText, Table
from agenda.forms.labels import Words
from agenda.models import Activity
from agenda.storage.store import reading
from tests.door import Door, Reader

COSTS = Table(
    key="kostnad",
    label=Words(sv="Kostnad de senaste åren"),
    latest_years=2,
    has_sums=True,
    columns=(
        Amount(key="belopp", label=Words(sv="Belopp"), is_required=True),
        ShortText(key="anm", label=Words(sv="Anmärkning, å och ä")),
    ),
)


@pytest.fixture
def home(door: Door) -> str:
    """A link to a reply that asks for a table."""
    with reading(door.engine) as session:
        row = session.scalars(select(Activity).where(col(Activity.key) == "inspel")).one()
        terms = row.terms | {"form": [COSTS.in_year(2020).model_dump(mode="json")]}
    door.change(terms=terms)
    return door.link()


def test_what_is_filled_in_is_summed_and_an_empty_row_says_that_it_may_stay_so(
    door: Door, home: str
) -> None:
    assert "En rad som inte gäller er kan lämnas tom." in door.page(home).text
    door.save(home, kostnad__2019__belopp="1 250 000 kr", kostnad__2018__belopp="5")
    assert "Summa: Belopp: 1 250 005 kr." in door.page(home).text
    assert door.draft() == {"kostnad": {"2019": {"belopp": 1250000}, "2018": {"belopp": 5}}}


def test_a_row_that_cannot_be_sent_is_named_with_its_year_and_keeps_what_was_written(
    door: Door, home: str
) -> None:
    door.save(home, "_granska", kostnad__2018__belopp="många", kostnad__2019__anm="Väg, å")
    page = door.page(f"{home}/granska")
    assert "2018, Belopp: Skriv beloppet i hela kronor" in page.text
    assert "2019: Fyll i ”Belopp”." in page.text
    assert door.draft() == {"kostnad": {"2018": {"belopp": "många"}, "2019": {"anm": "Väg, å"}}}


def test_two_who_write_in_one_table_are_asked_about_the_cell_that_both_wrote_in(
    door: Door, home: str
) -> None:
    mine = door.form(home).with_(kostnad__2019__belopp="7", kostnad__2018__anm="Min")
    door.save(home, kostnad__2019__belopp="5", kostnad__2018__belopp="9")
    answer = door.post(home, [*mine, ("_spara", "1")])
    assert answer.status_code == 409
    page = Reader(answer.text)
    assert "2019: Belopp" in page.text
    door.post(page.forms[0].action, page.forms[0].pairs)
    assert door.draft() == {"kostnad": {"2019": {"belopp": 7}, "2018": {"belopp": 9, "anm": "Min"}}}


def test_it_is_sent_in_with_its_sum_and_an_empty_one_is_no_answer(door: Door, home: str) -> None:
    door.save(home, "_granska")
    assert door.answers() == []
    door.send(home, kostnad__2019__belopp="7", kostnad__2018__belopp="8")
    assert [answer.content for answer in door.answers()] == [
        {"kostnad": {"2019": {"belopp": 7}, "2018": {"belopp": 8}}}
    ]
    assert "Summa Belopp 15 kr" in door.page(f"{home}/kvitto").text
