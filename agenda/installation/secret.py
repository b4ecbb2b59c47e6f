"""The installation's secret key, which personal links are made of."""

import os
import secrets
from pathlib import Path

from agenda.installation.settings import Settings
from agenda.words.errors import BadSettings

KEY_FILE = "secret.key"
SHORTEST_KEY = 32


def secret_key(settings: Settings) -> bytes:
    """The key from the settings or, without one, from a file that is made at first use.

    Every process of an installation must see the same key: on several machines, set it.

    Raises:
        BadSettings: the file cannot be read or made, is cut short, or can be read by others.
    """
    if (held := held_key(settings)) is not None:
        return held
    path = settings.var / KEY_FILE
    try:
        _make(path)
    except OSError as error:
        raise _unusable(path, error) from None
    return _read(path)


def held_key(settings: Settings) -> bytes | None:
    """The key that there is; None where it would have to be made.

    Raises:
        BadSettings: the file cannot be read, is cut short, or can be read by others.
    """
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value().encode()
    path = settings.var / KEY_FILE
    try:
        return _read(path) if path.exists() else None
    except OSError as error:
        raise _unusable(path, error) from None


def former_key(settings: Settings) -> bytes | None:
    """The key before the present one, as long as the settings name it."""
    former = settings.former_secret_key
    return former.get_secret_value().encode() if former else None


def _read(path: Path) -> bytes:
    _refuse_open(path)
    try:
        key = path.read_bytes().strip()
    except OSError as error:
        raise _unusable(path, error) from None
    if len(key) < SHORTEST_KEY:
        # Of an empty key anybody could make every link.
        raise BadSettings(f"Nyckeln i {path} är avkortad. Lägg tillbaka den från en kopia.")
    return key


def _unusable(path: Path, error: OSError) -> BadSettings:
    return BadSettings(f"Nyckeln i {path} går inte att läsa eller skapa: {error}")


def _refuse_open(path: Path) -> None:
    if path.stat().st_mode & 0o077:
        raise BadSettings(
            f"Nyckeln i {path} kan läsas av andra på datorn. Kör: chmod 600 {path} – och byt "
            "den om någon kan ha gjort det."
        )


def _make(path: Path) -> None:
    """Written whole beside it and linked into place: of two processes, one key wins for both."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(48))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(beside, path)
    except FileExistsError:
        return
    finally:
        beside.unlink()
