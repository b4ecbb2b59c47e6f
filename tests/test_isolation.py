"""The tests' own walls: nothing leaves the machine, no real setting or chance comes in."""

import os
import socket
from pathlib import Path

import pytest
from sqlalchemy import Engine

from agenda.installation import settings as settings_module
from agenda.installation.settings import Settings


@pytest.mark.parametrize("address", ["192.0.2.1", "2001:db8::1", "region.example"])
def test_a_connection_that_would_leave_the_machine_is_refused(address: str) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as far:
        with pytest.raises(AssertionError, match=f"a test tried to reach {address}"):
            far.connect((address, 25))
        with pytest.raises(AssertionError, match=f"a test tried to reach {address}"):
            far.connect_ex((address, 25))


def test_a_name_outside_the_machine_is_not_looked_up() -> None:
    with pytest.raises(AssertionError, match=r"a test tried to reach region\.example"):
        socket.create_connection(("region.example", 25))


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_the_machine_itself_can_be_reached(host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        with socket.create_connection((host, server.getsockname()[1])) as near:
            assert near.getpeername() == server.getsockname()


def test_settings_are_those_of_a_fresh_installation(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("AGENDA_PORTAL_PORT=1234\n")
    monkeypatch.chdir(tmp_path)
    assert settings == Settings(var=tmp_path / "var")
    assert settings_module.settings().portal_port == 8400


@pytest.mark.parametrize("made_anew", [os.urandom(8)])
def test_a_case_is_named_alike_by_every_worker(
    request: pytest.FixtureRequest, made_anew: bytes
) -> None:
    assert request.node.callspec.id == "made_anew"


@pytest.mark.xdist_group("alone")
def test_a_group_of_tests_has_one_worker(request: pytest.FixtureRequest) -> None:
    if not hasattr(request.config, "workerinput"):
        pytest.skip("not run by several workers")
    # How pytest-xdist tells its scheduler; without it each worker starts servers of its own.
    assert request.node.nodeid.endswith("@alone")


def test_what_needs_no_database_is_quick(request: pytest.FixtureRequest) -> None:
    assert request.node.get_closest_marker("quick") is not None


def test_what_needs_a_database_is_not_quick(request: pytest.FixtureRequest, engine: Engine) -> None:
    assert request.node.get_closest_marker("quick") is None
    assert engine is not None
