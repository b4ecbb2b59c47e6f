"""`agenda plan new`: the README's first round of one's own, walked from nothing."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from agenda.installation.example import ensure_example_round

CONTACTS = "organisation;namn;adress;roll\nBräcke kommun;Registrator;kommun@bracke.se;\n"


@pytest.fixture
def example(desk, engine: Engine) -> str:
    """The name of the round that the first `make up` has made."""
    found = ensure_example_round(engine, now=desk.now)
    assert found is not None
    return found.name


def test_a_first_round_is_walked_from_nothing(desk, example):
    said = desk("plan", "new", "plan.yaml")
    assert (said.code, said.err) == (0, "")
    assert said.lines[-1] == "Kontrollera den sedan med: agenda plan check plan.yaml"

    assert desk("plan", "check", "plan.yaml").out == "Planen går att använda.\n"
    assert desk("plan", "show", "plan.yaml").code == 0
    started = desk("round", "start", "--plan", "plan.yaml")
    assert (started.code, started.err) == (0, "")
    assert f'agenda round close --round "{example}"' in " ".join(started.lines)
    assert "Bräcke kommun" in desk("status").out
    Path("kontakter.csv").write_text(CONTACTS, encoding="utf-8")
    assert desk("contacts", "import", "kontakter.csv", "--dry-run").code == 0
    assert desk("contacts", "import", "kontakter.csv", "--yes").code == 0
    assert "Omgång 2027" in desk("status").out
    refused = desk("round", "close")
    assert (refused.code, refused.err) == (
        2,
        f"Flera omgångar är igång: {example}, 2027. Välj en med --round NAMN.\n",
    )
    assert desk("round", "close", "--round", example).code == 0


def test_a_plan_is_never_written_over(empty_desk):
    empty_desk("plan", "new", "plan.yaml")

    ran = empty_desk("plan", "new", "plan.yaml")

    assert (ran.code, ran.err) == (
        2,
        "plan.yaml finns redan och skrivs inte över. Välj ett annat namn.\n",
    )
