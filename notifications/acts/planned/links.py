"""What is done about a personal link, shown before it is done."""

from sqlmodel import Session

from agenda.links.links import revoke
from agenda.models import Activity, Link, identity
from agenda.register import Actor, By
from notifications.acts.foreseeing import ForeseeableAct
from notifications.acts.links import mail_link_again, renew_link
from notifications.office import Office


def mailing_again(office: Office, row: Activity, link_id: int, *, actor: Actor) -> ForeseeableAct:
    """A link is mailed once more, as it is."""
    return ForeseeableAct(
        activity_ids=(identity(row),),
        does=lambda session, now: mail_link_again(
            session, office, _link(session, link_id), by=By(actor, now)
        ),
    )


def renewing(office: Office, row: Activity, link_id: int, *, actor: Actor) -> ForeseeableAct:
    """A link gets another address, which is mailed; the one before opens nothing."""
    return ForeseeableAct(
        activity_ids=(identity(row),),
        does=lambda session, now: renew_link(
            session, office, _link(session, link_id), by=By(actor, now)
        ),
    )


def closing(row: Activity, link_id: int, *, actor: Actor) -> ForeseeableAct:
    """A link is closed, and those that were made through it."""
    return ForeseeableAct(
        activity_ids=(identity(row),),
        does=lambda session, now: revoke(session, _link(session, link_id), by=By(actor, now)),
    )


def _link(session: Session, link_id: int) -> Link:
    return session.get_one(Link, link_id)
