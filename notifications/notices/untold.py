"""Who could not be told of a last day before it came, named to the coordinator that same day.

A mailbox that is full, a step that is held, a server that is away: whatever the cause, there
is only that day left to ring. A missing answer that could not be taken further is named too.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Engine
from sqlmodel import Session, and_, col, or_, select

from agenda.models import Activity, Invitation, Message, MessageState, Round, identity
from agenda.plan.model import Role
from agenda.rounds.facts import situation
from agenda.rounds.parties import Party
from agenda.steps.kinds import Audience, StepKind
from agenda.steps.timetable import Step
from agenda.steps.verdicts import Status, Verdict
from agenda.storage.store import reading, transaction
from agenda.workdays import STOCKHOLM, swedish_date
from notifications.letters.letter import Trouble
from notifications.notices.queueing import tell
from notifications.office import Office
from notifications.outbox.hours import ON_A_DAY_OFF
from notifications.outbox.recipients import Turn, coordinators

PATIENCE = timedelta(hours=1)
"""How long an escalation may take: a server that wants it later often takes it then."""
LOOKS_BACK = timedelta(days=3)
_UNDER_WAY = (MessageState.QUEUED, MessageState.SENDING)


@dataclass(frozen=True, slots=True)
class _Letters:
    """The messages about an activity that name a last day, by organisation, oldest first."""

    by_organisation: Mapping[int | None, Sequence[Message]]

    def to(self, party: Party, audience: Audience, due_on: date) -> list[Message]:
        """Those of one organisation and audience."""
        found = self.by_organisation.get(party.organisation.id, ())
        return [one for one in found if one.audience == audience and one.due_on == due_on]


class _Notice(NamedTuple):
    """A notice that the coordinator is to have."""

    template: str
    key: str
    troubles: Sequence[Trouble]


def tell_the_untold(engine: Engine, office: Office, *, now: datetime) -> None:
    """Queue the notices of every open round that are to be told now and are not yet."""
    with reading(engine) as session:
        found = [
            activity_id
            for activity_id in _candidates(session, now)
            if _notices(Turn(session, office, situation(session, activity_id), now))
        ]
    for activity_id in found:
        with transaction(engine) as session:
            queue_untold(Turn(session, office, situation(session, activity_id), now))


def queue_untold(turn: Turn) -> list[int]:
    """Queue the notices of an activity's organisations that could not be told, once each."""
    return [
        message_id
        for notice in _notices(turn)
        for message_id in tell(
            turn,
            notice.template,
            subject_key=notice.key,
            recipients=coordinators(turn),
            is_prompt=True,
            troubles=tuple(notice.troubles),
        )
    ]


def _notices(turn: Turn) -> list[_Notice]:
    facts = turn.known.facts
    if not facts.stage.takes_answers or not facts.outstanding or not _is_time(turn):
        return []
    verdicts: dict[str | None, list[Verdict]] = defaultdict(list)
    for verdict in turn.known.verdicts(turn.now):
        verdicts[verdict.organisation].append(verdict)
    parties = turn.known.parties.items()
    waiting = [(party, verdicts[key]) for key, party in parties if party.answer is None]
    found = [*_untold(turn, waiting), *_not_escalated(turn, waiting)]
    return [notice for notice in found if notice.troubles and not _is_told(turn, notice)]


def _is_time(turn: Turn) -> bool:
    """Whether it is somebody's last day, or the day of an escalation: a cheap look."""
    known, today = turn.known, swedish_date(turn.now)
    days = {party.due_on(known.activity) for party in known.parties.values()}
    after = known.activity.steps.escalation_workdays_after
    ripe = {known.workdays.after(day, after) for day in days} if after is not None else set()
    return today in days or any(day <= today <= day + LOOKS_BACK for day in ripe)


def _is_told(turn: Turn, notice: _Notice) -> bool:
    step_key = f"{turn.known.activity.key}:{notice.template}:{notice.key}"
    query = select(Message.id).where(
        Message.activity_id == turn.known.row.id, Message.step_key == step_key
    )
    return turn.session.exec(query).first() is not None


_Waiting = Sequence[tuple[Party, Sequence[Verdict]]]


def _untold(turn: Turn, waiting: _Waiting) -> list[_Notice]:
    today = swedish_date(turn.now)
    activity = turn.known.activity
    theirs = [(party, found) for party, found in waiting if party.due_on(activity) == today]
    if not theirs or not _is_morning(turn):
        return []
    letters = _letters(turn.session, identity(turn.known.row))
    troubles = []
    for party, found in theirs:
        last = _last_before(found, today, turn.known.facts.tracked_from)
        told = letters.to(party, Audience.ORGANISATION, today)
        if last is not None and not _has_arrived(told, last.step):
            told = [one for one in told if one.state is not MessageState.SENT]
            troubles.append(_trouble(turn, party, told, last))
    return [_Notice("untold", today.isoformat(), troubles)]


def _last_before(found: Sequence[Verdict], day: date, tracked_from: datetime) -> Verdict | None:
    """The last step that was to tell an organisation of its last day before that day came."""
    own = [
        verdict
        for verdict in found
        if verdict.step.audience is Audience.ORGANISATION
        and verdict.step.due_on == day
        and tracked_from <= verdict.step.at
        and swedish_date(verdict.step.at) < day
    ]
    return max(own, key=lambda verdict: verdict.step.at, default=None)


def _has_arrived(told: Sequence[Message], step: Step) -> bool:
    """Whether the step, or something that came after it, has left."""
    return any(
        one.state is MessageState.SENT and (one.step_key == step.key or one.queued_at >= step.at)
        for one in told
    )


def _not_escalated(turn: Turn, waiting: _Waiting) -> list[_Notice]:
    letters: _Letters | None = None
    troubles: dict[str, list[Trouble]] = defaultdict(list)
    for party, found in waiting:
        for verdict in _ripe_escalations(found, turn.now):
            letters = letters or _letters(turn.session, identity(turn.known.row))
            due_on = verdict.step.due_on
            own = letters.to(party, Audience.ORGANISATION, due_on)
            sent = letters.to(party, Audience.ESCALATION, due_on)
            to_manager = [one for one in sent if one.contact_id is not None]
            kept_away = [one for one in (*own, *to_manager) if _was_kept_away(one)]
            is_obstructed = kept_away or verdict.status is Status.HELD
            if is_obstructed and _cannot_go(turn, party, own, to_manager):
                troubles[verdict.step.key].append(_trouble(turn, party, kept_away, verdict))
    return [_Notice("not_escalated", key, named) for key, named in troubles.items()]


def _was_kept_away(one: Message) -> bool:
    """Tried and not arrived: what is only late, because nobody looked, goes by itself."""
    return one.state is not MessageState.SENT and one.attempts > 0


def _ripe_escalations(found: Sequence[Verdict], now: datetime) -> Iterator[Verdict]:
    for verdict in found:
        is_ripe = now - LOOKS_BACK <= verdict.step.at <= now - PATIENCE
        if is_ripe and verdict.step.kind is StepKind.ESCALATION and _could_go(verdict):
            yield verdict


def _could_go(verdict: Verdict) -> bool:
    return verdict.status in (Status.DUE, Status.DONE, Status.WAITING, Status.HELD, Status.BOUNCED)


def _cannot_go(
    turn: Turn, party: Party, own: Sequence[Message], to_manager: Sequence[Message]
) -> bool:
    if any(one.state is MessageState.SENT for one in to_manager):
        return False
    today = swedish_date(turn.now)
    is_told_today = any(one.sent_at and swedish_date(one.sent_at) == today for one in own)
    # The organisation hears first, a day before; and without a manager the copy says so.
    return bool(to_manager or party.reached(Role.ESCALATION)) and not is_told_today


def _trouble(turn: Turn, party: Party, letters: Sequence[Message], verdict: Verdict) -> Trouble:
    newest = letters[-1] if letters else None
    return Trouble(
        party.organisation.name, newest.recipient if newest else "", _cause(turn, newest, verdict)
    )


def _cause(turn: Turn, newest: Message | None, verdict: Verdict) -> str:
    if verdict.status is Status.HELD:
        return "Steget hålls inne."
    if verdict.status is Status.NO_ADDRESS:
        return "Det finns ingen adress."
    if newest is not None and newest.outcome:
        return newest.outcome
    if verdict.status is Status.BOUNCED:
        return "Adressen tar inte emot e-post."
    if turn.known.round.sending_paused_at is not None:
        return "Utskicken är pausade."
    return "Brevet har inte kommit iväg."


def _is_morning(turn: Turn) -> bool:
    """Nobody is told in the middle of the night."""
    local = turn.now.astimezone(STOCKHOLM)
    is_workday = turn.known.workdays.is_workday(local.date())
    return local.time() >= (turn.known.head.sending.from_time if is_workday else ON_A_DAY_OFF)


def _letters(session: Session, activity_id: int) -> _Letters:
    found: dict[int | None, list[Message]] = defaultdict(list)
    query = select(Message).where(
        Message.activity_id == activity_id,
        col(Message.audience).in_((Audience.ORGANISATION.value, Audience.ESCALATION.value)),
        Message.template != "receipt",
    )
    for one in session.exec(query.order_by(col(Message.queued_at), col(Message.id))):
        found[one.organisation_id].append(one)
    return _Letters(found)


def _candidates(session: Session, now: datetime) -> list[int]:
    """The activities whose last day it is for somebody, or whose escalation waits."""
    today = swedish_date(now)
    extended = select(Invitation.activity_id).where(Invitation.extended_to == today)
    held_up = select(Message.activity_id).where(
        col(Message.state).in_(_UNDER_WAY),
        col(Message.activity_id).is_not(None),
        or_(
            Message.audience == Audience.ESCALATION.value,
            col(Message.template) == StepKind.OVERDUE.value,
        ),
    )
    told_today = select(Message.activity_id).where(
        Message.template == "untold", Message.due_on == today, Message.activity_id == Activity.id
    )
    query = (
        select(Activity.id)
        .join(Round)
        .where(
            col(Round.closed_at).is_(None),
            col(Activity.done_at).is_(None),
            col(Activity.cancelled_at).is_(None),
            or_(
                and_(col(Activity.due_on) == today, ~told_today.exists()),
                col(Activity.id).in_(extended),
                col(Activity.id).in_(held_up),
            ),
        )
    )
    return [found for found in session.exec(query.order_by(col(Activity.id))) if found is not None]
