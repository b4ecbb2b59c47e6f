"""What the coordinator has chosen and written, and what hinders it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from agenda.forms.written import date_in, day_of, text_in
from agenda.replies.extension_cases import Case, CaseState
from agenda.replies.extensions import LONGEST_REASON
from agenda.rounds.activities import LATEST_ON
from agenda.words.texts import visible
from notifications.letters.dates import in_words
from portal.deciding.visits import DecisionVisit
from portal.door.posting import Posted

LONGEST_NOTE = LONGEST_REASON
CHOICE = "_beslut"
DAY, NOTE = "dag", "besked"


class FilledDecision(StrEnum):
    """The two ways to decide; the values are those of the buttons."""

    GRANT = "bevilja"
    DENY = "avsla"


@dataclass(frozen=True, slots=True)
class Filled:
    """The page's form as it was filled in."""

    choice: FilledDecision | None
    until: str
    """The new last day, as it was written."""
    note: str

    @property
    def day(self) -> date | None:
        """The new last day; None if it cannot be read."""
        return day_of(self.until)

    @property
    def is_granting(self) -> bool:
        """Whether it is a yes."""
        return self.choice is FilledDecision.GRANT


def filled_in(posted: Posted) -> Filled:
    """What a form brought with it."""
    choice, note = posted.get(CHOICE), text_in(posted.get(NOTE))
    return Filled(
        choice=FilledDecision(choice) if choice in set(FilledDecision) else None,
        until=date_in(posted.get(DAY)),
        note=note.strip()[:LONGEST_NOTE] if visible(note) else "",
    )


def as_asked(case: Case) -> Filled:
    """The form as it is first shown: the day they ask for, unless it would help nobody."""
    is_useful = not (case.is_moot or case.is_past)
    return Filled(None, case.asked.until.isoformat() if is_useful else "", "")


def can_be_chosen(choice: FilledDecision | None, state: CaseState) -> bool:
    """Whether a decision still makes sense."""
    if choice is FilledDecision.GRANT:
        return state is CaseState.OPEN
    return state in (CaseState.OPEN, CaseState.LOCKED)


def faults_in(here: DecisionVisit, case: Case, filled: Filled) -> dict[str, str]:
    """What has to be mended before it can be decided so, by field."""
    if not filled.is_granting:
        return {} if filled.note else {NOTE: here.say("no_note")}
    if filled.day is None:
        example = case.workdays.after(max(case.reply.due_on, case.today), 10)
        return {DAY: here.say("no_day", example=example)}
    if filled.day <= case.reply.due_on:
        return {DAY: here.say("not_later", day=in_words(case.reply.due_on, here.language))}
    if filled.day < case.today:
        return {DAY: here.say("day_passed", day=in_words(case.today, here.language))}
    if filled.day > LATEST_ON:
        return {DAY: here.say("too_far", day=LATEST_ON)}
    return {}
