"""The people who coordinate rounds: who they are, whatever they are called by."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from agenda.models import Coordinator, Round, RoundCoordinator, identity
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
    """Those who coordinate an open round, each once."""
    open_ones = (
        select(RoundCoordinator.coordinator_id)
        .join(Round, col(Round.id) == col(RoundCoordinator.round_id))
        .where(col(Round.closed_at).is_(None))
    )
    query = select(Coordinator).where(col(Coordinator.id).in_(open_ones))
    return session.exec(query.order_by(col(Coordinator.id))).all()


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
