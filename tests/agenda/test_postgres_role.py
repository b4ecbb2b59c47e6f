"""On PostgreSQL the product works as a user that may not change the tables themselves."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url
from sqlalchemy.exc import ProgrammingError

from agenda.clock import utc_now
from agenda.installation.example import start_example_round
from agenda.register import entries
from agenda.storage.store import SCHEMA, open_engine, reading, transaction
from agenda.storage.upgrading import upgrade

ROLE = "agenda_run"
GRANTS = (
    "GRANT USAGE ON SCHEMA {schema} TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role}",
    "GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {role}",
)
"""As docs/security.md says."""


@pytest.fixture
def limited_url(postgres_url: str) -> Iterator[str]:
    """The URL of an upgraded database for a user that can only read and write its rows."""
    place = make_url(postgres_url)
    names = {"schema": sql.Identifier(SCHEMA), "role": sql.Identifier(ROLE)}
    owner = place.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(owner, autocommit=True) as admin:
        admin.execute(sql.SQL("DROP ROLE IF EXISTS {role}").format(**names))
        admin.execute(sql.SQL("CREATE ROLE {role} LOGIN PASSWORD 'x'").format(**names))
        for grant in GRANTS:
            admin.execute(sql.SQL(grant).format(**names))
        yield place.set(username=ROLE, password="x").render_as_string(hide_password=False)
        admin.execute(sql.SQL("DROP OWNED BY {role}").format(**names))
        admin.execute(sql.SQL("DROP ROLE {role}").format(**names))


def test_a_user_without_rights_to_the_tables_themselves_is_enough(
    limited_url: str, tmp_path: Path
) -> None:
    assert upgrade(limited_url, backups=tmp_path) is None
    engine = open_engine(limited_url)
    with transaction(engine) as session:
        start_example_round(session, now=utc_now())
    with reading(engine) as session:
        assert len(entries(session)) > 0
    with pytest.raises(ProgrammingError, match="permission denied"), engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE more (number integer)")
    engine.dispose()
