"""The installation's secret key, which personal links are made of."""

import os
import secrets
from pathlib import Path

from agenda.errors import BadSettings
from agenda.settings import Settings

KEY_FILE = "secret.key"


def secret_key(settings: Settings) -> bytes:
    """The key from the settings or, without one, from a file that is made at first use.

    Every process of an installation must see the same key: on several machines, set it.

    Raises:
        BadSettings: the file cannot be read or made.
    """
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value().encode()
    path = settings.var / KEY_FILE
    try:
        if not path.exists():
            _make(path)
        return path.read_bytes().strip()
    except OSError as error:
        raise BadSettings(f"Nyckeln i {path} går inte att läsa eller skapa: {error}") from None


def _make(path: Path) -> None:
    """Written whole beside it and linked into place: of two processes, one key wins for both."""
    path.parent.mkdir(parents=True, exist_ok=True)
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
