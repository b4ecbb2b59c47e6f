"""A look into the mailbox, again and again, beside the post and never in its way."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from threading import Event, Thread

from sqlalchemy import Engine
from sqlmodel import Session, func, select

from agenda.clock import utc_now
from agenda.installation.settings import Settings
from agenda.models import Message
from agenda.storage.store import reading, transaction
from agenda.workdays import ONE_DAY
from notifications.incoming.fetched import MOST_AT_ONCE, CannotRead, Fetched, Source
from notifications.incoming.folder import MailFolder
from notifications.incoming.imap import ImapMailbox
from notifications.incoming.keeping import Taken, position_of, take_in
from notifications.incoming.telling import tell_of_mailbox, tell_of_returns
from notifications.office import Office

_LEAVING_SECONDS = 5.0
"""How long the look in hand may take to end when the process does; nothing is lost by it."""
log = logging.getLogger(__name__)


def source_of(settings: Settings) -> Source | None:
    """Where the settings say that mail comes to; None where they name nothing."""
    if settings.incoming_folder is not None:
        return MailFolder(settings.incoming_folder)
    return ImapMailbox.of(settings)


def look(engine: Engine, office: Office, source: Source, *, now: datetime) -> int:
    """Read what has come, act on it and tell of it; how many mails are new.

    A mailbox that cannot be read is remembered, shown and told; it is no error of ours.
    """
    new = 0
    try:
        while True:
            seen, found = _batch(engine, source, now=now)
            new += found
            if seen < MOST_AT_ONCE:
                break
        _note(engine, source, "", now=now)
    except CannotRead as error:
        log.warning("incoming mail could not be read")
        _note(engine, source, str(error), now=now)
    tell_of_returns(engine, office, now=now)
    tell_of_mailbox(engine, office, now=now)
    return new


def _batch(engine: Engine, source: Source, *, now: datetime) -> tuple[int, int]:
    """How many mails were seen, and how many of them are new."""
    with reading(engine) as session:
        since = _since(session, now)
    with transaction(engine) as session:
        _, position = position_of(session, source.name)
    seen = new = 0
    for fetched in source.fetch(position, since=since):
        new += _kept(engine, source, fetched, now=now) is Taken.NEW
        seen += 1
    return seen, new


def _kept(engine: Engine, source: Source, fetched: Fetched, *, now: datetime) -> Taken:
    """A transaction each: what was kept stays kept, whatever comes of the next one.

    A mail that trips our own code would else stand in the way of all after it.
    """
    try:
        with transaction(engine) as session:
            return take_in(session, source.name, fetched, now=now)
    except Exception:
        log.exception("a mail could not be judged and is kept for a person")
    with transaction(engine) as session:
        return take_in(session, source.name, fetched, now=now, is_judged=False)


def _since(session: Session, now: datetime) -> date:
    """The day before we first wrote to anybody: what came before then is not for us."""
    first = session.exec(select(func.min(Message.queued_at))).one()
    return ((first or now) - ONE_DAY).date()


def _note(engine: Engine, source: Source, fault: str, *, now: datetime) -> None:
    """Remember that the mailbox was read to its end, or why it was not and since when."""
    with transaction(engine) as session:
        row, _ = position_of(session, source.name)
        row.fault = fault
        if fault:
            row.fault_since = row.fault_since or now
        else:
            row.fault_since, row.read_at = None, now


@contextmanager
def reading_mail(engine: Engine, office: Office, settings: Settings) -> Iterator[None]:
    """Read incoming mail in a thread of its own for as long as this lasts."""
    source = source_of(settings)
    if source is None:
        yield
        return
    stop = Event()
    every = timedelta(minutes=settings.incoming_every_minutes)
    reader = Thread(
        target=look_again,
        args=(engine, office, source),
        kwargs={"stop": stop, "every": every},
        name="incoming mail",
        daemon=True,
    )
    reader.start()
    try:
        yield
    finally:
        stop.set()
        reader.join(_LEAVING_SECONDS)


def look_again(
    engine: Engine,
    office: Office,
    source: Source,
    *,
    stop: Event,
    every: timedelta,
    now: Callable[[], datetime] = utc_now,
) -> None:
    """Look at intervals until told to stop, whatever goes wrong with one look."""
    while not stop.is_set():
        try:
            if new := look(engine, office, source, now=now()):
                log.info("%d new incoming mails", new)
        except Exception:
            log.exception("incoming mail could not be looked through")
        stop.wait(every.total_seconds())
