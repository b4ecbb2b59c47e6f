"""What somebody does in a scenario, done as the coordinator's doors do it."""

from sqlalchemy import Engine
from sqlmodel import Session, select

from agenda.models import Activity, AnswerKind, Round, identity
from agenda.register import By, ProductPart
from agenda.replies.answers import NewAnswer
from agenda.rounds.finding import find_activity, find_invitation
from agenda.storage.store import transaction
from agenda.words.errors import AgendaError, BadInput
from notifications.acts.answers import record_answer
from notifications.acts.course import mark_done
from notifications.acts.deadlines import move_deadline
from notifications.acts.extensions import grant_extension
from notifications.office import Office
from notifications.replay.scenario import Deed, ScenarioLine


def perform(engine: Engine, office: Office, act: ScenarioLine) -> int:
    """Do what a line says; the activity it concerns.

    Raises:
        BadInput: it cannot be done; names the line.
    """
    try:
        with transaction(engine) as session:
            round_ = session.exec(select(Round)).one()
            activity = find_activity(session, round_, act.activity)
            _do(session, office, round_, activity, act)
            return identity(activity)
    except AgendaError as error:
        raise BadInput(f"Scenariots rad {act.line}: {error}") from None


def _do(
    session: Session, office: Office, round_: Round, activity: Activity, act: ScenarioLine
) -> None:
    if act.what is Deed.DONE:
        mark_done(session, office, activity, by=By.product(ProductPart.REPLAY, act.at))
        return
    if act.what is Deed.MOVE and act.until is not None:
        move_deadline(
            session, office, activity, to=act.until, by=By.product(ProductPart.REPLAY, act.at)
        )
        return
    invitation, _, _ = find_invitation(
        session, round_, organisation=act.organisation, activity=act.activity
    )
    if act.what is Deed.EXTENSION and act.until is not None:
        grant_extension(
            session, office, invitation, to=act.until, by=By.product(ProductPart.REPLAY, act.at)
        )
        return
    text = "Simulerat svar." if act.what is Deed.SUBMISSION else ""
    new = NewAnswer(kind=AnswerKind(act.what.value), received_at=act.at, text=text)
    record_answer(session, office, invitation, new, by=By.product(ProductPart.REPLAY, act.at))
