"""Who comes, and over what: believed when a proxy that was named says it, and from nobody else."""

import socket
import threading

import httpx
import pytest
import uvicorn
from starlette.requests import Request
from starlette.responses import JSONResponse

from agenda.installation.settings import Settings
from portal.door.visits import client_of
from portal.up.parts import parts


async def application(scope, receive, send) -> None:
    request = Request(scope, receive)
    await JSONResponse([client_of(request), request.url.scheme])(scope, receive, send)


def told(settings: Settings, forwarded: dict[str, str]) -> list[str]:
    """Whom the portal, started as `agenda up` starts it, takes a visitor from loopback for."""
    [command] = [part.command for part in parts(settings) if part.key == "portal"]
    arguments = command[command.index("uvicorn") + 1 :]
    chosen = uvicorn.main.make_context("uvicorn", arguments).params
    names = ("proxy_headers", "forwarded_allow_ips", "http")
    config = uvicorn.Config(
        application, lifespan="off", log_level="critical", **{name: chosen[name] for name in names}
    )
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            address = f"http://127.0.0.1:{listening.getsockname()[1]}"
            answer = httpx.get(address, headers=forwarded, trust_env=False)
        finally:
            server.should_exit = True
            thread.join(10)
    return answer.json()


FORWARDED = {"X-Forwarded-For": "198.51.100.7", "X-Forwarded-Proto": "https"}


@pytest.mark.parametrize("named", ["", "10.0.0.5"])
def test_a_visitor_cannot_pass_for_another_without_a_proxy_that_was_named(
    settings: Settings, named: str
) -> None:
    chosen = Settings(_env_file=None, var=settings.var, trusted_proxies=named)
    assert told(chosen, FORWARDED) == ["127.0.0.1", "http"]


def test_a_proxy_that_was_named_is_believed(settings: Settings) -> None:
    chosen = Settings(_env_file=None, var=settings.var, trusted_proxies="127.0.0.1")
    assert told(chosen, FORWARDED) == ["198.51.100.7", "https"]


def test_what_a_visitor_says_through_a_proxy_does_not_count(settings: Settings) -> None:
    """The proxy adds the address that it sees itself at the end; what stood before is hearsay."""
    chosen = Settings(_env_file=None, var=settings.var, trusted_proxies="127.0.0.1")
    forged = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7"}
    assert told(chosen, forged)[0] == "198.51.100.7"
