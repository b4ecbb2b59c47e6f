"""Contacts taken in from a file: what is new, changed or gone, all of it or nothing.

A file can be taken in again: what is the same stays as it is, an address that is no longer
listed for an organisation in the file is removed, and organisations that the file does not
name are left alone.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, col, select

from agenda.addresses import channel_schema
from agenda.contacts_csv import ContactRow
from agenda.errors import BadInput
from agenda.models import Activity, Contact, Invitation, Organisation, Round, identity
from agenda.plan.model import ORGANISATION_KINDS, Role
from agenda.register import What, record
from agenda.workdays import midnight_after


@dataclass(slots=True)
class Imported:
    """What an import changed; organisations by name, contacts as "name, address"."""

    organisations: list[str] = field(default_factory=list)
    """Those that are new, and invited where an activity asks their kind."""
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0
    readdressed: set[int] = field(default_factory=set)
    """The ids of organisations with a primary address that is new, or is tried again."""

    @property
    def is_change(self) -> bool:
        """Whether anything was changed at all."""
        return bool(self.organisations or self.added or self.changed or self.removed)


def import_contacts(
    session: Session,
    known: Round,
    rows: Sequence[ContactRow],
    *,
    channels: Collection[str],
    now: datetime,
    who: str,
    resets: bool = False,
) -> Imported:
    """Make the contacts of the organisations in a file those of the file.

    Args:
        session: A transaction.
        known: The round.
        rows: The file's rows.
        channels: The schemas that an address may have besides e-mail.
        now: The present instant.
        who: Who does it, for the register.
        resets: Try addresses again that have refused mail; otherwise they stay refused.

    Raises:
        BadInput: with a line for each row that cannot be used; nothing was changed.
    """
    places = _places(session, known)
    faults = [*_channel_faults(rows, channels), *_organisation_faults(session, known, rows, places)]
    if faults:
        raise BadInput("\n".join(dict.fromkeys(faults)))
    found = _Import(session, known, places, resets=resets)
    for row in rows:
        found.take(row, now=now)
    found.remove_the_rest()
    if found.result.is_change:
        _register(session, known, found.result, now=now, who=who)
    return found.result


def _register(session: Session, known: Round, result: Imported, *, now: datetime, who: str) -> None:
    new = [f"ny organisation: {line}" for line in result.organisations]
    added = [f"ny: {line}" for line in result.added]
    changed = [f"ändrad: {line}" for line in result.changed]
    record(
        session,
        now=now,
        who=who,
        what=What.CONTACTS_IMPORTED,
        round_id=known.id,
        before="; ".join(f"borttagen: {line}" for line in result.removed),
        after="; ".join(new + added + changed),
    )


class _Import:
    """One import under way."""

    def __init__(
        self, session: Session, known: Round, places: dict[str, Organisation], *, resets: bool
    ) -> None:
        self.result = Imported()
        self._session = session
        self._known = known
        self._places = places
        self._resets = resets
        self._contacts = _contacts(session, known)
        self._listed: dict[int, set[tuple[str, Role]]] = defaultdict(set)

    def take(self, row: ContactRow, *, now: datetime) -> None:
        """Take in one row."""
        place = _find(self._places, row) or self._new_organisation(row, now=now)
        if row.language is not None and row.language != place.language:
            self.result.changed.append(f"{place.name}, språk {row.language}")
            place.language = row.language
        which = (row.address.casefold(), row.role)
        self._listed[identity(place)].add(which)
        contact = self._contacts[identity(place)].get(which)
        if contact is None:
            contact = Contact(
                organisation_id=identity(place), name=row.name, address=row.address, role=row.role
            )
            self._session.add(contact)
            self._add(contact)
        elif contact.is_removed:
            contact.is_removed, contact.name = False, row.name
            self._add(contact)
        elif self._is_changed(contact, row):
            self.result.changed.append(_line(contact))
        else:
            self.result.unchanged += 1

    def remove_the_rest(self) -> None:
        """Remove what is no longer listed for the organisations that the file names."""
        for organisation_id, listed in self._listed.items():
            for which, contact in self._contacts[organisation_id].items():
                if which not in listed and not contact.is_removed:
                    contact.is_removed = True
                    self.result.removed.append(_line(contact))

    def _add(self, contact: Contact) -> None:
        self.result.added.append(_line(contact))
        self._is_written_to(contact)

    def _is_changed(self, contact: Contact, row: ContactRow) -> bool:
        is_changed = contact.name != row.name
        contact.name = row.name
        if self._resets and contact.bounced_at is not None:
            contact.bounced_at, contact.bounce_reason = None, ""
            self._is_written_to(contact)
            is_changed = True
        return is_changed

    def _is_written_to(self, contact: Contact) -> None:
        if contact.role is Role.PRIMARY:
            self.result.readdressed.add(contact.organisation_id)

    def _new_organisation(self, row: ContactRow, *, now: datetime) -> Organisation:
        place = Organisation(
            round_id=identity(self._known),
            key=row.organisation_key,
            name=row.organisation_name or row.organisation,
            kind=row.kind or "",
            language=row.language or "sv",
            position=max((known.position for known in self._places.values()), default=-1) + 1,
        )
        self._session.add(place)
        self._session.flush()
        self._places[place.key] = place
        self._invite(place, now=now)
        self.result.organisations.append(place.name)
        return place

    def _invite(self, place: Organisation, *, now: datetime) -> None:
        """Expect an answer of it where its kind is asked and the last day has not passed.

        One that has passed would begin with a complaint about an answer never asked for.
        """
        rows = self._session.exec(select(Activity).where(Activity.round_id == self._known.id))
        for activity in rows:
            asks = activity.terms["asks"]
            is_open = activity.done_at is None and now < midnight_after(activity.due_on)
            if is_open and (place.key in asks or place.kind in asks):
                self._session.add(
                    Invitation(activity_id=identity(activity), organisation_id=identity(place))
                )


def _places(session: Session, known: Round) -> dict[str, Organisation]:
    rows = session.exec(
        select(Organisation)
        .where(Organisation.round_id == known.id)
        .order_by(col(Organisation.position))
    )
    return {place.key: place for place in rows}


def _contacts(session: Session, known: Round) -> dict[int, dict[tuple[str, Role], Contact]]:
    rows = session.exec(
        select(Contact)
        .join(Organisation)
        .where(Organisation.round_id == known.id)
        .order_by(col(Contact.id))
    )
    found: dict[int, dict[tuple[str, Role], Contact]] = defaultdict(dict)
    for contact in rows:
        found[contact.organisation_id][contact.address.casefold(), contact.role] = contact
    return found


def _find(places: dict[str, Organisation], row: ContactRow) -> Organisation | None:
    """The organisation that a row names by its key or its name."""
    written = row.organisation.casefold()
    for place in places.values():
        if written in (place.key, place.name.casefold()):
            return place
    return places.get(row.organisation_key)


def _channel_faults(rows: Iterable[ContactRow], channels: Collection[str]) -> Iterator[str]:
    for row in rows:
        schema = channel_schema(row.address)
        if schema is not None and schema not in channels:
            yield (
                f"{row.organisation}: kanalen {schema} är inte tillåten. "
                f"Tillåtna är {', '.join(channels)}, se AGENDA_CHANNELS."
            )


def _organisation_faults(
    session: Session, known: Round, rows: Iterable[ContactRow], places: dict[str, Organisation]
) -> Iterator[str]:
    kinds = _known_kinds(session, known, places.values())
    given: dict[str, str | None] = {}
    for row in rows:
        if _find(places, row) is not None:
            continue
        key = row.organisation_key
        if not key:
            yield f"{row.organisation}: namnet behöver minst en bokstav a–z eller en siffra."
        elif given.setdefault(key, row.kind) not in (row.kind, None) and row.kind is not None:
            yield f"{row.organisation}: är både {given[key]} och {row.kind} i filen."
        elif given[key] is None:
            yield (
                f"{row.organisation} finns inte i omgång {known.name}. Rätta stavningen eller, om "
                "den är ny, ange dess sort i kolumnen kind på dess första rad."
            )
        elif given[key] not in kinds:
            yield f"{row.organisation}: sorten {given[key]} finns inte. Välj {', '.join(kinds)}."


def _known_kinds(session: Session, known: Round, places: Iterable[Organisation]) -> tuple[str, ...]:
    rows = session.exec(select(Activity).where(Activity.round_id == known.id))
    own = {place.key: place.kind for place in places}
    asked = {kind for activity in rows for kind in activity.terms["asks"] if kind not in own}
    return tuple(dict.fromkeys((*ORGANISATION_KINDS, *sorted(asked | set(own.values())))))


def _line(contact: Contact) -> str:
    """A contact in words; of a channel only its name, because its URL is the key to it."""
    schema = channel_schema(contact.address)
    address = f"{schema}://…" if schema else contact.address
    role = {Role.COPY: " (kopia)", Role.ESCALATION: " (eskalering)"}.get(contact.role, "")
    return f"{contact.name}, {address}{role}"
