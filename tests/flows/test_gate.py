"""Prefect obeys its own pages and our programs, and no page of another site."""

import asyncio
import shutil
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from flows.engine.gate import DESCRIPTIONS, NOT_THERE, REFUSED, Gate, gated
from flows.rest.api import post

OWN = "127.0.0.1:4210"
GATE = Gate.of(4210)


def ask(gate=GATE, *, kind="http", method="GET", path="/api/flow_runs/filter", headers=()):
    """The status of an answer; 200 where the application itself was asked."""
    sent, asked = [], []

    async def application(scope, receive, send):
        asked.append(scope)

    async def send(message):
        sent.append(message)

    scope = {
        "type": kind,
        "method": method,
        "path": path,
        "headers": [(name.encode(), value.encode()) for name, value in headers],
    }
    if kind == "websocket":
        del scope["method"]
    asyncio.run(gated(application, gate)(scope, None, send))
    if asked:
        assert sent == []
        return 200
    if kind == "websocket":
        assert sent == [{"type": "websocket.close", "code": 1008}]
        return 403
    return sent[0]["status"]


KINDS = pytest.mark.parametrize("kind", ["http", "websocket"])


@KINDS
@pytest.mark.parametrize("host", [OWN, "localhost:4210", "LOCALHOST:4210", "[::1]:4210"])
def test_a_program_on_the_machine_is_answered_under_each_of_its_names(kind, host):
    assert ask(kind=kind, method="POST", headers=[("host", host)]) == 200


@KINDS
@pytest.mark.parametrize(
    "host",
    [
        "attacker.example:4210",
        "127.0.0.1",
        "127.0.0.1:8400",
        "127.0.0.1:4210.attacker.example",
        "attacker.localhost:4210",
        "user@127.0.0.1:4210",
        "[::1",
        "",
    ],
)
def test_another_name_for_the_machine_is_refused(kind, host):
    assert ask(kind=kind, headers=[("host", host)]) == 403


@KINDS
def test_no_name_and_two_names_are_refused(kind):
    assert ask(kind=kind, headers=[]) == 403
    assert ask(kind=kind, headers=[("host", OWN), ("host", "attacker.example")]) == 403


@KINDS
@pytest.mark.parametrize(
    "origin",
    [
        "http://attacker.example",
        "http://127.0.0.1:8400",
        "https://127.0.0.1:4210",
        "http://127.0.0.1:4210.attacker.example",
        "http://127.0.0.2:4210",
        "null",
        "",
    ],
)
def test_a_page_of_another_origin_is_refused(kind, origin):
    headers = [("host", OWN), ("origin", origin)]
    assert ask(kind=kind, method="POST", headers=headers) == 403
    # It does not help to say one's own as well.
    headers.append(("origin", f"http://{OWN}"))
    assert ask(kind=kind, method="POST", headers=headers) == 403


@KINDS
def test_its_own_page_is_answered(kind):
    headers = [("host", OWN), ("origin", f"http://{OWN}"), ("sec-fetch-site", "same-origin")]
    assert ask(kind=kind, method="POST", headers=headers) == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site", "something-new"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_another_sites_page_loads_is_refused(site, method):
    headers = [("host", OWN), ("sec-fetch-site", site), ("sec-fetch-mode", "no-cors")]
    assert ask(method=method, headers=headers) == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_person_who_follows_a_link_comes_to_a_page_and_to_nothing_else(site):
    followed = [("host", OWN), ("sec-fetch-site", site), ("sec-fetch-mode", "navigate")]
    page = [*followed, ("sec-fetch-dest", "document")]
    assert ask(path="/v2/runs", headers=page) == 200
    assert ask(path="/", headers=page) == 200
    assert ask(path="/v2/runs", headers=[*followed, ("sec-fetch-dest", "iframe")]) == 403
    assert ask(path="/v2/runs", method="POST", headers=page) == 403
    assert ask(path="/api/flow_runs/count", headers=page) == 403
    assert ask(path="/api", headers=page) == 403
    assert ask(path="/v2/runs", headers=[*page, ("origin", "http://attacker.example")]) == 403


@pytest.mark.parametrize("path", DESCRIPTIONS)
def test_the_interface_is_described_to_nobody(path):
    assert ask(path=path, headers=[("host", OWN)]) == 404
    assert ask(path=f"/api{path}", headers=[("host", OWN)]) == 404


def test_an_address_that_was_configured_is_its_own_with_or_without_the_usual_port():
    gate = Gate.of(4210, addresses=["https://Agenda.regionen.example/prefect"])
    for host in ("agenda.regionen.example", "agenda.regionen.example:443"):
        assert ask(gate, headers=[("host", host)]) == 200
    origin = ("origin", "https://agenda.regionen.example")
    assert ask(gate, headers=[("host", OWN), origin]) == 200
    assert ask(gate, headers=[("host", "agenda.regionen.example:4210")]) == 403


def test_what_starts_and_ends_the_application_passes():
    passed = []

    async def application(scope, receive, send):
        passed.append(scope)

    asyncio.run(gated(application, GATE)({"type": "lifespan"}, None, None))
    assert passed == [{"type": "lifespan"}]


def on_the_running_server(settings, method, path, **headers):
    with httpx.Client(base_url=settings.prefect_url, trust_env=False) as client:
        body = {} if method == "POST" else None
        return client.request(method, path, headers=headers, json=body)


@pytest.mark.prefect
@pytest.mark.xdist_group("prefect")
def test_the_running_server_refuses_in_words_and_with_its_policy(prefect_server):
    answer = on_the_running_server(
        prefect_server, "POST", "/api/deployments/bulk_delete", Origin="http://attacker.example"
    )
    assert (answer.status_code, answer.text) == (403, REFUSED)
    assert "content-security-policy" in answer.headers
    rebound = on_the_running_server(prefect_server, "GET", "/v2/dashboard", Host="attacker.example")
    assert (rebound.status_code, rebound.text) == (403, REFUSED)


@pytest.mark.prefect
@pytest.mark.xdist_group("prefect")
@pytest.mark.parametrize("path", DESCRIPTIONS)
@pytest.mark.parametrize("where", ["", "/api"])
def test_the_running_server_describes_itself_to_nobody(prefect_server, where, path):
    answer = on_the_running_server(prefect_server, "GET", f"{where}{path}")
    assert (answer.status_code, answer.text) == (404, NOT_THERE)


def shake_hands(settings, *headers):
    """The first line of the answer to a websocket's opening handshake (RFC 6455 4.1)."""
    port = settings.prefect_port
    lines = [
        "GET /api/events/out HTTP/1.1",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Protocol: prefect",
        *(header.format(port=port) for header in headers),
    ]
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode())
        return connection.makefile("rb").readline().split()[1]


@pytest.mark.prefect
@pytest.mark.xdist_group("prefect")
def test_a_websocket_opens_for_programs_and_its_own_pages_alone(prefect_server):
    own = "Host: 127.0.0.1:{port}"
    assert shake_hands(prefect_server, own) == b"101"
    assert shake_hands(prefect_server, own, "Origin: http://127.0.0.1:{port}") == b"101"
    assert shake_hands(prefect_server, own, "Origin: http://127.0.0.1:1") == b"403"
    assert shake_hands(prefect_server, "Host: attacker.example:{port}") == b"403"


class Attack(BaseHTTPRequestHandler):
    """A page that does to Prefect what a page can; `port` is Prefect's."""

    port = 0

    def do_GET(self) -> None:
        page = PAGE.replace("PORT", str(self.port)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_: object) -> None:
        pass


PAGE = """<!doctype html><title>Nyheter</title>
<form id=form method=post target=hidden enctype="text/plain"
  action="http://127.0.0.1:PORT/api/flows/bulk_delete">
<input name='{"flows":{"name":{"like_":"' value='"}}}'></form>
<iframe name=hidden></iframe>
<a id=follow href="http://127.0.0.1:PORT/v2/dashboard">Visa</a>
<script>
async function attack() {
  const api = "http://127.0.0.1:PORT/api", told = {};
  const post = async (name, options) => {
    try {
      const answer = await fetch(api + "/flows/bulk_delete", {method: "POST", ...options});
      told[name] = answer.type + " " + answer.status;
    } catch (error) { told[name] = "blocked"; }
  };
  const json = {headers: {"Content-Type": "application/json"}, body: "{}"};
  await post("json", json);
  await post("blind", {mode: "no-cors", body: "{}"});
  await post("empty", {mode: "no-cors"});
  try { told.read = String((await fetch(api + "/admin/version")).status); }
  catch (error) { told.read = "blocked"; }
  told.socket = await new Promise(settle => {
    const socket = new WebSocket("ws://127.0.0.1:PORT/api/events/in");
    socket.onopen = () => settle("open");
    socket.onerror = () => settle("refused");
  });
  const loaded = new Promise(settle => {
    document.querySelector("iframe").onload = settle;
  });
  document.getElementById("form").submit();
  await loaded;
  return told;
}
</script>"""


@pytest.fixture
def attacker(prefect_server, name) -> Iterator[int]:
    """The port of another site on this machine, of that name."""
    handler = type("Attack", (Attack,), {"port": prefect_server.prefect_port})
    place = name if name == "127.0.0.2" else "127.0.0.1"
    with ThreadingHTTPServer((place, 0), handler) as site:
        thread = threading.Thread(target=site.serve_forever)
        thread.start()
        yield site.server_port
        site.shutdown()
        thread.join()


@pytest.mark.prefect
@pytest.mark.browser
@pytest.mark.xdist_group("prefect")
@pytest.mark.parametrize("name", ["attacker.localhost", "localhost", "127.0.0.1", "127.0.0.2"])
def test_a_page_on_another_site_can_do_nothing_in_a_real_browser(
    prefect_server, prefect, attacker, name
):
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium on this machine")
    post(prefect, "/flows/", {"name": "kvar"})
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        answers = []
        page.on("response", lambda answer: answers.append((answer.url, answer.status)))
        page.goto(f"http://{name}:{attacker}/")
        told = page.evaluate("attack()")
        at_prefect = {
            status for url, status in answers if f":{prefect_server.prefect_port}/" in url
        }
        page.click("#follow")
        page.get_by_text("Runs").first.wait_for()
        browser.close()
    assert told["json"] == told["read"] == "blocked"
    assert told["socket"] == "refused"
    assert at_prefect <= {403}
    assert [flow["name"] for flow in post(prefect, "/flows/filter", {})] == ["kvar"]
