"""Named instants in one column."""

from datetime import UTC, datetime

from sqlalchemy import JSON, Dialect, TypeDecorator


class Instants(TypeDecorator[dict[str, datetime]]):
    """Aware instants by name, stored as ISO 8601 in UTC and read with the row they belong to."""

    impl = JSON
    cache_ok = True

    def process_bind_param(
        self, value: dict[str, datetime] | None, _dialect: Dialect
    ) -> dict[str, str]:
        """What is stored."""
        return {name: at.astimezone(UTC).isoformat() for name, at in (value or {}).items()}

    def process_result_value(
        self, value: dict[str, str] | None, _dialect: Dialect
    ) -> dict[str, datetime]:
        """What was stored."""
        return {name: datetime.fromisoformat(at) for name, at in (value or {}).items()}
