import pytest

from agenda.installation.settings import Settings
from portal.up.parts import own_address, part_environment, parts


def test_the_parts_start_server_first_and_together_end_within_the_time_to_stop(
    settings: Settings,
) -> None:
    needed = parts(settings)
    assert [part.key for part in needed] == ["server", "portal", "postman", "runner"]
    assert sum(part.stop_seconds for part in needed) < 10


def test_with_another_prefect_server_neither_server_nor_runner_is_started(
    settings: Settings,
) -> None:
    elsewhere = settings.model_copy(update={"prefect_api_url": "http://prefect.example/api"})
    assert [part.key for part in parts(elsewhere)] == ["portal", "postman"]


def test_no_part_asks_the_machines_proxy_for_another_part(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.regionen.example:3128")
    monkeypatch.setenv("NO_PROXY", "intranet.example")
    given = part_environment(settings)
    assert given["HTTP_PROXY"] == "http://proxy.regionen.example:3128"
    assert given["NO_PROXY"] == "intranet.example,localhost,127.0.0.1,::1"
    assert given["no_proxy"] == given["NO_PROXY"]


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8400"),
        ("0.0.0.0", "http://127.0.0.1:8400"),
        ("::", "http://[::1]:8400"),
        ("10.1.2.3", "http://10.1.2.3:8400"),
    ],
)
def test_the_portal_is_asked_where_it_listens(settings: Settings, host: str, address: str) -> None:
    assert own_address(settings.model_copy(update={"host": host})) == address
