"""From version 0004 on every row of what was filled in has a key, and says what it said."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from agenda.forms.values import ROW_KEY
from agenda.storage.store import open_engine
from agenda.storage.upgrading import upgrade
from tests.agenda.upgrades import make_former

AT = "2020-09-01 08:00:00+00:00"
ROWS = (
    "INSERT INTO round (id, uid, name, plan, is_example, tracked_from, started_at) "
    f"VALUES (1, 'r', '2020', '{{}}', false, '{AT}', '{AT}')",
    "INSERT INTO activity (id, round_id, key, position, starts_on, due_on, is_quarter, "
    "was_quarter, terms, revision, changed_at) VALUES "
    f"(1, 1, 'inspel', 0, '2020-05-08', '2020-10-02', false, false, '{{}}', 0, '{AT}')",
    "INSERT INTO organisation (id, round_id, key, name, kind, language, position) VALUES "
    "(1, 1, 'berg', 'Berg', 'municipality', 'sv', 0), "
    "(2, 1, 'are', 'Åre', 'municipality', 'sv', 1)",
    "INSERT INTO invitation (id, activity_id, organisation_id, revision) "
    "VALUES (1, 1, 1, 0), (2, 1, 2, 0)",
)
ONE, TWO, THREE = ({"titel": title} for title in ("Väg 84", "Bredband", "Inlandsbanan"))
REWORDED = {"titel": "Väg 84 och 87"}
ANSWERS: tuple[dict[str, Any], ...] = (
    {"fragor": [ONE, TWO], "bilagor": [4], "omraden": ["a"], "poang": {"points": {"a": 1}}},
    {"fragor": [TWO, REWORDED, THREE], "bilagor": [4]},
)
DRAFT = {"fragor": [REWORDED, {}], "allmant": "Mer"}


@pytest.fixture
def former_database(empty_database_url: str) -> str:
    """A database of version 0004 with two versions of an answer and a draft of a third."""
    engine = open_engine(empty_database_url)
    make_former(engine, "0004", *ROWS)
    with engine.begin() as connection:
        answer = text(
            "INSERT INTO answer (invitation_id, form, version, kind, text, content, received_at, "
            "recorded_at, recorded_by, is_late) VALUES (1, 'reply', :version, 'SUBMISSION', '', "
            ":content, :at, :at, 'Berg', false)"
        )
        for version, content in enumerate(ANSWERS, start=1):
            given = {"version": version, "content": json.dumps(content), "at": AT}
            connection.execute(answer, given)
        draft = text(
            "INSERT INTO draft (invitation_id, form, content, revision, saved_at) "
            "VALUES (:whose, 'reply', :content, 3, :at)"
        )
        for whose, content in ((1, DRAFT), (2, {"fragor": [ONE]})):
            connection.execute(draft, {"whose": whose, "content": json.dumps(content), "at": AT})
    engine.dispose()
    return empty_database_url


def held(url: str) -> list[dict[str, Any]]:
    engine = open_engine(url)
    with engine.connect() as connection:
        found = [
            json.loads(content)
            for table, order in (("answer", "version"), ("draft", "id"))
            for content in connection.execute(
                text(f"SELECT CAST(content AS VARCHAR) FROM {table} ORDER BY {order}")
            ).scalars()
        ]
    engine.dispose()
    return found


def said(content: dict[str, Any]) -> dict[str, Any]:
    rows = [{k: v for k, v in row.items() if k != ROW_KEY} for row in content["fragor"]]
    return content | {"fragor": rows}


def test_every_row_has_a_key_that_it_keeps_and_says_what_it_said(
    former_database: str, tmp_path: Path
) -> None:
    upgrade(former_database, backups=tmp_path / "backups")
    found = held(former_database)
    assert [said(content) for content in found] == [*ANSWERS, DRAFT, {"fragor": [ONE]}]
    first, second, draft, other = ([row[ROW_KEY] for row in one["fragor"]] for one in found)
    assert (second[0], draft[0]) == (first[1], second[1])
    assert len({*first, *second, *draft, *other}) == 6


def test_a_row_that_was_reworded_in_its_place_is_the_same_row(
    former_database: str, tmp_path: Path
) -> None:
    engine = open_engine(former_database)
    with engine.begin() as connection:
        content = json.dumps({"fragor": [REWORDED, TWO]})
        connection.execute(
            text("UPDATE draft SET content = :c WHERE invitation_id = 1"), {"c": content}
        )
        connection.execute(text("DELETE FROM answer WHERE version = 2"))
    engine.dispose()
    upgrade(former_database, backups=tmp_path / "backups")
    first, draft, _ = ([row[ROW_KEY] for row in one["fragor"]] for one in held(former_database))
    assert draft == first


def test_a_field_that_held_something_else_before_gives_its_rows_keys_of_their_own(
    former_database: str, tmp_path: Path
) -> None:
    engine = open_engine(former_database)
    with engine.begin() as connection:
        former = text("UPDATE answer SET content = :content WHERE version = :version")
        for version, value in ((1, [4, 5]), (2, "en text")):
            content = json.dumps({"fragor": value, "mer": [{"a": 1}]})
            connection.execute(former, {"content": content, "version": version})
    engine.dispose()
    upgrade(former_database, backups=tmp_path / "backups")
    first, second, draft, _ = held(former_database)
    assert (first["fragor"], second["fragor"]) == ([4, 5], "en text")
    assert first["mer"] == second["mer"]
    assert said(draft) == DRAFT
