"""Compilation: putting together what the organisations sent in."""

from agenda.kinds.base import INTERNAL, Closing, Kind

KIND = Kind(
    name="compilation",
    label={"sv": "Sammanställning", "en": "Compilation"},
    asks=(),
    closing=Closing.MARKED_DONE,
    ladder=INTERNAL,
)
