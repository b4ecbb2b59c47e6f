"""Meeting: a meeting where the work is presented or discussed."""

from agenda.kinds.base import INTERNAL, Closing, Kind

KIND = Kind(
    name="meeting",
    label={"sv": "Möte", "en": "Meeting"},
    asks=(),
    closing=Closing.MARKED_DONE,
    ladder=INTERNAL,
    is_meeting=True,
    is_on_a_day=True,
)
