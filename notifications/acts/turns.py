"""The look at an activity that an act has, for its letters: of all who are asked, or of one."""

from datetime import datetime

from sqlmodel import Session

from agenda.models import (
    Activity,
    Invitation,
    Link,
    identity,
)
from agenda.rounds.facts import situation
from agenda.rounds.parties import Party
from notifications.office import Office
from notifications.outbox.queue import Recipient
from notifications.outbox.recipients import Turn


def turn_of(session: Session, office: Office, activity: Activity, now: datetime) -> Turn:
    """One look at an activity, in the transaction of an act."""
    return Turn(session, office, situation(session, identity(activity)), now)


def turn_of_one(
    session: Session, office: Office, invitation: Invitation, now: datetime
) -> tuple[Turn, Party]:
    """One organisation in its activity, after what was done is written."""
    # Of the one organisation only: others wait for this transaction, and of all 290 it would
    # take the longest by far to see how each of them stands.
    session.flush()
    known = situation(session, invitation.activity_id, organisation_id=invitation.organisation_id)
    [party] = known.parties.values()
    return Turn(session, office, known, now), party


def colleague_of(party: Party, link: Link) -> Recipient:
    """The colleague that a link was made for."""
    return Recipient(name=link.name, address=link.address, language=party.organisation.language)
