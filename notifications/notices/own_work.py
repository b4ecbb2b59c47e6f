"""One letter a day to whoever has work due or overdue, instead of one about each activity.

A dated step of somebody's own work stays a step of its activity, with a verdict of its own.
What leaves is one letter that tells them all and names whatever else of theirs is overdue.
Which steps it tells is on record beside it (`MessageStep`), so that each counts as told.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, select

from agenda.kinds import Closing
from agenda.models import Message, MessageState, MessageStep, identity
from agenda.plan.model import PlannedActivity
from agenda.rounds.facts import Situation, own_situations
from agenda.steps.kinds import Audience
from agenda.steps.timetable import Step
from agenda.steps.verdicts import Status, Verdict
from agenda.workdays import swedish_date
from notifications.letters.letter import Letter
from notifications.letters.occasions import occasion_of
from notifications.letters.rendering import render
from notifications.letters.works import Work
from notifications.notices.making import Wanted, make
from notifications.office import Office
from notifications.outbox.hours import leaves_at
from notifications.outbox.invitations import calendar_file
from notifications.outbox.on_record import put_on_record
from notifications.outbox.queue import Cause, Recipient, Worded, queue
from notifications.outbox.recipients import Turn, is_same_mailbox, responsible

OWN_WORK = "own_work"
"""The letter's template, and the step's name under which it stands in the outbox."""


class WorkPart(NamedTuple):
    """One activity that the letter speaks of."""

    known: Situation
    step: Step | None
    """The step that it tells; None for what is only named beside it."""


Judged = Sequence[tuple[Situation, Sequence[Verdict]]]
"""Activities of a round, each with its verdicts."""


def parts_at(
    judged: Judged,
    address: str,
    at: datetime,
    now: datetime,
    *,
    is_alone: Callable[[WorkPart], bool],
) -> list[WorkPart]:
    """What a letter to one person speaks of at an instant, as things stand now.

    Args:
        judged: The activities of the round.
        address: The person's.
        at: When the letter is written: now, or when the next step comes due.
        now: The instant that the verdicts were given at.
        is_alone: Tells what needs a letter of its own.
    """
    found: list[WorkPart] = []
    for known, verdicts in judged:
        if not is_same_mailbox(responsible(known).address, address):
            continue
        own = [v for v in verdicts if v.step.audience is Audience.RESPONSIBLE]
        step = next((v.step for v in own if _is_due(v, at, now)), None)
        part = WorkPart(known, step)
        if (step is not None and not is_alone(part)) or (
            step is None and _is_waited_for(known, own, at)
        ):
            found.append(part)
    return found


def _is_due(verdict: Verdict, at: datetime, now: datetime) -> bool:
    will_be = verdict.status in (Status.DUE, Status.WAITING)
    return will_be and max(verdict.step.at, now) == at


def _is_waited_for(known: Situation, own: Sequence[Verdict], at: datetime) -> bool:
    """Whether an activity's last day has come and somebody should mark it done."""
    if known.facts.stage.is_over:
        return False
    newest = max(
        (verdict for verdict in own if verdict.step.at <= at),
        key=lambda verdict: verdict.step.at,
        default=None,
    )
    is_held = newest is not None and newest.status is Status.HELD
    is_open = known.activity.closing is Closing.MARKED_DONE
    return is_open and not is_held and swedish_date(at) >= known.activity.due_on


def queue_together(turn: Turn, step: Step) -> list[int] | None:
    """Queue one letter with everything of a person's that is due; None where it is one thing.

    None too when today's has been written already: what comes due after it, because
    somebody opened an activity again, is told by itself.
    """
    if needs_its_own_letter(turn)(WorkPart(turn.known, step)):
        return None
    person = responsible(turn.known)
    _withdraw_older(turn, person.address)
    parts = _parts_now(turn, person.address)
    if len(parts) < 2:
        return None
    head, workdays = turn.known.head, turn.known.workdays
    leaves = leaves_at(turn.now, head.sending, workdays)
    cause = Cause(
        round_id=identity(turn.known.round),
        activity_id=turn.known.row.id,
        organisation_id=None,
        audience=Audience.RESPONSIBLE.value,
        step_key=_key(turn.now),
        step=OWN_WORK,
        template=OWN_WORK,
        due_on=None,
    )
    wanted = Wanted(turn, person, own_letter(parts, person, leaves), None)
    key = wanted.key
    message_id = queue(
        turn.session,
        cause,
        person,
        make(wanted, key).rendered,
        now=turn.now,
        leaves_at=leaves,
        domain=turn.office.domain,
        worded=Worded(key.digest),
    )
    if message_id is None:
        return None
    put_on_record(turn.session, message_id, _told(parts))
    return [message_id]


def _withdraw_older(turn: Turn, address: str) -> None:
    """Take back an earlier day's letter that has not left: this one says all that it says."""
    query = select(Message).where(
        Message.round_id == turn.known.round.id,
        Message.template == OWN_WORK,
        Message.state == MessageState.QUEUED,
        Message.step_key != _key(turn.now),
    )
    for message in turn.session.exec(query):
        if is_same_mailbox(message.recipient, address):
            message.state = MessageState.WITHDRAWN
            message.outcome = "Ett nyare brev säger detsamma."
    turn.session.flush()


def _key(now: datetime) -> str:
    return f"{OWN_WORK}:{swedish_date(now)}"


def _told(parts: Iterable[WorkPart]) -> list[tuple[int, str]]:
    return [(identity(known.row), step.key) for known, step in parts if step is not None]


def _parts_now(turn: Turn, address: str) -> list[WorkPart]:
    judged = judged_now(turn.session, identity(turn.known.round), turn.now)
    return parts_at(judged, address, turn.now, turn.now, is_alone=needs_its_own_letter(turn))


def judged_now(
    session: Session,
    round_id: int,
    now: datetime,
    *,
    among: Collection[int] | None = None,
    ignoring_letter: int | None = None,
) -> Judged:
    """The round's activities with the verdicts on the region's own steps.

    Args:
        session: An open session.
        round_id: The round.
        now: The instant.
        among: Only these activities, by id.
        ignoring_letter: The id of a message that is taken never to have been queued.
    """
    found = own_situations(session, round_id, among=among, ignoring_letter=ignoring_letter)
    return [(known, known.verdicts(now)) for known in found]


def needs_its_own_letter(turn: Turn) -> Callable[[WorkPart], bool]:
    """Tells what goes with an invitation to a meeting: a mail carries one of them."""

    def is_alone(part: WorkPart) -> bool:
        if part.step is None:
            return False
        own = Turn(turn.session, turn.office, part.known, turn.now)
        return calendar_file(own, part.step.kind.value, responsible(part.known)).content is not None

    return is_alone


def own_letter(parts: Sequence[WorkPart], person: Recipient, leaves: datetime) -> Letter:
    """What the letter says on the day it leaves; what has waited longest comes first."""
    known, today = parts[0].known, swedish_date(leaves)
    works = [_work(part.known.activity) for part in parts]
    return Letter(
        template=OWN_WORK,
        language=person.language,
        round_name=known.round.name,
        plan_title=known.head.title,
        activity_title=known.activity.title,
        activity_kind=known.activity.kind,
        description="",
        starts_on=known.activity.starts_on,
        due_on=known.activity.due_on,
        is_quarter=known.activity.is_quarter,
        today=today,
        workdays_left=0,
        coordinator=known.head.coordinator,
        recipient_name=person.name,
        works=tuple(sorted(works, key=lambda work: work.due_on)),
    )


def _work(activity: PlannedActivity) -> Work:
    return Work(
        activity.title,
        activity.due_on,
        is_quarter=activity.is_quarter,
        occasion=occasion_of(activity),
    )


def told_verdicts(
    session: Session, message: Message, *, now: datetime
) -> list[tuple[Verdict, str]]:
    """The verdict on each step that a queued letter tells, as if it had not been queued.

    Each with its activity's title.
    """
    told = _told_by(session, message)
    judged = judged_now(
        session,
        message.round_id,
        now,
        among=set(told.values()),
        ignoring_letter=message.id,
    )
    return [
        (verdict, known.activity.title)
        for known, found in judged
        for verdict in found
        if verdict.step.key in told
    ]


def say_what_holds(session: Session, office: Office, message: Message, *, now: datetime) -> None:
    """Put a letter that is about to leave into the words that hold now, and that on record."""
    if message.queued_at == now:
        return
    told = _told_by(session, message)
    judged = judged_now(session, message.round_id, now, ignoring_letter=message.id)
    lead = next(known for known, _ in judged if known.row.id == message.activity_id)
    turn = Turn(session, office, lead, now)
    # Written again on another day, it tells no step that came due since: that has its own.
    parts = [
        part
        for part in parts_at(
            judged, message.recipient, now, now, is_alone=needs_its_own_letter(turn)
        )
        if part.step is None or part.step.key in told
    ]
    put_on_record(session, identity(message), _told(parts))
    person = Recipient(
        name=message.recipient_name, address=message.recipient, language=message.language
    )
    words = render(own_letter(parts, person, now))
    message.subject, message.text, message.html = words.subject, words.text, words.html


def _told_by(session: Session, message: Message) -> dict[str, int]:
    """The steps that a letter tells, by their keys, each with its activity's id."""
    query = select(MessageStep.step_key, MessageStep.activity_id).where(
        MessageStep.message_id == message.id
    )
    return dict(session.exec(query).all())
