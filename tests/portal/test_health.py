"""What the pages say of Prefect: when it does not do its work, without waiting for it."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from agenda.clock import utc_now
from agenda.installation.example import start_example_round
from agenda.installation.settings import Settings
from agenda.models import Activity, Mailbox, Round
from agenda.storage.store import open_engine, transaction
from flows.rest.addresses import artifact_url
from flows.rest.deployments import deployments
from portal.app import create_app
from portal.pages import health
from tests.rounds_under_way import RoundUnderWay, a_plan, sv


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
        for activity in session.exec(select(Activity)):
            activity.attended_at = now
    engine.dispose()
    with TestClient(create_app(portal_settings), base_url="http://127.0.0.1") as browser:
        answer = browser.get("/halsa")
    assert answer.status_code == status
    assert answer.json()["daily_round_is_late"] is (status == 503)


@pytest.mark.parametrize(("minutes_due", "count"), [(74, 0), (76, 1)])
def test_health_is_bad_when_a_step_is_due_and_even_the_postman_has_not_attended_it(
    portal_settings: Settings, monkeypatch: pytest.MonkeyPatch, minutes_due: int, count: int
) -> None:
    engine = open_engine(portal_settings.engine_url)
    under_way = RoundUnderWay(engine, a_plan("berg"))
    morning, due_at = sv("2020-08-21 07:45"), sv("2020-08-21 08:00")
    under_way.attend("2020-08-21 07:45")
    with transaction(engine) as session:
        session.exec(select(Round)).one().gone_through_at = morning
    engine.dispose()
    monkeypatch.setattr(health, "utc_now", lambda: due_at + timedelta(minutes=minutes_due))
    with TestClient(create_app(portal_settings), base_url="http://127.0.0.1") as browser:
        answer = browser.get("/halsa")
    assert answer.json()["activities_unattended"] == count
    assert answer.status_code == (503 if count else 200)


@pytest.mark.parametrize(("minutes", "status"), [(59, 200), (61, 503)])
def test_health_is_bad_when_incoming_mail_has_not_been_read_for_an_hour(
    portal_settings: Settings, minutes: int, status: int
) -> None:
    since = utc_now() - timedelta(minutes=minutes)
    engine = open_engine(portal_settings.engine_url)
    with transaction(engine) as session:
        session.add(Mailbox(name="hemlig@regionen.example", fault="Nej.", fault_since=since))
    engine.dispose()
    with TestClient(create_app(portal_settings), base_url="http://127.0.0.1") as browser:
        answer = browser.get("/halsa")
    assert answer.status_code == status
    assert bool(answer.json()["incoming_mail_unread_since"]) is (status == 503)
    assert "hemlig" not in answer.text


OF_ANOTHER = (b"<html>", b'{"ok": true}', b"[1]", b'[{"name": "samr\xc3\xa5d"}]', b"7")
"""What another service on Prefect's port may answer."""


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


@contextmanager
def staged(settings: Settings, answer: bytes | None) -> Iterator[None]:
    """Something on Prefect's port."""
    is_over = threading.Event()
    handler = type("Staged", (StagedPrefect,), {"answer": answer, "is_over": is_over})
    with ThreadingHTTPServer(("127.0.0.1", settings.prefect_port), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield
        finally:
            is_over.set()
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(
    ("answer", "status", "prefect", "lacking"),
    [
        (standing(), 200, "reachable", []),
        (standing("samråd"), 503, "reachable", ["samråd"]),
        (standing(without_schedules=True), 503, "reachable", ["daglig-genomgång"]),
        (b"[]", 503, "reachable", [entry.name for entry in deployments()]),
        *((words, 200, "away", []) for words in OF_ANOTHER),
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
    with (
        staged(portal_settings, answer),
        TestClient(create_app(portal_settings), base_url="http://127.0.0.1") as browser,
    ):
        told = browser.get("/halsa")
    assert (told.status_code, told.json()["prefect"], told.json()["deployments_missing"]) == (
        status,
        prefect,
        lacking,
    )


@pytest.mark.parametrize("answer", [*OF_ANOTHER, None])
def test_the_matrix_is_looked_for_at_its_key_when_another_answers_for_prefect(
    portal_settings: Settings, answer: bytes | None
) -> None:
    with (
        staged(portal_settings, answer),
        TestClient(create_app(portal_settings), base_url="http://127.0.0.1") as browser,
    ):
        told = browser.get("/matris/1", follow_redirects=False)
    assert told.status_code == 303
    assert told.headers["Location"] == artifact_url(portal_settings.prefect_url, "omgang-1")
