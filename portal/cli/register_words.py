"""The register's lines as people read them: Swedish words, Swedish time, and who and to whom."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session

from agenda.models import RegisterEntry
from agenda.register import ActorKind
from notifications.readings.register import links_named, messages_named
from portal.cli.answers.kinds import IN_WORDS
from portal.cli.terminal.output import clean, instant

_INSTANT = re.compile(r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)(?![\d:])")
_LINK = re.compile(r"länk (\d+)")
_MESSAGE_ID = re.compile(r"<[^<>@\s]+@[^<>@\s]+>")
_STEP = re.compile(r"(?P<kind>[a-z_]+)(-(?P<count>\d+))?")
_STEPS = {
    "invitation": "inbjudan",
    "reminder": "påminnelse",
    "closed": "stänger",
    "overdue": "svar saknas",
    "escalation": "eskalering",
    "internal": "påminnelse till ansvarig",
    "nag": "försenad",
}
_BEFORE_THE_LAST_DAY = ("reminder", "internal")


class Line(NamedTuple):
    """One line of the register in words."""

    at: str
    who: str
    what: str
    subject: str
    change: str

    def __str__(self) -> str:
        """The whole line."""
        subject = f", {self.subject}" if self.subject else ""
        change = f" ({self.change})" if self.change else ""
        return f"{self.at}  {self.who}: {self.what}{subject}{change}"


class Reader:
    """Puts a register's lines into words; what they name is read once for all of them."""

    def __init__(self, session: Session, entries: Sequence[RegisterEntry]) -> None:
        named = [text for entry in entries for text in (entry.who, entry.subject)]
        numbers = {int(found[1]) for text in named if (found := _LINK.fullmatch(text))}
        ids = {text for text in named if _MESSAGE_ID.fullmatch(text)}
        self._links = dict(links_named(session, numbers))
        self._messages = dict(messages_named(session, ids))

    def line(self, entry: RegisterEntry, what: str) -> Line:
        """One line, with its kind of act in words."""
        words = [self._change(entry, text) for text in (entry.before, entry.after)]
        return Line(
            instant(entry.at),
            self._who(entry),
            what,
            self._subject(entry.subject),
            clean(" → ".join(text for text in words if text)),
        )

    def _who(self, entry: RegisterEntry) -> str:
        # The oldest lines do not say what their actor is; a person can be called anything.
        is_link = entry.actor_kind in (None, ActorKind.LINK)
        found = _LINK.fullmatch(entry.who) if is_link else None
        return self._links.get(int(found[1]), (entry.who, ""))[0] if found else entry.who

    def _subject(self, subject: str) -> str:
        if (found := _LINK.fullmatch(subject)) and int(found[1]) in self._links:
            name, where = self._links[int(found[1])]
            return f"länken för {name} till {where}"
        return self._messages.get(subject, subject)

    def _change(self, entry: RegisterEntry, text: str) -> str:
        if entry.what.startswith("step_"):
            step, _, rest = text.partition(" ")
            text = f"{_step_in_words(step)}{f': {rest}' if rest else ''}"
        for word, swedish in IN_WORDS.items():
            text = re.sub(rf"\b{word}\b", swedish.lower(), text)
        return _INSTANT.sub(lambda found: instant(datetime.fromisoformat(found[0])), text)


def _step_in_words(name: str) -> str:
    found = _STEP.fullmatch(name)
    if not found or found["kind"] not in _STEPS:
        return name
    words = _STEPS[found["kind"]]
    if found["count"] is None:
        return words
    where = "kvar" if found["kind"] in _BEFORE_THE_LAST_DAY else "efter sista dagen"
    unit = "arbetsdag" if found["count"] == "1" else "arbetsdagar"
    return f"{words}, {found['count']} {unit} {where}"
