"""What stands in the portal's log, and what never does."""

import json
import logging
import logging.config
import sys

import pytest

from agenda.installation.settings import Settings
from portal.logs import JsonLines, masked
from portal.up.parts import LOG_CONFIG, parts

TOKEN = "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (f"GET /svar/{TOKEN}/kvitto failed", "GET /svar/…/kvitto failed"),
        (f"/kalender/{TOKEN}.ics", "/kalender/….ics"),
        (f"POST /anstand/{TOKEN[:30]} failed", "POST /anstand/… failed"),
        (f"GET /svar/{TOKEN}/anstand?skickad=1", "GET /svar/…/anstand?skickad=1"),
        (f"parameters: ('{TOKEN}',)", "parameters: ('…',)"),
        ("to anna.berg@bracke.example: 550", "to …@…: 550"),
        ("/svar/ny-lank", "/svar/ny-lank"),
        (f"{'a1' * 32} is a checksum", f"{'a1' * 32} is a checksum"),
    ],
)
def test_tokens_and_addresses_are_masked_and_the_rest_is_kept(said: str, kept: str) -> None:
    assert masked(said) == kept


def test_a_fault_is_one_line_of_json() -> None:
    try:
        raise ValueError(f"no such thing:\n{TOKEN}")
    except ValueError:
        record = logging.LogRecord("portal", 40, __file__, 1, "Fault %s", ("ab12",), sys.exc_info())
    record.created = 0.5
    told = JsonLines().format(record)
    assert "\n" not in told
    line = json.loads(told)
    fault = line.pop("fault")
    assert fault.startswith("Traceback (most recent call last):")
    assert fault.endswith("ValueError: no such thing:\n…")
    assert line == {
        "at": "1970-01-01T00:00:00.500+00:00",
        "level": "ERROR",
        "logger": "portal",
        "message": "Fault ab12",
    }


def test_the_portal_is_started_with_the_log_and_without_a_list_of_addresses(
    settings: Settings,
) -> None:
    [command] = [part.command for part in parts(settings) if part.key == "portal"]
    assert command[command.index("--log-config") + 1] == str(LOG_CONFIG)
    assert "--no-access-log" in command
    assert "--no-proxy-headers" in command
    found = json.loads(LOG_CONFIG.read_text())
    assert found["formatters"]["lines"]["()"] == "portal.logs.JsonLines"
    logging.config.DictConfigurator(found).configure_formatter(found["formatters"]["lines"])


def test_only_the_proxies_that_were_named_are_believed(settings: Settings) -> None:
    behind = Settings(_env_file=None, var=settings.var, trusted_proxies="10.0.0.5, 10.1.0.0/16")
    [command] = [part.command for part in parts(behind) if part.key == "portal"]
    assert command[-3:] == ["--proxy-headers", "--forwarded-allow-ips", "10.0.0.5,10.1.0.0/16"]
