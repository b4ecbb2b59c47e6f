"""`/halsa` says when Prefect does not do its work, and never waits for it."""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from fastapi.testclient import TestClient

from agenda.clock import utc_now
from agenda.example import start_example_round
from agenda.settings import Settings
from agenda.store import open_engine, transaction
from flows.deployments import deployments
from portal.app import create_app


@pytest.mark.parametrize(
    ("hours_ago", "is_closed", "status"),
    [(25.9, False, 200), (26.1, False, 503), (26.1, True, 200), (None, False, 200)],
)
def test_health_is_bad_when_the_daily_round_has_not_come(
    portal_settings: Settings, hours_ago: float | None, is_closed: bool, status: int
) -> None:
    now = utc_now()
    engine = open_engine(portal_settings.engine_url)
    with transaction(engine) as session:
        known = start_example_round(session, now=now)
        if hours_ago is not None:
            known.gone_through_at = now - timedelta(hours=hours_ago)
            known.started_at = now - timedelta(days=90)
        known.closed_at = now if is_closed else None
    engine.dispose()
    with TestClient(create_app(portal_settings), base_url="http://127.0.0.1") as browser:
        answer = browser.get("/halsa")
    assert answer.status_code == status
    assert answer.json()["daily_round_is_late"] is (status == 503)


class StagedPrefect(BaseHTTPRequestHandler):
    """Something that answers on Prefect's port; `answer` is what it says, None is silence."""

    answer: bytes | None = None
    is_over = threading.Event()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        if self.answer is None:
            self.is_over.wait(60)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(self.answer)))
        self.end_headers()
        self.wfile.write(self.answer)

    def log_message(self, *_: object) -> None:
        pass


def standing(*left_out: str, without_schedules: bool = False) -> bytes:
    rows = [
        {
            "name": entry.name,
            "entrypoint": entry.entrypoint,
            "schedules": [] if without_schedules else [{"slug": slug} for slug in entry.slugs],
        }
        for entry in deployments()
        if entry.name not in left_out
    ]
    return json.dumps(rows).encode()


@pytest.mark.parametrize(
    ("answer", "status", "prefect", "lacking"),
    [
        (standing(), 200, "reachable", []),
        (standing("samråd"), 503, "reachable", ["samråd"]),
        (standing(without_schedules=True), 503, "reachable", ["daglig-genomgång"]),
        (b"[]", 503, "reachable", [entry.name for entry in deployments()]),
        (b"<html>", 200, "away", []),
        (None, 200, "away", []),
    ],
)
def test_health_is_bad_while_prefect_lacks_a_deployment_and_never_waits_for_it(
    portal_settings: Settings,
    answer: bytes | None,
    status: int,
    prefect: str,
    lacking: list[str],
) -> None:
    is_over = threading.Event()
    staged = type("Staged", (StagedPrefect,), {"answer": answer, "is_over": is_over})
    with ThreadingHTTPServer(("127.0.0.1", portal_settings.prefect_port), staged) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        with TestClient(create_app(portal_settings), base_url="http://127.0.0.1") as browser:
            told = browser.get("/halsa")
        is_over.set()
        server.shutdown()
        thread.join()
    assert (told.status_code, told.json()["prefect"], told.json()["deployments_missing"]) == (
        status,
        prefect,
        lacking,
    )
