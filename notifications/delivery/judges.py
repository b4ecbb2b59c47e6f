"""Whether a notice of something that has happened still holds: one judge for each kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlmodel import Session

from agenda.kinds import KINDS
from agenda.models import Message
from agenda.plan.model import Role
from agenda.rounds.facts import Situation
from agenda.rounds.parties import Party
from agenda.steps.kinds import Audience
from agenda.steps.stages import Stage
from agenda.steps.verdicts import Verdict
from notifications.letters.kinds import Holds
from notifications.outbox.heard import (
    News,
    heard_by_organisations,
    heard_by_the_region,
    meeting_named_at,
)
from notifications.outbox.recipients import is_reached


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a message must not leave now."""

    why: str
    """In Swedish."""
    is_passing: bool = False
    """It may leave later: a person holds it back."""


Found = Objection | None


@dataclass(frozen=True)
class Matter:
    """How an activity stands when messages with one step's key are judged, as if untold.

    What many of them need is read once for all of them.
    """

    session: Session
    known: Situation
    """Without the messages of that step."""
    step_key: str
    now: datetime

    @property
    def is_meeting(self) -> bool:
        """Whether people meet."""
        return KINDS[self.known.activity.kind].is_meeting

    @cached_property
    def verdicts(self) -> Mapping[str | None, Verdict]:
        """The verdict on the step for each organisation by its key; None: for the region."""
        found = self.known.verdicts(self.now)
        return {one.organisation: one for one in found if one.step.key == self.step_key}

    @cached_property
    def heard(self) -> Mapping[int | None, News]:
        """What each organisation has been told besides, by its id."""
        return heard_by_organisations(
            self.session, self.known, has_left=True, besides=self.step_key
        )

    @cached_property
    def heard_by_the_region(self) -> News | None:
        """What the person responsible has been told besides."""
        return heard_by_the_region(self.session, self.known, has_left=True, besides=self.step_key)

    def names_another_meeting(self, message: Message) -> bool:
        """Whether the meeting has moved since, though the day to answer by may be the same."""
        named = meeting_named_at(self.known, message.queued_at)
        return named is not None and named != self.known.activity.due_on


def _is_granted(at: Matter, party: Party | None, message: Message) -> Found:
    """More time, while it helps: while answers are taken, and the day is the one that holds."""
    if at.known.facts.stage is Stage.LOCKED:
        return Objection("Svaren är låsta.")
    return _names_the_last_day(at, party, message)


def _is_missing(at: Matter, party: Party | None, message: Message) -> Found:
    """A reminder by hand, while there is something to remind of."""
    if party is not None and party.answer is not None:
        return Objection(f"{party.organisation.name} har svarat.")
    return _is_granted(at, party, message)


def _is_moved(at: Matter, party: Party | None, message: Message) -> Found:
    """Another day than the one that somebody has heard of."""
    if at.known.facts.stage is Stage.LOCKED and not at.is_meeting:
        return Objection("Svaren är låsta.")
    found = _names_the_day(at, party, message)
    return found or _unheard(at, message, "Den tidigare dagen har aldrig gått ut.")


def _is_called_off(at: Matter, _place: Party | None, message: Message) -> Found:
    if at.known.facts.cancelled_at is None:
        return Objection("Aktiviteten är återupptagen.")
    return _unheard(at, message, "Det som ställdes in har aldrig gått ut.")


def _is_on_again(at: Matter, party: Party | None, message: Message) -> Found:
    if at.known.facts.cancelled_at is not None:
        return Objection("Aktiviteten är inställd igen.")
    if message.due_on == at.known.activity.due_on and not at.known.facts.stage.is_over:
        # Somebody may have got more time since; it names their own day when it leaves.
        return None
    return _names_the_day(at, party, message)


def _unheard(at: Matter, message: Message, why: str) -> Found:
    """Nobody unlearns what never left, though it was on its way when they were to be told."""
    if message.audience == Audience.RESPONSIBLE:
        news = at.heard_by_the_region
    else:
        news = at.heard.get(message.organisation_id)
    return Objection(why) if news is None else None


def _names_the_day(at: Matter, party: Party | None, message: Message) -> Found:
    """A meeting's own day, whatever more time somebody has to answer; else the last day."""
    if not at.is_meeting or at.known.facts.stage.is_over:
        return _names_the_last_day(at, party, message)
    return Objection("Dagen har flyttats igen.") if at.names_another_meeting(message) else None


def _names_the_last_day(at: Matter, party: Party | None, message: Message) -> Found:
    known = at.known
    if known.facts.stage.is_over:
        return Objection("Aktiviteten är avslutad.")
    due_on = party.due_on(known.activity) if party else known.activity.due_on
    return None if due_on == message.due_on else Objection("Sista dag har flyttats igen.")


def _is_another_now(_at: Matter, party: Party | None, message: Message) -> Found:
    if party is not None and is_reached(party, message.recipient):
        return Objection("Adressen är kontakt igen.")
    return None


def _everybody_answered(at: Matter, _place: Party | None, _message: Message) -> Found:
    return Objection("Ett svar har återkallats.") if at.known.facts.outstanding else None


def _is_done(at: Matter, _place: Party | None, _message: Message) -> Found:
    return None if at.known.facts.done_at is not None else Objection("Aktiviteten är öppen igen.")


def _has_no_address(_at: Matter, party: Party | None, _message: Message) -> Found:
    if party is not None and party.reached(Role.PRIMARY):
        return Objection("Organisationen har fått en adress.")
    return None


def _stands(_at: Matter, _place: Party | None, _message: Message) -> None:
    """What has happened stays true."""


JUDGES: Mapping[Holds, Callable[[Matter, Party | None, Message], Found]] = {
    Holds.WHILE_MISSING: _is_missing,
    Holds.WHILE_MOVED: _is_moved,
    Holds.WHILE_GRANTED: _is_granted,
    Holds.WHILE_CALLED_OFF: _is_called_off,
    Holds.WHILE_ON_AGAIN: _is_on_again,
    Holds.WHILE_DONE: _is_done,
    Holds.WHILE_ALL_HAVE_ANSWERED: _everybody_answered,
    Holds.WHILE_WITHOUT_ADDRESS: _has_no_address,
    Holds.WHILE_NO_CONTACT: _is_another_now,
    Holds.FOR_EVER: _stands,
}
"""What is judged by how one activity stands, for one organisation or for the region."""
