"""From version 0008 to 0009: what is in files is moved to where it stands once, all of it."""

import hashlib
import tracemalloc

import pytest
from sqlalchemy import Engine, LargeBinary, bindparam, text

from agenda.storage.schema import migrate
from agenda.storage.store import open_engine
from tests.agenda.test_upgrading_decisions import AT, ROWS
from tests.agenda.upgrades import everything, make_former, upgrades_cut_short

ONE, OTHER, EMPTY = b"%PDF-1.7 one\0\xff", b"%PDF-1.7 other", b""
ANSWERS = (
    "INSERT INTO answer (id, invitation_id, form, version, kind, text, content, received_at, "
    "recorded_at, recorded_by, is_late) VALUES "
    + ", ".join(
        f"({n}, {whose}, 'reply', {n}, 'SUBMISSION', '', '{{}}', '{AT}', '{AT}', 'länk 1', false)"
        for n, whose in ((1, 1), (2, 1), (3, 2))
    )
)
UPLOADS = [
    {"id": 1, "invitation_id": 1, "name": "a.pdf", "content": ONE, "removed_at": AT},
    {"id": 4, "invitation_id": 1, "name": "b.pdf", "content": OTHER, "removed_at": None},
    {"id": 5, "invitation_id": 2, "name": "a.pdf", "content": ONE, "removed_at": None},
]
SENT = [
    {"id": 1, "answer_id": 1, "name": "a.pdf", "content": ONE},
    {"id": 2, "answer_id": 2, "name": "a.pdf", "content": ONE},
    {"id": 7, "answer_id": 3, "name": "tom", "content": EMPTY},
]
DOCUMENTS = [{"id": 1, "activity_id": 1, "name": "utkast.pdf", "content": OTHER}]
TO_UPLOADS = (
    "INSERT INTO upload (id, invitation_id, field, name, media_type, sha256, size, content, "
    "uploaded_at, uploaded_by_id, removed_at) VALUES (:id, :invitation_id, 'bilagor', :name, "
    ":media_type, :sha256, :size, :content, :at, 1, :removed_at)"
)
TO_SENT = (
    "INSERT INTO answerfile (id, answer_id, name, media_type, sha256, content) "
    "VALUES (:id, :answer_id, :name, :media_type, :sha256, :content)"
)
TO_DOCUMENTS = (
    "INSERT INTO activityfile (id, activity_id, name, media_type, sha256, size, content, "
    "attached_at, attached_by) VALUES (:id, :activity_id, :name, :media_type, :sha256, :size, "
    ":content, :at, 'Asta')"
)


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def add(engine: Engine, statement: str, rows: list[dict]) -> None:
    into = text(statement).bindparams(bindparam("content", type_=LargeBinary))
    with engine.begin() as connection:
        for row in rows:
            told = {"sha256": sha256(row["content"]), "size": len(row["content"])}
            given = {"media_type": "application/pdf", "at": AT} | told | row
            connection.execute(
                into, {name: given[name] for name in given if f":{name}" in statement}
            )


@pytest.fixture
def former(empty_database_url: str):
    """A database of version 0008 with files of every kind, some of them the same."""
    engine = open_engine(empty_database_url)
    rows = [row for row in ROWS if "INSERT INTO message" not in row and "INTO attempt" not in row]
    make_former(engine, "0004", *rows, ANSWERS)
    make_former(engine, "0008")
    add(engine, TO_UPLOADS, UPLOADS)
    add(engine, TO_SENT, SENT)
    add(engine, TO_DOCUMENTS, DOCUMENTS)
    yield engine
    engine.dispose()


def files(engine: Engine) -> dict[str, list[tuple]]:
    """Every file: its number, name and kind, what it is said to be, how large, and its octets."""
    with engine.connect() as connection:
        return {
            table: [
                (*row[:4], bytes(row[4]), row[5])
                for row in connection.execute(
                    text(
                        f"SELECT f.id, f.name, f.media_type, f.sha256, c.octets, c.size "
                        f"FROM {table} f JOIN filecontent c ON c.sha256 = f.sha256 ORDER BY f.id"
                    )
                )
            ]
            for table in ("upload", "answerfile", "activityfile")
        }


def as_it_was(rows: list[dict]) -> list[tuple]:
    return [
        (
            *(row["id"], row["name"], "application/pdf"),
            *(sha256(row["content"]), row["content"], len(row["content"])),
        )
        for row in rows
    ]


def assert_moved(engine: Engine) -> None:
    assert files(engine) == {
        "upload": as_it_was(UPLOADS),
        "answerfile": as_it_was(SENT),
        "activityfile": as_it_was(DOCUMENTS),
    }
    with engine.connect() as connection:
        kept = connection.execute(text("SELECT octets FROM filecontent")).scalars()
        assert sorted(map(bytes, kept)) == sorted([ONE, OTHER, EMPTY])


def test_every_file_has_what_was_in_it_and_each_content_stands_once(former: Engine) -> None:
    before = everything(former)
    make_former(former, "0009")
    assert_moved(former)
    after = everything(former)
    moved = {"upload", "answerfile", "activityfile", "filecontent", "agenda_version"}
    assert {name: rows for name, rows in after.items() if name not in moved} == {
        name: rows for name, rows in before.items() if name not in moved
    }
    with former.connect() as connection:
        taken_off = connection.execute(
            text("SELECT id, uploaded_by_id FROM upload WHERE removed_at IS NOT NULL")
        ).all()
    assert taken_off == [(1, 1)]


@pytest.mark.slow
def test_an_upgrade_that_is_cut_short_anywhere_changes_nothing_and_can_be_made_again(
    former: Engine,
) -> None:
    before, times = everything(former), 0
    for version in upgrades_cut_short(former, "0009"):
        times += 1
        assert version == "0008"
        assert everything(former) == before
    assert times > 10
    assert_moved(former)
    migrate(former)
    assert_moved(former)


def test_of_two_files_that_are_said_to_be_the_same_and_are_not_both_are_kept(
    former: Engine,
) -> None:
    with former.begin() as connection:
        connection.execute(text("UPDATE upload SET sha256 = 'abc'"))
    migrate(former)
    assert_moved(former)


def test_no_more_than_one_file_is_in_memory_at_a_time(former: Engine) -> None:
    size = 4_000_000
    large = [{**DOCUMENTS[0], "id": n, "content": bytes([n]) * size} for n in range(2, 12)]
    add(former, TO_DOCUMENTS, large)
    tracemalloc.start()
    try:
        migrate(former)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 6 * size
    assert [row[4] for row in files(former)["activityfile"]][1:] == [r["content"] for r in large]
