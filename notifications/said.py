"""What a person's act put into a letter, kept beside it, so that it can be worded anew. Pure."""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any, TypedDict, cast

from notifications.letters import Letter, Receipt, Trouble


class Said(TypedDict, total=False):
    """What a letter says besides what is known of the activity; its fields' meanings are there."""

    former_due_on: date | None
    former_is_quarter: bool
    note: str
    decided_by: str | None
    troubles: tuple[Trouble, ...]
    receipt: Receipt | None
    requested_until: date | None
    decision_url: str | None


_DATES = ("former_due_on", "requested_until")


def kept(said: Mapping[str, Any]) -> dict[str, Any] | None:
    """The same as JSON; None of a receipt, which says what came in and is never worded anew."""
    if said.get("receipt") is not None:
        return None
    made = {name: value for name, value in said.items() if value is not None}
    for name in _DATES:
        if name in made:
            made[name] = made[name].isoformat()
    if "troubles" in made:
        made["troubles"] = [
            [trouble.organisation_name, trouble.recipient, trouble.said]
            for trouble in made["troubles"]
        ]
    return made


def taken_up(made: Mapping[str, Any]) -> Said:
    """What was kept, as it was said."""
    said: dict[str, Any] = dict(made)
    for name in _DATES:
        if name in said:
            said[name] = date.fromisoformat(said[name])
    if "troubles" in said:
        said["troubles"] = tuple(Trouble(*words) for words in said["troubles"])
    return cast(Said, said)


def digest(letter: Letter) -> str:
    """A mark of everything that a letter says: another one says something else."""
    return hashlib.sha256(repr(letter).encode("utf-8", "surrogatepass")).hexdigest()
