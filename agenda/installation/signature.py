"""Which installation a database belongs to, and that whoever opens it is of the same one.

A worker or a command that was started without its variables would make a database and a key
of its own, or mail links that lead nowhere. Only `agenda up` makes either, and signs the
database with what every other process must share: the key, the base address, the sender.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, select

from agenda.installation.secret import KEY_FILE, former_key, held_key, secret_key
from agenda.installation.settings import Settings
from agenda.links.keyring import WrongKey, derived_token, token_hash
from agenda.models import Installation, Link
from agenda.storage.faults import said_in_words
from agenda.storage.store import checked_url, open_engine, reading
from agenda.storage.upgrading import refuse_missing, refuse_unless_current
from agenda.words.errors import BadSettings

ROW = 1
_SAME = {
    "portal_url": ("AGENDA_BASE_URL", "adressen till portalen"),
    "sender": ("AGENDA_MAIL_FROM", "avsändaren"),
}
"""What must be the same besides the key: the variable, and what a person calls it."""


@contextmanager
def opened(settings: Settings, *, is_rekeying: bool = False) -> Iterator[Engine]:
    """The installation's database, for a process of that installation alone.

    Args:
        settings: The settings in force.
        is_rekeying: The key may be another: new links are made of it now.

    Raises:
        BadDatabase: it is missing, cannot be reached or is of another version.
        BadSettings: the settings are another installation's.
    """
    refuse_missing(checked_url(settings.engine_url))
    engine = open_engine(settings.engine_url)
    try:
        refuse_unless_current(engine)
        check(engine, settings, is_rekeying=is_rekeying)
        yield engine
    finally:
        engine.dispose()


def check(engine: Engine, settings: Settings, *, is_rekeying: bool = False) -> None:
    """See that these settings are those of the installation that signed a database.

    Args:
        engine: The database, of this version.
        settings: The settings in force.
        is_rekeying: As of `opened`.

    Raises:
        BadSettings: the sentence says what differs and how to come on.
        BadDatabase: it cannot be reached.
    """
    with said_in_words(engine.url), reading(engine) as session:
        signed = session.get(Installation, ROW)
    if signed is None:
        # Of before it was signed; the next `agenda up` does.
        return
    if not is_rekeying:
        _check_key(signed, settings)
    for name, (variable, what) in _SAME.items():
        here, there = getattr(settings, name), getattr(signed, name)
        if here != there:
            raise BadSettings(
                f"{variable} gör {what} till {here}, men installationen har {there}. Ange samma "
                "som där agenda up körs. Ska den ändras: ändra den där och starta om agenda up."
            )


def sign(session: Session, settings: Settings, *, now: datetime) -> list[str]:
    """Make a database this installation's, as `agenda up` does at each start.

    Returns:
        One Swedish sentence for each thing that is another than before.

    Raises:
        BadSettings: the key is missing, or not the one that the database was signed with.
    """
    signed = session.get(Installation, ROW)
    if signed is not None:
        _check_key(signed, settings)
    elif held_key(settings) is None and session.exec(select(Link.id)).first() is not None:
        raise _no_key(settings)
    return write(session, settings, now=now)


def write(session: Session, settings: Settings, *, now: datetime) -> list[str]:
    """Write down what the settings say, whatever stood there; what is another than before."""
    present = {
        # Made here if anywhere.
        "key_mark": key_mark(secret_key(settings)),
        "portal_url": settings.portal_url,
        "sender": settings.sender,
    }
    signed = session.get(Installation, ROW)
    if signed is None:
        session.add(Installation(id=ROW, signed_at=now, **present))
        return []
    said = []
    if signed.key_mark != present["key_mark"]:
        said.append("Den hemliga nyckeln är en annan än förut.")
    for name, (_, what) in _SAME.items():
        if getattr(signed, name) != present[name]:
            told = f"{what} är ändrad från {getattr(signed, name)} till {present[name]}."
            said.append(told[0].upper() + told[1:])
    if said:
        signed.sqlmodel_update(present | {"signed_at": now})
    return said


def key_mark(key: bytes) -> str:
    """What is stored of a key: nobody can make a link of it, or the key."""
    return token_hash(derived_token(key, "installation"))


def _check_key(signed: Installation, settings: Settings) -> None:
    present = held_key(settings)
    if present is None:
        raise _no_key(settings)
    held = (present, former_key(settings))
    if signed.key_mark not in {key_mark(key) for key in held if key}:
        raise WrongKey


def _no_key(settings: Settings) -> BadSettings:
    return BadSettings(
        f"Den hemliga nyckeln saknas ({settings.var.absolute() / KEY_FILE}). Lägg tillbaka "
        "den, eller ange AGENDA_VAR eller AGENDA_SECRET_KEY som där agenda up körs. Är den borta "
        "för alltid: sätt en ny i AGENDA_SECRET_KEY och kör agenda link rekey."
    )
