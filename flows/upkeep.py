"""The daily round: what was missed is caught up, and Prefect shows what holds now.

Every activity of every open round is looked at. One that something is due about gets a
run of its own, as if its planned run had come: so a day when everything was off, or a run
that died, costs nothing but time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.states import Completed, Failed
from sqlalchemy import Engine
from sqlmodel import Session

from agenda.clock import utc_now
from agenda.installation.settings import Settings, settings
from agenda.installation.signature import opened
from agenda.models import identity
from agenda.rounds.facts import Situation, situations
from agenda.rounds.round import open_rounds
from agenda.steps.labels import step_label
from agenda.steps.verdicts import due
from agenda.storage.store import reading, transaction
from flows.artifacts import refresh_round
from flows.attend import announce_and_deliver
from flows.broken_off import ending_in_words
from flows.engine.lifeline import end_with_runner
from flows.naming import upkeep_run_name
from flows.rest.schedules import bring_up_to_date, run_title, tags_of, trigger
from notifications.delivery.claiming import ready
from notifications.erasing import erase_what_is_old


@dataclass(frozen=True, slots=True)
class OpenActivity:
    """An activity of an open round, as the daily round finds it."""

    activity_id: int
    kind: str
    name: str
    tags: frozenset[str]
    missed: str = ""
    """What is due and has not been done, in words; empty when nothing is."""


@flow(name="Daglig genomgång", flow_run_name=upkeep_run_name, retries=0, persist_result=False)
@ending_in_words
def upkeep() -> State[Any]:
    """Attend every activity of every open round, and bring the dashboard up to date."""
    end_with_runner()
    config = settings()
    with opened(config) as engine:
        visits = find_visits(engine, now=utc_now())
        states = [_visit(engine, config, visit) for visit in visits]
        _remember(engine, now=utc_now())
        planned = plan_runs(return_state=True)
        erased = erase(return_state=True)
        _show(engine)
    return round_outcome(states, planned, erased)


def round_outcome(visits: Sequence[State[Any]], *others: State[Any]) -> State[Any]:
    """The final state of the daily round: not green when anything in it was not."""
    bad = [state for state in (*visits, *others) if not state.is_completed()]
    if bad:
        said = " ".join(dict.fromkeys(state.message or "" for state in bad))
        return Failed(name="Delvis genomförd", message=said)
    return Completed(name="Genomgången", message=f"Aktiviteter som gicks igenom: {len(visits)}.")


def find_visits(engine: Engine, *, now: datetime) -> list[OpenActivity]:
    """The activities of the open rounds, in the plans' order, and what was missed about them."""
    with reading(engine) as session:
        return [
            _found(session, situation, now)
            for round_ in open_rounds(session)
            for situation in situations(session, identity(round_))
        ]


def _found(session: Session, situation: Situation, now: datetime) -> OpenActivity:
    activity_id, round_name = identity(situation.row), situation.round.name
    missed = [step_label(verdict.step, "sv") for verdict in due(situation.verdicts(now))]
    if not missed and ready(session, now=now, activity_id=activity_id):
        missed = ["meddelanden som väntade"]
    what = " och ".join(dict.fromkeys(missed))
    return OpenActivity(
        activity_id,
        situation.activity.kind,
        run_title(situation.activity.title, what, round_name),
        tags_of(round_name, situation.activity.key),
        missed=what,
    )


def _visit(engine: Engine, config: Settings, visit: OpenActivity) -> State[Any]:
    # A name may hold braces, which Prefect would read as a template.
    @task(
        name="Aktivitet",
        task_run_name=lambda: visit.name,
        cache_policy=NO_CACHE,
        persist_result=False,
    )
    @ending_in_words
    def aktivitet() -> State[Any]:
        if visit.missed and trigger(
            config.prefect_api,
            kind=visit.kind,
            activity_id=visit.activity_id,
            name=visit.name,
            tags=visit.tags,
        ):
            return Completed(name="Egen körning", message="En egen körning tar igen det.")
        return announce_and_deliver(engine, config, visit.activity_id)

    # A state, not an exception: one activity that cannot be attended must not stop the rest.
    return aktivitet(return_state=True)


@task(
    name="Planerade körningar",
    task_run_name="Planerade körningar",
    cache_policy=NO_CACHE,
    persist_result=False,
)
@ending_in_words
def plan_runs() -> State[Any]:
    """Bring the runs planned in Prefect in step with the timetable."""
    changes = bring_up_to_date(settings(), now=utc_now())
    if changes.without_deployment:
        kinds = ", ".join(changes.without_deployment)
        return Failed(name="Ofullständig", message=f"prefect.yaml saknar körning för: {kinds}.")
    return Completed(message=f"Nya: {changes.created}. Borttagna: {changes.deleted}.")


@task(
    name="Gallring",
    task_run_name="Gallring",
    cache_policy=NO_CACHE,
    persist_result=False,
)
@ending_in_words
def erase() -> State[Any]:
    """Erase what nobody needs any longer: files never sent in, addresses of colleagues."""
    config = settings()
    with opened(config) as engine:
        gone = erase_what_is_old(engine, days=config.erase_after_days, now=utc_now())
    return Completed(message=f"Raderade filer: {gone.files}. Adresser: {gone.addresses}.")


def _remember(engine: Engine, *, now: datetime) -> None:
    """Record that every activity was looked at: what stands still is told from that."""
    with transaction(engine) as session:
        for round_ in open_rounds(session):
            round_.gone_through_at = now


def _show(engine: Engine) -> None:
    with reading(engine) as session:
        rounds = [identity(round_) for round_ in open_rounds(session)]
    for round_id in rounds:
        refresh_round(engine, round_id=round_id, now=utc_now())
