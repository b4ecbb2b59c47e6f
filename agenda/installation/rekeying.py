"""A change of the secret key: which links are of a key that is no longer the present one.

The way: the new key as AGENDA_SECRET_KEY and the one before as AGENDA_FORMER_SECRET_KEY;
both are accepted then. `agenda link rekey` makes every link anew, and the former can go.
"""

from sqlmodel import Session, col, select

from agenda.calendar.feeds import feed_token
from agenda.links.decisions import extension_token
from agenda.links.personal import Keyring, WrongKey
from agenda.models import Activity, ExtensionLink, FeedLink, Invitation, Link, Round
from agenda.steps.stages import stage_of


def check_key(session: Session, keyring: Keyring) -> None:
    """See that every open link can be put into a mail again.

    Raises:
        WrongKey: one was made of a key that is not accepted.
    """
    for link in _open_links(session):
        keyring.token(link)
    for decision in _open_extension_links(session):
        extension_token(decision, keyring)
    for feed in _open_feeds(session):
        feed_token(feed, keyring)


def former_links(session: Session, keyring: Keyring) -> list[Link]:
    """The open personal links that were not made of the present key, of closed rounds too."""
    present = keyring._replace(former_key=None)
    return [link for link in _open_links(session) if not _makes(present, link)]


def former_extension_links(session: Session, keyring: Keyring) -> list[ExtensionLink]:
    """The open links to decisions that were not made of the present key."""
    present = keyring._replace(former_key=None)
    return [link for link in _open_extension_links(session) if not _makes(present, link)]


def former_feeds(session: Session, keyring: Keyring) -> list[FeedLink]:
    """The open calendar links that were not made of the present key."""
    present = keyring._replace(former_key=None)
    return [feed for feed in _open_feeds(session) if not _makes(present, feed)]


def is_in_use(session: Session, link: Link) -> bool:
    """Whether whoever has a link may still need it: its activity and its round go on."""
    invitation = session.get_one(Invitation, link.invitation_id)
    activity = session.get_one(Activity, invitation.activity_id)
    known = session.get_one(Round, activity.round_id)
    return not stage_of(activity, round_closed_at=known.closed_at).is_over


def _makes(keyring: Keyring, link: Link | ExtensionLink | FeedLink) -> bool:
    try:
        if isinstance(link, Link):
            keyring.token(link)
        elif isinstance(link, ExtensionLink):
            extension_token(link, keyring)
        else:
            feed_token(link, keyring)
    except WrongKey:
        return False
    return True


def _open_links(session: Session) -> list[Link]:
    query = select(Link).where(col(Link.revoked_at).is_(None)).order_by(col(Link.id))
    return list(session.exec(query))


def _open_extension_links(session: Session) -> list[ExtensionLink]:
    query = select(ExtensionLink).where(col(ExtensionLink.revoked_at).is_(None))
    return list(session.exec(query.order_by(col(ExtensionLink.id))))


def _open_feeds(session: Session) -> list[FeedLink]:
    query = select(FeedLink).where(col(FeedLink.revoked_at).is_(None)).order_by(col(FeedLink.id))
    return list(session.exec(query))
