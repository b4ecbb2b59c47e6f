"""Prefect's REST API as this product uses it: one connection, one error, whole lists."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from agenda.words.errors import AgendaError

PAGE = 200
"""How many rows Prefect gives at a time, at most."""
PAUSES_SECONDS = (0.1, 0.2, 0.4, 0.8, 1.6)
"""Between the tries when the server says "not just now", as it does when two write at once."""


class PrefectAway(AgendaError):
    """Prefect's server does not answer; nothing of ours is lost by it."""


@contextmanager
def prefect_at(api: str, *, timeout_seconds: float = 30) -> Iterator[httpx.Client]:
    """A connection to a Prefect server's API.

    Args:
        api: Its address, ending in /api. The login is PREFECT_API_AUTH_STRING, if set.
        timeout_seconds: How long one call may take.

    Raises:
        PrefectAway: the server cannot be reached or answers with an error.
    """
    url = httpx.URL(api)
    user, has_login, password = os.environ.get("PREFECT_API_AUTH_STRING", "").partition(":")
    client = httpx.Client(
        base_url=url,
        auth=httpx.BasicAuth(user, password) if has_login else None,
        timeout=timeout_seconds,
        # A line of its own for each request: on one that is kept, a request that leaves as
        # the server hangs up is lost, and nobody knows whether it was heard.
        limits=httpx.Limits(max_keepalive_connections=0),
        # Reading the certificates of the world takes longer than the call; plain HTTP needs none.
        verify=url.scheme == "https",
        # A proxy for the internet cannot reach this machine's own loopback.
        trust_env=url.host not in {"127.0.0.1", "localhost", "::1"},
    )
    try:
        with client:
            yield client
    except httpx.HTTPError as error:
        raise PrefectAway(
            f"Prefect på {url} svarar inte som det ska ({_said(error)}). Planen och utskicken "
            "påverkas inte, men instrumentpanelen visar inte det senaste. Starta Prefect, "
            "eller rätta AGENDA_PREFECT_API_URL."
        ) from error


def rows(client: httpx.Client, path: str, **conditions: Any) -> Iterator[dict[str, Any]]:
    """Every row of one of Prefect's filters, however many pages that takes.

    Read it to the end before changing anything, or the next page skips rows.
    """
    offset = 0
    while True:
        page = post(client, path, conditions | {"limit": PAGE, "offset": offset})
        yield from page
        if len(page) < PAGE:
            return
        offset += PAGE


def post(client: httpx.Client, path: str, body: dict[str, Any]) -> Any:
    """Send JSON and read the JSON that comes back."""
    return _answer(client, "POST", path, json=body).raise_for_status().json()


def delete(client: httpx.Client, path: str) -> bool:
    """Delete something; False when somebody else already had."""
    answer = _answer(client, "DELETE", path)
    if answer.status_code == httpx.codes.NOT_FOUND:
        return False
    answer.raise_for_status()
    return True


def _answer(client: httpx.Client, method: str, path: str, **content: Any) -> httpx.Response:
    for pause in PAUSES_SECONDS:
        answer = client.request(method, path, **content)
        if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
            return answer
        time.sleep(pause)
    return client.request(method, path, **content)


def _said(error: httpx.HTTPError) -> str:
    if isinstance(error, httpx.HTTPStatusError):
        return f"svarskod {error.response.status_code}"
    return type(error).__name__
