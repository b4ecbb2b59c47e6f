"""Whom a message goes to: an organisation's contacts, the person responsible, the coordinator."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlmodel import Session

from agenda.facts import Situation
from agenda.links import organisation_link, organisation_links
from agenda.models import Contact, Link, identity
from agenda.places import Place
from agenda.plan.model import Person, Role
from agenda.timetable import Audience
from agenda.verdicts import Verdict
from notifications.office import Office
from notifications.outbox import Invited, Recipient, invited


@dataclass(frozen=True)
class Turn:
    """One look at one activity: the transaction, the office, what is known, the instant."""

    session: Session
    office: Office
    known: Situation
    now: datetime

    @cached_property
    def invited(self) -> Invited:
        """The activity's invitations: read once, however many messages refer to them."""
        return invited(self.session, identity(self.known.row))

    def link_of(self, place: Place) -> Link:
        """An organisation's own link; made when it is first needed."""
        invitation = place.invitation
        found = self._links.get(identity(invitation))
        if found is None:
            found = organisation_link(self.session, invitation, self.office.keyring, now=self.now)
            self._links[identity(invitation)] = found
        return found

    @cached_property
    def _links(self) -> dict[int, Link]:
        if len(self.known.places) == 1:
            # All of an activity's are read at once for many organisations, not for one.
            return {}
        return organisation_links(self.session, identity(self.known.row))


def organisation_recipients(place: Place) -> list[Recipient]:
    """Whom an organisation's own messages go to: its primary contacts and its copies."""
    primary = place.reached(Role.PRIMARY)
    contacts = primary + place.reached(Role.COPY) if primary else ()
    return [_contact(place, contact) for contact in contacts]


def coordinators(turn: Turn) -> list[Recipient]:
    """Whom the coordinator's messages go to: the plan's coordinator and the settings' alerts."""
    coordinator = turn.known.head.coordinator
    others = (address for address in turn.office.alerts if address != coordinator.address)
    return [_person(coordinator), *(Recipient(name=coordinator.name, address=a) for a in others)]


def responsible(known: Situation) -> Recipient:
    """Whom internal work is asked of: the activity's own person, else the coordinator."""
    return _person(known.activity.responsible or known.head.coordinator)


def step_recipients(
    turn: Turn, verdict: Verdict, place: Place | None
) -> Iterator[tuple[Recipient, bool]]:
    """Each recipient of a step, and whether it gets a copy."""
    audience = verdict.step.audience
    if audience is Audience.RESPONSIBLE:
        yield responsible(turn.known), False
    elif audience is Audience.COORDINATOR:
        yield from ((recipient, False) for recipient in coordinators(turn))
    elif place is not None and audience is Audience.ORGANISATION:
        yield from ((recipient, False) for recipient in organisation_recipients(place))
    elif place is not None:
        for contact in place.reached(Role.ESCALATION):
            yield _contact(place, contact), False
        yield _person(turn.known.head.coordinator), True


def _contact(place: Place, contact: Contact) -> Recipient:
    return Recipient(
        name=contact.name,
        address=contact.address,
        language=place.organisation.language,
        contact_id=contact.id,
    )


def _person(person: Person) -> Recipient:
    return Recipient(name=person.name, address=person.address)
