"""The engine under `agenda up`: supervisord (http://supervisord.org), told what to run.

It starts the parts, restarts the ones that die, rotates their logs and stops them in
order. What it does not do is done here: it leaves behind what a killed part had started
itself, and it would outlive us.
"""

import hashlib
import os
import shlex
import signal
import subprocess
import sys
import tempfile
from configparser import RawConfigParser
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException
from io import StringIO
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from xml.parsers.expat import ExpatError
from xmlrpc.client import Error, ServerProxy

from supervisor.xmlrpc import SupervisorTransport

from portal.up.parts import Program

STOP_SECONDS = 8
"""The whole stop, before what is left is killed."""
START_SECONDS = 60
"""A part that ends sooner never got started: tried again after a pause, each a second longer."""
START_TRIES = 300
"""After the pause of so many seconds the pauses begin anew. Nothing is ever given up."""
LOG_BYTES = 5_000_000
LOG_FILES = 4
LINES_SHOWN = 20
# A socket's path has room for 103 bytes on macOS (sun_path), of which supervisord itself
# takes up to eight for a temporary name.
SOCKET_PATH_BYTES = 95


@dataclass(frozen=True, slots=True)
class Look:
    """How one part was when last looked at."""

    pid: int
    """0 while it does not run."""
    state: str
    """supervisord's word: STARTING, RUNNING, BACKOFF, EXITED, FATAL …"""
    started: int
    """When it was last started, Unix time; no two starts of a part are at the same second."""


# Of the socket of a supervisord that was killed; of one that is just starting; of one that
# was cut off in the middle of an answer; and what it says itself of a call that came too late.
NOT_NOW = (OSError, HTTPException, ExpatError, Error)


class EngineStopped(Exception):
    """supervisord does not answer any more."""


class Engine:
    """One supervisord and the parts under it; leaving the context ends them all."""

    def __init__(
        self,
        parts: list[Program],
        *,
        lifeline: Program,
        var: Path,
        environment: dict[str, str],
    ) -> None:
        self._parts = parts
        self._lifeline = lifeline
        self._var = var.absolute()
        self._environment = environment
        self._groups: dict[str, int] = {}

    def __enter__(self) -> Self:
        configuration = self._var / "supervisord.conf"
        configuration.write_text(self._configuration(), encoding="utf-8")
        with (self._var / "log" / "supervisord.err").open("w") as complaints:
            self._supervisord = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "supervisor.supervisord", "-c", str(configuration)],
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=complaints,
                stderr=complaints,
                # A Ctrl-C in the terminal must reach only us, so that we stop them in order.
                start_new_session=True,
            )
        self._connect(str(_socket_path(self._var)))
        return self

    def _connect(self, socket_path: str) -> None:
        self._transport: Any = SupervisorTransport(serverurl=f"unix://{socket_path}")
        self._calls = ServerProxy("http://localhost", transport=self._transport)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        with suppress(EngineStopped):
            self.look()
        self._transport.close()
        self._supervisord.terminate()
        try:
            self._supervisord.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._supervisord.kill()
            self._supervisord.wait()
        for group in self._groups.values():
            _kill_group(group)

    def look(self) -> dict[str, Look]:
        """How every part is now, by key; empty while supervisord itself is starting.

        Raises:
            EngineStopped: supervisord has ended.
        """
        if self._supervisord.poll() is not None:
            raise EngineStopped
        told = self._asked("getAllProcessInfo")
        if told is None:
            return {}
        seen = {
            entry["name"]: Look(entry["pid"], entry["statename"], entry["start"]) for entry in told
        }
        self._sweep(seen)
        return {part.key: seen[part.key] for part in self._parts}

    def start_anew(self, part: Program) -> None:
        """Start a part that supervisord has ceased to start."""
        self._asked("startProcess", part.key, False)

    def end(self, part: Program) -> None:
        """End a part that hangs; supervisord starts it again."""
        self._asked("signalProcess", part.key, "KILL")

    def last_lines(self, part: Program) -> list[str]:
        """The end of a part's log."""
        return _last_lines(self._log(part))

    def last_words(self) -> list[str]:
        """What supervisord itself said last."""
        log = self._var / "log"
        return [*_last_lines(log / "supervisord.log"), *_last_lines(log / "supervisord.err")]

    def _asked(self, call: str, *arguments: object) -> Any:
        """Supervisord's answer; None when it does not answer just now."""
        try:
            return getattr(self._calls.supervisor, call)(*arguments)
        except NOT_NOW:
            # A connection that failed half-way would refuse every call after it.
            self._transport.close()
            return None

    def _sweep(self, seen: dict[str, Look]) -> None:
        # A runner that was killed leaves its flow runs going, which nobody would end.
        for key, now in seen.items():
            before = self._groups.get(key)
            if before and before != now.pid:
                _kill_group(before)
            if now.pid:
                self._groups[key] = now.pid
            else:
                self._groups.pop(key, None)

    def _configuration(self) -> str:
        written = RawConfigParser()
        log, var = self._var / "log", self._var
        written["unix_http_server"] = {"file": str(_socket_path(var))}
        written["rpcinterface:supervisor"] = {
            "supervisor.rpcinterface_factory": "supervisor.rpcinterface:make_main_rpcinterface"
        }
        written["supervisord"] = {
            "nodaemon": "true",
            "silent": "true",
            "umask": "077",
            "logfile": str(log / "supervisord.log"),
            "pidfile": str(var / "supervisord.pid"),
            "childlogdir": str(log),
        }
        for priority, part in enumerate((self._lifeline, *self._parts)):
            written[f"program:{part.key}"] = self._program(part, priority)
        text = StringIO()
        written.write(text)
        return text.getvalue()

    def _program(self, part: Program, priority: int) -> dict[str, str]:
        return {
            "command": shlex.join(part.command),
            # Started in this order and, by supervisord's rule, stopped in the reverse one.
            "priority": str(priority),
            "autorestart": "true",
            "startsecs": str(START_SECONDS),
            "startretries": str(START_TRIES),
            "stopwaitsecs": str(part.stop_seconds),
            "killasgroup": "true",
            "redirect_stderr": "true",
            "stdout_logfile": str(self._log(part)),
            "stdout_logfile_maxbytes": str(LOG_BYTES),
            "stdout_logfile_backups": str(LOG_FILES),
        }

    def _log(self, part: Program) -> Path:
        return self._var / "log" / f"{part.key}.log"


def _socket_path(var: Path) -> Path:
    own = var / "supervisor.sock"
    if len(os.fsencode(own)) <= SOCKET_PATH_BYTES:
        return own
    name = hashlib.sha256(os.fsencode(var)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"agenda-{name}.sock"


def _last_lines(log: Path) -> list[str]:
    with suppress(OSError):
        text = log.read_text(encoding="utf-8", errors="replace")
        return text.splitlines()[-LINES_SHOWN:]
    return []


def _kill_group(group: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)
