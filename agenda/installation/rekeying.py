"""A change of the secret key: which links are of a key that is no longer the present one.

The way: the new key as AGENDA_SECRET_KEY and the one before as AGENDA_FORMER_SECRET_KEY;
both are accepted then. `agenda link rekey` makes every link anew, and the former can go.
"""

from sqlmodel import Session

from agenda.links.keyring import Keyring, WrongKey
from agenda.links.links import open_links
from agenda.models import Activity, Invitation, Link, Purpose, Round
from agenda.steps.stages import stage_of


def check_key(session: Session, keyring: Keyring) -> None:
    """See that every open link can be put into a mail again.

    Raises:
        WrongKey: one was made of a key that is not accepted.
    """
    for link in open_links(session, *Purpose):
        keyring.token(link)


def former_links(session: Session, keyring: Keyring, purpose: Purpose) -> list[Link]:
    """The open links that were not made of the present key, of closed rounds too."""
    present = keyring._replace(former_key=None)
    return [link for link in open_links(session, purpose) if not _makes(present, link)]


def is_in_use(session: Session, link: Link) -> bool:
    """Whether whoever has a link to a reply may still need it: its activity and round go on."""
    invitation = session.get_one(Invitation, link.invitation_id)
    activity = session.get_one(Activity, invitation.activity_id)
    round_ = session.get_one(Round, activity.round_id)
    return not stage_of(activity, round_closed_at=round_.closed_at).is_over


def _makes(keyring: Keyring, link: Link) -> bool:
    try:
        keyring.token(link)
    except WrongKey:
        return False
    return True
