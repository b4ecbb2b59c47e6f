"""The coordinator hears of answers that come in: at once, once a day, or not at all.

The daily notice is caused by the first look of a workday and says what came in before that
day. Which answers it covers follows from the day of the notice before it, so nothing needs
to be remembered and a day when everything was off is caught up.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from sqlmodel import col, select

from agenda.installation.settings import AnswerNotices
from agenda.models import Answer, FormName, Invitation, Message, Organisation
from agenda.workdays import midnight_after, swedish_date
from notifications.letters.letter import Arrival
from notifications.notices.queueing import tell
from notifications.outbox.recipients import Turn, coordinators

TEMPLATE = "answers_in"
CAUGHT_UP_DAYS = 7
"""How far back the first notice of all looks: of what is older, people know by other means."""
ONE_DAY = timedelta(days=1)


def tell_of_one(turn: Turn, answer: Answer, organisation: Organisation) -> list[int]:
    """Queue a notice of an answer that came in just now, where each is to be told at once.

    On a day off it waits for the next sending hour. A late answer has a notice of its own.
    """
    if turn.office.answer_notices is not AnswerNotices.IMMEDIATELY or answer.is_late:
        return []
    key = f"{organisation.key}:{answer.form}:{answer.version}"
    arrivals = (_arrival(answer, organisation),)
    return tell(
        turn,
        TEMPLATE,
        subject_key=key,
        is_prompt=turn.known.workdays.is_workday(swedish_date(turn.now)),
        arrivals=arrivals,
    )


def queue_arrivals(turn: Turn) -> list[int]:
    """Queue the day's notice of what came in before today, unless it exists or is not wanted."""
    today = swedish_date(turn.now)
    facts = turn.known.facts
    if turn.office.answer_notices is not AnswerNotices.DAILY or not facts.asked:
        return []
    if facts.round_closed_at or not turn.known.workdays.is_workday(today):
        return []
    last_on = _last_on(turn)
    if last_on is not None and last_on >= today:
        return []
    since = midnight_after((last_on or today - timedelta(days=CAUGHT_UP_DAYS)) - ONE_DAY)
    arrivals = tuple(_arrivals(turn, since, midnight_after(today - ONE_DAY)))
    if not arrivals:
        return []
    # Not to the organisation that answered, though it is about it: to the coordinator.
    return tell(
        turn,
        TEMPLATE,
        subject_key=today.isoformat(),
        recipients=coordinators(turn),
        arrivals=arrivals,
    )


def _last_on(turn: Turn) -> date | None:
    """The day of the newest such notice about this activity."""
    beginning = f"{turn.known.activity.key}:{TEMPLATE}:"
    keys = turn.session.exec(
        select(Message.step_key).where(
            Message.activity_id == turn.known.row.id, Message.template == TEMPLATE
        )
    )
    return max(_days(key.removeprefix(beginning) for key in keys), default=None)


def _days(endings: Iterator[str]) -> Iterator[date]:
    for ending in endings:
        # A notice of one answer, told at once, ends in what it is about.
        if ":" not in ending:
            yield date.fromisoformat(ending)


def _arrivals(turn: Turn, since: datetime, until: datetime) -> Iterator[Arrival]:
    rows: Sequence[tuple[Answer, Organisation]] = turn.session.exec(
        select(Answer, Organisation)
        .join(Invitation, col(Invitation.id) == Answer.invitation_id)
        .join(Organisation, col(Organisation.id) == Invitation.organisation_id)
        .where(
            Invitation.activity_id == turn.known.row.id,
            # What the coordinator recorded is no news, and a late answer is told by itself.
            col(Answer.sent_by_id).is_not(None),
            col(Answer.is_late).is_(False),
            Answer.recorded_at >= since,
            Answer.recorded_at < until,
        )
        .order_by(col(Answer.recorded_at), col(Answer.id))
    ).all()
    return (_arrival(answer, organisation) for answer, organisation in rows)


def _arrival(answer: Answer, organisation: Organisation) -> Arrival:
    return Arrival(
        organisation_name=organisation.name,
        kind="ballot" if answer.form is FormName.BALLOT else answer.kind.value,
        received_at=answer.received_at,
        version=answer.version,
    )
