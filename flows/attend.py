"""What every activity's run does: announce what is due, deliver it, show where things stand.

The work is plain functions in `notifications.attending`; here it gets a task for each
organisation, words for how it went, and the artifacts. Parameters, names and logs carry
ids, organisations and counts: never an address, a link or a person's name, because
Prefect keeps them in clear and shows them to anyone who reaches it.
"""

from collections.abc import Callable, Sequence
from typing import Any

from prefect import State, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.states import Failed
from sqlalchemy import Engine

from agenda.clock import utc_now
from agenda.installation.settings import Settings, settings
from agenda.installation.signature import opened
from agenda.models import Activity
from agenda.storage.store import reading
from flows.artifacts import refresh
from flows.broken_off import LATER, ending_in_words, why
from flows.engine.lifeline import end_with_runner
from flows.naming import activity_run_name
from flows.outcome import delivery_outcome, in_batches, outcome
from notifications.attending import Lot, LotResult, announce, deliver_lot, together
from notifications.office import Office
from notifications.outbox.tally import tally
from notifications.post.channels import Channels

OPTIONS: dict[str, Any] = {
    "flow_run_name": activity_run_name,
    # The outbox repeats what failed, in its own time; a retried run would add nothing.
    "retries": 0,
    "persist_result": False,
}
"""The options that every activity's flow shares."""


@ending_in_words
def attend(activity: int) -> State[Any]:
    """Look at an activity once: queue what is due, deliver it, refresh what is shown.

    Args:
        activity: The activity's id.

    Returns:
        The run's final state, whose name says in words how it went.
    """
    end_with_runner()
    config = settings()
    with opened(config) as engine:
        if not _exists(engine, activity):
            said = f"Det finns ingen aktivitet med nummer {activity}."
            return Failed(name="Aktiviteten finns inte", message=said)
        state = announce_and_deliver(engine, config, activity)
        refresh(engine, activity_id=activity, now=utc_now())
    return state


def _exists(engine: Engine, activity: int) -> bool:
    with reading(engine) as session:
        return session.get(Activity, activity) is not None


def announce_and_deliver(engine: Engine, config: Settings, activity: int) -> State[Any]:
    """Queue what is due about an activity and deliver it, a task for each lot; how it went."""
    office = Office.of(config)
    attended = announce(engine, office, activity_id=activity, now=utc_now())
    get_run_logger().info(
        "Activity %s: %s of %s answered, %s messages queued, %s postponed, %s lots to deliver",
        activity,
        attended.answered,
        attended.asked,
        attended.queued,
        attended.postponed,
        len(attended.lots),
    )
    with Channels(config) as channels:
        results = [
            _deliver(lambda lot: deliver_lot(engine, channels, office, lot, now=utc_now()), *batch)
            for batch in in_batches(attended.lots)
        ]
    message_ids = [id_ for lot in attended.lots for id_ in lot.message_ids]
    with reading(engine) as session:
        counted = tally(session, activity_id=activity, message_ids=message_ids)
    return outcome(attended, together(results), counted)


def _deliver(deliver: Callable[[Lot], LotResult], label: str, lots: Sequence[Lot]) -> LotResult:
    results: list[LotResult] = []

    # Without a cache: remembering that a lot was sent is the outbox's work, and a cached
    # result is lost when the process dies between the mail server and the result store.
    @task(name="Utskick", task_run_name=lambda: label, cache_policy=NO_CACHE, persist_result=False)
    @ending_in_words
    def utskick() -> State[Any]:
        results.extend(_delivered(deliver, lot) for lot in lots)
        result = together(results)
        messages = [id_ for lot in lots for id_ in lot.message_ids]
        get_run_logger().info(
            "Messages %s: %s sent, %s deferred, %s failed",
            messages,
            result.sent,
            result.deferred,
            len(result.failed),
        )
        return delivery_outcome(result)

    state = utskick(return_state=True)
    result = together(results)
    if not state.is_completed() and not result.failed:
        # The task itself ended before its time, and what it was to send may not have left.
        results.append(LotResult(failed=(f"{label}: {state.message or state.name}",)))
    return together(results)


def _delivered(deliver: Callable[[Lot], LotResult], lot: Lot) -> LotResult:
    """What came of a lot; one that raises does not stop those after it."""
    try:
        return deliver(lot)
    except Exception as error:
        return LotResult(failed=(f"{lot.label}: {why(error)} {LATER}",))
