"""Input: the municipalities are asked for their proposals and reminded until they answer."""

from typing import Any

from prefect import State, flow

from flows.attend import OPTIONS, attend


@flow(name="Inspel", **OPTIONS)
def municipal_input(activity: int) -> State[Any]:
    """Attend the activity with this id once."""
    return attend(activity)
