"""Workshop: the organisations are invited and reminded until they say whether they come."""

from typing import Any

from prefect import State, flow

from flows.attend import OPTIONS, attend


@flow(name="Workshop", **OPTIONS)
def workshop(activity: int) -> State[Any]:
    """Attend the activity with this id once."""
    return attend(activity)
