"""A mail server that takes every message, unless a test tells it what to answer."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from notifications.post.outgoing import FailedAt, Outcome, Outgoing, Result

TAKEN = Outcome(Result.SENT, 250, "2.0.0 OK")
LATER = Outcome(Result.LATER, 451, "4.7.1 Greylisted, try again later", FailedAt.RECIPIENT)
NEVER = Outcome(Result.NEVER, 550, "5.1.1 No such user here", FailedAt.RECIPIENT)
AWAY = Outcome(Result.LATER, None, "Servern svarar inte.", FailedAt.CONNECTION)
UNCERTAIN = Outcome(Result.UNCERTAIN, None, "Inget svar efter sista punkten.", FailedAt.TIMEOUT)


@dataclass
class ObedientServer:
    """Takes every message and remembers when, unless a test scripts another outcome."""

    now: datetime | None = None
    taken: list[tuple[datetime | None, Outgoing]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    """Every address it was offered a message for, refused ones too."""
    meanwhile: Callable[[], None] | None = None
    """What somebody does while the next message is on its way."""

    def __post_init__(self) -> None:
        self._script: dict[str, list[Outcome]] = defaultdict(list)
        self._always: dict[str, Outcome] = {}
        self._lock = Lock()

    def as_it_was(self) -> "ObedientServer":
        """Another server that has taken the same, and of which nothing is scripted."""
        return ObedientServer(self.now, [*self.taken], [*self.asked])

    def answer(self, to: str, *outcomes: Outcome) -> None:
        """What the next messages to an address get, in turn; then all is well."""
        self._script[to] += outcomes

    def always(self, to: str, outcome: Outcome | None) -> None:
        """What every message to an address ("*": to any) gets; None to be well again."""
        if outcome is None:
            self._always.pop(to, None)
        else:
            self._always[to] = outcome

    def send(self, outgoing: Outgoing) -> Outcome:
        """Take a message, or do as scripted."""
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile is not None:
            meanwhile()
        with self._lock:
            to = outgoing.recipient
            self.asked.append(to)
            usual = self._always.get(to, self._always.get("*", TAKEN))
            outcome = self._script[to].pop(0) if self._script[to] else usual
            if outcome.result is Result.SENT:
                self.taken.append((self.now, outgoing))
            return outcome
