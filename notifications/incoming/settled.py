"""What there is to do about a mail that came in has been done, by whom and how."""

from enum import StrEnum

from agenda.models import IncomingMail
from agenda.register import By


class Settled(StrEnum):
    """How there came to be nothing more to do about a mail."""

    ACTED_ON = "acted_on"
    """A bounce: what it says is known of the message and told."""
    NOTED = "noted"
    """It changes nothing: our mail is still on its way, or this was known."""
    SET_ASIDE = "set_aside"
    REGISTERED = "registered"
    """It is an organisation's answer."""
    ERASED = "erased"
    """It needed nothing, and its time has come: a mark of it is left and shown nowhere."""


def settle_mail(mail: IncomingMail, how: Settled, *, by: By) -> None:
    """Say that there is nothing more to do about a mail."""
    mail.settled_at, mail.settled_by, mail.settled_how = by.at, str(by.actor), how.value
