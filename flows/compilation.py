"""Compilation: whoever puts together what came in is reminded until it is done."""

from typing import Any

from prefect import State, flow

from flows.attend import OPTIONS, attend


@flow(name="Sammanställning", **OPTIONS)
def compilation(activity: int) -> State[Any]:
    """Attend the activity with this id once."""
    return attend(activity)
