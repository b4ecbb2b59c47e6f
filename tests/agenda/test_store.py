"""The store: who waits for whom, what survives, and what time comes back."""

import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlmodel import Session, select

from agenda.models import Activity, Hold, Round
from agenda.storage.store import BadDatabase, open_engine, reading, transaction
from agenda.words.errors import AgendaError, BadSettings

AT = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def a_round(name: str = "2026", at: datetime = AT) -> Round:
    return Round(uid=name, name=name, plan={"title": "Å"}, tracked_from=at, started_at=at)


def add_round(engine: Engine, name: str) -> None:
    with transaction(engine) as session:
        session.add(a_round(name))


def add_round_and_fail(engine: Engine) -> None:
    with transaction(engine) as session:
        session.add(a_round())
        session.flush()
        raise ZeroDivisionError


def add_round_while_reading(engine: Engine) -> None:
    with reading(engine) as session:
        session.add(a_round())
        session.flush()


def look_in_a_transaction(engine: Engine) -> list[str]:
    with transaction(engine) as session:
        return names(session)


def names(session: Session) -> list[str]:
    return [known.name for known in session.exec(select(Round).order_by(Round.id))]


def test_what_was_written_is_there_afterwards(engine: Engine) -> None:
    add_round(engine, "2026")
    with reading(engine) as session:
        assert names(session) == ["2026"]


def test_nothing_of_a_transaction_that_failed_is_there(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError):
        add_round_and_fail(engine)
    with reading(engine) as session:
        assert names(session) == []


def test_rows_can_be_used_after_their_session_has_ended(engine: Engine) -> None:
    with transaction(engine) as session:
        written = a_round()
        session.add(written)
    with reading(engine) as session:
        read = session.exec(select(Round)).one()
    assert (written.id, written.name, read.id, read.name) == (1, "2026", 1, "2026")


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=2)), timezone(timedelta(hours=-9))])
def test_an_instant_comes_back_as_the_same_instant_in_utc(engine: Engine, zone: timezone) -> None:
    with transaction(engine) as session:
        session.add(a_round(at=AT.astimezone(zone)))
    with reading(engine) as session:
        read = session.exec(select(Round.started_at)).one()
    assert (read, read.tzinfo) == (AT, UTC)


def test_instants_are_compared_as_instants_whatever_their_zone(engine: Engine) -> None:
    add_round(engine, "2026")
    later = (AT + timedelta(minutes=1)).astimezone(timezone(timedelta(hours=-9)))
    with reading(engine) as session:
        before = session.exec(select(Round.name).where(Round.started_at < later)).all()
        after = session.exec(select(Round.name).where(Round.started_at > later)).all()
    assert (before, after) == (["2026"], [])


def test_the_database_itself_reckons_in_utc(engine: Engine) -> None:
    ask = {"sqlite": "SELECT 'UTC'", "postgresql": "SHOW timezone"}[engine.dialect.name]
    for _ in range(2):
        with engine.connect() as connection:
            assert connection.execute(text(ask)).scalar() == "UTC"
            connection.rollback()


def test_a_row_cannot_point_at_a_row_that_does_not_exist(engine: Engine) -> None:
    with pytest.raises(IntegrityError), transaction(engine) as session:
        session.add(Hold(activity_id=404, step="reminder-10", held_at=AT))


def test_a_row_that_others_point_at_cannot_be_deleted(engine: Engine) -> None:
    add_round(engine, "2026")
    with transaction(engine) as session:
        day = AT.date()
        session.add(
            Activity(
                round_id=1,
                key="inspel",
                position=1,
                starts_on=day,
                due_on=day,
                terms={},
                changed_at=AT,
            )
        )
    with pytest.raises(IntegrityError), transaction(engine) as session:
        session.execute(text("DELETE FROM round"))


def test_two_writers_take_turns_from_their_first_read_on(
    engine: Engine, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agenda.storage.store.BUSY_TIMEOUT_MS", 50)
    impatient = open_engine(database_url)
    with transaction(engine) as session:
        assert names(session) == []
        with pytest.raises(OperationalError, match=r"database is locked|lock timeout"):
            look_in_a_transaction(impatient)
        session.add(a_round())
    assert look_in_a_transaction(impatient) == ["2026"]
    impatient.dispose()


def test_many_writers_that_read_first_all_get_their_turn(engine: Engine) -> None:
    """On SQLite a deferred transaction would fail at once when it goes from read to write."""
    add_round(engine, "0")

    def count_up(times: int) -> None:
        for _ in range(times):
            with transaction(engine) as session:
                known = session.exec(select(Round)).one()
                known.name = str(int(known.name) + 1)
                session.add(known)

    writers = [threading.Thread(target=count_up, args=(10,)) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(timeout=300)
    with reading(engine) as session:
        assert names(session) == ["40"]


def test_writers_that_wait_for_their_turn_keep_no_connection_from_the_readers(
    engine: Engine,
) -> None:
    """Those in one process stand in line for it, so that none of them is left out either."""
    taken: list[int] = []
    event.listen(engine, "checkout", lambda *_: taken.append(engine.pool.checkedout()))
    started = threading.Barrier(21)

    def write(name: str) -> None:
        started.wait(timeout=300)
        add_round(engine, name)

    writers = [threading.Thread(target=write, args=(str(n),)) for n in range(20)]
    with transaction(engine) as session:
        for writer in writers:
            writer.start()
        started.wait(timeout=300)
        session.add(a_round())
    for writer in writers:
        writer.join(timeout=300)
    assert taken == [1] * 21


def test_a_reader_sees_one_state_while_others_write(engine: Engine) -> None:
    add_round(engine, "2026")
    with reading(engine) as session:
        before = names(session)
        add_round(engine, "2027")
        session.expire_all()
        again = names(session)
    with reading(engine) as session:
        after = names(session)
    assert (before, again, after) == (["2026"], ["2026"], ["2026", "2027"])


def test_a_reader_does_not_wait_for_a_writer(engine: Engine) -> None:
    with transaction(engine) as writer:
        writer.add(a_round())
        writer.flush()
        with reading(engine) as session:
            assert names(session) == []


def test_a_reader_that_tries_to_write_is_refused_not_ignored(engine: Engine) -> None:
    with pytest.raises(DBAPIError, match=r"readonly|read-only"):
        add_round_while_reading(engine)
    add_round(engine, "efteråt")
    with reading(engine) as session:
        assert names(session) == ["efteråt"]


def test_sqlite_keeps_what_it_acknowledged_through_a_power_cut(sqlite_template: Path) -> None:
    engine = open_engine(f"sqlite:///{sqlite_template}")
    pragmas = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    with engine.connect() as connection:
        held = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in pragmas]
    engine.dispose()
    assert held == ["wal", 2, 1, 30_000]


def test_the_folder_of_a_sqlite_database_is_made_for_its_owner_only(tmp_path: Path) -> None:
    open_engine(f"sqlite:///{tmp_path / 'var' / 'agenda.db'}").dispose()
    assert (tmp_path / "var").stat().st_mode & 0o777 == 0o700


def test_a_folder_that_cannot_be_made_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("en fil")
    with pytest.raises(BadDatabase) as refusal:
        open_engine(f"sqlite:///{tmp_path / 'var' / 'agenda.db'}")
    assert str(refusal.value) == (
        f"Mappen {tmp_path / 'var'} går inte att skapa (File exists). "
        "Välj en annan med AGENDA_VAR, eller ändra rättigheterna."
    )


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_a_postgresql_url_uses_the_installed_driver_however_it_is_written(scheme: str) -> None:
    engine = open_engine(f"{scheme}://agenda:hemlig@localhost/agenda")
    assert engine.url.render_as_string(hide_password=False) == (
        "postgresql+psycopg://agenda:hemlig@localhost/agenda"
    )


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        (
            "inte en adress",
            "AGENDA_DATABASE_URL går inte att läsa. Skriv den så här: "
            "postgresql://användare:lösenord@server/databas",
        ),
        (
            "postgresql://agenda@localhost:fel/agenda",
            "AGENDA_DATABASE_URL går inte att läsa. Skriv den så här: "
            "postgresql://användare:lösenord@server/databas",
        ),
        (
            "mysql://agenda@localhost/agenda",
            "AGENDA_DATABASE_URL pekar på mysql, men databasen ska vara PostgreSQL eller SQLite.",
        ),
    ],
)
def test_a_url_that_cannot_be_used_is_said_in_a_sentence(url: str, sentence: str) -> None:
    with pytest.raises(AgendaError) as refusal:
        open_engine(url)
    assert (type(refusal.value), str(refusal.value)) == (BadSettings, sentence)
