"""Quiet hours: when what the timetable causes may leave. Pure."""

from datetime import datetime, time, timedelta

from agenda.plan.model import SendingHours
from agenda.workdays import STOCKHOLM, Workdays, swedish_instant

ONE_DAY = timedelta(days=1)
ON_A_DAY_OFF = time(8)
"""Nobody is written to earlier than this when they are free, however short the time is."""


def leaves_at(
    now: datetime, hours: SendingHours, workdays: Workdays, *, by: datetime | None = None
) -> datetime:
    """When a message that is ready now may leave, in UTC.

    Args:
        now: The present instant.
        hours: The plan's sending hours, Swedish time.
        workdays: The plan's working days.
        by: Where waiting for the next opening would make it too late: then it leaves at once,
            on a day off too, though not early in the morning.
    """
    local = now.astimezone(STOCKHOLM)
    is_day = workdays.is_workday(local.date()) or not hours.workdays_only
    if is_day and hours.from_time <= local.time() <= hours.until_time:
        return now
    day = local.date() if local.time() < hours.from_time else local.date() + ONE_DAY
    if hours.workdays_only:
        day = workdays.on_or_after(day)
    opens_at = swedish_instant(day, hours.from_time)
    if by is None or not now < by <= opens_at:
        return opens_at
    if is_day or local.time() >= ON_A_DAY_OFF:
        return now
    return min(swedish_instant(local.date(), ON_A_DAY_OFF), by)
