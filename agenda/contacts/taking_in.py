"""Contacts taken in from a file: what is new, changed or gone, all of it or nothing.

A file corrects what it names: an address that is known gets the file's name, and a contact
who is named with another address is reached there from now on. What the file does not name
stays as it is. Only when it is to replace what was there is it the whole truth, and then of
the organisations that it names.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce

from sqlmodel import Session, col, select

from agenda.contacts.checking import Organisations, faults_in_round
from agenda.contacts.sentences import SENTENCES
from agenda.contacts.spreadsheet import ContactRow, ContactsFile, Named
from agenda.models import Activity, Contact, Invitation, Organisation, Round, identity
from agenda.plan.model import Role
from agenda.register import By, Subject, What, record
from agenda.words.addresses import shown_address
from agenda.words.errors import BadInput
from agenda.words.faults import Fault
from agenda.words.sentence import joined
from agenda.words.texts import as_read
from agenda.workdays import midnight_after

_BY_STRENGTH = (Role.PRIMARY, Role.COPY, Role.ESCALATION)
ROLES = {role: SENTENCES(f"role_{role}") for role in Role}


@dataclass(slots=True)
class Imported:
    """What an import changed; organisations by name, contacts as "name, address"."""

    organisations: list[str] = field(default_factory=list)
    """Those that are new, and invited where an activity asks their kind."""
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    """Those that the file does not name, though it names their organisation: they stay."""
    doubled: list[str] = field(default_factory=list)
    """A sentence for each address that has several roles in an organisation."""
    unchanged: int = 0
    readdressed: set[int] = field(default_factory=set)
    """The ids of organisations with a primary address that is new, or is tried again."""

    @property
    def is_change(self) -> bool:
        """Whether anything was changed at all."""
        return bool(self.organisations or self.added or self.changed or self.removed)


def contact_faults(
    session: Session, round_: Round, found: ContactsFile, *, channels: Collection[str]
) -> list[Fault]:
    """Everything that is wrong with a file, by itself and in a round, with its lines."""
    return [
        *found.faults,
        *faults_in_round(
            session,
            round_,
            Organisations(session, round_),
            rows=found.rows,
            named=found.named,
            channels=channels,
        ),
    ]


def import_contacts(
    session: Session,
    round_: Round,
    rows: Sequence[ContactRow],
    *,
    channels: Collection[str],
    by: By,
    resets: bool = False,
    replaces: bool = False,
) -> Imported:
    """Correct the contacts that a file names.

    Args:
        session: A transaction.
        round_: The round.
        rows: The file's rows.
        channels: The schemas that an address may have besides e-mail.
        by: Who does it, and when.
        resets: Try addresses again that have refused mail; otherwise they stay refused.
        replaces: Remove what the file does not list for the organisations that it names.

    Raises:
        BadInput: with a line for each row that cannot be used; nothing was changed.
    """
    organisations = Organisations(session, round_)
    numbered = list(enumerate(rows, start=1))
    named = [Named(line, row.organisation, row.kind) for line, row in numbered]
    if faults := faults_in_round(
        session, round_, organisations, rows=numbered, named=named, channels=channels
    ):
        raise BadInput(joined("\n", dict.fromkeys(fault.sentence for fault in faults)))
    found = _Import(session, round_, organisations, resets=resets)
    for row in rows:
        found.take(row, now=by.at)
    found.leave_the_rest(replaces=replaces)
    if found.result.is_change:
        _put_on_record(session, round_, found.result, by=by)
    return found.result


def _put_on_record(session: Session, round_: Round, result: Imported, *, by: By) -> None:
    new = [f"ny organisation: {line}" for line in result.organisations]
    added = [f"ny: {line}" for line in result.added]
    changed = [f"ändrad: {line}" for line in result.changed]
    record(
        session,
        by,
        What.CONTACTS_IMPORTED,
        Subject(round_id=round_.id),
        before="; ".join(f"borttagen: {line}" for line in result.removed),
        after="; ".join(new + added + changed),
    )


class _Import:
    """One import under way."""

    def __init__(
        self, session: Session, round_: Round, organisations: Organisations, *, resets: bool
    ) -> None:
        self.result = Imported()
        self._session = session
        self._round = round_
        self._organisations = organisations
        self._resets = resets
        self._contacts = _contacts(session, round_)
        self._listed: dict[int, set[tuple[str, Role]]] = defaultdict(set)
        self._new: set[tuple[int, str, Role]] = set()
        """Whom the file gives another address: organisation, name as read, and role."""

    def take(self, row: ContactRow, *, now: datetime) -> None:
        """Take in one row."""
        organisation = self._organisations.find(row.organisation) or self._new_organisation(
            row, now=now
        )
        if row.language is not None and row.language != organisation.language:
            self.result.changed.append(f"{organisation.name}, språk {row.language}")
            organisation.language = row.language
        which = (row.address.casefold(), row.role)
        self._listed[identity(organisation)].add(which)
        contact = self._contacts[identity(organisation)].get(which)
        if contact is None:
            contact = Contact(
                organisation_id=identity(organisation),
                name=row.name,
                address=row.address,
                role=row.role,
            )
            self._session.add(contact)
            self._contacts[identity(organisation)][which] = contact
            self._add(contact)
        elif contact.is_removed:
            contact.is_removed, contact.name = False, row.name
            self._add(contact)
        elif self._is_changed(contact, row, now=now):
            self.result.changed.append(_line(contact))
        else:
            self.result.unchanged += 1

    def leave_the_rest(self, *, replaces: bool) -> None:
        """Remove who is reached elsewhere now, or (`replaces`) all who are not listed."""
        for organisation_id, listed in self._listed.items():
            for which, contact in self._contacts[organisation_id].items():
                if which in listed or contact.is_removed:
                    continue
                whose = (organisation_id, as_read(contact.name), contact.role)
                if replaces or whose in self._new:
                    contact.is_removed = True
                    self.result.removed.append(_line(contact))
                else:
                    self.result.kept.append(_line(contact))
            self.result.doubled += _doubled(self._contacts[organisation_id].values())

    def _add(self, contact: Contact) -> None:
        self.result.added.append(_line(contact))
        self._new.add((contact.organisation_id, as_read(contact.name), contact.role))
        self._is_written_to(contact)

    def _is_changed(self, contact: Contact, row: ContactRow, *, now: datetime) -> bool:
        is_changed = contact.name != row.name
        contact.name = row.name
        if self._resets and contact.bounced_at is not None:
            contact.bounced_at, contact.bounce_reason, contact.trusted_at = None, "", now
            self._is_written_to(contact)
            is_changed = True
        return is_changed

    def _is_written_to(self, contact: Contact) -> None:
        if contact.role is Role.PRIMARY:
            self.result.readdressed.add(contact.organisation_id)

    def _new_organisation(self, row: ContactRow, *, now: datetime) -> Organisation:
        organisation = Organisation(
            round_id=identity(self._round),
            key=row.organisation_key,
            name=row.organisation_name or row.organisation,
            kind=row.kind or "",
            language=row.language or "sv",
            position=max((other.position for other in self._organisations.all), default=-1) + 1,
        )
        self._session.add(organisation)
        self._session.flush()
        self._organisations.add(organisation)
        self._invite(organisation, now=now)
        self.result.organisations.append(organisation.name)
        return organisation

    def _invite(self, organisation: Organisation, *, now: datetime) -> None:
        """Expect an answer of it where its kind is asked and the last day has not passed.

        One that has passed would begin with a complaint about an answer never asked for.
        """
        rows = self._session.exec(select(Activity).where(Activity.round_id == self._round.id))
        for activity in rows:
            asks = activity.asks
            is_open = activity.done_at is None and now < midnight_after(activity.due_on)
            if is_open and (organisation.key in asks or organisation.kind in asks):
                self._session.add(
                    Invitation(
                        activity_id=identity(activity), organisation_id=identity(organisation)
                    )
                )


def _contacts(session: Session, round_: Round) -> dict[int, dict[tuple[str, Role], Contact]]:
    rows = session.exec(
        select(Contact)
        .join(Organisation)
        .where(Organisation.round_id == round_.id)
        .order_by(col(Contact.id))
    )
    found: dict[int, dict[tuple[str, Role], Contact]] = defaultdict(dict)
    for contact in rows:
        found[contact.organisation_id][contact.address.casefold(), contact.role] = contact
    return found


def _doubled(contacts: Collection[Contact]) -> Iterator[str]:
    """A sentence for each address with several roles: which of them its letters follow."""
    roles: dict[str, list[Contact]] = defaultdict(list)
    for contact in contacts:
        if not contact.is_removed:
            roles[contact.address.casefold()].append(contact)
    for several in roles.values():
        if len(several) > 1:
            several.sort(key=lambda contact: _BY_STRENGTH.index(contact.role))
            every = (ROLES[contact.role] for contact in several)
            both = reduce(lambda one, other: SENTENCES("and_also", first=one, last=other), every)
            address, role = shown_address(several[0].address), ROLES[several[0].role]
            yield SENTENCES("several_roles", address=address, roles=both, role=role)


def _line(contact: Contact) -> str:
    role = {Role.COPY: " (kopia)", Role.ESCALATION: " (eskalering)"}.get(contact.role, "")
    return f"{contact.name}, {shown_address(contact.address)}{role}"
