"""Adoption: the political decision that adopts the result."""

from agenda.kinds.base import INTERNAL, Closing, Kind

KIND = Kind(
    name="adoption",
    label={"sv": "Fastställande", "en": "Adoption"},
    asks=(),
    closing=Closing.MARKED_DONE,
    ladder=INTERNAL,
)
