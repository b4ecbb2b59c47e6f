"""Quiet hours: when what the timetable causes may leave. Pure."""

from datetime import datetime, timedelta

from agenda.plan.model import SendingHours
from agenda.workdays import STOCKHOLM, Workdays, swedish_instant

ONE_DAY = timedelta(days=1)


def leaves_at(
    now: datetime, hours: SendingHours, workdays: Workdays, *, by: datetime | None = None
) -> datetime:
    """When a message that is ready now may leave, in UTC.

    Args:
        now: The present instant.
        hours: The plan's sending hours, Swedish time.
        workdays: The plan's working days.
        by: Where waiting longer would make it too late: then it leaves at once.
    """
    local = now.astimezone(STOCKHOLM)
    is_day = workdays.is_workday(local.date()) or not hours.workdays_only
    if is_day and hours.from_time <= local.time() <= hours.until_time:
        return now
    day = local.date() if local.time() < hours.from_time else local.date() + ONE_DAY
    if hours.workdays_only:
        day = workdays.on_or_after(day)
    opens_at = swedish_instant(day, hours.from_time)
    return now if by is not None and now < by <= opens_at else opens_at
