"""The secret key: made once, for its owner alone, and never a weak one."""

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from agenda.installation import settings as settings_module
from agenda.installation.secret import KEY_FILE, former_key, secret_key
from agenda.installation.settings import Settings
from agenda.links.keyring import Keyring, WrongKey, derived_token, token_hash
from agenda.models import Link, Purpose
from agenda.words.errors import BadSettings

KEY, FORMER = b"the present key of the tests, long", b"the former key of the tests, long"
NOW = datetime(2026, 9, 18, 6, 0, tzinfo=UTC)
MAILED = {Purpose.REPLY: "u:1", Purpose.DECISION: "extension:u", Purpose.FEED: "feed:u:1"}
"""What tokens that are mailed already were made of, by purpose."""


def test_the_key_is_made_once_and_only_its_owner_can_read_it(settings: Settings) -> None:
    made = secret_key(settings)
    file = settings.var / KEY_FILE
    assert secret_key(settings) == made
    assert len(made) == 64
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(settings.var.stat().st_mode) == 0o700
    assert [path.name for path in settings.var.iterdir()] == [KEY_FILE]


def test_two_installations_have_two_keys(settings: Settings, tmp_path: Path) -> None:
    other = settings.model_copy(update={"var": tmp_path / "annan"})
    assert secret_key(settings) != secret_key(other)


@pytest.mark.parametrize("content", [b"", b"\n", b"half-a-key"])
def test_a_key_that_was_cut_short_is_refused(settings: Settings, content: bytes) -> None:
    secret_key(settings)
    (settings.var / KEY_FILE).write_bytes(content)
    with pytest.raises(BadSettings, match=r"är avkortad\. Lägg tillbaka den från en kopia"):
        secret_key(settings)


@pytest.mark.parametrize("mode", [0o640, 0o604])
def test_a_key_that_others_can_read_is_refused(settings: Settings, mode: int) -> None:
    secret_key(settings)
    (settings.var / KEY_FILE).chmod(mode)
    with pytest.raises(BadSettings, match=r"kan läsas av andra på datorn\. Kör: chmod 600"):
        secret_key(settings)


@pytest.mark.parametrize("name", ["AGENDA_SECRET_KEY", "AGENDA_FORMER_SECRET_KEY"])
@pytest.mark.parametrize("key", ["kort", "x" * 64, "changeme" * 8, "0123456789" * 2])
def test_a_weak_key_stops_the_start_and_is_not_repeated(
    monkeypatch: pytest.MonkeyPatch, name: str, key: str
) -> None:
    monkeypatch.setenv(name, key)
    with pytest.raises(BadSettings, match=name) as refused:
        settings_module.settings()
    assert key not in str(refused.value)


def test_no_secret_stands_in_what_is_printed_of_the_settings() -> None:
    secrets = {
        "secret_key": KEY.decode(),
        "former_secret_key": FORMER.decode(),
        "mail_password": "hemligt-losenord",
        "database_url": "postgresql://agenda:databaslosen@localhost/agenda",
    }
    made = Settings(_env_file=None, mail_server="a.example", mail_from="a@b.example")
    made = made.model_copy(update={name: SecretStr(value) for name, value in secrets.items()})
    shown = f"{made!r} {made} {made.model_dump()} {made.model_dump_json()}"
    for value in (*secrets.values(), "databaslosen"):
        assert value not in shown


def a_link(purpose: Purpose, *, hashed: str = "", generation: int = 1) -> Link:
    return Link(uid="u", purpose=purpose, generation=generation, token_hash=hashed, created_at=NOW)


@pytest.mark.parametrize("purpose", Purpose)
def test_a_token_is_made_of_whichever_key_its_hash_is_of(purpose: Purpose) -> None:
    ring, words = Keyring(KEY, "https://portal.example", FORMER), MAILED[purpose]
    for key in (KEY, FORMER):
        token = derived_token(key, words)
        assert ring.token(a_link(purpose, hashed=token_hash(token))) == token
    assert ring.new_hash(a_link(purpose)) == token_hash(derived_token(KEY, words))


@pytest.mark.parametrize("purpose", Purpose)
def test_a_token_of_neither_key_is_not_made_at_all(purpose: Purpose) -> None:
    stored = token_hash(derived_token(FORMER, MAILED[purpose]))
    with pytest.raises(WrongKey, match="agenda link rekey"):
        Keyring(KEY, "https://portal.example").token(a_link(purpose, hashed=stored))


def test_no_two_purposes_and_no_two_generations_have_the_same_token() -> None:
    ring = Keyring(KEY, "https://portal.example")
    links = [a_link(purpose, generation=n) for purpose in Purpose for n in (1, 2, 3)]
    assert len({ring.new_hash(link) for link in links}) == len(links)


def test_the_former_key_is_none_unless_the_settings_name_it(settings: Settings) -> None:
    named = settings.model_copy(update={"former_secret_key": SecretStr(FORMER.decode())})
    assert (former_key(settings), former_key(named)) == (None, FORMER)
