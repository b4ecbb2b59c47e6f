"""What somebody has filled in for an act on the desk, and what hinders it."""

from dataclasses import dataclass
from datetime import date

from agenda.forms.written import date_in, day_of, text_in
from agenda.replies.extensions import LONGEST_REASON
from agenda.words.texts import visible
from portal.door.posting import Posted

LONGEST_NOTE = LONGEST_REASON
DAY, NOTE, WHOM, FOLLOWERS = "dag", "meddelande", "vem", "foljande"


@dataclass(frozen=True, slots=True)
class FilledAct:
    """An act's form as it was filled in."""

    until: str = ""
    """A day, as it was written."""
    note: str = ""
    whom: tuple[str, ...] = ()
    """The keys of organisations."""
    has_followers: bool = False
    """What follows moves as well."""

    @property
    def day(self) -> date | None:
        """The day; None if it cannot be read."""
        return day_of(self.until)

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the page that asks for the second press posts again."""
        texts = [
            (DAY, self.until),
            (NOTE, self.note),
            (FOLLOWERS, "1" if self.has_followers else ""),
        ]
        return [
            *((name, text) for name, text in texts if text),
            *((WHOM, one) for one in self.whom),
        ]


def filled_in(posted: Posted) -> FilledAct:
    """What a form brought with it."""
    note = text_in(posted.get(NOTE))
    return FilledAct(
        until=date_in(posted.get(DAY)),
        note=note.strip()[:LONGEST_NOTE] if visible(note) else "",
        whom=tuple(dict.fromkeys(text for name, text in posted.pairs if name == WHOM and text)),
        has_followers=FOLLOWERS in posted,
    )
