"""What the portal's tests share: free ports, the application, waiting for something."""

import os
import shutil
import socket
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count as count_from
from pathlib import Path
from typing import Protocol

import pytest
from starlette.exceptions import StarletteDeprecationWarning

from agenda.installation.settings import Settings
from portal.app import create_app

with warnings.catch_warnings():
    # It works with httpx, which everything else here uses, and only wishes for a successor.
    warnings.simplefilter("ignore", StarletteDeprecationWarning)
    from fastapi.testclient import TestClient


@pytest.fixture(scope="session")
def free_ports() -> Callable[[int], list[int]]:
    """Finds so many ports that nobody listens on, all different."""
    return _free_ports


# Below the ports that the system gives to connections, and each process in a range of its
# own: a port that somebody else takes between the look and the use would fail the test.
_PORTS = count_from(10_000 + os.getpid() % 220 * 100)


def _free_ports(count: int) -> list[int]:
    found: list[int] = []
    while len(found) < count:
        port = next(_PORTS)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            found.append(port)
    return found


class Wait(Protocol):
    """Waits for a claim to hold."""

    def __call__(self, claim: Callable[[], bool], *, what: str, seconds: float = 180) -> None:
        """Return as soon as it holds; fail, naming it, if it does not in time."""


@pytest.fixture(scope="session")
def wait_until() -> Wait:
    """A bounded wait for what another process does."""
    return _wait_until


def _wait_until(claim: Callable[[], bool], *, what: str, seconds: float = 180) -> None:
    pause, end = threading.Event(), time.monotonic() + seconds
    while not claim():
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds:g} seconds: {what}")
        pause.wait(0.05)


@pytest.fixture
def portal_settings(settings: Settings, sqlite_template: Path) -> Settings:
    """Settings of an installation with an up-to-date, empty database."""
    portal_port, prefect_port, mailbox_port = _free_ports(3)
    chosen = settings.model_copy(
        update={
            "portal_port": portal_port,
            "prefect_port": prefect_port,
            "mailbox_port": mailbox_port,
        }
    )
    chosen.var.mkdir(mode=0o700)
    shutil.copyfile(sqlite_template, chosen.var / "agenda.db")
    return chosen


@pytest.fixture
def browser(portal_settings: Settings) -> Iterator[TestClient]:
    """A client of the running portal, its mailbox taking in mail."""
    with TestClient(create_app(portal_settings), base_url="http://127.0.0.1") as client:
        yield client
