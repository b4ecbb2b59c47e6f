"""The people who coordinate rounds: who they are, whatever they are called by."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from agenda.models import Coordinator, DeskRole, Round, RoundCoordinator, identity
from agenda.plan.model import Person


def appoint(session: Session, round_: Round, person: Person) -> None:
    """Have somebody coordinate a round; whoever has the same name and mailbox is the same."""
    same = [o for o in _everybody(session) if is_same_person(o, person.name, person.address)]
    found = next(iter(same), None)
    if found is None:
        found = Coordinator(name=person.name, address=person.address, may_start_rounds=True)
        session.add(found)
        session.flush()
    session.add(RoundCoordinator(round_id=identity(round_), coordinator_id=identity(found)))


def coordinators_at_work(session: Session) -> Sequence[Coordinator]:
    """Those who coordinate an open round, each once; who only reads one is none of them."""
    return [person for person, _ in rounds_coordinated(session)]


def rounds_coordinated(session: Session) -> Sequence[tuple[Coordinator, list[Round]]]:
    """Whoever coordinates a round that is under way, each with all such rounds, oldest first."""
    rows = session.exec(
        select(Coordinator, Round)
        .join(RoundCoordinator, col(RoundCoordinator.coordinator_id) == col(Coordinator.id))
        .join(Round, col(Round.id) == col(RoundCoordinator.round_id))
        .where(
            RoundCoordinator.role == DeskRole.COORDINATOR,
            col(Coordinator.left_at).is_(None),
            col(Round.closed_at).is_(None),
        )
        .order_by(col(Coordinator.id), col(Round.id))
    )
    found: dict[int, tuple[Coordinator, list[Round]]] = {}
    for person, round_ in rows:
        found.setdefault(identity(person), (person, []))[1].append(round_)
    return list(found.values())


def coordinator_called(session: Session, *words: str) -> int | None:
    """The identity of the one coordinator whom all of some names and addresses fit.

    A mailbox that was handed over has had several. Then it is the one who coordinates an open
    round; and nobody, where that too leaves several.
    """
    fitting = [one for one in _everybody(session) if all(_is_called(one, word) for word in words)]
    if len(fitting) > 1:
        at_work = coordinators_at_work(session)
        fitting = [one for one in fitting if one in at_work]
    return fitting[0].id if len(fitting) == 1 else None


def is_same_person(one: Coordinator, name: str, address: str) -> bool:
    """Whether somebody bears a name and has an address."""
    return _is_called(one, name) and _is_called(one, address)


def _everybody(session: Session) -> Sequence[Coordinator]:
    return session.exec(select(Coordinator).order_by(col(Coordinator.id))).all()


def _is_called(one: Coordinator, word: str) -> bool:
    return word.casefold() in (one.name.casefold(), one.address.casefold())
