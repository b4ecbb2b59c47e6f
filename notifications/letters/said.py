"""What a person's act put into a letter, kept beside it, so that it can be worded anew. Pure."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, TypedDict, cast

from notifications.letters.letter import Arrival, Letter, Receipt, Trouble


class Said(TypedDict, total=False):
    """What a letter says besides what is known of the activity; its fields' meanings are there."""

    former_due_on: date | None
    former_is_quarter: bool
    note: str
    decided_by: str | None
    troubles: tuple[Trouble, ...]
    arrivals: tuple[Arrival, ...]
    receipt: Receipt | None
    requested_until: date | None
    decision_url: str | None
    gone_through_at: datetime


_TIMES: dict[str, type[date]] = {
    "former_due_on": date,
    "requested_until": date,
    "gone_through_at": datetime,
}


def kept(said: Mapping[str, Any]) -> dict[str, Any] | None:
    """The same as JSON; None of a receipt, which says what came in and is never worded anew."""
    if said.get("receipt") is not None:
        return None
    made = {name: value for name, value in said.items() if value is not None}
    for name in _TIMES:
        if name in made:
            made[name] = made[name].isoformat()
    if "troubles" in made:
        made["troubles"] = [
            [trouble.organisation_name, trouble.recipient, trouble.said]
            for trouble in made["troubles"]
        ]
    if "arrivals" in made:
        made["arrivals"] = [
            asdict(one) | {"received_at": one.received_at.isoformat()} for one in made["arrivals"]
        ]
    return made


def taken_up(made: Mapping[str, Any]) -> Said:
    """What was kept, as it was said."""
    said: dict[str, Any] = dict(made)
    for name, kind in _TIMES.items():
        if name in said:
            said[name] = kind.fromisoformat(said[name])
    if "troubles" in said:
        said["troubles"] = tuple(Trouble(*words) for words in said["troubles"])
    if "arrivals" in said:
        said["arrivals"] = tuple(_arrival(words) for words in said["arrivals"])
    return cast(Said, said)


def _arrival(words: Mapping[str, Any]) -> Arrival:
    received_at = datetime.fromisoformat(words["received_at"])
    return Arrival(**{**words, "received_at": received_at})


def digest(letter: Letter) -> str:
    """A mark of everything that a letter says: another one says something else."""
    return hashlib.sha256(repr(letter).encode("utf-8", "surrogatepass")).hexdigest()
