"""Nothing works in a database that belongs to another installation."""

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine

from agenda.installation.secret import KEY_FILE, secret_key
from agenda.installation.settings import Settings
from agenda.installation.signature import check, key_mark, opened, sign, write
from agenda.links.keyring import WrongKey
from agenda.models import Installation
from agenda.storage.store import BadDatabase, reading, transaction
from agenda.words.errors import BadSettings
from tests.rounds_under_way import RoundUnderWay, sv

NOW = sv("2020-05-08 08:00")
OTHER = SecretStr("another key of the tests, long enough")


@pytest.fixture
def here(settings: Settings, database_url: str) -> Settings:
    """The settings of the installation that has the test's database."""
    return settings.model_copy(
        update={
            "database_url": SecretStr(database_url),
            "base_url": "https://agenda.regionen.example",
            "mail_from": "agendan@regionen.example",
        }
    )


@pytest.fixture
def signed(engine: Engine, here: Settings) -> Settings:
    with transaction(engine) as session:
        assert sign(session, here, now=NOW) == []
    return here


def test_the_installation_that_signed_is_let_in_and_again(engine: Engine, signed: Settings):
    for _ in range(2):
        with opened(signed) as found, reading(found) as session:
            row = session.get_one(Installation, 1)
    assert (row.portal_url, row.sender) == (signed.portal_url, signed.sender)
    with transaction(engine) as session:
        assert sign(session, signed, now=NOW) == []


def test_no_key_is_stored(engine: Engine, signed: Settings):
    with reading(engine) as session:
        row = session.get_one(Installation, 1)
    key = secret_key(signed)
    assert row.key_mark == key_mark(key) != key_mark(b"x" + key[1:])
    assert key.decode() not in repr(row)


@pytest.mark.parametrize(
    ("name", "value", "variable", "said"),
    [
        ("base_url", None, "AGENDA_BASE_URL", "http://127.0.0.1:8400"),
        ("base_url", "https://annan.example", "AGENDA_BASE_URL", "https://annan.example"),
        ("mail_from", None, "AGENDA_MAIL_FROM", "paverkansagenda@regionen.example"),
    ],
)
def test_other_variables_are_refused_and_what_differs_is_named(
    engine: Engine, signed: Settings, name: str, value: str | None, variable: str, said: str
):
    other = signed.model_copy(update={name: value})
    there = {"base_url": signed.portal_url, "mail_from": signed.sender}[name]
    what = {"base_url": "adressen till portalen", "mail_from": "avsändaren"}[name]
    with pytest.raises(BadSettings) as refused:
        check(engine, other)
    assert str(refused.value) == (
        f"{variable} gör {what} till {said}, men installationen har {there}. Ange samma som där "
        "agenda up körs. Ska den ändras: ändra den där och starta om agenda up."
    )
    with transaction(engine) as session:
        sentence = f"{what[0].upper()}{what[1:]} är ändrad från {there} till {said}."
        assert sign(session, other, now=NOW) == [sentence]
    check(engine, other)
    with pytest.raises(BadSettings):
        check(engine, signed)


def test_another_key_is_refused_by_everything(engine: Engine, signed: Settings):
    other = signed.model_copy(update={"secret_key": OTHER})
    with pytest.raises(WrongKey):
        check(engine, other)
    with pytest.raises(WrongKey), transaction(engine) as session:
        sign(session, other, now=NOW)
    check(engine, signed)


def test_a_process_without_the_key_makes_none(engine: Engine, signed: Settings):
    elsewhere = signed.model_copy(update={"var": signed.var.parent / "fel"})
    for refused_by in (check, sign_in):
        with pytest.raises(BadSettings, match=r"^Den hemliga nyckeln saknas \("):
            refused_by(engine, elsewhere)
    assert not elsewhere.var.exists()


def sign_in(engine: Engine, settings: Settings) -> None:
    with transaction(engine) as session:
        sign(session, settings, now=NOW)


def test_a_database_from_before_with_links_gets_no_new_key(engine: Engine, here: Settings):
    RoundUnderWay(engine).attend("2020-05-08 08:00")
    with pytest.raises(BadSettings, match=r"^Den hemliga nyckeln saknas \("):
        sign_in(engine, here)
    assert not (here.var / KEY_FILE).exists()


def test_the_key_is_changed_by_way_of_the_former(engine: Engine, signed: Settings):
    former = SecretStr(secret_key(signed).decode())
    both = signed.model_copy(update={"secret_key": OTHER, "former_secret_key": former})
    check(engine, both)
    with transaction(engine) as session:
        said = sign(session, both, now=NOW)
    assert said == ["Den hemliga nyckeln är en annan än förut."]
    check(engine, both)
    check(engine, both.model_copy(update={"former_secret_key": None}))
    with pytest.raises(WrongKey):
        check(engine, signed)


def test_a_key_that_is_lost_is_replaced_while_links_are_made_anew(engine: Engine, signed: Settings):
    other = signed.model_copy(update={"secret_key": OTHER})
    check(engine, other, is_rekeying=True)
    with transaction(engine) as session:
        write(session, other, now=NOW)
    check(engine, other)


def test_a_missing_database_is_not_made(settings: Settings):
    with pytest.raises(BadDatabase, match=r"^Det finns ingen databas än \("):
        with opened(settings):
            pass
    assert not settings.var.exists()


def test_a_database_of_another_version_is_refused(engine: Engine, signed: Settings):
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE agenda_version SET version_num = '0003'")
    with pytest.raises(BadDatabase, match="är inte uppgraderad till den här versionen"):
        with opened(signed):
            pass


def test_a_database_that_is_away_is_said_in_words(settings: Settings):
    url = SecretStr("postgresql://agenda@127.0.0.1:1/agenda")
    away = settings.model_copy(update={"database_url": url})
    with pytest.raises(BadDatabase, match="går inte att använda"):
        with opened(away):
            pass


def test_a_database_that_nobody_has_signed_yet_is_open(engine: Engine, here: Settings):
    """One that was made before there were signatures, until its next start."""
    check(engine, here)
    with opened(here) as found, reading(found) as session:
        assert session.get(Installation, 1) is None
