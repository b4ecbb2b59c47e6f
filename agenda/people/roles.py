"""Who may do what: a role in each round, and who may start another one."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlmodel import Session, col, select

from agenda.models import Coordinator, DeskRole, Round, RoundCoordinator, identity
from agenda.people.coordinators import is_same_person
from agenda.people.sentences import SENTENCES
from agenda.people.sessions import end_everywhere
from agenda.register import By, Subject, What, record
from agenda.words.addresses import mailbox_of, typed_mail_address
from agenda.words.errors import BadInput, NotFound
from agenda.words.names import is_name


class RoundOfMine(NamedTuple):
    """A round that somebody may see, and as what."""

    round: Round
    role: DeskRole


class PersonInRound(NamedTuple):
    """Somebody who may see a round, and as what."""

    coordinator: Coordinator
    role: DeskRole


def rounds_of(session: Session, coordinator_id: int) -> Sequence[RoundOfMine]:
    """The rounds that somebody may see: those under way first, the newest first."""
    rows = session.exec(
        select(Round, RoundCoordinator.role)
        .join(RoundCoordinator, col(RoundCoordinator.round_id) == col(Round.id))
        .where(RoundCoordinator.coordinator_id == coordinator_id)
        .order_by(col(Round.closed_at).is_not(None), col(Round.is_example), col(Round.id).desc())
    )
    return [RoundOfMine(round_, DeskRole(role)) for round_, role in rows]


def round_of(session: Session, coordinator_id: int, round_id: int) -> RoundOfMine | None:
    """One round, as somebody may see it; None where they may not, or where there is none."""
    row = session.exec(
        select(Round, RoundCoordinator.role)
        .join(RoundCoordinator, col(RoundCoordinator.round_id) == col(Round.id))
        .where(RoundCoordinator.coordinator_id == coordinator_id, Round.id == round_id)
    ).first()
    return RoundOfMine(row[0], DeskRole(row[1])) if row else None


def people_of(session: Session, round_id: int) -> Sequence[PersonInRound]:
    """Who may see a round, in the order they came to it."""
    rows = session.exec(
        select(Coordinator, RoundCoordinator.role)
        .join(RoundCoordinator, col(RoundCoordinator.coordinator_id) == col(Coordinator.id))
        .where(RoundCoordinator.round_id == round_id, col(Coordinator.left_at).is_(None))
        .order_by(col(Coordinator.id))
    )
    return [PersonInRound(one, DeskRole(role)) for one, role in rows]


def everybody(session: Session) -> Sequence[Coordinator]:
    """Whoever comes to the desk."""
    query = select(Coordinator).where(col(Coordinator.left_at).is_(None))
    return session.exec(query.order_by(col(Coordinator.id))).all()


def find_person(session: Session, address: str) -> Coordinator:
    """Somebody who comes to the desk, by name or address.

    Raises:
        NotFound: there is nobody, or several.
    """
    people = everybody(session)
    wanted = mailbox_of(address)
    found = [one for one in people if wanted in (mailbox_of(one.address), one.name.casefold())]
    if len(found) == 1:
        return found[0]
    raise NotFound(SENTENCES("no_person", who=address, names=_named(people)))


def only_person(session: Session) -> Coordinator:
    """The one person who comes to the desk.

    Raises:
        NotFound: there is nobody, or several.
    """
    people = everybody(session)
    if len(people) == 1:
        return people[0]
    raise NotFound(SENTENCES("say_who", names=_named(people)))


def _named(people: Sequence[Coordinator]) -> str:
    return ", ".join(f"{one.name} ({one.address})" for one in people) or SENTENCES("nobody")


def add_person(
    session: Session, *, name: str, address: str, by: By, may_start_rounds: bool = False
) -> Coordinator:
    """Somebody who may come to the desk; the one there is, where name and mailbox are the same.

    Raises:
        BadInput: it is no name, no mail address, or the address is somebody else's.
    """
    name, mailbox = " ".join(name.split()), typed_mail_address(address)
    if not is_name(name):
        raise BadInput(SENTENCES("no_name"))
    if mailbox is None:
        written = address.strip() or SENTENCES("what_stands_there")
        raise BadInput(SENTENCES("no_address", written=written))
    query = select(Coordinator).order_by(col(Coordinator.id).desc())
    same = [one for one in session.exec(query) if mailbox_of(one.address) == mailbox_of(mailbox)]
    found = next((one for one in same if is_same_person(one, name, mailbox)), None)
    for other in same:
        if other is not found and other.left_at is None:
            raise BadInput(SENTENCES("anothers_address", address=mailbox, name=other.name))
    if found is None:
        found = Coordinator(name=name, address=mailbox)
    elif found.left_at is None and found.may_start_rounds >= may_start_rounds:
        return found
    # Who is back has what they are given now; who never left loses nothing by being named again.
    found.may_start_rounds = may_start_rounds
    found.left_at = None
    session.add(found)
    session.flush()
    record(session, by, What.PERSON_ADDED, after=_called(found))
    return found


def let_start_rounds(session: Session, person: Coordinator, *, may_start: bool, by: By) -> None:
    """Let somebody start rounds, or no longer.

    Raises:
        BadInput: nobody could start a round any longer.
    """
    if person.may_start_rounds == may_start:
        return
    others = [one for one in everybody(session) if one.may_start_rounds and one.id != person.id]
    if not may_start and not others:
        raise BadInput(SENTENCES("last_to_start", name=person.name))
    person.may_start_rounds = may_start
    session.add(person)
    after = f"{_called(person)}: {'får' if may_start else 'får inte'}"
    record(session, by, What.MAY_START_CHANGED, after=after)


def give_role(
    session: Session, round_: Round, person: Coordinator, role: DeskRole, *, by: By
) -> None:
    """Let somebody see a round, or be something else in it than before.

    Raises:
        BadInput: nobody would coordinate the round any longer.
    """
    row = session.get(RoundCoordinator, (identity(round_), identity(person)))
    if row is not None and row.role is role:
        return
    if row is not None and row.role is DeskRole.COORDINATOR:
        _refuse_last(session, round_, person)
    before = row.role.value if row else ""
    row = row or RoundCoordinator(round_id=identity(round_), coordinator_id=identity(person))
    row.role = role
    session.add(row)
    after = f"{_called(person)}: {role.value}"
    record(session, by, What.ROLE_GIVEN, Subject(round_id=round_.id), before=before, after=after)


def withdraw_role(session: Session, round_: Round, person: Coordinator, *, by: By) -> None:
    """Let somebody see a round no longer.

    Raises:
        BadInput: nobody would coordinate the round any longer.
    """
    row = session.get(RoundCoordinator, (identity(round_), identity(person)))
    if row is None:
        return
    if row.role is DeskRole.COORDINATOR:
        _refuse_last(session, round_, person)
    session.delete(row)
    before = f"{_called(person)}: {row.role.value}"
    record(session, by, What.ROLE_WITHDRAWN, Subject(round_id=round_.id), before=before)


def let_go(session: Session, person: Coordinator, *, by: By) -> None:
    """Let somebody come to the desk no longer, from now on; what they did stays theirs.

    Raises:
        BadInput: a round that is under way would have no coordinator.
    """
    for round_, role in rounds_of(session, identity(person)):
        if round_.closed_at is None and role is DeskRole.COORDINATOR:
            _refuse_last(session, round_, person)
    person.left_at = by.at
    session.add(person)
    record(session, by, What.PERSON_LEFT, before=_called(person))
    end_everywhere(session, identity(person), by=by)


def _refuse_last(session: Session, round_: Round, person: Coordinator) -> None:
    others = [
        one
        for one, role in people_of(session, identity(round_))
        if role is DeskRole.COORDINATOR and one.id != person.id
    ]
    if not others:
        raise BadInput(SENTENCES("last_coordinator", name=person.name, round=round_.name))


def _called(person: Coordinator) -> str:
    return f"{person.name} ({person.address})"
