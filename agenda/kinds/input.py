"""Input: organisations are asked for their proposals by a day."""

from agenda.kinds.base import Closing, Kind, Ladder

KIND = Kind(
    name="input",
    label={"sv": "Inspel", "en": "Input"},
    asks=("municipality",),
    closing=Closing.DEADLINE,
    ladder=Ladder(
        opens=True,
        reminders_workdays_before=(30, 10, 5, 1),
        closes=True,
        overdue_workdays_after=(1, 5),
        escalation_workdays_after=3,
    ),
)
