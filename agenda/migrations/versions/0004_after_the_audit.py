"""What an audit and real use asked of the tables."""

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Nothing is changed yet."""
