"""What the page about a request for more time shows besides the request itself."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from agenda.models import Message, MessageState, identity
from agenda.replies.extension_cases import Case
from agenda.rounds.parties import parties
from agenda.words.addresses import shown_address
from notifications.letters.dates import in_words, quarter_in_words
from notifications.outbox.recipients import organisation_recipients
from notifications.readings.decisions import told_of
from portal.deciding.visits import DecisionVisit
from portal.door.voice import clock


@dataclass(frozen=True, slots=True)
class Told:
    """One mail that tells the organisation of the decision."""

    to: str
    subject: str
    standing: str
    """Whether it has left, in words."""
    is_lost: bool
    """It will not arrive: somebody has to tell them in another way."""


def recipients(session: Session, case: Case) -> list[str]:
    """Whom the mail about the decision goes to: names with their addresses."""
    reply = case.reply
    activity_id, organisation_id = identity(reply.row), identity(reply.organisation)
    [party] = parties(session, reply.round, [activity_id], organisation_id)[activity_id]
    return [_named(one.name, one.address) for one in organisation_recipients(party)]


def told(session: Session, here: DecisionVisit, case: Case) -> list[Told]:
    """The mails that the decision caused: queued in its transaction, so at its instant."""
    return [
        Told(
            to=_named(one.recipient_name, one.recipient),
            subject=one.subject,
            standing=_standing(here, one),
            is_lost=one.state in (MessageState.FAILED, MessageState.WITHDRAWN),
        )
        for one in told_of(session, case)
    ]


def standing_of_reply(here: DecisionVisit, case: Case) -> str:
    """Whether they have answered or begun to, in words."""
    reply, said = case.reply, []
    if reply.answer is not None:
        said.append(here.say("has_answered", at=_at(here, reply.answer.received_at)))
    if reply.draft is not None:
        said.append(here.say("has_draft", at=_at(here, reply.draft.saved_at)))
    return " ".join(said) or here.say("has_nothing")


def follows_in_words(here: DecisionVisit, case: Case) -> str:
    """When the next activity starts, in words; empty when nothing follows."""
    if case.follows is None:
        return ""
    if case.follows.is_quarter:
        return here.say("follows_quarter", quarter=_quarter(here, case.follows.due_on))
    return here.say("follows_day", day=in_words(case.follows.starts_on, here.language))


def warnings(here: DecisionVisit, case: Case, to: date) -> list[str]:
    """What a new last day collides with, in words."""
    found, language = [], here.language
    follows, day = case.follows, in_words(to, language)
    if follows is not None and case.is_reached_by(to):
        terms = {"day": day, "title": follows.title}
        if follows.is_quarter:
            quarter = _quarter(here, follows.due_on)
            found.append(here.say("reaches_quarter", quarter=quarter, **terms))
        elif to > follows.due_on:
            found.append(here.say("reaches_past", ends=in_words(follows.due_on, language), **terms))
        else:
            starts = in_words(follows.starts_on, language)
            found.append(here.say("reaches", starts=starts, **terms))
    if why := case.workdays.why_not(to):
        found.append(here.say("day_off", day=day, why=why))
    return found


def _named(name: str, address: str) -> str:
    """A person with the address; of another channel only its kind, for its URL is a key."""
    return f"{name} <{shown_address(address)}>"


def _standing(here: DecisionVisit, message: Message) -> str:
    if message.state is MessageState.SENT and message.sent_at is not None:
        return here.say("mail_sent", at=_at(here, message.sent_at))
    if message.state in (MessageState.FAILED, MessageState.WITHDRAWN):
        return here.say(f"mail_{message.state.value}")
    if message.next_attempt_at > here.now:
        return here.say("mail_later", at=_at(here, message.next_attempt_at))
    return here.say("mail_leaving")


def _at(here: DecisionVisit, instant: datetime) -> str:
    return clock(instant, here.language, now=here.now)


def _quarter(here: DecisionVisit, day: date) -> str:
    return quarter_in_words(day, here.language)
