import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from agenda.clock import utc_now
from agenda.installation.example import start_example_round
from agenda.installation.settings import Settings
from agenda.models import Attempt, Message, MessageState, Round
from agenda.storage.store import open_engine, transaction
from agenda.words.errors import AgendaError
from flows.rest.api import PrefectAway
from notifications.post.refusals import About
from portal.app import create_app
from portal.pages import start
from tests.described_routes import routes_of

# A Tuesday morning in Sweden; ten workdays later is Tuesday 2 March 2027.
NOW = datetime(2027, 2, 16, 8, 30, tzinfo=UTC)


@pytest.fixture
def example(portal_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The database holds the example round, and it is the day it was made."""
    engine = open_engine(portal_settings.engine_url)
    with transaction(engine) as session:
        start_example_round(session, now=NOW)
    engine.dispose()
    monkeypatch.setattr(start, "utc_now", lambda: NOW)
    return portal_settings


def test_every_answer_carries_the_safe_headers(browser: TestClient) -> None:
    wanted = {
        "Content-Security-Policy": (
            "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
            "base-uri 'none'; frame-ancestors 'none'"
        ),
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
        "X-Robots-Tag": "noindex",
        "Cache-Control": "no-store",
    }
    for path in ("/", "/halsa", "/brevlada", "/static/style.css", "/finns-inte"):
        headers = browser.get(path).headers
        assert {name: headers.get(name) for name in wanted} == wanted, path
        assert "Strict-Transport-Security" not in headers


def test_under_https_browsers_are_told_to_stay_there(portal_settings: Settings) -> None:
    secure = portal_settings.model_copy(update={"base_url": "https://agenda.regionen.example"})
    with TestClient(create_app(secure), base_url="https://agenda.regionen.example") as browser:
        answer = browser.get("/")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_another_sites_name_for_this_machine_is_refused(browser: TestClient) -> None:
    answer = browser.get("/brevlada", headers={"Host": "evil.example"})
    assert (answer.status_code, answer.text) == (400, "Invalid host header")


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json"])
def test_the_description_of_the_interface_is_not_served(browser: TestClient, path: str) -> None:
    assert browser.get(path).status_code == 404


def test_a_page_that_does_not_exist_says_so_in_swedish(browser: TestClient) -> None:
    answer = browser.get("/finns-inte")
    assert answer.status_code == 404
    assert "<h1>Sidan finns inte</h1>" in answer.text


def test_every_address_says_what_may_be_done_there(browser: TestClient) -> None:
    known: dict[str, set[str]] = {}
    for route in routes_of(browser.app):
        where = re.sub(r"\{\w+\}", "1", route.path)
        known[where] = known.get(where, set()) | route.methods
    said = {where: browser.request("PROPFIND", where).headers["allow"] for where in known}
    assert len(said) > 20
    assert said == {where: ", ".join(sorted(methods)) for where, methods in known.items()}


def test_an_unexpected_fault_gives_a_number_and_tells_nothing_else(
    portal_settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(portal_settings)

    @app.get("/trasig")
    def broken() -> None:
        raise RuntimeError("secret detail")

    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as browser:
        answer = browser.get("/trasig")
    assert answer.status_code == 500
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "secret detail" not in answer.text
    [fault] = [record.getMessage() for record in caplog.records if record.name == "portal.faults"]
    assert f"med numret {fault.removeprefix('Fault ')}." in answer.text


def test_what_a_person_can_mend_is_said_on_the_page(portal_settings: Settings) -> None:
    app = create_app(portal_settings)

    @app.get("/trasig")
    def broken() -> None:
        raise AgendaError("Databasen är inte uppgraderad.")

    with TestClient(app, base_url="http://127.0.0.1") as browser:
        answer = browser.get("/trasig")
    assert answer.status_code == 503
    assert "<p>Databasen är inte uppgraderad.</p>" in answer.text


def test_an_installation_without_a_round_says_how_to_start_one(browser: TestClient) -> None:
    text = browser.get("/").text
    assert "<h2>Ingen omgång är igång</h2>" in text
    assert "agenda round start --plan FIL" in text


def test_the_start_page_shows_how_a_round_stands_and_what_comes_next(example: Settings) -> None:
    with TestClient(create_app(example), base_url="http://127.0.0.1") as browser:
        text = browser.get("/").text
    assert "Det här är ett exempel att prova med." in text
    assert "<span>3 av 8 har svarat</span>" in text
    assert '<progress value="3" max="8" aria-hidden="true"></progress>' in text
    assert "tisdag 2 mars 2027" in text
    first = text.index("tisdag 23 februari 2027 kl. 08.00")
    second = text.index("måndag 1 mars 2027 kl. 08.00")
    assert first < second
    assert "påminnelse, 5 arbetsdagar kvar" in text[first:second]


def test_the_start_page_leads_to_the_whole_plan_in_prefect(example: Settings) -> None:
    with TestClient(create_app(example), base_url="http://127.0.0.1") as browser:
        text = browser.get("/").text
    assert f'<a href="{example.prefect_url}">' in text
    assert (
        f'<a href="{example.prefect_url}/v2/runs?tab=flow-runs&amp;sort=START_TIME_ASC'
        "&amp;tags=omg%C3%A5ng%3AExempel+2027&amp;start=2027-02-16T08%3A30%3A00%2B00%3A00"
    ) in text


def test_a_paused_round_and_a_message_that_did_not_arrive_are_shown(example: Settings) -> None:
    engine = open_engine(example.engine_url)
    with transaction(engine) as session:
        known = session.exec(select(Round)).one()
        known.sending_paused_at = NOW
        session.add(known)
        session.add(a_message(known, MessageState.FAILED, outcome="550 finns <inte>"))
    engine.dispose()
    with TestClient(create_app(example), base_url="http://127.0.0.1") as browser:
        text = browser.get("/").text
    assert "Utskicken är pausade" in text
    assert "<strong>Bräcke kommun</strong>: Påminnelse" in text
    assert "550 finns &lt;inte&gt;" in text


def test_the_mailbox_is_only_linked_when_there_is_one(portal_settings: Settings) -> None:
    real = portal_settings.model_copy(
        update={"mail_server": "smtp.regionen.example", "mail_from": "agenda@regionen.example"}
    )
    with TestClient(create_app(portal_settings), base_url="http://127.0.0.1") as browser:
        assert 'href="/brevlada"' in browser.get("/").text
    with TestClient(create_app(real), base_url="http://127.0.0.1") as browser:
        text = browser.get("/").text
    assert 'href="/brevlada"' not in text
    assert "skickas av smtp.regionen.example" in text


def test_health_is_good_while_the_database_is_current_and_mail_leaves(browser: TestClient) -> None:
    answer = browser.get("/halsa")
    assert (answer.status_code, answer.json()) == (
        200,
        {
            "status": "ok",
            "database": "current",
            "prefect": "away",
            "deployments_missing": [],
            "outbox_is_stuck": False,
            "outbox_waiting": 0,
            "outbox_waiting_since": None,
            "outbox_failed": 0,
            "outbox_set_aside": 0,
            "mail_stands_still_since": None,
            "incoming_mail_unread_since": None,
            "rounds_attended_at": None,
            "rounds_paused": 0,
            "daily_round_is_late": False,
            "activities_unattended": 0,
        },
    )


def test_health_is_bad_without_tables(portal_settings: Settings) -> None:
    empty = portal_settings.model_copy(update={"var": portal_settings.var / "tom"})
    with TestClient(create_app(empty), base_url="http://127.0.0.1") as browser:
        answer = browser.get("/halsa")
    assert (answer.status_code, answer.json()) == (
        503,
        {
            "status": "fault",
            "database": "not upgraded",
            "prefect": "away",
            "deployments_missing": [],
        },
    )


@pytest.mark.parametrize(
    ("due_for", "is_paused", "status"),
    [
        (timedelta(minutes=14), False, 200),
        (timedelta(minutes=16), False, 503),
        (timedelta(minutes=16), True, 200),
        (timedelta(hours=-10), False, 200),
    ],
)
def test_health_is_bad_when_due_mail_does_not_leave(
    example: Settings, due_for: timedelta, is_paused: bool, status: int
) -> None:
    now = utc_now()
    engine = open_engine(example.engine_url)
    with transaction(engine) as session:
        known = session.exec(select(Round)).one()
        known.sending_paused_at = now if is_paused else None
        session.add(known)
        session.add(a_message(known, MessageState.QUEUED, next_attempt_at=now - due_for))
    engine.dispose()
    with TestClient(create_app(example), base_url="http://127.0.0.1") as browser:
        answer = browser.get("/halsa")
    assert answer.status_code == status
    assert answer.json()["outbox_is_stuck"] is (status == 503)
    assert "example" not in answer.text


@pytest.mark.parametrize(
    ("about", "for_so_long", "is_still"),
    [
        (About.SERVER, timedelta(minutes=59), False),
        (About.SERVER, timedelta(minutes=61), True),
        (About.US, timedelta(minutes=1), True),
        (About.LETTER, timedelta(days=2), False),
    ],
)
def test_mail_that_stands_still_is_on_the_start_page_and_makes_health_bad(
    example: Settings,
    monkeypatch: pytest.MonkeyPatch,
    about: About,
    for_so_long: timedelta,
    is_still: bool,
) -> None:
    now = utc_now()
    monkeypatch.setattr(start, "utc_now", lambda: now)
    engine = open_engine(example.engine_url)
    with transaction(engine) as session:
        known = session.exec(select(Round)).one()
        waiting = a_message(known, MessageState.QUEUED, outcome="550 <x@y.example>")
        waiting.attempts, waiting.next_attempt_at = 3, now + timedelta(minutes=5)
        session.add(waiting)
        session.flush()
        session.add(
            Attempt(
                message_id=waiting.id,
                at=now - for_so_long,
                outcome="later",
                about=about.value,
                said="Relay denied <x@y.example>",
            )
        )
    engine.dispose()
    with TestClient(create_app(example), base_url="http://127.0.0.1") as browser:
        health, page = browser.get("/halsa"), browser.get("/").text
    assert health.status_code == (503 if is_still else 200)
    assert bool(health.json()["mail_stands_still_since"]) == is_still
    assert "y.example" not in health.text
    assert ("E-posten går inte ut" in page) == is_still
    assert ("Relay denied &lt;x@y.example&gt;" in page) == is_still


def test_the_portal_starts_without_prefect_and_apprise() -> None:
    code = (
        "import sys, portal.app; "
        "print([name for name in ('prefect', 'apprise') if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"


def a_message(
    known: Round, state: MessageState, *, outcome: str = "", next_attempt_at: datetime = NOW
) -> Message:
    return Message(
        key="k",
        round_id=known.id or 0,
        audience="organisation",
        step_key="s",
        step="reminder-10",
        template="reminder",
        recipient_name="Bräcke kommun",
        recipient="registrator@bracke.example",
        language="sv",
        subject="Påminnelse",
        text="",
        html="",
        message_id="<a@b>",
        queued_at=NOW,
        state=state,
        next_attempt_at=next_attempt_at,
        outcome=outcome,
    )


@pytest.mark.parametrize(
    ("found", "target"),
    [
        ("5e1f", "artifact/5e1f"),
        (None, "key/omgang-1"),
        (PrefectAway("Prefect svarar inte."), "key/omgang-1"),
    ],
)
def test_who_has_answered_leads_to_the_matrix_itself(example, monkeypatch, found, target) -> None:
    def newest(api: str, key: str) -> str | None:
        assert (api, key) == (example.prefect_api, "omgang-1")
        if isinstance(found, Exception):
            raise found
        return found

    monkeypatch.setattr(start, "newest_artifact_at", newest)
    with TestClient(create_app(example), base_url="http://127.0.0.1") as browser:
        assert '<a href="/matris/1">Vem som har svarat' in browser.get("/").text
        answer = browser.get("/matris/1", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{example.prefect_url}/v2/artifacts/{target}"
