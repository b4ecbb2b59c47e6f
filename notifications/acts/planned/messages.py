"""What is done about a message that did not arrive, shown before it is done."""

from agenda.models import Message
from agenda.register import Actor, By
from notifications.acts.foreseeing import ForeseeableAct
from notifications.outbox.putting_back import put_back

WHY = "Någon bad om det."
"""Of a message that is tried again, for the register."""


def trying_again(message: Message, *, actor: Actor) -> ForeseeableAct:
    """A message that was given up or set aside is tried again, and its address trusted."""
    return ForeseeableAct(
        activity_ids=(message.activity_id,) if message.activity_id else (),
        does=lambda session, now: put_back(
            session, session.get_one(Message, message.id), by=By(actor, now), at=now, why=WHY
        ),
    )
