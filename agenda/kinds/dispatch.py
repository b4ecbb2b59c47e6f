"""Dispatch: a document that is sent out on a day."""

from agenda.kinds.base import INTERNAL, Closing, Kind

KIND = Kind(
    name="dispatch",
    label={"sv": "Utskick", "en": "Dispatch"},
    asks=(),
    closing=Closing.MARKED_DONE,
    ladder=INTERNAL,
    is_on_a_day=True,
)
