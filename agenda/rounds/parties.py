"""Organisations in activities: who is asked, where they are reached, what they answered.

A fixed number of queries however many organisations there are.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, exists
from sqlmodel import Session, col, func, select

from agenda.models import Answer, Contact, FormName, Invitation, Organisation, Round, identity
from agenda.plan.model import PlannedActivity, Role

# Made once: making a statement takes as long as running it.
_ASKED = col(Invitation.activity_id).in_(bindparam("ids", expanding=True))
_IS_THE_ONE = col(Invitation.organisation_id) == bindparam("whose")
_INVITED = (
    select(Invitation, Organisation)
    .join(Organisation)
    .where(_ASKED)
    .order_by(col(Organisation.position), col(Organisation.id))
)
_INVITED_ONE = _INVITED.where(_IS_THE_ONE)
_REACHED = select(Contact).where(col(Contact.is_removed).is_(False)).order_by(col(Contact.id))
_CONTACTS = _REACHED.join(Organisation).where(col(Organisation.round_id) == bindparam("round"))
_CONTACTS_OF_ONE = _REACHED.where(col(Contact.organisation_id) == bindparam("whose"))
_ANSWERS = (
    select(Answer)
    .join(Invitation)
    .where(_ASKED, col(Answer.withdrawn_at).is_(None), col(Answer.form) == FormName.REPLY)
    .order_by(col(Answer.version))
)
_ANSWERS_OF_ONE = _ANSWERS.where(_IS_THE_ONE)


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation in an activity: its rows."""

    invitation: Invitation
    organisation: Organisation
    contacts: tuple[Contact, ...]
    answer: Answer | None

    def due_on(self, activity: PlannedActivity) -> date:
        """Its own last day: the activity's, or a later one it was granted."""
        return self.invitation.due_on(activity.due_on)

    def reached(self, role: Role) -> tuple[Contact, ...]:
        """The contacts with a role that can still be written to."""
        return tuple(
            contact
            for contact in self.contacts
            if contact.role is role and contact.bounced_at is None
        )


def parties(
    session: Session, round_: Round, ids: Sequence[int], organisation_id: int | None = None
) -> dict[int, list[Party]]:
    """Who is asked in activities, by activity, in the plan's order; or one organisation alone."""
    invited, who = _INVITED, dict[str, Any](ids=ids)
    if organisation_id is not None:
        invited, who = _INVITED_ONE, who | {"whose": organisation_id}
    found: dict[int, list[Party]] = defaultdict(list)
    rows = session.exec(invited, params=who).all()
    if not rows:
        return found
    contacts = _contacts(session, round_, organisation_id)
    answers = _answers(session, ids, organisation_id)
    for invitation, organisation in rows:
        reached = tuple(contacts[identity(organisation)])
        answer = answers.get(identity(invitation))
        found[invitation.activity_id].append(Party(invitation, organisation, reached, answer))
    return found


def is_anybody_missing(session: Session, activity_id: int) -> bool:
    """Whether somebody whom an activity asks has not answered; a ballot is no reply."""
    has_answered = exists().where(
        col(Answer.invitation_id) == col(Invitation.id),
        col(Answer.withdrawn_at).is_(None),
        col(Answer.form) == FormName.REPLY,
    )
    missing = select(Invitation.id).where(Invitation.activity_id == activity_id, ~has_answered)
    return session.exec(missing.limit(1)).first() is not None


def all_answered_since(session: Session, activity_id: int) -> datetime:
    """When the last of those whom an activity asks came to have answered; all of them have.

    Later versions of an answer change nothing of that; one that was taken back does.
    """
    first = (
        select(func.min(Answer.recorded_at).label("at"))
        .join(Invitation)
        .where(
            Invitation.activity_id == activity_id,
            col(Answer.withdrawn_at).is_(None),
            Answer.form == FormName.REPLY,
        )
        .group_by(col(Answer.invitation_id))
        .subquery()
    )
    found: datetime = session.exec(select(func.max(first.c.at))).one()
    return found


def _contacts(
    session: Session, round_: Round, organisation_id: int | None
) -> dict[int, list[Contact]]:
    query, who = _CONTACTS, {"round": round_.id}
    if organisation_id is not None:
        query, who = _CONTACTS_OF_ONE, {"whose": organisation_id}
    found: dict[int, list[Contact]] = defaultdict(list)
    for contact in session.exec(query, params=who):
        found[contact.organisation_id].append(contact)
    return found


def _answers(
    session: Session, ids: Sequence[int], organisation_id: int | None
) -> dict[int, Answer]:
    """The replies that hold, by invitation; a ballot is no reply."""
    query, who = _ANSWERS, dict[str, Any](ids=ids)
    if organisation_id is not None:
        query, who = _ANSWERS_OF_ONE, who | {"whose": organisation_id}
    return {answer.invitation_id: answer for answer in session.exec(query, params=who)}
