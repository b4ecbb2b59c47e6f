"""The portal of an installation starts with its own database and key, or not at all."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from agenda.installation import settings as in_force
from agenda.installation.secret import KEY_FILE
from agenda.installation.settings import Settings
from agenda.installation.signature import sign
from agenda.storage.schema import migrate
from agenda.storage.store import open_engine, transaction
from portal.app import installed
from tests.rounds_under_way import sv

NOW = sv("2020-05-08 08:00")


def started_with(settings: Settings, monkeypatch: pytest.MonkeyPatch, **changes: object) -> None:
    chosen = settings.model_copy(update=changes)
    monkeypatch.setattr(in_force, "settings", lambda: chosen)
    app = installed()
    app.state.engine.dispose()


def signed(settings: Settings) -> Settings:
    engine = open_engine(settings.engine_url)
    migrate(engine)
    with transaction(engine) as session:
        sign(session, settings, now=NOW)
    engine.dispose()
    return settings


def test_a_portal_without_a_database_makes_neither_one_nor_a_key(settings, monkeypatch):
    with pytest.raises(SystemExit, match=r"Det finns ingen databas än .* agenda up"):
        started_with(settings, monkeypatch)
    assert not settings.var.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"base_url": "https://annan.example"}, "AGENDA_BASE_URL gör adressen till portalen"),
        ({"mail_from": "annan@regionen.example"}, "AGENDA_MAIL_FROM gör avsändaren"),
        ({"secret_key": SecretStr("another key of the tests, long enough")}, "nyckel"),
    ],
)
def test_a_portal_with_anothers_settings_does_not_start(settings, monkeypatch, changes, said):
    own = signed(settings)
    with pytest.raises(SystemExit, match=said):
        started_with(own, monkeypatch, **changes)


def test_a_portal_that_has_lost_its_key_makes_no_other(settings, monkeypatch):
    own = signed(settings)
    key: Path = own.var / KEY_FILE
    key.unlink()
    with pytest.raises(SystemExit, match="Den hemliga nyckeln saknas"):
        started_with(own, monkeypatch)
    assert not key.exists()


def test_a_portal_whose_database_is_only_away_starts_and_says_so_itself(settings, monkeypatch):
    away = SecretStr("postgresql+psycopg://agenda@127.0.0.1:1/agenda")
    started_with(settings, monkeypatch, database_url=away)


def test_the_portal_of_an_installation_starts(settings, monkeypatch):
    started_with(signed(settings), monkeypatch)
