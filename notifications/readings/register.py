"""What the register's lines name by a number or a Message-ID: links and messages."""

from collections.abc import Collection, Sequence

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from agenda.models import Activity, Invitation, Link, Message, Organisation
from agenda.words.addresses import shown_address


def links_named(
    session: Session, numbers: Collection[int]
) -> Sequence[tuple[int, tuple[str, str]]]:
    """Each link's holder, the colleague or the organisation, and the activity it leads to."""
    rows = session.execute(
        select_columns(col(Link.id), col(Link.name), col(Organisation.name), col(Activity.key))
        .join(Invitation, col(Invitation.id) == Link.invitation_id)
        .join(Organisation, col(Organisation.id) == Invitation.organisation_id)
        .join(Activity, col(Activity.id) == Invitation.activity_id)
        .where(col(Link.id).in_(numbers))
    )
    return [
        (number, (f"{colleague}, {organisation}" if colleague else organisation, activity))
        for number, colleague, organisation, activity in rows
    ]


def messages_named(session: Session, ids: Collection[str]) -> Sequence[tuple[str, str]]:
    """Each message: its subject and whom it went to, in Swedish."""
    rows = session.exec(select(Message).where(col(Message.message_id).in_(ids)))
    return [
        (
            message.message_id,
            f"”{message.subject}” till {message.recipient_name}, "
            f"{shown_address(message.recipient)}",
        )
        for message in rows
    ]
