"""Where the organisations of a round are reached."""

from typing import Any

from sqlmodel import Session, col, select

from agenda.models import Contact, Organisation
from agenda.words.addresses import shown_address


def contact_lines(
    session: Session, round_id: int | None, *, organisation_id: int | None = None
) -> list[dict[str, Any]]:
    """The contacts of a round in the plan's order, or those of one organisation."""
    query = (
        select(Contact, Organisation)
        .join(Organisation)
        .where(Organisation.round_id == round_id, col(Contact.is_removed).is_(False))
        .order_by(col(Organisation.position), col(Contact.id))
    )
    if organisation_id is not None:
        query = query.where(Organisation.id == organisation_id)
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
