"""A process that empties the outbox: retries, what quiet hours held, what a dead sender left.

Runs beside the flows (`python -m notifications.postman`), because a retry after five
minutes or a leftover of a crash must not wait for the next dated step. What nobody has
attended because Prefect stands still it attends itself.
"""

import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event

from sqlalchemy import Engine

from agenda.clock import utc_now
from agenda.installation.settings import settings
from agenda.installation.signature import opened
from agenda.storage.store import reading, transaction
from agenda.words.errors import AgendaError
from notifications.delivery.claiming import Fate
from notifications.delivery.sending import Sender, deliver_ready
from notifications.delivery.standstill import rounds_to_tell, standstill, tell_of_standstill
from notifications.incoming.looking import reading_mail
from notifications.notices.untold import tell_the_untold
from notifications.office import Office
from notifications.post.channels import Channels
from notifications.unattended import attend_what_nobody_has
from notifications.weekly import tell_of_the_week

EVERY_SECONDS = 10.0
ATTEND_EVERY = timedelta(minutes=1)
"""How often it looks for what nobody has attended: that takes reading every open round."""
PATIENCE = timedelta(seconds=30)
"""How long a run is left to deliver what it has just queued, so that its page shows it."""
log = logging.getLogger(__name__)


def walk_rounds(
    engine: Engine,
    sender: Sender,
    office: Office,
    *,
    stop: Event,
    now: Callable[[], datetime] = utc_now,
    every_seconds: float = EVERY_SECONDS,
) -> None:
    """Empty the outbox again and again, until told to stop; the message in hand is finished.

    Args:
        engine: The product's database.
        sender: What carries the messages away.
        office: The sending office.
        stop: Set to end it.
        now: Asked for the present instant before every message.
        every_seconds: The pause between two rounds.
    """
    attended_at: datetime | None = None
    while not stop.is_set():
        with _going_on("mail that stands still could not be told of"):
            _tell_of_standstill(engine, office, now=now())
        with _going_on("the outbox could not be emptied"):
            _round(engine, sender, office, now=now, stop=stop)
        # After the outbox, which has what is to leave soonest.
        if attended_at is None or now() >= attended_at + ATTEND_EVERY:
            attended_at = now()
            with _going_on("what nobody has attended could not be found"):
                _attend(engine, office, now=attended_at)
            with _going_on("who could not be told could not be found"):
                tell_the_untold(engine, office, now=attended_at)
            with _going_on("the week could not be told of"):
                tell_of_the_week(engine, office, now=attended_at)
        stop.wait(every_seconds)


@contextmanager
def _going_on(what: str) -> Iterator[None]:
    """Whatever goes wrong with one part: nothing is lost, and the next round is the same."""
    try:
        yield
    except Exception:
        log.exception("%s", what)


def _tell_of_standstill(engine: Engine, office: Office, *, now: datetime) -> None:
    """Have the coordinators told that mail does not leave, by what leaves without it."""
    with reading(engine) as session:
        found = standstill(session, now=now)
        has_news = found is not None and rounds_to_tell(session, office, found, now=now)
    if has_news:
        with transaction(engine) as session:
            tell_of_standstill(session, office, now=now)


def _round(
    engine: Engine, sender: Sender, office: Office, *, now: Callable[[], datetime], stop: Event
) -> None:
    fates: list[Fate] = []
    for delivered in deliver_ready(engine, sender, office, now=now, patience=PATIENCE):
        fates.append(delivered.fate)
        if stop.is_set():
            break
    told = {fate: fates.count(fate) for fate in dict.fromkeys(fates) if fate is not Fate.NOT_OURS}
    if told:
        log.info("%s", ", ".join(f"{count} {fate.value}" for fate, count in told.items()))


def _attend(engine: Engine, office: Office, *, now: datetime) -> None:
    if attended := attend_what_nobody_has(engine, office, now=now):
        log.warning("Prefect stands still: attended activities %s", attended)


def main() -> None:
    """Run until SIGTERM or SIGINT."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    chosen = settings()
    while not stop.is_set():
        try:
            office = Office.of(chosen)
            with (
                opened(chosen) as engine,
                Channels(chosen) as channels,
                reading_mail(engine, office, chosen),
            ):
                walk_rounds(engine, channels, office, stop=stop)
        except AgendaError as error:
            # Not ours, or away for a while: nothing is touched until it is mended.
            log.error("%s", error)
            stop.wait(EVERY_SECONDS)


if __name__ == "__main__":
    main()
