"""A door to knock on: a round under way, links to it, and a client that fills in its forms."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pydantic import SecretStr

from agenda.clock import utc_now
from agenda.installation.example import start_example_round
from agenda.installation.settings import Settings
from agenda.register import By
from agenda.rounds.round import start_round
from agenda.storage.store import open_engine, transaction
from flows.rest import schedules
from portal.app import create_app
from portal.reply import renewal as renewing
from portal.reply import visits
from tests.door import START, Door
from tests.door_site import Site
from tests.made_once import made_once
from tests.rounds_under_way import PLAN, WHO

CHROMIUM = shutil.which("chromium")


@pytest.fixture
def triggered(monkeypatch: pytest.MonkeyPatch) -> list[dict]:
    """The runs that were asked for, instead of asking Prefect for them."""
    asked: list[dict] = []

    def trigger(api: str, **wanted: object) -> bool:
        asked.append({"api": api, **wanted})
        return True

    monkeypatch.setattr(schedules, "trigger", trigger)
    return asked


@pytest.fixture
def door(
    engine,
    database_url: str,
    settings: Settings,
    free_ports,
    triggered,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Door]:
    """The bundled plan's round, four weeks into its input, on either database."""
    chosen = settings.model_copy(
        update={
            "database_url": SecretStr(database_url),
            "mailbox_port": free_ports(1)[0],
        }
    )

    def start() -> None:
        with transaction(engine) as session:
            start_round(session, PLAN, by=By.person(WHO, START))

    made_once(engine, "the bundled plan's round", start)
    with TestClient(
        create_app(chosen), base_url=chosen.portal_url, follow_redirects=False
    ) as client:
        door = Door(client, engine, chosen)
        monkeypatch.setattr(visits, "utc_now", lambda: door.now)
        monkeypatch.setattr(renewing, "utc_now", lambda: door.now)
        yield door


@pytest.fixture(scope="module")
def site(
    tmp_path_factory: pytest.TempPathFactory,
    sqlite_template: Path,
    free_ports: Any,
    wait_until: Any,
) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("door") / "var"
    with serving(folder, sqlite_template, free_ports, wait_until, has_example=True) as served:
        yield served


@contextmanager
def serving(
    folder: Path, template: Path, free_ports: Any, wait_until: Any, *, has_example: bool = False
) -> Iterator[Site]:
    """A portal of its own process, on a database of its own with or without the example round."""
    ports = dict(zip(("portal_port", "prefect_port", "mailbox_port"), free_ports(3), strict=True))
    settings = Settings(_env_file=None, var=folder, **ports)
    settings.var.mkdir()
    shutil.copyfile(template, settings.var / "agenda.db")
    engine = open_engine(settings.engine_url)
    if has_example:
        with transaction(engine) as session:
            start_example_round(session, now=utc_now())
    environment = os.environ | {"AGENDA_VAR": str(settings.var)}
    environment |= {f"AGENDA_{name.upper()}": str(port) for name, port in ports.items()}
    command = [
        *(sys.executable, "-m", "uvicorn", "portal.app:create_app", "--factory"),
        *("--port", str(settings.portal_port), "--log-level", "warning", "--no-access-log"),
    ]
    with subprocess.Popen(command, env=environment) as process:
        wait_until(lambda: _answers(settings.portal_url), what="the portal answers")
        yield Site(settings, engine)
        process.terminate()
    engine.dispose()


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/tillganglighet", trust_env=False).is_success
    except httpx.HTTPError:
        return False


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser, or a skip where there is none."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    opened = chromium.new_context(locale="sv-SE")
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
