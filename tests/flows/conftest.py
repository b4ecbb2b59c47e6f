"""One real Prefect server for all tests of the flows, and rounds for it to run."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiosmtpd.controller import Controller
from sqlmodel import select

# Prefect reads these when it is first imported, and would else look into the home of
# whoever runs the tests.
os.environ["PREFECT_HOME"] = tempfile.mkdtemp(prefix="prefect-home-")
os.environ["PREFECT_SERVER_EPHEMERAL_ENABLED"] = "false"

from agenda.installation.settings import Settings
from agenda.models import Activity, identity
from agenda.plan.model import (
    ContactEntry,
    OrganisationEntry,
    Person,
    Plan,
    PlannedActivity,
    SendingHours,
    with_defaults_of_kind,
)
from agenda.register import By
from agenda.rounds.round import start_round
from agenda.storage.store import open_engine, transaction
from flows.engine.environment import environment, server_command
from flows.rest.api import delete, post, prefect_at

PROJECT = Path(__file__).parents[2]
KEPT = ("PATH", "HOME", "TMPDIR", "LANG")
"""What a started part sees of the tests' own environment."""


def pytest_unconfigure() -> None:
    shutil.rmtree(os.environ["PREFECT_HOME"], ignore_errors=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def until() -> Callable[..., Any]:
    """Ask again and again until the answer is true; give that answer."""

    def ask_until(ask: Callable[[], Any], *, seconds: float = 180) -> Any:
        last = time.monotonic() + seconds
        while not (answer := ask()):
            assert time.monotonic() < last, f"still {answer!r} after {seconds} seconds"
            time.sleep(0.1)
        return answer

    return ask_until


@pytest.fixture(scope="session")
def prefect_server(
    tmp_path_factory: pytest.TempPathFactory, until: Callable[..., Any]
) -> Iterator[Settings]:
    """The settings that lead to a running Prefect server."""
    var = tmp_path_factory.mktemp("prefect-server")
    settings = Settings(_env_file=None, var=var, prefect_port=free_port())
    with (var / "server.log").open("w") as log:
        server = subprocess.Popen(
            server_command(), env=told(settings), cwd=PROJECT, stdout=log, stderr=log
        )
    try:
        until(lambda: _is_healthy(server, settings.prefect_api), seconds=120)
        yield settings
    finally:
        server.terminate()
        server.wait(timeout=60)


def _is_healthy(server: subprocess.Popen[bytes], api: str) -> bool:
    assert server.poll() is None, "Prefect's server ended at its start"
    try:
        return httpx.get(f"{api}/health").is_success
    except httpx.TransportError:
        return False


def told(settings: Settings) -> dict[str, str]:
    """The environment of a part that runs with these settings."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    kept |= {"AGENDA_PREFECT_PORT": str(settings.prefect_port)}
    kept |= {"AGENDA_MAILBOX_PORT": str(settings.mailbox_port)}
    return environment(settings, inherited=kept)


@pytest.fixture
def environment_of() -> Callable[[Settings], dict[str, str]]:
    return told


@pytest.fixture
def installation(
    prefect_server: Settings, sqlite_template: Path, tmp_path: Path, sink: "Sink"
) -> Settings:
    """A fresh installation with an empty database, on the running Prefect server."""
    shutil.copyfile(sqlite_template, tmp_path / "agenda.db")
    return prefect_server.model_copy(update={"var": tmp_path, "mailbox_port": sink.port})


@pytest.fixture
def prefect(prefect_server: Settings) -> Iterator[httpx.Client]:
    """A connection to the running Prefect server, which holds nothing of other tests."""
    with prefect_at(prefect_server.prefect_api) as client:
        for kind in ("flow_runs", "deployments", "flows", "artifacts"):
            for row in post(client, f"/{kind}/filter", {}):
                delete(client, f"/{kind}/{row['id']}")
        yield client


class Sink:
    """A mail server that keeps what it takes, and refuses whom it is told to refuse."""

    def __init__(self) -> None:
        self.refused: set[str] = set()
        self.took: list[str] = []
        self.port = free_port()

    async def handle_RCPT(  # noqa: N802 - the name is aiosmtpd's
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if address in self.refused:
            return f"550 5.1.1 <{address}> finns inte"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.took.extend(envelope.rcpt_tos)
        return "250 OK"


@pytest.fixture
def sink() -> Iterator[Sink]:
    keeper = Sink()
    controller = Controller(keeper, hostname="127.0.0.1", port=keeper.port)
    controller.start()
    yield keeper
    controller.stop()


@pytest.fixture
def start() -> Callable[..., int]:
    """Start a round of one activity that asks two municipalities; gives the activity's id."""
    return start_small_round


def start_small_round(
    settings: Settings, *, now: datetime, due_on: date, kind: str = "input", name: str = "2027"
) -> int:
    plan = Plan(
        key="prov",
        name=name,
        title="Prov",
        responsible=Person(name="Rut Andersson", address="rut@regionen.example"),
        coordinator=Person(name="Sam Ek", address="sam@regionen.example"),
        sending=SendingHours.always(SendingHours().at),
        organisations=tuple(
            OrganisationEntry(
                key=key,
                name=f"{key.capitalize()} kommun",
                kind="municipality",
                contacts=(ContactEntry(name="Registrator", address=f"kommun@{key}.example"),),
            )
            for key in ("krokom", "ragunda")
        ),
        activities=(
            PlannedActivity.model_validate(
                with_defaults_of_kind(
                    {
                        "key": "inspel",
                        "kind": kind,
                        "title": "Förfrågan om inspel",
                        "starts_on": date(2026, 1, 7),
                        "due_on": due_on,
                        # Whatever day it is, nothing leaves tomorrow that is told of today.
                        "steps": {"reminders_workdays_before": [30, 10, 5]},
                    }
                )
            ),
        ),
    )
    engine = open_engine(settings.engine_url)
    with transaction(engine) as session:
        known = start_round(
            session, plan, by=By.person("prov", now), tracked_from=date(2026, 1, 7), is_example=True
        )
        query = select(Activity).where(Activity.round_id == known.id)
        activity_id = identity(session.exec(query).one())
    engine.dispose()
    return activity_id
