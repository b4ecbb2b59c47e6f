"""Rounds: starting one from a plan, closing it, and what is dated in the open ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from uuid import NAMESPACE_URL, uuid4, uuid5

from sqlmodel import Session, col, select

from agenda.models import Activity, Contact, Invitation, Organisation, Round, identity
from agenda.people.coordinators import appoint
from agenda.plan.form_defaults import with_years
from agenda.plan.model import OrganisationEntry, Plan
from agenda.register import By, Subject, What, record
from agenda.rounds.facts import Situation, situations
from agenda.rounds.sentences import SENTENCES
from agenda.steps.kinds import Audience, StepKind
from agenda.steps.labels import step_label
from agenda.steps.timetable import Step
from agenda.steps.verdicts import steps_then, untracked
from agenda.words.errors import BadInput, NotFound, Remedy
from agenda.workdays import swedish_date, swedish_instant

_DATES = {"starts_on", "due_on", "is_quarter"}
_TO_ORGANISATIONS = (Audience.ORGANISATION, Audience.ESCALATION)


def start_round(
    session: Session,
    plan: Plan,
    *,
    by: By,
    tracked_from: date | None = None,
    is_example: bool = False,
    uid: str | None = None,
) -> Round:
    """Start a round of a plan.

    Args:
        session: A transaction.
        plan: The plan, re-dated to the year of the round.
        now, who: When and by whom it is started, for the register.
        tracked_from: Steps before this Swedish date are never sent; today if not given,
            so that a plan already under way does not send what is long past.
        is_example: Whether it is the round that a first start makes for trying out.
        uid: Only for a replay, whose message ids must be the same every time.

    Raises:
        BadInput: there is a round of that name already.
    """
    _refuse_taken(session, plan.name)
    new = Round(
        uid=uid or uuid4().hex,
        name=plan.name,
        plan=plan.model_dump(mode="json", exclude={"activities", "organisations"}),
        is_example=is_example,
        tracked_from=swedish_instant(tracked_from or swedish_date(by.at), time()),
        started_at=by.at,
    )
    session.add(new)
    session.flush()
    appoint(session, new, plan.coordinator)
    organisations = _add_organisations(session, identity(new), plan.organisations)
    _add_activities(session, identity(new), plan, organisations, by.at)
    after = f"{plan.title}, {plan.activities[0].starts_on} – {plan.activities[-1].due_on}"
    record(session, by, What.ROUND_STARTED, Subject(round_id=new.id), after=after)
    return new


def _refuse_taken(session: Session, name: str) -> None:
    if session.exec(select(Round).where(Round.name == name)).first():
        raise BadInput(SENTENCES("name_taken", name=name), remedy=Remedy.ANOTHER_NAME)


def close_round(session: Session, round_: Round, *, by: By) -> None:
    """End a round: nothing more of it is sent."""
    if round_.closed_at is not None:
        raise BadInput(SENTENCES("closed_already", name=round_.name))
    round_.closed_at = by.at
    session.add(round_)
    record(session, by, What.ROUND_CLOSED, Subject(round_id=round_.id))


def pause_sending(session: Session, round_: Round, *, by: By) -> None:
    """Let nothing of a round leave, until it is let again.

    Raises:
        BadInput: it is paused already.
    """
    if round_.sending_paused_at is not None:
        raise BadInput(SENTENCES("paused_already", name=round_.name))
    round_.sending_paused_at = by.at
    session.add(round_)
    record(session, by, What.SENDING_PAUSED, Subject(round_id=round_.id))


def resume_sending(session: Session, round_: Round, *, by: By) -> None:
    """Let a round whose sending is paused send again.

    Raises:
        BadInput: it is not paused.
    """
    paused_at = round_.sending_paused_at
    if paused_at is None:
        raise BadInput(SENTENCES("not_paused", name=round_.name))
    round_.sending_paused_at = None
    session.add(round_)
    before = paused_at.isoformat()
    record(session, by, What.SENDING_RESUMED, Subject(round_id=round_.id), before=before)


def open_rounds(session: Session) -> list[Round]:
    """The rounds that are under way, oldest first."""
    return list(
        session.exec(select(Round).where(col(Round.closed_at).is_(None)).order_by(col(Round.id)))
    )


def find_round(session: Session, name: str | None, *, is_for_good: bool = False) -> Round:
    """The round with a name or, without one, the only open round.

    A first start's example is meant by its name alone once there is a round of one's own. Not
    where what is done cannot be undone: whoever means the example would lose their own.

    Raises:
        NotFound: there is none, or a name is needed because there are several.
    """
    rounds = list(session.exec(select(Round).order_by(col(Round.id))))
    if name is not None:
        found = [entry for entry in rounds if entry.name == name]
    else:
        still_open = [entry for entry in rounds if entry.closed_at is None]
        own = [entry for entry in still_open if not entry.is_example]
        found = still_open if is_for_good else own or still_open
    if len(found) == 1:
        return found[0]
    if name is not None:
        names = ", ".join(entry.name for entry in rounds) or SENTENCES("no_rounds")
        raise NotFound(SENTENCES("no_round", name=name, names=names))
    if not found:
        raise NotFound(SENTENCES("none_open"), remedy=Remedy.START_A_ROUND)
    names = ", ".join(entry.name for entry in found)
    raise NotFound(SENTENCES("several_open", names=names), remedy=Remedy.NAME_THE_ROUND)


@dataclass(frozen=True, slots=True)
class Occasion:
    """One activity's dated steps at one instant: what one scheduled run is for."""

    round_id: int
    round_name: str
    activity_id: int
    activity_key: str
    activity_title: str
    kind: str
    at: datetime
    label: str
    """What happens, in Swedish: "påminnelse, 10 arbetsdagar kvar"."""
    is_to_others: bool = False
    """It speaks to organisations or their managers, too."""
    is_endless: bool = False
    """Nothing but the weekly reminder of what is overdue, which goes on until it is done."""


def planned_occasions(session: Session, *, now: datetime) -> list[Occasion]:
    """Every dated occasion still ahead in the open rounds, earliest first."""
    found = (
        situation
        for round_ in open_rounds(session)
        for situation in situations(session, identity(round_), has_messages=False)
    )
    return occasions_ahead(found, now=now)


def last_occasion(session: Session, round_: Round, *, now: datetime) -> datetime:
    """When the last dated occasion of a round is that is still ahead; now if there is none."""
    every = situations(session, identity(round_), has_messages=False)
    ahead = occasions_ahead(every, now=now)
    return ahead[-1].at if ahead else now


def occasions_ahead(found: Iterable[Situation], *, now: datetime) -> list[Occasion]:
    """The dated occasions of activities that are still ahead, earliest first."""
    ahead = (occasion for situation in found for occasion in occasions(situation, now=now))
    return sorted(ahead, key=lambda occasion: (occasion.at, occasion.activity_id))


def occasions(situation: Situation, *, now: datetime) -> Iterable[Occasion]:
    """One activity's occasions still ahead; none once it is over."""
    stage = situation.facts.stage
    if stage.is_over:
        return
    timetables = situation.timetables(now)
    then = steps_then(timetables)
    steps = {step.key: step for step in timetables.present}
    for own in timetables.extended.values():
        # Only what speaks to organisations: the region's own steps count from the common day.
        steps |= {step.key: step for step in own if step.audience in _TO_ORGANISATIONS}
    ahead = sorted(
        (
            step
            for step in steps.values()
            if step.at > now
            and untracked(step, then, situation.facts) is None
            and (stage.takes_answers or step.audience not in _TO_ORGANISATIONS)
        ),
        key=lambda step: (step.at, step.key),
    )
    first_nag = next((step for step in timetables.present if step.kind is StepKind.NAG), None)
    for at, together in groupby(ahead, key=lambda step: step.at):
        yield _occasion(situation, at, list(together), first_nag)


def _occasion(
    situation: Situation, at: datetime, steps: list[Step], first_nag: Step | None
) -> Occasion:
    labels = dict.fromkeys(step_label(step, "sv") for step in steps)
    return Occasion(
        round_id=identity(situation.round),
        round_name=situation.round.name,
        activity_id=identity(situation.row),
        activity_key=situation.activity.key,
        activity_title=situation.activity.title,
        kind=situation.activity.kind,
        at=at,
        label=" och ".join(labels),
        is_to_others=any(step.audience in _TO_ORGANISATIONS for step in steps),
        is_endless=all(_is_endless(situation, step, first_nag) for step in steps),
    )


def _is_endless(situation: Situation, step: Step, first_nag: Step | None) -> bool:
    is_weekly = step.workdays > situation.activity.steps.nags_daily_workdays
    return step.kind is StepKind.NAG and is_weekly and step != first_nag


def _add_organisations(
    session: Session, round_id: int, entries: Iterable[OrganisationEntry]
) -> dict[str, Organisation]:
    added = {
        entry.key: Organisation(
            round_id=round_id, position=position, **entry.model_dump(exclude={"contacts"})
        )
        for position, entry in enumerate(entries)
    }
    session.add_all(added.values())
    session.flush()
    session.add_all(
        Contact(organisation_id=identity(added[entry.key]), **contact.model_dump())
        for entry in entries
        for contact in entry.contacts
    )
    return added


def _add_activities(
    session: Session,
    round_id: int,
    plan: Plan,
    organisations: dict[str, Organisation],
    now: datetime,
) -> None:
    for position, entry in enumerate(plan.activities):
        row = Activity(
            round_id=round_id,
            key=entry.key,
            position=position,
            starts_on=entry.starts_on,
            due_on=entry.due_on,
            is_quarter=entry.is_quarter,
            terms=with_years(entry).model_dump(mode="json", exclude=_DATES),
            changed_at=now,
        )
        session.add(row)
        session.flush()
        session.add_all(
            Invitation(activity_id=identity(row), organisation_id=identity(organisation))
            for organisation in organisations.values()
            if organisation.key in entry.asks or organisation.kind in entry.asks
        )


def replay_uid(name: str) -> str:
    """The fixed identity of a replayed round, so that a replay gives the same bytes again."""
    return uuid5(NAMESPACE_URL, f"urn:paverkansagenda:replay:{name}").hex
