"""The daily round: what was missed is caught up, and Prefect shows what holds now.

Each activity of every open round is attended as in a run of its own, so a day when
everything was off, or a run that died, costs nothing but time.
"""

from collections.abc import Sequence
from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.states import Completed, Failed
from sqlalchemy import Engine

from agenda.clock import utc_now
from agenda.models import identity
from agenda.rounds import open_rounds
from agenda.settings import Settings, settings
from agenda.store import open_engine, reading
from flows.artifacts import refresh_round
from flows.attend import announce_and_deliver
from flows.lifeline import end_with_runner
from flows.naming import activity_name, upkeep_run_name
from flows.outcome import outcome
from flows.schedules import bring_up_to_date
from notifications.attending import open_activities


@flow(name="Daglig genomgång", flow_run_name=upkeep_run_name, retries=0, persist_result=False)
def upkeep() -> State[Any]:
    """Attend every activity of every open round, and bring the dashboard up to date."""
    end_with_runner()
    config = settings()
    engine = open_engine(config.engine_url)
    try:
        states = [_visit(engine, config, activity) for activity in open_activities(engine)]
        planned = plan_runs(return_state=True)
        _show(engine)
    finally:
        engine.dispose()
    return round_outcome(states, planned)


def round_outcome(visits: Sequence[State[Any]], planned: State[Any]) -> State[Any]:
    """The final state of the daily round: not green when anything in it was not."""
    bad = [state for state in (*visits, planned) if not state.is_completed()]
    if bad:
        said = " ".join(dict.fromkeys(state.message or "" for state in bad))
        return Failed(name="Delvis genomförd", message=said)
    return Completed(name="Genomgången", message=f"{len(visits)} aktiviteter gicks igenom.")


def _visit(engine: Engine, config: Settings, activity: int) -> State[Any]:
    name = activity_name(engine, activity)

    # A name may hold braces, which Prefect would read as a template.
    @task(
        name="Aktivitet",
        task_run_name=lambda: name,
        cache_policy=NO_CACHE,
        persist_result=False,
    )
    def aktivitet() -> State[Any]:
        return outcome(*announce_and_deliver(engine, config, activity))

    # A state, not an exception: one activity that cannot be attended must not stop the rest.
    return aktivitet(return_state=True)


@task(name="Planerade körningar", cache_policy=NO_CACHE, persist_result=False)
def plan_runs() -> State[Any]:
    """Bring the runs planned in Prefect in step with the timetable."""
    changes = bring_up_to_date(settings(), now=utc_now())
    if changes.without_deployment:
        kinds = ", ".join(changes.without_deployment)
        return Failed(name="Ofullständig", message=f"prefect.yaml saknar körning för: {kinds}.")
    return Completed(message=f"Nya: {changes.created}. Borttagna: {changes.deleted}.")


def _show(engine: Engine) -> None:
    with reading(engine) as session:
        rounds = [identity(known) for known in open_rounds(session)]
    for round_id in rounds:
        refresh_round(engine, round_id=round_id, now=utc_now())
