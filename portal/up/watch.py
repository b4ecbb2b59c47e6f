"""Watches over the parts: says when they answer, when one died, and when one keeps dying.

Nothing is given up: a part in trouble is started again for ever, after longer and longer
pauses, and the others go on meanwhile.
"""

import threading
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Protocol

import httpx

from agenda.words.errors import AgendaError
from portal.up.engine import Engine, EngineStopped, Look
from portal.up.parts import Program

LOOK_SECONDS = 0.5
START_LIMIT_SECONDS = 300
"""A part that runs but has not answered by then will not: it is ended and started again."""
DEATHS = 5
DEATHS_SECONDS = 600
"""So many deaths of one part in so short a time: its trouble is said at length, once."""


class GaveUp(AgendaError):
    """The engine itself has ended; holds its last log lines."""

    def __init__(self, sentence: str, lines: list[str]) -> None:
        super().__init__(sentence)
        self.lines = lines


class Teller(Protocol):
    """Where a person reads what happens."""

    def tell(self, line: str) -> None:
        """Say one thing that happened."""

    def wait_for(self, names: list[str]) -> None:
        """Show what is still awaited."""

    def announce(self) -> None:
        """Say that all is ready."""


class Watch:
    """What is known of the parts from one look to the next."""

    def __init__(
        self,
        engine: Engine,
        parts: list[Program],
        *,
        screen: Teller,
        trouble: Callable[[], str | None] = lambda: None,
    ) -> None:
        """Watch over an engine's parts.

        Args:
            engine: What runs them.
            parts: The parts.
            screen: Where a person reads what happens.
            trouble: What is wrong with what all of them work on, asked at every look.
        """
        self._engine = engine
        self._parts = parts
        self._screen = screen
        self._trouble = trouble
        self._told_trouble: str | None = None
        self._waiting = {part.key: time.monotonic() for part in parts}
        self._lives: dict[str, int] = {}
        self._buried: dict[str, int] = {}
        self._deaths: dict[str, list[float]] = defaultdict(list)
        self._in_trouble: set[str] = set()
        # Loopback must not go through the proxy that a public authority's machines name.
        self._client = httpx.Client(timeout=1, trust_env=False)

    def until_stopped(self, stop: threading.Event) -> None:
        """Watch until told to stop; announce it, once, when all parts answer.

        Raises:
            GaveUp: the engine itself has ended.
        """
        is_announced = False
        while not stop.wait(LOOK_SECONDS):
            self._look()
            if is_announced:
                continue
            self._screen.wait_for([p.name for p in self._parts if p.key in self._waiting])
            if not self._waiting:
                is_announced = True
                self._screen.announce()

    def _tell_of_database(self) -> None:
        found = self._trouble()
        if found == self._told_trouble:
            return
        self._told_trouble = found
        self._screen.tell(found or "Databasen ligger på sin plats igen.")

    def _look(self) -> None:
        self._tell_of_database()
        try:
            seen = self._engine.look()
        except EngineStopped:
            lines = self._engine.last_words()
            raise GaveUp("Övervakningen (supervisord) har avslutats oväntat.", lines) from None
        for part in self._parts:
            if part.key in seen:
                self._note(part, seen[part.key])

    def _note(self, part: Program, now: Look) -> None:
        before = self._lives.get(part.key)
        # One that ends at once may never be seen alive, only that it was started.
        ended = before if now.pid else now.started
        if ended and ended != self._buried.get(part.key) and not (now.pid and ended == now.started):
            self._buried[part.key] = ended
            self._note_death(part)
        self._lives[part.key] = now.started
        if now.state == "FATAL":
            self._engine.start_anew(part)
        if now.pid and part.key in self._waiting:
            self._ask(part, now)

    def _note_death(self, part: Program) -> None:
        now = time.monotonic()
        self._waiting[part.key] = now
        if part.key in self._in_trouble or part.needs in self._waiting:
            # That it keeps dying, or that what it needs has died, has been said.
            return
        recent = [at for at in self._deaths[part.key] if at > now - DEATHS_SECONDS]
        self._deaths[part.key] = [*recent, now]
        if len(recent) + 1 < DEATHS:
            self._screen.tell(f"{part.name} stannade oväntat och startas om.")
        else:
            self._tell_trouble(part, "stannar gång på gång")

    def _ask(self, part: Program, now: Look) -> None:
        if part.key in self._in_trouble and now.state != "RUNNING":
            # It has answered before and died: believed once it has lived for a while.
            return
        if self._answers(part):
            del self._waiting[part.key]
            self._in_trouble.discard(part.key)
            self._screen.tell(f"{part.name} är igång.")
        elif time.monotonic() > self._waiting[part.key] + START_LIMIT_SECONDS:
            self._waiting[part.key] = time.monotonic()
            if part.key not in self._in_trouble:
                self._tell_trouble(part, f"har inte svarat på {START_LIMIT_SECONDS // 60} minuter")
            self._engine.end(part)

    def _answers(self, part: Program) -> bool:
        if part.ready_at is None:
            # Nothing to ask: it is ready if it still runs when what it works with answers.
            return not any(other.ready_at for other in self._parts if other.key in self._waiting)
        try:
            return self._client.get(part.ready_at).is_success
        except httpx.HTTPError:
            return False

    def _tell_trouble(self, part: Program, what: str) -> None:
        self._in_trouble.add(part.key)
        self._deaths.pop(part.key, None)
        self._screen.tell(
            f"{part.name} {what}. Det övriga går vidare, och nya försök görs med allt längre "
            "pauser. De sista raderna ur loggen:"
        )
        for line in self._engine.last_lines(part):
            self._screen.tell(f"  {line}")
