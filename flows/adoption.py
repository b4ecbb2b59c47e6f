"""Adoption: whoever prepares the political decision is reminded until it is taken."""

from typing import Any

from prefect import State, flow

from flows.attend import OPTIONS, attend


@flow(name="Fastställande", **OPTIONS)
def adoption(activity: int) -> State[Any]:
    """Attend the activity with this id once."""
    return attend(activity)
