"""Coordinators have an identity, and the register says what each actor is, and which one."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    _coordinators()
    _appoint()
    # Added alone: the register's table is never made anew, so its lines and what refuses to
    # change them stay. What stands there from before says no more than it did.
    op.add_column("register", sa.Column("actor_kind", sa.String(), nullable=True))
    op.add_column("register", sa.Column("actor_id", sa.Integer(), nullable=True))


def _coordinators() -> None:
    op.create_table(
        "coordinator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_coordinator"),
        sa.UniqueConstraint("name", "address", name="uq_coordinator_name_address"),
    )
    op.create_table(
        "roundcoordinator",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("coordinator_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_roundcoordinator_round_id"),
        sa.ForeignKeyConstraint(
            ["coordinator_id"], ["coordinator.id"], name="fk_roundcoordinator_coordinator_id"
        ),
        sa.PrimaryKeyConstraint("round_id", "coordinator_id", name="pk_roundcoordinator"),
    )


def _appoint() -> None:
    """Whoever coordinates the rounds there are: the same name and mailbox is the same person."""
    coordinator = sa.table("coordinator", *map(sa.column, ("id", "name", "address")))
    appointed = sa.table("roundcoordinator", *map(sa.column, ("round_id", "coordinator_id")))
    connection = op.get_bind()
    known: dict[tuple[str, str], int] = {}
    for round_id, name, address in list(_named_in_plans(connection)):
        who = name.casefold(), address.casefold()
        if who not in known:
            new = sa.insert(coordinator).values(name=name, address=address)
            known[who] = connection.execute(new.returning(coordinator.c.id)).scalar_one()
        connection.execute(
            sa.insert(appointed).values(round_id=round_id, coordinator_id=known[who])
        )


def _named_in_plans(connection: sa.Connection) -> Iterator[tuple[int, str, str]]:
    rounds = sa.table("round", sa.column("id"), sa.column("plan", sa.JSON()))
    plan: dict[str, Any]
    for round_id, plan in connection.execute(sa.select(rounds).order_by(rounds.c.id)):
        if person := plan.get("coordinator"):
            yield round_id, person["name"], person["address"]
