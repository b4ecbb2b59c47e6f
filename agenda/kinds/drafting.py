"""Drafting: work that somebody at the region writes."""

from agenda.kinds.base import INTERNAL, Closing, Kind

KIND = Kind(
    name="drafting",
    label={"sv": "Skrivande", "en": "Drafting"},
    asks=(),
    closing=Closing.MARKED_DONE,
    ladder=INTERNAL,
)
