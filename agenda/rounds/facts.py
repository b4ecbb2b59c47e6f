"""What the database knows of activities, as the facts that the verdicts are given on.

A fixed number of queries however many organisations there are.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypedDict, Unpack

from sqlalchemy import BindParameter, bindparam
from sqlmodel import Session, col, select

from agenda import models
from agenda.models import AnswerKind, identity
from agenda.plan.model import PlanHead, PlannedActivity, Role
from agenda.rounds.parties import Party, parties
from agenda.rounds.told import ToldAbout, grouped, refused_when, told_about, told_when
from agenda.steps.kinds import Audience, StepKind
from agenda.steps.timetable import Step, timetable
from agenda.steps.verdicts import (
    Asked,
    Because,
    Facts,
    Status,
    Timetables,
    Verdict,
    to_be_foretold,
    tracked_on,
    verdicts,
)
from agenda.workdays import Workdays, swedish_date, swedish_instant

_NOBODY = 0
"""No organisation's id."""

# Made once: making a statement takes as long as running it.
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_WITH_ROUND = select(models.Activity, models.Round).join(models.Round)
_ACTIVITY = _WITH_ROUND.where(col(models.Activity.id) == bindparam("activity"))
_ACTIVITIES = _WITH_ROUND.where(col(models.Activity.round_id) == bindparam("round")).order_by(
    col(models.Activity.position)
)
_HOLDS, _MOVES = (
    select(kind).where(col(kind.activity_id).in_(_IDS)).order_by(col(kind.id))
    for kind in (models.Hold, models.DeadlineMove)
)

HORIZON = timedelta(days=14)
"""How far ahead the daily nagging of overdue work is followed."""

ANSWERED_AS = {
    AnswerKind.SUBMISSION: Status.ANSWERED,
    AnswerKind.NOTHING_TO_REPORT: Status.NOTHING_TO_REPORT,
    AnswerKind.DECLINED: Status.DECLINED,
}


@dataclass(frozen=True, slots=True)
class Situation:
    """One activity of a round with everything that is known of it."""

    round: models.Round
    row: models.Activity
    head: PlanHead
    activity: PlannedActivity
    workdays: Workdays
    facts: Facts
    parties: Mapping[str, Party]
    """By organisation key, in the plan's order."""

    def timetables(self, now: datetime) -> Timetables:
        """The steps in force, those of extensions, and those of former last days."""
        extended = {a.extended_to for a in self.facts.asked if a.extended_to is not None}
        return Timetables(
            present=self._steps(self.activity.due_on, now),
            extended={day: self._steps(day, now) for day in sorted(extended)},
            former={
                from_on: self._steps(from_on, now)
                for from_on, _, _ in self.facts.moves
                if from_on != self.activity.due_on
            },
            tracked=self._steps_then(now),
        )

    @property
    def tracked_on(self) -> date:
        """The last day that was in force when the round began to be followed."""
        return tracked_on(self.facts, self.activity.due_on)

    @property
    def was_invited_before(self) -> bool:
        """Whether the invitations went out by other means, before the round was followed."""
        then = self._steps_then(self.facts.tracked_from)
        return any(
            step.kind is StepKind.INVITATION and step.at < self.facts.tracked_from for step in then
        )

    def _steps_then(self, now: datetime) -> tuple[Step, ...]:
        activity, due_on = self.activity, self.tracked_on
        if due_on == activity.due_on:
            return self._steps(due_on, now)
        is_a_day = activity.starts_on == activity.due_on
        starts_on = due_on if is_a_day else min(activity.starts_on, due_on)
        then = activity.model_copy(update={"starts_on": starts_on, "due_on": due_on})
        return self._steps(due_on, now, then)

    def verdicts(self, now: datetime) -> list[Verdict]:
        """The verdict on every step for every recipient, at an instant."""
        return verdicts(self.timetables(now), self.facts, now)

    def to_be_foretold(self, now: datetime) -> list[Verdict]:
        """What leaves on the next workday, of which the coordinator has not been told."""
        return to_be_foretold(self.timetables(now), self.facts, now, self._following(now))

    def comes_at(self, verdict: Verdict, now: datetime) -> datetime:
        """When a step that is due or waits comes, as things stand now: never before now.

        What is told to somebody else first comes on the workday after that.
        """
        waits_for_others = verdict.because in (
            Because.FIRST_THE_ORGANISATION,
            Because.FIRST_THE_COORDINATOR,
        )
        return self._following(now) if waits_for_others else max(verdict.step.at, now)

    def _following(self, now: datetime) -> datetime:
        """When the next workday's steps come."""
        return swedish_instant(self.workdays.after(swedish_date(now), 1), self.head.sending.at)

    def _steps(
        self, due_on: date, now: datetime, activity: PlannedActivity | None = None
    ) -> tuple[Step, ...]:
        return timetable(
            activity or self.activity,
            self.workdays,
            at=self.head.sending.at,
            due_on=due_on,
            until=swedish_date(now) + HORIZON,
        )


class Only(TypedDict, total=False):
    """What is left out of a reading."""

    organisation_id: int | None
    """Only this organisation among those asked."""
    ignoring: str | None
    """The key of a step whose messages are left out, to see whether it would still be sent if
    it had not been."""
    has_messages: bool
    """Whether what has been told matters; for dates alone it does not, and there is a row for
    every mail that ever was."""


def situations(session: Session, round_id: int, **only: Unpack[Only]) -> list[Situation]:
    """The activities of a round, in the plan's order, with all that is known of each."""
    rows = session.exec(_ACTIVITIES, params={"round": round_id}).all()
    return _read(session, rows, **only) if rows else []


def situation(session: Session, activity_id: int, **only: Unpack[Only]) -> Situation:
    """One activity with all that is known of it.

    Raises:
        sqlalchemy.exc.NoResultFound: there is no such activity.
    """
    row = session.exec(_ACTIVITY, params={"activity": activity_id}).one()
    return _read(session, [row], **only)[0]


def own_situations(
    session: Session,
    round_id: int,
    *,
    among: Collection[int] | None = None,
    ignoring_letter: int | None = None,
) -> list[Situation]:
    """The activities of a round with what is known of the region's own work alone.

    Args:
        session: An open session.
        round_id: The round.
        among: Only these activities, by id.
        ignoring_letter: The id of one message that is left out.
    """
    rows = session.exec(_ACTIVITIES, params={"round": round_id}).all()
    wanted = [row for row in rows if among is None or row[0].id in among]
    if not wanted:
        return []
    return _read(session, wanted, organisation_id=_NOBODY, ignoring_letter=ignoring_letter)


def _read(
    session: Session,
    rows: Sequence[tuple[models.Activity, models.Round]],
    *,
    organisation_id: int | None = None,
    ignoring: str | None = None,
    ignoring_letter: int | None = None,
    has_messages: bool = True,
) -> list[Situation]:
    round_ = rows[0][1]
    head = round_.head
    workdays = Workdays(head.closed_days)
    ids = [identity(row) for row, _ in rows]
    asked = parties(session, round_, ids, organisation_id)
    told = ToldAbout(defaultdict(list), defaultdict(list))
    if has_messages:
        told = told_about(session, ids, organisation_id, ignoring, ignoring_letter)
    holds = _by_activity(session, _HOLDS, ids)
    moves = _by_activity(session, _MOVES, ids)
    return [
        Situation(
            round=round_,
            row=row,
            head=head,
            activity=plan_activity(row),
            workdays=workdays,
            facts=_facts(
                round_, row, asked[key], told.messages[key], told.ahead[key], holds[key], moves[key]
            ),
            parties={party.organisation.key: party for party in asked[key]},
        )
        for key, (row, _) in zip(ids, rows, strict=True)
    ]


def plan_activity(row: models.Activity) -> PlannedActivity:
    """A stored activity as the plan's own value, with the dates that hold now."""
    return PlannedActivity.model_validate(
        row.terms | {"starts_on": row.starts_on, "due_on": row.due_on, "is_quarter": row.is_quarter}
    )


def _by_activity(session: Session, query: Any, ids: list[int]) -> dict[Any, list[Any]]:
    return grouped(session.exec(query, params={"ids": ids}), "activity_id")


def _facts(
    round_: models.Round,
    row: models.Activity,
    parties: list[Party],
    messages: list[Any],
    ahead: list[Any],
    holds: list[models.Hold],
    moves: list[models.DeadlineMove],
) -> Facts:
    by_organisation = grouped(messages, "organisation_id")
    ahead_of = grouped(ahead, "organisation_id")
    held = grouped(holds, "organisation_id")
    return Facts(
        tracked_from=round_.tracked_from,
        asked=[
            _asked(row.due_on, party, by_organisation[key], ahead_of[key], held)
            for party in parties
            for key in [party.organisation.id]
        ],
        told=told_when(by_organisation[None], Audience.RESPONSIBLE),
        reported=told_when(by_organisation[None], Audience.COORDINATOR),
        held={hold.step: hold.held_at for hold in held[None]},
        done_at=row.done_at,
        cancelled_at=row.cancelled_at,
        locked_at=row.locked_at,
        round_closed_at=round_.closed_at,
        moves=[(move.from_on, move.to_on, move.moved_at) for move in moves],
    )


def _asked(
    due_on: date,
    party: Party,
    messages: list[Any],
    ahead: list[Any],
    held: dict[Any, list[models.Hold]],
) -> Asked:
    own, answer = party.invitation.due_on(due_on), party.answer
    return Asked(
        organisation=party.organisation.key,
        answer=ANSWERED_AS[answer.kind] if answer else None,
        answered_at=answer.received_at if answer else None,
        extended_to=own if own > due_on else None,
        unreachable=_unreachable(party),
        told=told_when(messages, Audience.ORGANISATION),
        escalated=told_when(messages, Audience.ESCALATION),
        refused=refused_when(messages),
        held={hold.step: hold.held_at for hold in held[party.organisation.id]},
        ahead={one.step_key: one.ahead_at for one in ahead},
    )


def _unreachable(party: Party) -> Status | None:
    if party.reached(Role.PRIMARY):
        return None
    has_one = any(contact.role is Role.PRIMARY for contact in party.contacts)
    return Status.BOUNCED if has_one else Status.NO_ADDRESS
