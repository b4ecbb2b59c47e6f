import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from agenda.installation.settings import Settings
from portal.up.checks import CannotStart, check_ports, claimed_folder, open_settings


def with_ports(settings: Settings, ports: list[int]) -> Settings:
    names = ("portal_port", "prefect_port", "mailbox_port")
    return settings.model_copy(update=dict(zip(names, ports, strict=True)))


def test_the_folder_is_made_and_held_against_a_second_start(tmp_path: Path) -> None:
    var = tmp_path / "ny" / "var"
    with claimed_folder(var):
        assert (var / "log").is_dir()
        with pytest.raises(CannotStart) as refused, claimed_folder(var):
            pass
    assert str(refused.value) == (
        f"Mappen {var} används redan av en agenda up som är igång: "
        "avsluta den först eller välj en annan mapp med AGENDA_VAR."
    )


def test_the_folder_is_free_again_once_its_holder_has_ended(tmp_path: Path) -> None:
    with claimed_folder(tmp_path):
        pass
    with claimed_folder(tmp_path):
        assert (tmp_path / "up.lock").exists()


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("")
    var = tmp_path / "fil" / "var"
    with pytest.raises(CannotStart) as refused, claimed_folder(var):
        pass
    assert str(refused.value) == (
        f"Det går inte att skriva i mappen {var}: "
        "ge användaren rätt att skriva där eller välj en annan mapp med AGENDA_VAR."
    )


def test_free_ports_are_no_hindrance(
    settings: Settings, free_ports: Callable[[int], list[int]]
) -> None:
    check_ports(with_ports(settings, free_ports(3)))


@pytest.mark.parametrize(
    ("place", "variable"),
    [(0, "AGENDA_PORTAL_PORT"), (1, "AGENDA_PREFECT_PORT"), (2, "AGENDA_MAILBOX_PORT")],
)
def test_a_port_in_use_is_named_with_the_variable_that_changes_it(
    settings: Settings, free_ports: Callable[[int], list[int]], place: int, variable: str
) -> None:
    ports = free_ports(3)
    with (
        socket.create_server(("127.0.0.1", ports[place])),
        pytest.raises(CannotStart) as refused,
    ):
        check_ports(with_ports(settings, ports))
    assert str(refused.value) == (
        f"Port {ports[place]} är upptagen av ett annat program: välj en annan med {variable}."
    )


def test_every_port_in_use_is_named_at_once(
    settings: Settings, free_ports: Callable[[int], list[int]]
) -> None:
    first, second, third = free_ports(3)
    with (
        socket.create_server(("127.0.0.1", first)),
        socket.create_server(("127.0.0.1", third)),
        pytest.raises(CannotStart) as refused,
    ):
        check_ports(with_ports(settings, [first, second, third]))
    assert str(refused.value) == (
        f"Port {first} är upptagen av ett annat program: välj en annan med AGENDA_PORTAL_PORT. "
        f"Port {third} är upptagen av ett annat program: välj en annan med AGENDA_MAILBOX_PORT."
    )


def test_one_port_cannot_serve_two(
    settings: Settings, free_ports: Callable[[int], list[int]]
) -> None:
    first, second = free_ports(2)
    with pytest.raises(CannotStart) as refused:
        check_ports(with_ports(settings, [first, first, second]))
    assert str(refused.value) == (
        "AGENDA_PORTAL_PORT och AGENDA_PREFECT_PORT är samma port: ge dem var sin."
    )


def test_an_address_of_another_machine_is_a_fault_of_the_host(
    settings: Settings, free_ports: Callable[[int], list[int]]
) -> None:
    elsewhere = with_ports(settings, free_ports(3)).model_copy(update={"host": "192.0.2.1"})
    with pytest.raises(CannotStart) as refused:
        check_ports(elsewhere)
    sentence = "Det går inte att lyssna på 192.0.2.1: kontrollera adressen i AGENDA_HOST."
    assert str(refused.value) == sentence


def test_the_ports_of_what_is_not_started_may_be_in_use(
    settings: Settings, free_ports: Callable[[int], list[int]]
) -> None:
    ports = free_ports(3)
    chosen = with_ports(settings, ports).model_copy(
        update={
            "prefect_api_url": "http://prefect.regionen.example/api",
            "mail_server": "smtp.regionen.example",
        }
    )
    with (
        socket.create_server(("127.0.0.1", ports[1])),
        socket.create_server(("127.0.0.1", ports[2])),
    ):
        check_ports(chosen)


def test_a_folder_whose_name_the_supervisor_would_misread_is_refused(tmp_path: Path) -> None:
    var = tmp_path / "100 %"
    with pytest.raises(CannotStart) as refused, claimed_folder(var):
        pass
    assert str(refused.value) == (
        f"Mappen {var} har ett tecken i namnet som inte går att använda ('%'): "
        "byt namn på den eller flytta det som ligger i den."
    )
    assert not var.exists()


@pytest.mark.parametrize(("mode", "is_said"), [(0o644, True), (0o604, True), (0o640, False)])
def test_settings_that_others_can_read_are_said(tmp_path: Path, mode: int, is_said: bool) -> None:
    file = tmp_path / ".env"
    assert open_settings(file) is None
    file.write_text("AGENDA_MAIL_PASSWORD=x")
    file.chmod(mode)
    said = f"Filen {file} kan läsas av andra på datorn, och i den kan lösenord och nyckel stå. "
    assert open_settings(file) == (f"{said}Kör: chmod 600 {file}" if is_said else None)
