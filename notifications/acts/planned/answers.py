"""What is done about one organisation's answer, shown before it is done."""

from agenda.models import Activity, Answer, identity
from agenda.register import Actor, By
from agenda.replies.answers import withdraw_answer
from agenda.rounds.finding import find_asked
from notifications.acts.answers import send_receipt
from notifications.acts.foreseeing import ForeseeableAct
from notifications.office import Office


def withdrawing(row: Activity, organisation: str, *, actor: Actor) -> ForeseeableAct:
    """An organisation's answer, named by its key, counts no longer."""
    return ForeseeableAct(
        activity_ids=(identity(row),),
        does=lambda session, now: withdraw_answer(
            session, find_asked(session, row, organisation), by=By(actor, now)
        ),
    )


def receipting(office: Office, row: Activity, answer_id: int) -> ForeseeableAct:
    """The organisation gets a receipt for an answer that came by letter."""
    return ForeseeableAct(
        activity_ids=(identity(row),),
        does=lambda session, now: send_receipt(
            session, office, session.get_one(Answer, answer_id), now=now
        ),
    )
