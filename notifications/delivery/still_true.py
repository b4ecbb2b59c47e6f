"""Whether a queued message still holds, asked at the moment it is about to leave.

A step's message is judged by the same verdicts that caused it: as if it had never been
queued, would it be due now? So nobody is reminded of what they have answered, or of a day
that has been moved, however long the message lay in the queue.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from agenda.models import (
    Contact,
    ExtensionRequest,
    Link,
    Message,
    MessageState,
    MessageStep,
    identity,
)
from agenda.rounds.facts import situation
from agenda.rounds.parties import Party
from agenda.steps.kinds import Audience, StepKind
from agenda.steps.reasons import reason
from agenda.steps.verdicts import Status, Verdict
from agenda.workdays import swedish_date
from notifications.delivery.judges import JUDGES, Matter, Objection
from notifications.delivery.standstill import standstill
from notifications.letters.kinds import MESSAGES, Holds
from notifications.notices.own_work import told_verdicts
from notifications.outbox.unread import away_since


def objection(session: Session, message: Message, *, now: datetime) -> Objection | None:
    """Why a queued message must not leave at an instant, or None when it still holds."""
    [(_, found)] = objections(session, [message], now=now)
    return found


def objections(
    session: Session, messages: Sequence[Message], *, now: datetime
) -> Iterator[tuple[Message, Objection | None]]:
    """What speaks against each of many, as `objection`; how an activity stands is read once."""
    alike: dict[tuple[int, str], list[Message]] = defaultdict(list)
    for message in messages:
        if (found := _contact_is_gone(session, message)) is not None:
            yield message, found
        elif (look := LOOKS.get(MESSAGES[message.template].holds)) is not None:
            yield message, look(session, message, now)
        elif message.activity_id is None:
            yield message, None
        else:
            alike[message.activity_id, message.step_key].append(message)
    for (activity_id, step_key), together in alike.items():
        yield from _as_if_untold(session, activity_id, step_key, together, now=now)


def _as_if_untold(
    session: Session,
    activity_id: int,
    step_key: str,
    messages: Iterable[Message],
    *,
    now: datetime,
) -> Iterator[tuple[Message, Objection | None]]:
    """What speaks against messages with one step's key, were none of them queued."""
    whose = {message.organisation_id for message in messages}
    only = whose.pop() if len(whose) == 1 else None
    known = situation(session, activity_id, organisation_id=only, ignoring=step_key)
    at = Matter(session, known, step_key, now)
    parties = {identity(party.organisation): party for party in known.parties.values()}
    for message in messages:
        party = parties.get(message.organisation_id) if message.organisation_id else None
        if (judge := JUDGES.get(MESSAGES[message.template].holds)) is not None:
            yield message, judge(at, party, message)
        else:
            yield message, _verdict(at, party, message) or _too_early(session, message, now)


def _contact_is_gone(session: Session, message: Message) -> Objection | None:
    if message.contact_id is None:
        return None
    contact = session.get(Contact, message.contact_id)
    if contact is None or contact.is_removed:
        return Objection("Kontakten har tagits bort.")
    if contact.bounced_at is not None:
        return Objection("Adressen tar inte emot e-post.")
    return None


def _decision_awaits(session: Session, message: Message, _now: datetime) -> Objection | None:
    if message.link_id is None:
        return None  # to a channel: that it was asked for stays true
    link = session.get_one(Link, message.link_id)
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


def _verdict(at: Matter, party: Party | None, message: Message) -> Objection | None:
    verdict = at.verdicts.get(party.organisation.key if party else None)
    if verdict is None:
        return Objection("Steget finns inte längre i planen.")
    is_so = verdict.step.due_on == message.due_on and not at.names_another_meeting(message)
    if is_so and (verdict.status is Status.DUE or _is_for_one_more(at.session, message, verdict)):
        return None
    if verdict.status is Status.DUE:
        # An invitation is the same step whatever its last day; its words are not.
        return Objection("Sista dag har flyttats sedan det skrevs.")
    name = party.organisation.name if party else at.known.activity.title
    return Objection(reason(verdict, name, "sv"), is_passing=verdict.status is Status.HELD)


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
    """A manager hears of a missing answer a day after the organisation and the coordinator have.

    The verdict knows when those mails were queued; quiet hours or a mail server that was away
    may have kept them since.
    """
    if message.audience != Audience.ESCALATION:
        return None
    return _before_the_organisation(session, message, now) or _before_the_coordinator(
        session, message, now
    )


def _before_the_organisation(session: Session, message: Message, now: datetime) -> Objection | None:
    own = session.exec(
        select(Message.state, Message.sent_at).where(
            Message.activity_id == message.activity_id,
            Message.organisation_id == message.organisation_id,
            Message.template == StepKind.OVERDUE.value,
            Message.due_on == message.due_on,
        )
    ).all()
    if _were_told_before(own, now):
        return None
    return Objection("Organisationen ska själv ha fått veta det dagen innan.", is_passing=True)


def _before_the_coordinator(session: Session, message: Message, now: datetime) -> Objection | None:
    if message.ahead_at is not None:
        return None
    foretold = session.exec(
        select(Message.state, Message.sent_at)
        .join(MessageStep, col(MessageStep.message_id) == Message.id)
        .where(
            MessageStep.activity_id == message.activity_id,
            MessageStep.step_key == message.step_key,
            Message.audience == Audience.COORDINATOR.value,
        )
    ).all()
    if _were_told_before(foretold, now):
        return None
    return Objection("Samordnaren ska ha fått veta det arbetsdagen innan.", is_passing=True)


def _were_told_before(told: Iterable[tuple[str, datetime | None]], now: datetime) -> bool:
    """Whether mails left on an earlier day, or none of them can leave any more."""
    told = list(told)
    sent_on = [swedish_date(at) for _, at in told if at is not None]
    is_waiting = any(state in (MessageState.QUEUED, MessageState.SENDING) for state, _ in told)
    return bool(sent_on and min(sent_on) < swedish_date(now)) or not (sent_on or is_waiting)


def _mail_stands_still(session: Session, _message: Message, now: datetime) -> Objection | None:
    return None if standstill(session, now=now) else Objection("Breven går ut igen.")


def _mailbox_is_away(session: Session, _message: Message, now: datetime) -> Objection | None:
    return None if away_since(session, now=now) else Objection("Brevlådan läses igen.")


def _that_message_is_so(session: Session, message: Message, _now: datetime) -> Objection | None:
    """What is told of a message's fate, by its Message-ID: it may have been put back since."""
    other = session.exec(
        select(Message.state).where(
            Message.round_id == message.round_id,
            Message.message_id == message.step_key.partition(f":{message.template}:")[2],
        )
    ).first()
    if other is None or other in FATES[message.template]:
        return None
    return Objection("Brevet det gäller har fått ett annat läge sedan dess.")


def _is_its_day(_session: Session, message: Message, now: datetime) -> Objection | None:
    if swedish_date(message.queued_at) == swedish_date(now):
        return None
    return Objection("Det gällde bara den dag då det skrevs.")


FATES = {
    "trouble": (MessageState.FAILED,),
    "kept": (MessageState.QUEUED, MessageState.SENDING),
    "uncertain": (MessageState.SET_ASIDE,),
    "set_aside": (MessageState.SET_ASIDE,),
}
LOOKS: Mapping[Holds, Callable[[Session, Message, datetime], Objection | None]] = {
    Holds.WHILE_ANY_IS_DUE: _nothing_left,
    Holds.WHILE_UNDECIDED: _decision_awaits,
    Holds.WHILE_MAIL_STANDS_STILL: _mail_stands_still,
    Holds.WHILE_MAILBOX_IS_AWAY: _mailbox_is_away,
    Holds.WHILE_THAT_MESSAGE_IS_SO: _that_message_is_so,
    Holds.WITHIN_ITS_DAY: _is_its_day,
}
"""What is judged by more than how one activity stands: by several, or by how mail leaves."""
