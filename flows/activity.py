"""Any kind of activity: what a new kind runs until it has a flow of its own."""

from typing import Any

from prefect import State, flow

from flows.attend import OPTIONS, attend


@flow(name="Aktivitet", **OPTIONS)
def activity(activity: int) -> State[Any]:
    """Attend the activity with this id once."""
    return attend(activity)
