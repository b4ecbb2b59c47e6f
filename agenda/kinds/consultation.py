"""Consultation: organisations are asked for a statement on a draft."""

from agenda.kinds.base import Closing, Kind, Ladder

KIND = Kind(
    name="consultation",
    label={"sv": "Samråd", "en": "Consultation"},
    asks=("consultee",),
    closing=Closing.DEADLINE,
    ladder=Ladder(
        opens=True,
        reminders_workdays_before=(10, 5, 1),
        closes=True,
        overdue_workdays_after=(1,),
    ),
)
