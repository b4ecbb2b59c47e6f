"""What the first start of the product makes, and what it leaves alone."""

import pytest
from pydantic import SecretStr
from sqlmodel import select

from agenda.installation.secret import KEY_FILE
from agenda.installation.settings import Settings
from agenda.models import Installation, Round
from agenda.people.roles import everybody
from agenda.storage.store import open_engine, reading, transaction
from agenda.words.errors import AgendaError
from portal import up
from portal.up.screen import Screen


class Heard:
    """A screen that remembers what it was told."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def tell(self, line: str) -> None:
        self.lines.append(line)


def prepared(settings: Settings) -> tuple[list[str], list[str]]:
    """The rounds that there are after a start's preparations, and what was said."""
    screen = Heard()
    up._prepare_database(settings, screen)  # type: ignore[arg-type]
    engine = open_engine(settings.engine_url)
    with reading(engine) as session:
        rounds = [known.name for known in session.exec(select(Round))]
        assert session.get(Installation, 1) is not None
    engine.dispose()
    return rounds, screen.lines


@pytest.fixture
def real(settings: Settings) -> Settings:
    """Settings of an installation that mails for real."""
    return settings.model_copy(
        update={"mail_server": "smtp.regionen.example", "mail_from": "agendan@regionen.example"}
    )


def test_the_first_start_signs_the_database_and_makes_an_example(settings: Settings) -> None:
    rounds, _ = prepared(settings)
    assert len(rounds) == 1
    assert (settings.var / KEY_FILE).exists()


def test_with_a_real_mail_server_no_example_is_made(real: Settings) -> None:
    assert prepared(real) == ([], [])


def test_what_is_changed_since_the_last_start_is_said(real: Settings) -> None:
    prepared(real)
    changed = real.model_copy(update={"mail_from": "annan@regionen.example"})
    assert prepared(changed) == (
        [],
        ["Avsändaren är ändrad från agendan@regionen.example till annan@regionen.example."],
    )
    assert prepared(changed) == ([], [])


def test_a_start_that_has_lost_the_key_makes_no_other(real: Settings) -> None:
    prepared(real)
    (real.var / KEY_FILE).unlink()
    with pytest.raises(AgendaError, match=r"^Den hemliga nyckeln saknas \("):
        prepared(real)
    assert not (real.var / KEY_FILE).exists()
    other = real.model_copy(update={"secret_key": SecretStr("another key of the tests, long!!")})
    with pytest.raises(AgendaError, match=r"^Den hemliga nyckeln är inte den"):
        prepared(other)


def test_a_real_round_with_addresses_of_examples_is_pointed_out_at_the_start(
    settings: Settings, real: Settings
) -> None:
    prepared(settings)
    engine = open_engine(settings.engine_url)
    with transaction(engine) as session:
        # The example's addresses, in a round that somebody runs for real.
        session.exec(select(Round)).one().is_example = False
    engine.dispose()
    _, said = prepared(real)
    [remark] = [line for line in said if line.startswith("Observera: ")]
    assert "bara exempel och når ingen" in remark
    assert "agenda contacts import FIL" in remark


def test_with_nobody_to_come_in_who_sits_at_the_machine_may_start_a_round(real: Settings) -> None:
    prepared(real)
    engine = open_engine(real.engine_url)
    for _ in range(2):
        assert "/samordna/logga-in/" in Screen(real)._way_in()
        with reading(engine) as session:
            people = [(one.name, one.address, one.may_start_rounds) for one in everybody(session)]
        assert people == [("Samordnare", "agendan@regionen.example", True)]
    engine.dispose()
