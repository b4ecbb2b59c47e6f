"""The base address: whole, or a sentence that says what is wrong, before anything starts."""

import pytest

from agenda.installation import settings as settings_module
from agenda.installation.base_url import whole_address
from agenda.installation.settings import Settings
from agenda.words.errors import BadSettings


@pytest.fixture(autouse=True)
def read_anew(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    monkeypatch.chdir(tmp_path)
    settings_module.settings.cache_clear()
    yield
    settings_module.settings.cache_clear()


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://agenda.regionen.se", "https://agenda.regionen.se"),
        ("https://agenda.regionen.se/", "https://agenda.regionen.se"),
        (" HTTPS://Agenda.Regionen.SE ", "https://agenda.regionen.se"),
        ("https://agenda.regionen.se:443", "https://agenda.regionen.se"),
        ("http://agenda.regionen.se:8400", "http://agenda.regionen.se:8400"),
        ("https://påverkan.regionen.se", "https://xn--pverkan-exa.regionen.se"),
        ("http://localhost:8400", "http://localhost:8400"),
        ("http://10.1.2.3:80", "http://10.1.2.3"),
        ("http://[::1]:8400", "http://[::1]:8400"),
    ],
)
def test_a_base_address_is_read_as_a_browser_reads_it(written: str, address: str) -> None:
    assert whole_address(written) == address


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("agenda.regionen.se", "med http:// eller https:// först"),
        ("//agenda.regionen.se", "med http:// eller https:// först"),
        ("https:agenda.regionen.se", "med http:// eller https:// först"),
        ("https:///svar", "med http:// eller https:// först"),
        ("ftp://agenda.regionen.se", "med http:// eller https:// först"),
        ("javascript://agenda.regionen.se", "med http:// eller https:// först"),
        ("https://agenda.regionen.se/agenda", "utan sökvägen /agenda: portalen kan inte ligga"),
        ("https://agenda.regionen.se?x=1", "utan frågetecken och nummertecken"),
        ("https://agenda.regionen.se/?", "utan frågetecken och nummertecken"),
        ("https://agenda.regionen.se#x", "utan frågetecken och nummertecken"),
        ("https://anna:hemlig@regionen.se", "utan användarnamn och lösenord"),
        ("https://@regionen.se", "utan användarnamn och lösenord"),
        ("https://agenda regionen.se", "utan blanksteg"),
        ("https://agenda.regionen.se\n.x.se", "utan blanksteg"),
        ("https://agenda\u00a0.se", "utan blanksteg"),
        ("https://agenda.regionen.se:x", "porten är ett tal mellan 1 och 65535"),
        ("https://agenda.regionen.se:99999", "porten är ett tal mellan 1 och 65535"),
        ("http://0.0.0.0:8400", "0.0.0.0 är inget namn på en dator"),
        ("https://agenda_region.se", "agenda_region.se är inget namn på en dator"),
        ("https://-.se", "-.se är inget namn på en dator"),
    ],
)
def test_what_is_no_whole_address_stops_the_start_and_every_command_in_words(
    written: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AGENDA_BASE_URL", written)
    with pytest.raises(BadSettings) as raised:
        settings_module.settings()
    said = str(raised.value)
    assert "AGENDA_BASE_URL: skriv hela adressen, till exempel https://agenda.regionen.se" in said
    assert why in said
    assert "hemlig" not in said


@pytest.mark.parametrize("host", ["0.0.0.0", "::", ""])
def test_nothing_is_linked_to_every_address_of_a_machine(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AGENDA_HOST", host)
    with pytest.raises(BadSettings, match=r"Ange adressen som folk använder i AGENDA_BASE_URL"):
        settings_module.settings()
    monkeypatch.setenv("AGENDA_BASE_URL", "https://agenda.regionen.se")
    settings_module.settings.cache_clear()
    assert settings_module.settings().portal_url == "https://agenda.regionen.se"


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8400"),
        ("10.1.2.3", "http://10.1.2.3:8400"),
        ("fd00::7", "http://[fd00::7]:8400"),
    ],
)
def test_without_a_base_address_links_lead_to_where_the_portal_listens(
    host: str, address: str
) -> None:
    assert Settings(_env_file=None, host=host).portal_url == address


def test_an_empty_base_address_is_none() -> None:
    assert Settings(_env_file=None, base_url=" ").portal_url == "http://127.0.0.1:8400"
