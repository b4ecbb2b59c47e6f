"""`agenda up`: the whole product as one process tree in the foreground.

Checks first, then starts the parts, watches them, and ends them all.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable

from agenda.clock import utc_now
from agenda.installation.example import ensure_example_round
from agenda.installation.rekeying import check_key
from agenda.installation.settings import Settings
from agenda.installation.signature import sign
from agenda.installation.unreachable import remark_on_examples
from agenda.rounds.round import open_rounds
from agenda.storage.sqlite_file import SqliteFile
from agenda.storage.store import checked_url, open_engine, reading, sqlite_file, transaction
from agenda.storage.upgrading import upgrade
from notifications.office import Office
from portal.up.checks import check_ports, claimed_folder, open_settings
from portal.up.engine import Engine
from portal.up.parts import lifeline_part, part_environment, parts
from portal.up.screen import Screen
from portal.up.watch import GaveUp, Watch


def run(settings: Settings) -> int:
    """Run everything until Ctrl-C, SIGTERM or SIGHUP; the process's exit code.

    Raises:
        CannotStart: the folder, another `agenda up` on it, or a port is in the way.
        BadDatabase: the database cannot be used, e.g. because a newer version wrote it.
        BadSettings: the secret key cannot be used, or is not the one that links are made of.
    """
    # What lies in the folder is for the user that runs this alone.
    os.umask(0o077)
    stop = _asked_to_stop()
    screen = Screen(settings)
    with claimed_folder(settings.var):
        check_ports(settings)
        if said := open_settings():
            screen.tell(said)
        screen.tell("Startar …")
        _prepare_database(settings, screen)
        if stop.is_set():
            return 0
        try:
            _run_parts(settings, stop, screen)
        except GaveUp as gave_up:
            sys.stderr.write("\n".join([str(gave_up), *gave_up.lines, ""]))
            return gave_up.exit_code
        screen.tell("Allt är avslutat.")
    return 0


def _asked_to_stop() -> threading.Event:
    stop = threading.Event()
    # SIGHUP is what a closed terminal window sends.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    return stop


def _prepare_database(settings: Settings, screen: Screen) -> None:
    if sentence := upgrade(settings.engine_url, backups=settings.var / "backups"):
        screen.tell(sentence)
    engine = open_engine(settings.engine_url)
    try:
        with transaction(engine) as session:
            for said in sign(session, settings, now=utc_now()):
                screen.tell(said)
            check_key(session, Office.of(settings).keyring)
        # With a real mail server the first round is a real one.
        wants_example = not settings.has_mail_server
        example = ensure_example_round(engine, now=utc_now()) if wants_example else None
        with reading(engine) as session:
            remark = remark_on_examples(session, open_rounds(session), settings)
    finally:
        engine.dispose()
    if remark is not None:
        screen.tell(remark)
    if example is not None:
        screen.tell(f"Databasen var tom: {example.name} är skapad att prova med.")


def _trouble_with_database(settings: Settings) -> Callable[[], str | None]:
    """What to ask again and again while the parts run: whether its file is still the same."""
    path = sqlite_file(checked_url(settings.engine_url))
    if path is None:
        return lambda: None
    file = SqliteFile(path)
    file.take()
    return file.trouble


def _run_parts(settings: Settings, stop: threading.Event, screen: Screen) -> None:
    needed = parts(settings)
    engine = Engine(
        needed,
        lifeline=lifeline_part(settings),
        var=settings.var,
        environment=part_environment(settings),
    )
    with engine, screen:
        watch = Watch(engine, needed, screen=screen, trouble=_trouble_with_database(settings))
        watch.until_stopped(stop)
        screen.tell("Avslutar …")
