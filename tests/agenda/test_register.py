"""The register: what is written, how it is found, and that nobody changes it."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from agenda.register import Actor, ActorKind, By, ProductPart, Subject, What, entries, record
from agenda.storage.store import reading, transaction

AT = datetime(2026, 9, 18, 6, 0, tzinfo=UTC)


def add(engine: Engine, words: str = "", *, who: str = "anna", round_id: int | None = None) -> None:
    with transaction(engine) as session:
        record(session, By.person(who, AT), What.ANSWER_RECORDED, Subject(words, round_id))


def add_and_fail(engine: Engine) -> None:
    with transaction(engine) as session:
        record(session, By.person("anna", AT), What.ROUND_CLOSED)
        raise ZeroDivisionError


def test_a_line_says_who_did_what_when_from_what_to_what(engine: Engine) -> None:
    with transaction(engine) as session:
        record(
            session,
            By.person("anna", AT),
            What.DEADLINE_MOVED,
            Subject("inspel", 7),
            before="2026-10-02",
            after="2026-10-09",
        )
    with reading(engine) as session:
        found = [entry.model_dump() for entry in entries(session)]
    assert found == [
        {
            "id": 1,
            "at": AT,
            "who": "anna",
            "actor_kind": "person",
            "actor_id": None,
            "what": "deadline_moved",
            "round_id": 7,
            "subject": "inspel",
            "before": "2026-10-02",
            "after": "2026-10-09",
        }
    ]


def test_lines_come_in_the_order_they_were_written(engine: Engine) -> None:
    for who in ("bo", "anna", "cilla"):
        add(engine, who=who)
    with reading(engine) as session:
        assert [entry.who for entry in entries(session)] == ["bo", "anna", "cilla"]


@pytest.mark.parametrize(
    ("by", "named"),
    [
        (By.person("Asta Ek (konto root)", AT), "Asta Ek (konto root)"),
        (By.holder(7, AT), "länk 7"),
        (By.product(ProductPart.POST, AT), "utskick"),
    ],
)
def test_each_kind_of_actor_has_one_spelling(engine: Engine, by: By, named: str) -> None:
    with transaction(engine) as session:
        assert record(session, by, What.LINK_RENEWED).who == named


@pytest.mark.parametrize(
    ("by", "kind", "which"),
    [
        (By.person("Asta Ek", AT, identity=3), "person", 3),
        (By.person("utskick", AT), "person", None),
        (By.holder(7, AT), "link", 7),
        (By.product(ProductPart.POST, AT), "product", None),
    ],
)
def test_a_line_says_what_its_actor_is_and_which_one(
    engine: Engine, by: By, kind: str, which: int | None
) -> None:
    with transaction(engine) as session:
        line = record(session, by, What.LINK_RENEWED)
        assert (line.actor_kind, line.actor_id) == (kind, which)


def test_an_actor_is_who_it_is_whatever_the_instant() -> None:
    asta = Actor(ActorKind.PERSON, "Asta")
    assert By.person("Asta", AT).actor == asta == By(asta, AT).actor


def test_lines_are_found_by_round(engine: Engine) -> None:
    add(engine, round_id=1, who="ett")
    add(engine, round_id=2, who="två")
    with reading(engine) as session:
        assert [entry.who for entry in entries(session, round_id=2)] == ["två"]


def test_a_subject_finds_its_parts_and_nothing_that_only_looks_like_it(engine: Engine) -> None:
    for subject in ("in_pel", "in_pel/krokom", "inspel/krokom", "in_pel-2", ""):
        add(engine, subject)
    with reading(engine) as session:
        found = [entry.subject for entry in entries(session, subject="in_pel")]
    assert found == ["in_pel", "in_pel/krokom"]


def test_a_line_is_undone_with_the_change_it_tells_of(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError):
        add_and_fail(engine)
    with reading(engine) as session:
        assert list(entries(session)) == []


@pytest.mark.parametrize(
    "change", ["UPDATE register SET who = 'ingen'", "DELETE FROM register WHERE id = 1"]
)
def test_the_database_refuses_to_change_a_line(engine: Engine, change: str) -> None:
    add(engine)
    with pytest.raises(IntegrityError, match="the register is append-only"):
        with transaction(engine) as session:
            session.execute(text(change))
    with reading(engine) as session:
        assert [entry.who for entry in entries(session)] == ["anna"]


def test_the_database_refuses_to_empty_or_overwrite_the_register(engine: Engine) -> None:
    add(engine)
    changes = {
        "sqlite": "INSERT OR REPLACE INTO register (id, at, who, what, subject, before, after) "
        "SELECT id, at, 'ingen', what, subject, before, after FROM register",
        "postgresql": "TRUNCATE register",
    }
    with pytest.raises(IntegrityError, match="the register is append-only"):
        with transaction(engine) as session:
            session.execute(text(changes[engine.dialect.name]))
    with reading(engine) as session:
        assert [entry.who for entry in entries(session)] == ["anna"]
