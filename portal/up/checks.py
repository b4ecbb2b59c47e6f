"""What must hold before anything is started, each fault said in one sentence."""

import errno
import fcntl
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from agenda.installation.settings import LOOPBACK, Settings
from agenda.words.errors import AgendaError


class CannotStart(AgendaError):
    """Something outside the product is in the way of a start."""


def lock_path(var: Path) -> Path:
    """The file whose lock says that an `agenda up` runs on this folder."""
    return var.absolute() / "up.lock"


@contextmanager
def claimed_folder(var: Path) -> Iterator[None]:
    """The folder of all state, made if need be and held against a second `agenda up`.

    Raises:
        CannotStart: its name or the program's folder's cannot be used, it cannot be written
            to, or another `agenda up` runs on it.
    """
    for folder in (var.absolute(), Path(sys.prefix)):
        _refuse_odd_name(folder)
    try:
        (var / "log").mkdir(parents=True, exist_ok=True)
        lock = lock_path(var).open("a")
    except OSError as error:
        raise CannotStart(
            f"Det går inte att skriva i mappen {var.absolute()}: "
            "ge användaren rätt att skriva där eller välj en annan mapp med AGENDA_VAR."
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart(
                f"Mappen {var.absolute()} används redan av en agenda up som är igång: "
                "avsluta den först eller välj en annan mapp med AGENDA_VAR."
            ) from None
        yield


def _refuse_odd_name(folder: Path) -> None:
    # supervisord's configuration gives these a meaning and has no escape that always works.
    if odd := sorted(set("%;#\n") & set(str(folder))):
        raise CannotStart(
            f"Mappen {folder} har ett tecken i namnet som inte går att använda ({odd[0]!r}): "
            "byt namn på den eller flytta det som ligger i den."
        )


def open_settings(file: Path = Path(".env")) -> str | None:
    """What to say of a settings file that everybody on the machine can read; None if none can."""
    try:
        is_open = bool(file.stat().st_mode & 0o007)
    except OSError:
        return None
    if not is_open:
        return None
    return (
        f"Filen {file.absolute()} kan läsas av andra på datorn, och i den kan lösenord och nyckel "
        f"stå. Kör: chmod 600 {file}"
    )


def check_ports(settings: Settings) -> None:
    """See that every port this start needs is free, and that no two are the same.

    Raises:
        CannotStart: names every port in the way and the variable that changes it.
    """
    wanted = _ports(settings)
    doubles = [name for name, address in wanted.items() if list(wanted.values()).count(address) > 1]
    if doubles:
        raise CannotStart(f"{' och '.join(doubles)} är samma port: ge dem var sin.")
    faults = [fault for name, address in wanted.items() if (fault := _fault(name, *address))]
    if faults:
        # Once each: an address that is no address of this machine fails for every port.
        raise CannotStart(" ".join(dict.fromkeys(faults)))


def _ports(settings: Settings) -> dict[str, tuple[str, int]]:
    wanted = {"AGENDA_PORTAL_PORT": (settings.host, settings.portal_port)}
    if settings.prefect_api_url is None:
        wanted["AGENDA_PREFECT_PORT"] = (LOOPBACK, settings.prefect_port)
    if not settings.has_mail_server:
        wanted["AGENDA_MAILBOX_PORT"] = (LOOPBACK, settings.mailbox_port)
    return wanted


def _fault(name: str, host: str, port: int) -> str | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return f"Port {port} är upptagen av ett annat program: välj en annan med {name}."
        if error.errno == errno.EACCES:
            return f"Port {port} kräver särskild behörighet: välj en över 1023 med {name}."
        return f"Det går inte att lyssna på {host}: kontrollera adressen i AGENDA_HOST."
    return None
