"""After a change: Prefect's upcoming runs follow it at once, and its letters leave."""

from agenda.models import Activity, Round
from agenda.rounds.round import planned_occasions
from agenda.storage.store import reading
from portal.cli.terminal.output import say
from portal.cli.terminal.visit import visit


def follow_up(changed: Activity | None = None, *, why: str) -> None:
    """Bring Prefect's upcoming runs up to date, and have what was changed looked at now.

    Call it after the change has been committed. Prefect being away is no fault: the daily
    round does the same when it is back.

    Args:
        changed: The activity to look at; without one, everything.
        why: What the run is called, after the activity: "sista dag flyttad".
    """
    # Loaded only here: a module that has a command which changes something has others that
    # only look, and they shall not wait for what speaks to Prefect and makes letters.
    from flows.rest.api import PrefectAway
    from flows.rest.schedules import ask_for_look, reconcile, trigger_upkeep
    from notifications.delivery.claiming import ready

    with visit() as here, reading(here.engine) as session:
        planned = planned_occasions(session, now=here.now)
        round_ = session.get_one(Round, changed.round_id) if changed else None
        waiting = changed and ready(session, now=here.now, activity_id=changed.id)
    try:
        changes = reconcile(here.settings.prefect_api, planned, now=here.now)
    except PrefectAway:
        _say_away(changed if waiting else None)
        return
    if changes.created or changes.deleted:
        say(f"Körningar i Prefect: {changes.created} nya, {changes.deleted} borttagna.")
    api = here.settings.prefect_api
    if changed is None or round_ is None:
        trigger_upkeep(api, name=why[:1].upper() + why[1:])
    else:
        ask_for_look(api, changed, round_, why=why)


def _say_away(waiting: Activity | None) -> None:
    sentence = (
        "Prefect är inte igång just nu. Ändringen är sparad, och körningarna rättas "
        "när programmet är igång igen (agenda up)."
    )
    if waiting is not None:
        sentence += f" Ska breven gå iväg redan nu: agenda attend {waiting.key}"
    say(sentence)
