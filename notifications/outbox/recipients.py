"""Whom a message goes to: an organisation's contacts, the person responsible, the coordinator."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlmodel import Session

from agenda.links.personal import organisation_link, organisation_links
from agenda.models import Contact, Link, identity
from agenda.plan.model import Person, Role
from agenda.rounds.facts import Situation
from agenda.rounds.parties import Party
from agenda.rounds.step_words import OwnWords, own_words
from agenda.steps.kinds import Audience
from agenda.steps.verdicts import Verdict
from agenda.words.addresses import channel_schema, mailbox_of
from notifications.office import Office
from notifications.outbox.calendars_held import Held, calendars_held
from notifications.outbox.queue import Invited, Recipient, invited


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

    @cached_property
    def own_words(self) -> OwnWords:
        """What the coordinator says in own words in the letters of the activity's steps."""
        return own_words(self.session, identity(self.known.row))

    @cached_property
    def calendars(self) -> Mapping[Held, frozenset[bytes]]:
        """What the recipients' calendars have of the activity, where it is a meeting."""
        return calendars_held(self.session, identity(self.known.row))

    def link_of(self, party: Party) -> Link:
        """An organisation's own link; made when it is first needed."""
        invitation = party.invitation
        found = self._links.get(identity(invitation))
        if found is None:
            found = organisation_link(self.session, invitation, self.office.keyring, now=self.now)
            self._links[identity(invitation)] = found
        return found

    @cached_property
    def _links(self) -> dict[int, Link]:
        if len(self.known.parties) == 1:
            # All of an activity's are read at once for many organisations, not for one.
            return {}
        return organisation_links(self.session, identity(self.known.row))


def organisation_recipients(party: Party) -> list[Recipient]:
    """Whom an organisation's own messages go to: its primary contacts and its copies."""
    primary = party.reached(Role.PRIMARY)
    contacts = primary + party.reached(Role.COPY) if primary else ()
    return once_each(_contact(party, contact) for contact in contacts)


def is_reached(party: Party, address: str) -> bool:
    """Whether an address gets an organisation's own letters."""
    own = (mailbox_of(recipient.address) for recipient in organisation_recipients(party))
    return mailbox_of(address) in own


def coordinators(turn: Turn) -> list[Recipient]:
    """Whom the coordinator's messages go to: the plan's coordinator and the settings' alerts."""
    coordinator = turn.known.head.coordinator
    others = (Recipient(name=coordinator.name, address=a) for a in turn.office.alerts)
    return once_each((_person(coordinator), *others))


def responsible(known: Situation) -> Recipient:
    """Whom internal work is asked of: the activity's own person, else the coordinator."""
    return _person(known.activity.responsible or known.head.coordinator)


def step_recipients(
    turn: Turn, verdict: Verdict, party: Party | None
) -> Iterator[tuple[Recipient, bool]]:
    """Each recipient of a step, and whether it gets a copy."""
    audience = verdict.step.audience
    if audience is Audience.RESPONSIBLE:
        yield responsible(turn.known), False
    elif audience is Audience.COORDINATOR:
        yield from ((recipient, False) for recipient in coordinators(turn))
    elif party is not None and audience is Audience.ORGANISATION:
        yield from ((recipient, False) for recipient in organisation_recipients(party))
    elif party is not None:
        contacts = [_contact(party, contact) for contact in party.reached(Role.ESCALATION)]
        originals = once_each(contacts)
        yield from ((recipient, False) for recipient in originals)
        for copied in once_each((*originals, _person(turn.known.head.coordinator))):
            if copied not in originals:
                yield copied, True


def once_each(recipients: Iterable[Recipient]) -> list[Recipient]:
    """One letter for each address: the strongest role comes first, and keeps it.

    Compared without case: every mail server that people use takes both for one mailbox.
    A channel's URL is the key to it, and its case counts.
    """
    found: dict[str, Recipient] = {}
    for recipient in recipients:
        found.setdefault(_mailbox(recipient.address), recipient)
    return list(found.values())


def is_same_mailbox(one: str, other: str) -> bool:
    """Whether two addresses reach the same reader."""
    return _mailbox(one) == _mailbox(other)


def _mailbox(address: str) -> str:
    return address if channel_schema(address) else mailbox_of(address)


def _contact(party: Party, contact: Contact) -> Recipient:
    return Recipient(
        name=contact.name,
        address=contact.address,
        language=party.organisation.language,
        contact_id=contact.id,
    )


def _person(person: Person) -> Recipient:
    return Recipient(name=person.name, address=person.address)
