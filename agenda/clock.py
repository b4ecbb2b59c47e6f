"""The one place that asks what time it is; everything else is told."""

from datetime import UTC, datetime, time

DAILY_ROUND = time(7, 45)
"""When every activity is looked at each day, Swedish time; as in prefect.yaml."""


def utc_now() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC)
