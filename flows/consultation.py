"""Consultation: the consultees are asked for a statement and reminded until the last day."""

from typing import Any

from prefect import State, flow

from flows.attend import OPTIONS, attend


@flow(name="Samråd", **OPTIONS)
def consultation(activity: int) -> State[Any]:
    """Attend the activity with this id once."""
    return attend(activity)
