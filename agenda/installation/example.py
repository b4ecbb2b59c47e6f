"""The example round of a first start: the bundled plan, re-dated so that today is a reminder day.

It is there to be tried out: no quiet hours, three of the eight municipalities have
answered, and the five others are ten workdays from the last day. Its addresses end in
.example (RFC 2606), so nothing of it can reach anybody.
"""

from datetime import date, datetime, time, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from agenda.models import Activity, AnswerKind, Round
from agenda.plan.model import Plan, SendingHours
from agenda.plan.reading import bundled_plan, read_plan
from agenda.plan.redating import redate_so_that
from agenda.register import By, ProductPart
from agenda.replies.answers import NewAnswer, record_answer
from agenda.rounds.activities import mark_done
from agenda.rounds.finding import find_invitation
from agenda.rounds.round import start_round
from agenda.storage.store import transaction
from agenda.workdays import STOCKHOLM, Workdays, swedish_date, swedish_instant

INPUT = "inspel"
WORKDAYS_LEFT = 10
USUAL_TIME = time(8)
AFTERNOON = time(15)
ANSWERED = {
    "krokom": (AnswerKind.SUBMISSION, "Flygbussen mellan Krokom och Åre Östersund flygplats."),
    "are": (AnswerKind.SUBMISSION, "Mötesspår på Mittbanan mellan Östersund och Storlien."),
    "berg": (AnswerKind.NOTHING_TO_REPORT, ""),
}


def ensure_example_round(engine: Engine, *, now: datetime) -> Round | None:
    """Make the example round if the database holds no round at all; None if it does."""
    with transaction(engine) as session:
        if session.exec(select(Round)).first() is not None:
            return None
        return start_example_round(session, now=now)


def start_example_round(session: Session, *, now: datetime) -> Round:
    """Start the example round: as if it had been under way, with today as a reminder day."""
    today = Workdays().on_or_before(swedish_date(now))
    round_ = start_round(
        session,
        example_plan(now),
        by=By.product(ProductPart.EXAMPLE, now),
        tracked_from=today,
        is_example=True,
    )
    session.flush()
    for key, (kind, text) in ANSWERED.items():
        invitation, _, _ = find_invitation(session, round_, organisation=key, activity=INPUT)
        received_at = swedish_instant(today - timedelta(days=7), AFTERNOON)
        new = NewAnswer(kind=kind, received_at=received_at, text=text)
        record_answer(session, invitation, new, by=By.product(ProductPart.EXAMPLE, now))
    _finish_what_came_before(session, round_, today)
    return round_


def example_plan(now: datetime) -> Plan:
    """The bundled plan with the municipal input ending ten workdays after today."""
    today = Workdays().on_or_before(swedish_date(now))
    due_on = Workdays().after(today, WORKDAYS_LEFT)
    plan = redate_so_that(
        read_plan(bundled_plan()), activity=INPUT, due_on=due_on, name=f"Exempel {today.year}"
    ).plan
    # Early in the morning today's reminders would not be due before 08:00, and somebody who
    # tries the product out would see nothing happen.
    local = now.astimezone(STOCKHOLM)
    is_early = local.date() == today and local.time() < USUAL_TIME
    at = local.time().replace(second=0, microsecond=0) if is_early else USUAL_TIME
    return plan.model_copy(update={"sending": SendingHours.always(at)})


def _finish_what_came_before(session: Session, round_: Round, today: date) -> None:
    rows = session.exec(
        select(Activity)
        .where(Activity.round_id == round_.id, Activity.due_on < today)
        .order_by(col(Activity.position))
    )
    for row in rows:
        mark_done(
            session, row, by=By.product(ProductPart.EXAMPLE, swedish_instant(row.due_on, AFTERNOON))
        )
