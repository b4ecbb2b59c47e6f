"""Meeting: whoever arranges it is reminded until it has been held."""

from typing import Any

from prefect import State, flow

from flows.attend import OPTIONS, attend


@flow(name="Möte", **OPTIONS)
def meeting(activity: int) -> State[Any]:
    """Attend the activity with this id once."""
    return attend(activity)
