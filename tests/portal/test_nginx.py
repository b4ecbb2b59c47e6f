"""nginx with the configuration that comes with the product, before a real portal.

In Prefect's place is a small program behind Prefect's own gate, which tells what reached it.
"""

import asyncio
import json
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
import websockets
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from agenda.clock import utc_now
from agenda.installation.example import start_example_round
from agenda.installation.settings import Settings
from agenda.models import Coordinator, DeskRole, Round
from agenda.people.coordinators import coordinators_at_work
from agenda.people.roles import add_person, give_role
from agenda.people.signing_in import let_in_anywhere
from agenda.register import By
from agenda.storage.store import open_engine, transaction
from flows.engine.gate import Gate, gated
from tests.door import Reader
from tests.portal_process import portal_process

ROOT = Path(__file__).parents[2]
NGINX = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("nginx"),
    pytest.mark.skipif(NGINX is None, reason="no nginx: apt install nginx-light"),
]
PAGE = "/v2/runs?tab=flow-runs&tags=omg%C3%A5ng%3A2026"


class Upstream:
    """What stands in Prefect's place: says what reached it, and echoes on its websocket."""

    def __init__(self) -> None:
        self.reached: list[tuple[str, str, dict[str, str]]] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        if scope["type"] == "websocket":
            self.reached.append(("WS", scope["path"], headers))
            await receive()
            await send({"type": "websocket.accept"})
            said = await receive()
            await send({"type": "websocket.send", "text": said["text"]})
            await send({"type": "websocket.close", "code": 1000})
            return
        self.reached.append((scope["method"], scope["path"], headers))
        body = json.dumps([scope["method"], scope["path"], scope["query_string"].decode()])
        given = [(b"content-type", b"application/json"), (b"set-cookie", b"agenda=prefects")]
        await send({"type": "http.response.start", "status": 200, "headers": given})
        await send({"type": "http.response.body", "body": body.encode()})


@dataclass
class Front:
    """The two addresses that people have, and what is behind them."""

    desk: str
    dashboard: str
    settings: Settings
    upstream: Upstream
    trust: ssl.SSLContext

    def browser(self, role: DeskRole | None = None) -> httpx.Client:
        """A browser, signed in by a press as somebody of that role."""
        client = httpx.Client(verify=self.trust, trust_env=False, timeout=60)
        if role is not None:
            self._sign_in(client, role)
        return client

    def _sign_in(self, client: httpx.Client, role: DeskRole) -> None:
        engine = open_engine(self.settings.engine_url)
        with transaction(engine) as session:
            person = self._person(session, role)
            token = let_in_anywhere(session, person, now=utc_now())
        engine.dispose()
        way = f"{self.desk}/samordna/logga-in/{token}"
        form = Reader(client.get(way).text).forms[0]
        answer = client.post(way, data=dict(form.pairs), headers={"Origin": self.desk})
        assert answer.status_code == 303, answer.text

    def _person(self, session: Any, role: DeskRole) -> Coordinator:
        if role is DeskRole.COORDINATOR:
            return coordinators_at_work(session)[0]
        by = By.person("x", utc_now())
        person = add_person(session, name="Rut Lund", address="rut@regionen.example", by=by)
        give_role(session, session.get_one(Round, 1), person, role, by=by)
        return person


@pytest.fixture(scope="module")
def front(
    tmp_path_factory: pytest.TempPathFactory,
    free_ports: Callable[[int], list[int]],
    wait_until: Any,
    sqlite_template: Path,
) -> Iterator[Front]:
    folder = tmp_path_factory.mktemp("nginx")
    http, https, dashboard, prefect = free_ports(4)
    settings = Settings(
        _env_file=None,
        var=folder / "var",
        base_url=f"https://localhost:{https}",
        dashboard_url=f"https://localhost:{dashboard}",
        trusted_proxies="127.0.0.1",
    )
    settings.var.mkdir(mode=0o700)
    shutil.copyfile(sqlite_template, settings.var / "agenda.db")
    prepare(settings)
    upstream = Upstream()
    with portal_process(settings) as portal, serving(upstream, prefect, settings):
        ports = {"80": http, "443": https, "8443": dashboard}
        program = written(folder, ports, portal=portal.settings.portal_port, prefect=prefect)
        process = subprocess.Popen(program)
        try:
            wait_until(lambda: listens(dashboard), what="nginx listens")
            trust = ssl.create_default_context(cafile=str(folder / "agenda.pem"))
            addresses = settings.base_url or "", settings.dashboard_url or ""
            yield Front(*addresses, settings, upstream, trust)
        finally:
            process.terminate()
            process.wait(30)


def prepare(settings: Settings) -> None:
    engine = open_engine(settings.engine_url)
    try:
        with transaction(engine) as session:
            start_example_round(session, now=utc_now())
    finally:
        engine.dispose()


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def serving(upstream: Upstream, port: int, settings: Settings) -> Iterator[None]:
    gate = Gate.of(port, addresses=[settings.dashboard_url or ""])
    config = uvicorn.Config(
        gated(upstream, gate),
        port=port,
        lifespan="off",
        log_level="critical",
        ws="websockets-sansio",
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(30)


def written(folder: Path, ports: dict[str, int], *, portal: int, prefect: int) -> list[str]:
    """The configuration of the clone with this machine's ports and paths; how nginx runs it."""
    certificate(folder)
    text = (ROOT / "docs/nginx/agenda.conf").read_text(encoding="utf-8")
    inner = (ROOT / "docs/nginx/agenda-prefect.conf").read_text(encoding="utf-8")
    (folder / "prefect.conf").write_text(inner.replace(":4210", f":{prefect}"))
    changes = {
        "return 302 https://$server_name/": f"return 302 https://$server_name:{ports['443']}/",
        "agenda.regionen.example": "localhost",
        "/etc/ssl/certs/agenda.pem": f"{folder}/agenda.pem",
        "/etc/ssl/private/agenda.key": f"{folder}/agenda.key",
        "/etc/nginx/agenda-prefect.conf": f"{folder}/prefect.conf",
        "127.0.0.1:8400": f"127.0.0.1:{portal}",
        **{f"listen {name}": f"listen 127.0.0.1:{port}" for name, port in ports.items()},
    }
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    kept = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    (folder / "nginx.conf").write_text(
        f"daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;"
        f"events {{}} http {{ {kept} {text} }}"
    )
    return [str(NGINX), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]


def certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "agenda.pem").write_bytes(made.public_bytes(pem))
    (folder / "agenda.key").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


@pytest.fixture
def reached(front: Front) -> list[tuple[str, str, dict[str, str]]]:
    """What has reached Prefect in this test."""
    front.upstream.reached.clear()
    return front.upstream.reached


def test_signed_out_one_is_asked_to_sign_in_and_comes_back_to_the_same_page(
    front: Front, reached: list
) -> None:
    with closing(front.browser()) as browser:
        away = browser.get(f"{front.dashboard}{PAGE}")
        assert away.headers["location"] == f"{front.desk}/samordna/prefect{PAGE}"
        page = browser.get(away.headers["location"])
        assert page.status_code == 401
        on = dict(Reader(page.text).forms[0].pairs)["vidare"]
        assert on == f"/samordna/prefect{PAGE}"
        assert reached == []
    with closing(front.browser(DeskRole.COORDINATOR)) as browser:
        back = browser.get(f"{front.desk}{on}")
        assert (back.status_code, back.headers["location"]) == (303, f"{front.dashboard}{PAGE}")
        assert browser.get(back.headers["location"]).json() == [
            "GET",
            "/v2/runs",
            PAGE.partition("?")[2],
        ]


def test_who_coordinates_sees_the_dashboard_and_prefect_no_cookie(
    front: Front, reached: list
) -> None:
    with closing(front.browser(DeskRole.COORDINATOR)) as browser:
        read = browser.post(
            f"{front.dashboard}/api/flow_runs/filter",
            json={},
            headers={"Origin": front.dashboard, "Sec-Fetch-Site": "same-origin"},
        )
        assert read.json()[:2] == ["POST", "/api/flow_runs/filter"]
        assert "set-cookie" not in read.headers
        assert "cookie" not in reached[-1][2]


def test_its_websocket_passes_and_the_one_that_writes_does_not(front: Front, reached: list) -> None:
    with closing(front.browser(DeskRole.COORDINATOR)) as browser:
        cookie = "; ".join(f"{one.name}={one.value}" for one in browser.cookies.jar)
    assert asyncio.run(echoed(front, "/api/events/out", cookie)) == "hej"
    for path, held in (("/api/events/in", cookie), ("/api/events/out", "")):
        with pytest.raises(websockets.InvalidStatus):
            asyncio.run(echoed(front, path, held))
    assert [path for method, path, _ in reached if method == "WS"] == ["/api/events/out"]


async def echoed(front: Front, path: str, cookie: str) -> str:
    async with websockets.connect(
        front.dashboard.replace("https", "wss") + path,
        ssl=front.trust,
        additional_headers={"Cookie": cookie},
        origin=front.dashboard,
        proxy=None,
    ) as socket_:
        await socket_.send("hej")
        return str(await socket_.recv())


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/deployments/5f6c/create_flow_run"),
        ("POST", "/api/flow_runs/bulk_delete"),
        ("POST", "/api/flow_runs/5f6c/set_state"),
        ("POST", "/api/block_documents/filter"),
        ("POST", "//api//block_documents/filter"),
        ("POST", "/api/%62lock_documents/filter"),
        ("GET", "/api/block_documents/5f6c?include_secrets=true"),
        ("POST", "/api/flow_runs/bulk_delete/x/../../set_state"),
        ("POST", "/api/flow_runs/bulk_delete%3f/filter"),
        ("POST", "/api/flow_runs/bulk_delete%23/filter"),
        ("DELETE", "/api/flow_runs/5f6c"),
        ("PATCH", "/api/deployments/5f6c"),
        ("PUT", "/api/automations/5f6c"),
        ("OPTIONS", "/api/flow_runs/filter"),
    ],
)
def test_nothing_that_changes_or_holds_secrets_passes(
    front: Front, reached: list, method: str, path: str
) -> None:
    with closing(front.browser(DeskRole.COORDINATOR)) as browser:
        answer = browser.request(
            method, f"{front.dashboard}{path}", headers={"Origin": front.dashboard}
        )
    assert answer.status_code == 403
    assert reached == []


@pytest.mark.parametrize("path", ["/api/flow_runs/count", "/api/flow_runs/filter"])
def test_signed_out_a_program_gets_401_and_no_page(front: Front, reached: list, path: str) -> None:
    with closing(front.browser()) as browser:
        for headers in ({}, {"X-Original-URI": "/samordna/prefect-far"}, {"Cookie": "agenda=x"}):
            assert browser.post(f"{front.dashboard}{path}", headers=headers).status_code == 401
    assert reached == []


def test_who_only_reads_a_round_is_told_so_and_not_sent_round_and_round(
    front: Front, reached: list
) -> None:
    with closing(front.browser(DeskRole.READER)) as browser:
        away = browser.get(f"{front.dashboard}{PAGE}")
        told = browser.get(away.headers["location"])
        assert told.status_code == 403
        assert "Körningarna visas inte för dig" in told.text
        assert browser.get(f"{front.dashboard}/api/flows/count").status_code == 401
    assert reached == []


def test_another_sites_page_and_another_name_are_refused(front: Front, reached: list) -> None:
    with closing(front.browser(DeskRole.COORDINATOR)) as browser:
        address = f"{front.dashboard}/api/flow_runs/filter"
        for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
            assert browser.post(address, json={}, headers=headers).status_code == 403
        assert browser.get(front.dashboard, headers={"Host": "evil.example"}).status_code == 421
    assert reached == []


def test_the_desk_is_reached_and_the_rest_of_the_portal_is_not(front: Front) -> None:
    with closing(front.browser()) as browser:
        assert browser.get(f"{front.desk}/samordna/logga-in").status_code == 200
        for path in ("/", "/halsa", "/brevlada", "/matris/1", "/samordna-far"):
            assert browser.get(f"{front.desk}{path}").status_code == 404
        assert browser.get(f"{front.dashboard}/samordna-far").status_code == 404
        asked = browser.get(f"{front.desk}/samordna/prefect-far")
        assert (asked.status_code, asked.content) == (401, b"")
    with closing(front.browser(DeskRole.COORDINATOR)) as browser:
        asked = browser.get(f"{front.desk}/samordna/prefect-far")
        assert (asked.status_code, asked.content) == (204, b"")
