"""Dispatch: whoever sends the document out is reminded until it has left."""

from typing import Any

from prefect import State, flow

from flows.attend import OPTIONS, attend


@flow(name="Utskick", **OPTIONS)
def dispatch(activity: int) -> State[Any]:
    """Attend the activity with this id once."""
    return attend(activity)
