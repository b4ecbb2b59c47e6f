"""What is done about a round as a whole, shown before it is done."""

from collections.abc import Sequence

from agenda.models import Round
from agenda.register import Actor, By
from agenda.rounds.round import close_round, pause_sending, resume_sending
from notifications.acts.foreseeing import ForeseeableAct


def pausing(round_: Round, activity_ids: Sequence[int], *, actor: Actor) -> ForeseeableAct:
    """Nothing of a round leaves until it is let again."""
    return ForeseeableAct(
        activity_ids=activity_ids,
        does=lambda session, now: pause_sending(
            session, session.get_one(Round, round_.id), by=By(actor, now)
        ),
    )


def resuming(round_: Round, activity_ids: Sequence[int], *, actor: Actor) -> ForeseeableAct:
    """What waited while sending was paused leaves."""
    return ForeseeableAct(
        activity_ids=activity_ids,
        does=lambda session, now: resume_sending(
            session, session.get_one(Round, round_.id), by=By(actor, now)
        ),
    )


def ending(round_: Round, activity_ids: Sequence[int], *, actor: Actor) -> ForeseeableAct:
    """A round is closed: nothing more of it is sent."""
    return ForeseeableAct(
        activity_ids=activity_ids,
        does=lambda session, now: close_round(
            session, session.get_one(Round, round_.id), by=By(actor, now)
        ),
    )
