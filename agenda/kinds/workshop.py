"""Workshop: organisations are invited to a day and say whether they come."""

from agenda.kinds.base import Closing, Kind, Ladder

KIND = Kind(
    name="workshop",
    label={"sv": "Workshop", "en": "Workshop"},
    asks=("municipality",),
    closing=Closing.DEADLINE,
    ladder=Ladder(invitation_workdays_before=20, reminders_workdays_before=(5, 1)),
)
