"""Drafting: whoever writes at the region is reminded until it is done."""

from typing import Any

from prefect import State, flow

from flows.attend import OPTIONS, attend


@flow(name="Skrivande", **OPTIONS)
def drafting(activity: int) -> State[Any]:
    """Attend the activity with this id once."""
    return attend(activity)
