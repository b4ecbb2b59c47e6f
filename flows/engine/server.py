"""Prefect's server and dashboard: its pages call nobody else, and nobody else's page calls it.

`prefect server start` gives the same server, but its newer pages load an analytics client
that calls an outside host before it reads the setting that turns it off. A content
security policy (W3C CSP Level 3) on every answer makes the browser refuse. It also obeys
whichever page the browser has open; here a gate stands in front of it.
"""

import os
from typing import TYPE_CHECKING

from agenda.installation.settings import settings
from flows.engine.environment import environment
from flows.engine.gate import API_PATH, Application, Gate, Message, Receive, Scope, Send, gated

if TYPE_CHECKING:
    from prefect.settings import Settings

# The pages style elements in place, draw the graph of a run with code made on the spot
# ('unsafe-eval'; without it the graph stays white), show pictures from data: URIs and start
# workers from blob: URIs. Everything else must come from the server itself.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; "
    "connect-src 'self'; object-src 'none'; base-uri 'self'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)


def with_own_origin_only(application: Application) -> Application:
    """An ASGI application whose pages can only load from and call their own origin."""

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *HEADERS]
            await send(message)

        await application(scope, receive, send_guarded)

    return guarded


def gate_of(prefect: "Settings") -> Gate:
    """The gate of a server with these settings of Prefect's own."""
    server = prefect.server
    addresses = [address for address in (prefect.ui_url, prefect.api.url) if address]
    if server.api.host not in ("0.0.0.0", "::"):  # noqa: S104
        host = f"[{server.api.host}]" if ":" in server.api.host else server.api.host
        addresses.append(f"http://{host}:{server.api.port}")
    return Gate.of(server.api.port, addresses=addresses, api_path=server.api.base_path or API_PATH)


def main() -> None:
    """Run the server in the foreground, with its background services, until it is stopped."""
    # Prefect reads its settings when it is first imported.
    os.environ.update(environment(settings()))
    import uvicorn
    from prefect.server.api.server import create_app
    from prefect.settings import get_current_settings

    found = get_current_settings()
    server = found.server
    uvicorn.run(
        with_own_origin_only(gated(create_app(final=True), gate_of(found))),
        host=server.api.host,
        port=server.api.port,
        timeout_keep_alive=server.api.keepalive_timeout,
        ws_ping_interval=server.api.websocket_ping_interval,
        ws_ping_timeout=server.api.websocket_ping_timeout,
        log_level=server.logging_level.lower(),
        # An open dashboard holds websockets that would keep the server from ending.
        timeout_graceful_shutdown=2,
    )


if __name__ == "__main__":
    main()
