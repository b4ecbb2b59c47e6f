"""Coordinators: one identity each, through all their rounds, however they are called."""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from agenda.models import Coordinator, DeskRole, Round, RoundCoordinator
from agenda.people import directory
from agenda.people.coordinators import coordinator_called, coordinators_at_work
from agenda.people.roles import add_person, give_role, let_go
from agenda.plan.model import Person
from agenda.register import By
from agenda.storage.schema import SCHEMA, alembic_config
from agenda.storage.store import open_engine, reading, transaction
from agenda.storage.upgrading import upgrade
from tests.rounds_under_way import RoundUnderWay, a_plan, sv

ASTA = Person(name="Asta Ek", address="Asta.Ek@regionen.example")
ASTA_ANEW = Person(name="asta ek", address="asta.ek@REGIONEN.example")
BO = Person(name="Bo Ny", address="samordning@regionen.example")
CILLA = Person(name="Cilla Ny", address="samordning@regionen.example")


def start(engine: Engine, name: str, coordinator: Person) -> RoundUnderWay:
    return RoundUnderWay(engine, a_plan("berg", name=name, coordinator=coordinator))


def coordinated(engine: Engine) -> list[tuple[str, str]]:
    """Each round and the name of who coordinates it."""
    with reading(engine) as session:
        return [
            (known, name)
            for known, name in session.exec(
                select(Round.name, Coordinator.name)
                .join(RoundCoordinator, RoundCoordinator.round_id == Round.id)
                .join(Coordinator, Coordinator.id == RoundCoordinator.coordinator_id)
                .order_by(Round.id)
            )
        ]


def called(engine: Engine, *words: str) -> str | None:
    with reading(engine) as session:
        which = coordinator_called(session, *words)
        return None if which is None else session.get_one(Coordinator, which).name


def test_the_same_name_and_mailbox_is_the_same_coordinator_in_every_round(engine: Engine) -> None:
    for name, who in {"2020": ASTA, "2024": ASTA_ANEW, "2028": BO, "2032": CILLA}.items():
        start(engine, name, who)
    assert coordinated(engine) == [
        ("2020", "Asta Ek"),
        ("2024", "Asta Ek"),
        ("2028", "Bo Ny"),
        ("2032", "Cilla Ny"),
    ]
    with reading(engine) as session:
        assert [one.name for one in session.exec(select(Coordinator).order_by(Coordinator.id))] == [
            "Asta Ek",
            "Bo Ny",
            "Cilla Ny",
        ]


def test_a_coordinator_is_found_by_name_or_address_however_they_are_written(engine: Engine) -> None:
    start(engine, "2020", ASTA)
    start(engine, "2024", BO)
    assert called(engine, "asta EK") == called(engine, "ASTA.ek@regionen.example") == "Asta Ek"
    assert called(engine, "Asta Ek", BO.address) is None
    assert called(engine, "Asta") is None


def test_of_several_with_one_mailbox_it_is_the_one_whose_round_is_open(engine: Engine) -> None:
    start(engine, "2020", BO).close("2020-09-01 12:00")
    start(engine, "2024", CILLA)
    assert called(engine, BO.address) == "Cilla Ny"
    assert called(engine, BO.name, BO.address) == "Bo Ny"
    with reading(engine) as session:
        assert [one.name for one in coordinators_at_work(session)] == ["Cilla Ny"]
    start(engine, "2028", BO)
    assert called(engine, BO.address) is None


LINES = "SELECT id, at, who, what, round_id, subject, before, after FROM register ORDER BY id"
AT = "2020-09-01 08:00:00.000001"


@pytest.fixture
def former_database(empty_database_url: str) -> str:
    """A database of version 0004 with rounds, and lines in its register."""
    engine = open_engine(empty_database_url)
    at = f"'{AT}{'+00' if engine.name == 'postgresql' else ''}'"
    plans = {
        "2020": '{"coordinator": {"name": "Asta Ek", "address": "asta@r.example"}}',
        "2024": '{"coordinator": {"name": "Asta Ek", "address": "Asta@r.example"}}',
        "2028": '{"coordinator": {"name": "Bo Ny", "address": "asta@r.example"}}',
        "tom": "{}",
    }
    rounds = ", ".join(
        f"('{name}', '{name}', '{plan}', false, {at}, {at})" for name, plan in plans.items()
    )
    with engine.begin() as connection:
        if engine.name == "postgresql":
            connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
        command.upgrade(alembic_config(connection), "0004")
        for statement in (
            "INSERT INTO round (uid, name, plan, is_example, tracked_from, started_at) "
            f"VALUES {rounds}",
            "INSERT INTO register (at, who, what, round_id, subject, before, after) VALUES "
            f"({at}, 'Asta Ek', 'round_started', 1, 'å', '', 'a\n b'), "
            f"({at}, 'länk 7', 'answer_recorded', 1, 'inspel/berg', '', 'submission'), "
            f"({at}, 'utskick', 'restored', NULL, '', 'x', '')",
        ):
            connection.exec_driver_sql(statement)
    engine.dispose()
    return empty_database_url


def test_those_who_coordinate_what_there_is_are_known_after_the_upgrade(
    former_database: str, tmp_path: Path
) -> None:
    upgrade(former_database, backups=tmp_path / "backups")
    engine = open_engine(former_database)
    assert coordinated(engine) == [("2020", "Asta Ek"), ("2024", "Asta Ek"), ("2028", "Bo Ny")]
    engine.dispose()


def test_the_registers_lines_stay_as_they_were_and_stay_guarded(
    former_database: str, tmp_path: Path
) -> None:
    engine = open_engine(former_database)
    with engine.connect() as connection:
        before = connection.execute(text(LINES)).all()
    upgrade(former_database, backups=tmp_path / "backups")
    with engine.connect() as connection:
        assert connection.execute(text(LINES)).all() == before
        added = connection.execute(text("SELECT actor_kind, actor_id FROM register")).all()
    assert (len(before), added) == (3, [(None, None)] * 3)
    for change in ("UPDATE register SET actor_kind = 'person'", "DELETE FROM register"):
        with pytest.raises(IntegrityError, match="append-only"), engine.begin() as connection:
            connection.execute(text(change))
    engine.dispose()


def test_who_only_reads_a_round_or_has_left_is_not_at_work(engine: Engine) -> None:
    round_id, by = start(engine, "2020", ASTA).id, By.person("x", sv("2020-09-01 12:00"))
    with transaction(engine) as session:
        known = session.get_one(Round, round_id)
        for name, role in (("Bo Ö", DeskRole.READER), ("Cilla Å", DeskRole.COORDINATOR)):
            person = add_person(session, name=name, address=f"{name[0]}@regionen.example", by=by)
            give_role(session, known, person, role, by=by)
        let_go(session, person, by=by)
    with reading(engine) as session:
        assert [one.name for one in coordinators_at_work(session)] == ["Asta Ek"]


def test_an_account_of_who_left_is_bound_to_who_comes_back_under_another_name(
    engine: Engine,
) -> None:
    start(engine, "2020", ASTA)
    by, account = By.person("x", sv("2020-09-01 12:00")), {"issuer": "https://k", "subject": "1"}
    with transaction(engine) as session:
        anna, bo, anna_anew = (
            add_person(session, name=name, address=f"{number}@regionen.example", by=by)
            for number, name in enumerate(("Anna Ek", "Bo Ö", "Anna Berg"))
        )
        assert directory.bind(session, anna, **account, by=by)
        assert not directory.bind(session, bo, **account, by=by)
        let_go(session, anna, by=by)
        assert directory.bind(session, anna_anew, **account, by=by)
        found = directory.whose(session, **account)
        assert found is not None
        assert found.name == "Anna Berg"
