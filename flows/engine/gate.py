"""Whom Prefect answers: its own pages and programs on its own addresses, no other site's page.

Prefect knows no people. A page on any other site, opened in the coordinator's browser, could
post a form to it, and a name that is pointed at this machine (DNS rebinding) could read it.
Browsers say where a page comes from (`Origin`, RFC 6454; `Sec-Fetch-Site`, W3C Fetch Metadata)
and which name was asked for (`Host`). Programs send the last alone, and are let in.
"""

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

API_PATH = "/api"
OWN_NAMES = ("127.0.0.1", "localhost", "[::1]")
USUAL_PORTS = {"http": ":80", "https": ":443"}
DESCRIPTIONS = ("/docs", "/docs/oauth2-redirect", "/redoc", "/openapi.json")
"""Where FastAPI describes an interface, and loads the pages for it from elsewhere."""
REFUSED = (
    "Prefect svarar bara sina egna sidor på sin egen adress. Öppna instrumentpanelen på den "
    "adress som agenda up skriver. Nås den genom en proxy, sätt PREFECT_UI_URL till adressen."
)
NOT_THERE = "Sidan finns inte."


@dataclass(frozen=True, slots=True)
class Gate:
    """What a server may be asked for, and by whom."""

    origins: frozenset[str]
    """Its own origins, as browsers write them: "http://127.0.0.1:4210"."""
    api_path: str = API_PATH

    @classmethod
    def of(cls, port: int, *, addresses: Iterable[str] = (), api_path: str = API_PATH) -> "Gate":
        """The gate of a server on this machine.

        Args:
            port: Where it listens.
            addresses: The whole addresses that it is known by besides, e.g. behind a proxy.
            api_path: Where its interface for programs begins.
        """
        own = {_origin(f"http://{name}:{port}") for name in OWN_NAMES}
        return cls(frozenset(own | {_origin(address) for address in addresses}), api_path)

    def refuses(self, scope: Scope) -> bool:
        """Whether somebody else's page asks, or its own is asked for under another's name."""
        said = [(name, value.decode("latin-1")) for name, value in scope["headers"]]
        hosts = [value.lower() for name, value in said if name == b"host"]
        if len(hosts) != 1 or not self._is_own_host(hosts[0]):
            return True
        if any(value not in self.origins for name, value in said if name == b"origin"):
            return True
        sites = {value for name, value in said if name == b"sec-fetch-site"}
        return not sites <= {"same-origin", "none"} and not self._follows_a_link(scope, said)

    def describes(self, scope: Scope) -> bool:
        """Whether a description of the interface is asked for."""
        path = str(scope["path"])
        return path in DESCRIPTIONS or path.removeprefix(self.api_path) in DESCRIPTIONS

    def _is_own_host(self, host: str) -> bool:
        # A browser leaves out the usual port, and a proxy may write it.
        return any(
            f"{scheme}://{host.removesuffix(usual)}" in self.origins
            for scheme, usual in USUAL_PORTS.items()
        )

    def _follows_a_link(self, scope: Scope, said: list[tuple[bytes, str]]) -> bool:
        """Whether a person comes to a page from another, e.g. from the portal or a mail.

        The page opens in a window of its own, which whoever linked to it cannot read.
        """
        how = {value for name, value in said if name in (b"sec-fetch-mode", b"sec-fetch-dest")}
        is_page = not f"{scope['path']}/".startswith(f"{self.api_path}/")
        return (
            scope.get("method") in ("GET", "HEAD") and how == {"navigate", "document"} and is_page
        )


def gated(application: Application, gate: Gate) -> Application:
    """An ASGI application behind a gate, its websockets too."""

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await application(scope, receive, send)
        elif gate.refuses(scope):
            await _refuse(scope, send, 403, REFUSED)
        elif gate.describes(scope):
            await _refuse(scope, send, 404, NOT_THERE)
        else:
            await application(scope, receive, send)

    return guarded


async def _refuse(scope: Scope, send: Send, status: int, sentence: str) -> None:
    if scope["type"] == "websocket":
        # Before it was accepted: the server answers the handshake with 403.
        await send({"type": "websocket.close", "code": 1008})
        return
    body = sentence.encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _origin(address: str) -> str:
    """An address's origin as browsers write it, without the scheme's usual port (RFC 6454 6.2)."""
    parts = urlsplit(address)
    host = parts.netloc.lower().removesuffix(USUAL_PORTS.get(parts.scheme, ""))
    return f"{parts.scheme}://{host}"
