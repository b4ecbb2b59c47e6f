"""Personal links: made anew, mailed again, shared with a colleague, and who is told of it."""

from datetime import datetime

from sqlmodel import Session, col, select

from agenda.links import personal
from agenda.links.links import find, renew
from agenda.models import Activity, Contact, Invitation, Link, Purpose, Round
from agenda.register import By
from agenda.rounds.parties import Party
from agenda.words.addresses import mailbox_of
from agenda.words.names import is_name
from notifications.acts.turns import colleague_of, turn_of_one
from notifications.notices.queueing import tell
from notifications.office import Office
from notifications.outbox.queue import Recipient
from notifications.outbox.recipients import organisation_recipients


def renew_link(session: Session, office: Office, link: Link, *, by: By) -> None:
    """Make a link's address anew and mail it to the address on file."""
    renew(session, link, office.keyring, by=by)
    turn, party = turn_of_one(
        session, office, session.get_one(Invitation, link.invitation_id), by.at
    )
    tell(
        turn,
        "new_link",
        subject_key=f"{link.id}:{link.generation}",
        party=party,
        recipients=_holders(party, link),
        is_prompt=True,
        link=link,
    )


def mail_link_again(
    session: Session,
    office: Office,
    link: Link,
    *,
    by: By,
    to: str = "",
    is_new: bool = False,
) -> None:
    """Mail a link once more, as it is, to whom it belongs: whoever asked, nothing is closed.

    Of several, it goes to the one whose address was given, if that is among them. `is_new` is
    for one that was made just now, because the one before it had been closed.
    """
    personal.note_mailed(session, link, by=by)
    turn, party = turn_of_one(
        session, office, session.get_one(Invitation, link.invitation_id), by.at
    )
    holders = _holders(party, link)
    named = [one for one in holders if to and mailbox_of(one.address) == mailbox_of(to)]
    tell(
        turn,
        "new_link" if is_new else "same_link",
        subject_key=f"{link.id}:{link.generation}:{by.at:%Y%m%d%H%M%S}",
        party=party,
        recipients=named or holders,
        is_prompt=True,
        link=link,
    )


def invite_colleague(
    session: Session, office: Office, by: Link, *, name: str, address: str, now: datetime
) -> Link:
    """Mail a colleague a link of their own to the same draft."""
    made = personal.invite_colleague(
        session, by, office.keyring, name=name, address=address, now=now
    )
    turn, party = turn_of_one(session, office, session.get_one(Invitation, by.invitation_id), now)
    tell(
        turn,
        "colleague",
        subject_key=str(made.id),
        party=party,
        recipients=_holders(party, made),
        is_prompt=True,
        link=made,
        # One that was written before names were looked at could say anything, to a stranger.
        note=by.name if is_name(by.name) else "",
    )
    return made


def renew_for_holder(session: Session, office: Office, token: str, *, now: datetime) -> None:
    """Replace the link that a token opens, as whoever came with it wishes.

    One that opens nothing any more closes nothing: what holds now is mailed to whom it belongs.
    A colleague whose link was closed has none, and none of the organisation's.
    """
    found = find(session, Purpose.REPLY, token)
    if found is None:
        return
    link = found.link
    by = By.holder(link.id, now)
    if found.is_open:
        renew_link(session, office, link, by=by)
    elif link.revoked_at is None:
        mail_link_again(session, office, link, by=by)
    elif link.invited_by_id is None:
        invitation = session.get_one(Invitation, link.invitation_id)
        link = personal.organisation_link(session, invitation, office.keyring, now=now)
        is_new = link.created_at == now
        mail_link_again(session, office, link, by=by, is_new=is_new)


def mail_links_to(session: Session, office: Office, address: str, *, by: By) -> None:
    """Mail to an address, once more, every link that was mailed to it and can be used."""
    for link in _links_mailed_to(session, mailbox_of(address)):
        mail_link_again(session, office, link, by=by, to=address)


def _links_mailed_to(session: Session, mailbox: str) -> list[Link]:
    # Compared here, not by the database: it knows nothing of å in a domain.
    contacts = select(Contact.organisation_id, Contact.address).where(
        col(Contact.is_removed).is_(False), col(Contact.bounced_at).is_(None)
    )
    reached = {where for where, one in session.exec(contacts) if mailbox_of(one) == mailbox}
    query = (
        select(Link, Invitation.organisation_id)
        .join(Invitation, col(Invitation.id) == col(Link.invitation_id))
        .join(Activity, col(Activity.id) == col(Invitation.activity_id))
        .join(Round, col(Round.id) == col(Activity.round_id))
        .where(
            col(Link.revoked_at).is_(None),
            col(Activity.done_at).is_(None),
            col(Activity.cancelled_at).is_(None),
            col(Round.closed_at).is_(None),
        )
        .order_by(col(Link.id))
    )
    return [
        link
        for link, organisation_id in session.exec(query)
        if (mailbox_of(link.address) == mailbox if link.address else organisation_id in reached)
    ]


def _holders(party: Party, link: Link) -> list[Recipient]:
    """Whom a link belongs to: the colleague it was made for, or the organisation's contacts."""
    return [colleague_of(party, link)] if link.address else organisation_recipients(party)
