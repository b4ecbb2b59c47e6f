"""More time: asked for, granted, denied, and who is told of it, in the door's transaction."""

from datetime import date, datetime

from sqlmodel import Session

from agenda.links.decisions import make_extension_link
from agenda.links.links import revoke
from agenda.models import (
    Activity,
    ExtensionRequest,
    Invitation,
    Link,
    Organisation,
    identity,
)
from agenda.register import By
from agenda.replies import extensions
from agenda.replies.extension_cases import CaseState, case_of
from agenda.rounds.activities import is_meeting
from agenda.rounds.parties import Party
from agenda.words.addresses import channel_schema
from notifications.acts.turns import turn_of, turn_of_one
from notifications.letters.link_places import PLACEHOLDER
from notifications.notices.queueing import tell
from notifications.office import Office
from notifications.outbox.heard import heard_by_organisations
from notifications.outbox.queue import Recipient, withdraw_queued
from notifications.outbox.recipients import Turn, coordinators


def request_extension(
    session: Session, office: Office, link: Link, *, until: date, reason: str, now: datetime
) -> None:
    """Ask for a later last day; each coordinator gets a link of their own to the decision."""
    asked = extensions.request_extension(session, link, until=until, reason=reason, now=now)
    turn, party = turn_of_one(session, office, session.get_one(Invitation, link.invitation_id), now)
    for recipient in coordinators(turn):
        _tell_of_request(turn, party, asked, recipient)


def grant_extension(
    session: Session,
    office: Office,
    invitation: Invitation,
    *,
    to: date,
    by: By,
    note: str = "",
) -> None:
    """Give one organisation a later last day and tell it so."""
    before = extensions.grant(session, invitation, to=to, by=by, note=note)
    session.flush()
    activity = session.get_one(Activity, invitation.activity_id)
    organisation = session.get_one(Organisation, invitation.organisation_id)
    withdraw_queued(
        session,
        activity_id=identity(activity),
        from_on=before,
        to_on=to,
        organisation_id=identity(organisation),
        # More time says neither that it is on again nor that a meeting has another day.
        besides=("reinstated", *(["moved"] if is_meeting(activity) else [])),
    )
    turn = turn_of(session, office, activity, by.at)
    tell(
        turn,
        "extension",
        subject_key=f"{to}:{invitation.revision}",
        party=turn.known.parties[organisation.key],
        former_due_on=_heard_of(turn, organisation, before),
        note=note,
        decided_by=turn.known.head.coordinator.name,
    )


def deny_extension(
    session: Session, office: Office, invitation: Invitation, *, by: By, note: str
) -> None:
    """Say no to a request for a later last day, and tell the organisation so."""
    asked = extensions.deny(session, invitation, by=by, note=note)
    turn, party = turn_of_one(session, office, invitation, by.at)
    tell(
        turn,
        "extension_denied",
        subject_key=str(asked.id),
        party=party,
        requested_until=asked.until,
        note=note,
        decided_by=turn.known.head.coordinator.name,
    )


def renew_extension_link(session: Session, office: Office, link: Link, *, by: By) -> bool:
    """Close a link to a decision and mail its holder another, if that is still to be made.

    Returns:
        Whether another is mailed.
    """
    revoke(session, link, by=by)
    case = case_of(session, link.extension_request_id, now=by.at)
    if case.state in (CaseState.DECIDED, CaseState.ENDED):
        return False
    turn, party = turn_of_one(session, office, case.reply.invitation, by.at)
    holder = Recipient(name=link.name, address=link.address)
    _tell_of_request(turn, party, case.asked, holder, is_anew=True)
    return True


def _heard_of(turn: Turn, organisation: Organisation, before: date) -> date:
    """The last day that an organisation has heard of; of the one before if it heard of none."""
    news = heard_by_organisations(turn.session, turn.known).get(organisation.id)
    return news.due_on if news and news.due_on else before


def _tell_of_request(
    turn: Turn,
    party: Party,
    asked: ExtensionRequest,
    recipient: Recipient,
    *,
    is_anew: bool = False,
) -> None:
    """Mail a coordinator a link of their own to the decision; anew instead of a closed one.

    A channel hears of the request without one: everybody who reads there could decide.
    """
    own_link = None
    if not channel_schema(recipient.address):
        own_link = make_extension_link(
            turn.session,
            asked,
            turn.office.keyring,
            name=recipient.name,
            address=recipient.address,
            now=turn.now,
        )
    tell(
        turn,
        "extension_requested",
        subject_key=f"{asked.id}:{own_link.id}" if own_link and is_anew else str(asked.id),
        party=party,
        recipients=[recipient],
        is_prompt=True,
        link=own_link,
        requested_until=asked.until,
        note=asked.reason,
        decision_url=PLACEHOLDER if own_link else None,
    )
