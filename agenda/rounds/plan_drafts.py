"""Drafts of rounds: a plan that somebody changes until a round is started with it, or is not.

A draft is kept as its plan's file and gives a `Plan`. Every change names the version that it was
made of, so that of two people at once the second is told and nothing is lost.
"""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from agenda.models import DeskRole, DraftOrigin, PlanDraft, Round, identity
from agenda.models.people import Coordinator
from agenda.people.roles import give_role
from agenda.plan.drafts.as_file import plan_file
from agenda.plan.drafts.examining import as_stored, examine
from agenda.plan.model import Plan
from agenda.register import By, What, record
from agenda.rounds.round import start_round
from agenda.rounds.sentences import SENTENCES
from agenda.rounds.starting import refuse_bygone
from agenda.words.errors import BadInput, NotFound
from agenda.words.sentence import joined


class DraftOutdated(BadInput):
    """Somebody else has changed a draft meanwhile."""

    def __init__(self, draft: PlanDraft) -> None:
        super().__init__(SENTENCES("draft_outdated", who=draft.changed_by))


class DraftIsOver(BadInput):
    """A draft that was thrown away, or that a round was started with already."""

    def __init__(self, draft: PlanDraft) -> None:
        super().__init__(SENTENCES("draft_started" if draft.round_id else "draft_discarded"))
        self.round_id = draft.round_id


def begin_draft(
    session: Session,
    plan: Plan,
    *,
    origin: DraftOrigin,
    whose: Coordinator,
    by: By,
    from_round: Round | None = None,
) -> PlanDraft:
    """A draft of a plan; its name is one that no round has."""
    plan = plan.model_copy(update={"name": _free_name(session, plan.name)})
    draft = PlanDraft(
        name=plan.name,
        text=plan_file(plan),
        origin=origin,
        from_round_id=from_round.id if from_round else None,
        coordinator_id=identity(whose),
        changed_at=by.at,
        changed_by=str(by.actor),
    )
    session.add(draft)
    session.flush()
    return draft


def open_drafts(session: Session) -> Sequence[PlanDraft]:
    """The drafts that are neither started nor thrown away, the newest change first."""
    return session.exec(
        select(PlanDraft)
        .where(col(PlanDraft.discarded_at).is_(None), col(PlanDraft.round_id).is_(None))
        .order_by(col(PlanDraft.changed_at).desc(), col(PlanDraft.id))
    ).all()


def find_draft(session: Session, draft_id: int) -> PlanDraft:
    """A draft, over or not.

    Raises:
        NotFound: there is none.
    """
    found = session.exec(select(PlanDraft).where(PlanDraft.id == draft_id)).first()
    if found is None:
        raise NotFound(SENTENCES("draft_discarded"))
    return found


def plan_of(draft: PlanDraft) -> Plan:
    """What a draft's round will be, were it started as it stands."""
    return as_stored(draft.text)


def change_draft(session: Session, draft_id: int, plan: Plan, *, version: int, by: By) -> None:
    """Have a draft say another plan.

    Args:
        session: A transaction.
        draft_id: Which.
        plan: What it is to say.
        version: The version that the change was made of.
        by: Who changes it, and when.

    Raises:
        DraftOutdated: it is another by now; nothing is changed.
        DraftIsOver: it is started or thrown away.
    """
    draft = _at_version(session, draft_id, version)
    draft.name, draft.text = plan.name, plan_file(plan)
    draft.version += 1
    draft.changed_at, draft.changed_by = by.at, str(by.actor)
    session.add(draft)


def discard_draft(session: Session, draft_id: int, *, version: int, by: By) -> None:
    """Throw a draft away; raises as `change_draft`."""
    draft = _at_version(session, draft_id, version)
    draft.discarded_at = by.at
    _empty(session, draft)
    record(session, by, What.DRAFT_DISCARDED, before=draft.name)


def start_of_draft(
    session: Session, draft_id: int, *, version: int, whose: Coordinator, by: By
) -> Round:
    """Start a round with a draft's plan; whoever starts it coordinates it.

    Raises:
        DraftOutdated: it is another by now; nothing is changed.
        DraftIsOver: it is started or thrown away.
        BadInput: the plan has faults, every day of it has been, or its name is taken.
    """
    draft = _at_version(session, draft_id, version)
    plan = plan_of(draft)
    if faults := [one.sentence for one in examine(plan) if one.is_fault]:
        raise BadInput(SENTENCES("draft_faulty", faults=joined(" ", faults)))
    refuse_bygone(plan, now=by.at)
    new = start_round(session, plan, by=by)
    give_role(session, new, whose, DeskRole.COORDINATOR, by=by)
    draft.round_id = new.id
    _empty(session, draft)
    return new


def _empty(session: Session, draft: PlanDraft) -> None:
    """What is over says nothing more: its plan held people's names and addresses."""
    draft.text = ""
    session.add(draft)


def _at_version(session: Session, draft_id: int, version: int) -> PlanDraft:
    draft = find_draft(session, draft_id)
    if draft.round_id is not None or draft.discarded_at is not None:
        raise DraftIsOver(draft)
    if draft.version != version:
        raise DraftOutdated(draft)
    return draft


def _free_name(session: Session, name: str) -> str:
    taken = {*session.exec(select(Round.name))}
    names = (name, *(f"{name} ({number})" for number in range(2, len(taken) + 3)))
    return next(one for one in names if one not in taken)
