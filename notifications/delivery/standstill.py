"""Mail that does not leave because of us or of our mail server: since when, and who is told.

Read by everything that can say so without mail: the other channels, the start page,
`/halsa`, the dashboard. Told at once when the server answers and refuses whatever is ours,
after an hour when it is away or lets nobody in.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from agenda.models import Activity, Attempt, Message, MessageState, Round
from agenda.rounds.facts import situation
from agenda.steps.kinds import Audience
from agenda.words.addresses import channel_schema
from agenda.workdays import swedish_date
from notifications.letters import dates
from notifications.letters.letter import Trouble
from notifications.notices.queueing import tell
from notifications.office import Office
from notifications.outbox.recipients import Turn, coordinators
from notifications.post.outgoing import Result
from notifications.post.refusals import About

TEMPLATE = "mail_stopped"
TOLD_AFTER = timedelta(hours=1)
_TO_ORGANISATIONS = (Audience.ORGANISATION.value, Audience.ESCALATION.value)
_UNDER_WAY = (MessageState.QUEUED, MessageState.SENDING)


@dataclass(frozen=True, slots=True)
class Standstill:
    """Letters do not leave."""

    since: datetime
    said: str
    """What the mail server said last, or a sentence of ours."""
    waiting: int
    """How many letters wait to be tried again."""
    is_refusal: bool
    """The server answers and refuses what is ours; else it is away or lets nobody in."""

    @property
    def in_words(self) -> str:
        """Since when, and how much it concerns, in Swedish."""
        since = dates.at_in_words(self.since, "sv")
        return f"Sedan {since} har inget brev kommit iväg. Just nu väntar {self.waiting}."


def standstill(session: Session, *, now: datetime) -> Standstill | None:
    """Whether mail stands still and somebody has to do something about it."""
    if not (waiting := _waiting(session)):
        return None
    for whose, patience in ((About.US, timedelta()), (About.SERVER, TOLD_AFTER)):
        found = _since(session, whose)
        if found is not None and now - found[0] >= patience:
            return Standstill(*found, waiting, is_refusal=whose is About.US)
    return None


def tell_of_standstill(session: Session, office: Office, *, now: datetime) -> bool:
    """Tell the coordinators of every round that waits, once a day; whether there is one.

    While the server is away only the channels that need none are told: a mail would come
    when it is no longer true.
    """
    found = standstill(session, now=now)
    if found is None:
        return False
    for round_ in rounds_to_tell(session, office, found, now=now):
        if (first := first_activity(session, round_)) is None:
            continue
        turn = Turn(session, office, situation(session, first), now)
        tell(
            turn,
            TEMPLATE,
            subject_key=swedish_date(now).isoformat(),
            recipients=[
                to for to in coordinators(turn) if found.is_refusal or channel_schema(to.address)
            ],
            is_prompt=True,
            note=found.in_words,
            troubles=(Trouble("", "", found.said),),
        )
    return True


def rounds_to_tell(
    session: Session, office: Office, found: Standstill, *, now: datetime
) -> list[Round]:
    """The open rounds whose mail waits, and whose coordinators can be and are not yet told."""
    told = select(Message.round_id).where(
        Message.template == TEMPLATE,
        col(Message.step_key).endswith(f":{swedish_date(now).isoformat()}"),
    )
    waiting = select(Message.round_id).where(*_is_waiting())
    query = select(Round).where(
        col(Round.closed_at).is_(None), col(Round.id).in_(waiting), col(Round.id).not_in(told)
    )
    return [
        round_
        for round_ in session.exec(query.order_by(col(Round.id)))
        if found.is_refusal or _has_channel(round_, office)
    ]


def _has_channel(round_: Round, office: Office) -> bool:
    address = round_.head.coordinator.address
    return any(map(channel_schema, (address, *office.alerts)))


def first_activity(session: Session, round_: Round) -> int | None:
    """What concerns a whole round is filed under its first activity."""
    return session.exec(
        select(Activity.id)
        .where(Activity.round_id == round_.id)
        .order_by(col(Activity.position), col(Activity.id))
    ).first()


def _waiting(session: Session) -> int:
    tried = select(func.count()).where(*_is_waiting())
    return session.exec(tried).one()


def _is_waiting() -> tuple[ColumnElement[bool], ...]:
    return (
        col(Message.state).in_(_UNDER_WAY),
        col(Message.attempts) > 0,
        ~col(Message.recipient).contains("://"),
    )


def _since(session: Session, whose: About) -> tuple[datetime, str] | None:
    """The first and the last said of the failures of this kind since a letter was taken.

    That our own people's mail is taken does not mean that we may send to others.
    """
    is_mail = ~col(Message.recipient).contains("://")
    taken = select(func.max(Attempt.id)).join(Message)
    taken = taken.where(Attempt.outcome == Result.SENT.value, is_mail)
    if whose is About.US:
        taken = taken.where(col(Message.audience).in_(_TO_ORGANISATIONS))
    last = session.exec(taken).one() or 0
    failed = (
        select(Attempt.at, Attempt.said)
        .join(Message)
        .where(
            col(Attempt.id) > last,
            Attempt.about == whose.value,
            is_mail,
            col(Message.state).in_(_UNDER_WAY),
        )
        .order_by(col(Attempt.id))
    )
    found = session.exec(failed).all()
    return (found[0][0], found[-1][1]) if found else None
