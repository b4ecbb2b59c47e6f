"""Whether a queued message still holds, asked at the moment it is about to leave.

A step's message is judged by the same verdicts that caused it: as if it had never been
queued, would it be due now? So nobody is reminded of what they have answered, or of a day
that has been moved, however long the message lay in the queue.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from agenda.facts import Situation, situation
from agenda.kinds import KINDS
from agenda.models import Contact, ExtensionLink, ExtensionRequest, Message, MessageState
from agenda.places import Place
from agenda.plan.model import Role
from agenda.reasons import reason
from agenda.stages import Stage
from agenda.timetable import Audience, StepKind
from agenda.verdicts import Status, Verdict
from agenda.workdays import swedish_date
from notifications.heard import (
    heard_by_organisations,
    heard_by_the_region,
    meeting_named_at,
)
from notifications.own_work import OWN_WORK, told_verdicts
from notifications.recipients import is_reached
from notifications.standstill import standstill


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a message must not leave now."""

    why: str
    """In Swedish."""
    is_passing: bool = False
    """It may leave later: a person holds it back."""


_Found = Objection | None


def objection(session: Session, message: Message, *, now: datetime) -> Objection | None:
    """Why a queued message must not leave at an instant, or None when it still holds."""
    if message.contact_id is not None:
        contact = session.get(Contact, message.contact_id)
        if contact is None or contact.is_removed:
            return Objection("Kontakten har tagits bort.")
        if contact.bounced_at is not None:
            return Objection("Adressen tar inte emot e-post.")
    if message.extension_link_id is not None:
        return _decision_awaits(session, message.extension_link_id)
    if message.activity_id is None:
        return None
    if (look := _LOOKS.get(message.template)) is not None:
        return look(session, message, now)
    known = situation(
        session,
        message.activity_id,
        organisation_id=message.organisation_id,
        ignoring=message.step_key,
    )
    place = next(iter(known.places.values()), None) if message.organisation_id else None
    if (judge := _JUDGES.get(message.template)) is not None:
        return judge(session, known, place, message)
    found = _verdict(session, known, place, message, now)
    return found or _too_early(session, message, now)


def _decision_awaits(session: Session, link_id: int) -> Objection | None:
    link = session.get_one(ExtensionLink, link_id)
    if link.revoked_at is not None:
        return Objection("Länken till beslutet har stängts.")
    asked = session.get_one(ExtensionRequest, link.extension_request_id)
    return Objection("Begäran är redan besvarad.") if asked.decided_at is not None else None


def _nothing_left(session: Session, message: Message, now: datetime) -> Objection | None:
    """A letter about several activities leaves as long as one of them is to be told."""
    told = told_verdicts(session, message, now=now)
    if any(verdict.status is Status.DUE for verdict, _ in told):
        return None
    sentences = dict.fromkeys(reason(verdict, title, "sv") for verdict, title in told)
    is_held = any(verdict.status is Status.HELD for verdict, _ in told)
    why = " ".join(sentences) or "Stegen finns inte längre i planen."
    return Objection(why, is_passing=is_held)


def _verdict(
    session: Session, known: Situation, place: Place | None, message: Message, now: datetime
) -> Objection | None:
    who = place.organisation.key if place else None
    for verdict in known.verdicts(now):
        if verdict.organisation != who or verdict.step.key != message.step_key:
            continue
        is_so = verdict.step.due_on == message.due_on and not _names_another_meeting(known, message)
        if is_so and (verdict.status is Status.DUE or _is_for_one_more(session, message, verdict)):
            return None
        if verdict.status is Status.DUE:
            # An invitation is the same step whatever its last day; its words are not.
            return Objection("Sista dag har flyttats sedan det skrevs.")
        name = place.organisation.name if place else known.activity.title
        return Objection(reason(verdict, name, "sv"), is_passing=verdict.status is Status.HELD)
    return Objection("Steget finns inte längre i planen.")


def _names_another_meeting(known: Situation, message: Message) -> bool:
    """Whether the meeting has moved since, though the day to answer by may be the same."""
    named = meeting_named_at(known, message.queued_at)
    return named is not None and named != known.activity.due_on


def _is_for_one_more(session: Session, message: Message, verdict: Verdict) -> bool:
    """Whether it is the invitation that others have, for somebody who has become a contact.

    A day that was moved away since puts the invitation's own instant in the future.
    """
    if verdict.status is not Status.WAITING or verdict.step.kind is not StepKind.INVITATION:
        return False
    others = select(Message.id).where(
        Message.activity_id == message.activity_id,
        Message.organisation_id == message.organisation_id,
        Message.step_key == message.step_key,
        Message.state == MessageState.SENT,
    )
    return session.exec(others.limit(1)).first() is not None


def _too_early(session: Session, message: Message, now: datetime) -> Objection | None:
    """A manager hears of a missing answer a day after the organisation's own mail has left.

    The verdict knows when that mail was queued; quiet hours or a mail server that was away
    may have kept it since.
    """
    if message.audience != Audience.ESCALATION:
        return None
    own = session.exec(
        select(Message.state, Message.sent_at).where(
            Message.activity_id == message.activity_id,
            Message.organisation_id == message.organisation_id,
            Message.template == StepKind.OVERDUE.value,
            Message.due_on == message.due_on,
        )
    ).all()
    sent_on = [swedish_date(at) for _, at in own if at is not None]
    is_waiting = any(state in (MessageState.QUEUED, MessageState.SENDING) for state, _ in own)
    if (sent_on and min(sent_on) < swedish_date(now)) or not (sent_on or is_waiting):
        return None
    return Objection("Organisationen ska själv ha fått veta det dagen innan.", is_passing=True)


def _is_granted(
    session: Session, known: Situation, place: Place | None, message: Message
) -> _Found:
    """More time, while it helps: while answers are taken, and the day is the one that holds."""
    if known.facts.stage is Stage.LOCKED:
        return Objection("Svaren är låsta.")
    return _names_the_last_day(session, known, place, message)


def _is_moved(session: Session, known: Situation, place: Place | None, message: Message) -> _Found:
    """Another day than the one that somebody has heard of."""
    if known.facts.stage is Stage.LOCKED and not KINDS[known.activity.kind].is_meeting:
        return Objection("Svaren är låsta.")
    found = _names_the_day(session, known, place, message)
    return found or _unheard(session, known, message, "Den tidigare dagen har aldrig gått ut.")


def _is_called_off(
    session: Session, known: Situation, _place: Place | None, message: Message
) -> _Found:
    if known.facts.cancelled_at is None:
        return Objection("Aktiviteten är återupptagen.")
    return _unheard(session, known, message, "Det som ställdes in har aldrig gått ut.")


def _is_on_again(
    session: Session, known: Situation, place: Place | None, message: Message
) -> _Found:
    if known.facts.cancelled_at is not None:
        return Objection("Aktiviteten är inställd igen.")
    if message.due_on == known.activity.due_on and not known.facts.stage.is_over:
        # Somebody may have got more time since; it names their own day when it leaves.
        return None
    return _names_the_day(session, known, place, message)


def _unheard(session: Session, known: Situation, message: Message, why: str) -> _Found:
    """Nobody unlearns what never left, though it was on its way when they were to be told."""
    besides = message.step_key
    if message.audience == Audience.RESPONSIBLE:
        news = heard_by_the_region(session, known, has_left=True, besides=besides)
    else:
        heard = heard_by_organisations(session, known, has_left=True, besides=besides)
        news = heard.get(message.organisation_id)
    return Objection(why) if news is None else None


def _names_the_day(
    session: Session, known: Situation, place: Place | None, message: Message
) -> _Found:
    """A meeting's own day, whatever more time somebody has to answer; else the last day."""
    if not KINDS[known.activity.kind].is_meeting or known.facts.stage.is_over:
        return _names_the_last_day(session, known, place, message)
    is_another = _names_another_meeting(known, message)
    return Objection("Dagen har flyttats igen.") if is_another else None


def _names_the_last_day(
    _session: Session, known: Situation, place: Place | None, message: Message
) -> _Found:
    if known.facts.stage.is_over:
        return Objection("Aktiviteten är avslutad.")
    due_on = place.due_on(known.activity) if place else known.activity.due_on
    return None if due_on == message.due_on else Objection("Sista dag har flyttats igen.")


def _is_another_now(
    _session: Session, _known: Situation, place: Place | None, message: Message
) -> _Found:
    if place is not None and is_reached(place, message.recipient):
        return Objection("Adressen är kontakt igen.")
    return None


def _everybody_answered(
    _session: Session, known: Situation, _place: Place | None, _message: Message
) -> _Found:
    return Objection("Ett svar har återkallats.") if known.facts.outstanding else None


def _is_done(
    _session: Session, known: Situation, _place: Place | None, _message: Message
) -> _Found:
    return None if known.facts.done_at is not None else Objection("Aktiviteten är öppen igen.")


def _mail_stands_still(session: Session, _message: Message, now: datetime) -> Objection | None:
    return None if standstill(session, now=now) else Objection("Breven går ut igen.")


def _that_message_is_so(session: Session, message: Message, _now: datetime) -> Objection | None:
    """What is told of a message's fate, by its Message-ID: it may have been put back since."""
    other = session.exec(
        select(Message.state).where(
            Message.round_id == message.round_id,
            Message.message_id == message.step_key.partition(f":{message.template}:")[2],
        )
    ).first()
    if other is None or other in _FATES[message.template]:
        return None
    return Objection("Brevet det gäller har fått ett annat läge sedan dess.")


_FATES = {
    "trouble": (MessageState.FAILED,),
    "kept": (MessageState.QUEUED, MessageState.SENDING),
    "uncertain": (MessageState.SET_ASIDE,),
    "set_aside": (MessageState.SET_ASIDE,),
}
_LOOKS: dict[str, Callable[[Session, Message, datetime], Objection | None]] = {
    OWN_WORK: _nothing_left,
    "mail_stopped": _mail_stands_still,
    **dict.fromkeys(_FATES, _that_message_is_so),
}
"""What is judged by more than how one activity stands: by several, or by how mail leaves."""


def _has_no_address(
    _session: Session, _known: Situation, place: Place | None, _message: Message
) -> _Found:
    if place is not None and place.reached(Role.PRIMARY):
        return Objection("Organisationen har fått en adress.")
    return None


def _stands(_session: Session, _known: Situation, _place: Place | None, _message: Message) -> None:
    """What has happened stays true."""


_Judge = Callable[[Session, Situation, Place | None, Message], _Found]
_JUDGES: dict[str, _Judge] = {
    "moved": _is_moved,
    "extension": _is_granted,
    "all_answered": _everybody_answered,
    "done": _is_done,
    **dict.fromkeys(_LOOKS, _stands),
    "no_address": _has_no_address,
    "unattended": _stands,
    "cancelled": _is_called_off,
    "reinstated": _is_on_again,
    "uninvited": _is_another_now,
    "receipt": _stands,
    "late_answer": _stands,
    "untold": _stands,
    "not_escalated": _stands,
    "answers_in": _stands,
    "new_link": _stands,
    "same_link": _stands,
    "colleague": _stands,
    # To a channel, which has no link: that it was asked for stays true.
    "extension_requested": _stands,
    "extension_denied": _stands,
}
