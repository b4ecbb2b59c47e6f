"""Where the organisations of a round are reached."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col, select

from agenda.models import Contact, Organisation
from agenda.words.addresses import shown_address


def contact_lines(
    session: Session,
    round_id: int | None,
    *,
    organisation_id: int | None = None,
    only_refused: bool = False,
) -> list[dict[str, Any]]:
    """The contacts of a round in the plan's order.

    Args:
        session: A session that reads.
        round_id: The round.
        organisation_id: Of this organisation alone.
        only_refused: Those alone whose address takes no mail.
    """
    query = (
        select(Contact, Organisation)
        .join(Organisation)
        .where(Organisation.round_id == round_id, col(Contact.is_removed).is_(False))
        .order_by(col(Organisation.position), col(Contact.id))
    )
    if organisation_id is not None:
        query = query.where(Organisation.id == organisation_id)
    if only_refused:
        query = query.where(col(Contact.bounced_at).is_not(None))
    return [
        {
            "organisation": organisation.key,
            "organisation_name": organisation.name,
            "kind": organisation.kind,
            "language": organisation.language,
            "name": contact.name,
            "address": shown_address(contact.address),
            "role": contact.role.value,
            "bounced_at": contact.bounced_at,
            "bounce_reason": contact.bounce_reason,
        }
        for contact, organisation in session.exec(query)
    ]


def organisations_of(session: Session, round_id: int) -> Sequence[Organisation]:
    """Everybody who is asked or told in a round, in the plan's order."""
    query = select(Organisation).where(Organisation.round_id == round_id)
    return session.exec(query.order_by(col(Organisation.position), col(Organisation.id))).all()


def contacts_of(session: Session, organisation_id: int) -> Sequence[Contact]:
    """Where an organisation is reached, with the whole addresses: never for a page to show."""
    query = select(Contact).where(
        Contact.organisation_id == organisation_id, col(Contact.is_removed).is_(False)
    )
    return session.exec(query.order_by(col(Contact.id))).all()
