"""The real portal in a process of its own: killed hard, and back in a moment.

Its command line is that of `agenda up`. A start of Python and its imports costs seconds, so
the process is forked off a server that has done them beforehand (`tests.portal_warmed`); from
there on it is a process like any other, with its own engine, threads and connections.
"""

import multiprocessing
import os
import select
import signal
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from multiprocessing.context import ForkServerProcess
from time import monotonic

from agenda.installation.settings import Settings
from portal.up.parts import PORTAL_FACTORY, part_environment, parts

PATIENCE_SECONDS = 600
SLICE_SECONDS = 0.0003
"""How long it runs between two looks in slow motion."""
NOBODY = "http://127.0.0.1:9/api"
"""A Prefect that is away: one that happens to run on this machine is not to be asked."""

_FORKED = multiprocessing.get_context("forkserver")
_FORKED.set_forkserver_preload(["tests.portal_warmed"])


class PortalProcess:
    """The portal at a port that the system chose. It is open from the start: who comes while
    nobody serves waits in the system's queue until somebody does."""

    def __init__(self, settings: Settings, *, app: str = PORTAL_FACTORY) -> None:
        self._app = app
        self._port = socket.create_server(("127.0.0.1", 0))
        # As for a port that the server opens itself; each connection takes it from here. Else
        # the second half of every short answer waits 40 ms for the first to be acknowledged.
        self._port.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.settings = settings.model_copy(
            update={
                "portal_port": self._port.getsockname()[1],
                "prefect_api_url": NOBODY,
                # With a mail server it needs no port for the local mailbox. It sends nothing:
                # that is another part's work.
                "mail_server": "127.0.0.1",
                "mail_from": settings.sender,
            }
        )
        self._serving: ForkServerProcess | None = None
        settings.var.mkdir(parents=True, exist_ok=True)

    def start(self) -> None:
        """Have it serve; returns at once, as its callers wait in the queue."""
        [part] = [part for part in parts(self.settings) if part.key == "portal"]
        words = part.command[part.command.index("uvicorn") + 1 :]
        arguments = [self._app if word == PORTAL_FACTORY else word for word in words]
        assert self._app in arguments
        self._serving = _FORKED.Process(
            target=_serve, args=(arguments, _environment(self.settings), self._port), daemon=True
        )
        self._serving.start()

    def kill(self, *, after: float = 0) -> None:
        """Kill it (SIGKILL) when so many seconds have gone; it must not end by itself before."""
        assert self._serving is not None
        ended, _, _ = select.select([self._serving.sentinel], [], [], after)
        assert not ended, "the portal ended by itself"
        self._serving.kill()
        self._serving.join(PATIENCE_SECONDS)
        assert self._serving.exitcode == -signal.SIGKILL
        self._serving.close()
        self._serving = None

    def kill_once(self, claim: Callable[[], bool]) -> None:
        """Kill it the moment a claim about what it does begins to hold.

        Until then it runs in slow motion: it stands still each time somebody looks.
        """
        assert self._serving is not None
        end = monotonic() + PATIENCE_SECONDS
        os.kill(self._serving.pid, signal.SIGSTOP)
        while not claim():
            assert monotonic() < end, "what it was to be killed at did not come"
            os.kill(self._serving.pid, signal.SIGCONT)
            select.select([self._serving.sentinel], [], [], SLICE_SECONDS)
            os.kill(self._serving.pid, signal.SIGSTOP)
        self.kill()

    def close(self) -> None:
        """End it, if it serves, and give its port back."""
        if self._serving is not None:
            self._serving.terminate()
            self._serving.join(PATIENCE_SECONDS)
            self._serving.close()
            self._serving = None
        self._port.close()


@contextmanager
def portal_process(settings: Settings, *, app: str = PORTAL_FACTORY) -> Iterator[PortalProcess]:
    """A portal, or another application in its place, that serves until the end."""
    portal = PortalProcess(settings, app=app)
    try:
        portal.start()
        yield portal
    finally:
        portal.close()


def _environment(settings: Settings) -> dict[str, str]:
    """What an operator would have set to get these settings, besides what every part inherits."""
    chosen = {
        "AGENDA_DATABASE_URL": settings.engine_url,
        "AGENDA_PORTAL_PORT": str(settings.portal_port),
        "AGENDA_PREFECT_API_URL": settings.prefect_api,
        "AGENDA_MAIL_SERVER": str(settings.mail_server),
        "AGENDA_MAIL_FROM": settings.sender,
        "AGENDA_TRUSTED_PROXIES": ",".join(settings.trusted_proxies),
    }
    for name in ("base_url", "dashboard_url"):
        if address := getattr(settings, name):
            chosen[f"AGENDA_{name.upper()}"] = address
    return part_environment(settings) | chosen


def _serve(arguments: list[str], environment: Mapping[str, str], port: socket.socket) -> None:
    import uvicorn.main

    os.environ.update(environment)
    # Away from a file .env that the machine's owner may have for a real installation.
    os.chdir(environment["AGENDA_VAR"])
    uvicorn.main.main([*arguments, "--fd", str(port.fileno())], standalone_mode=False)
