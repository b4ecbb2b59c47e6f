"""Coming in to the desk: the mail with the way in, for whoever asked and has a desk."""

from datetime import datetime

from agenda.people.signing_in import Way
from notifications.notices.at_once import at_once
from notifications.office import Office
from notifications.post.outgoing import Outgoing

PATH = "/samordna/logga-in/{}"
"""Where the portal opens a way in."""


def address_of(office: Office, token: str) -> str:
    """The whole address of a way in."""
    return office.keyring.portal_url + PATH.format(token)


def way_in_mail(office: Office, way: Way, *, language: str, now: datetime) -> Outgoing:
    """The mail to somebody who asked, to be sent at once: it holds for ten minutes."""
    return at_once(
        "sign_in",
        sender=office.sender,
        sender_name=office.sender_name,
        to=way.coordinator.address,
        name=way.coordinator.name,
        language=language,
        now=now,
        sign_in_url=address_of(office, way.token),
    )
