"""A database that cannot be used: the region's to mend, and told so; a wrong query is not."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from agenda.installation.settings import Settings
from agenda.storage.store import transaction
from portal.app import create_app
from portal.feeds.pages import RETRY_SECONDS
from portal.reply import visits
from tests.door import Reader

DOOR = [
    ("GET", "/svar/x"),
    ("POST", "/svar/x"),
    ("GET", "/svar/x/granska"),
    ("POST", "/svar/x/skicka"),
    ("POST", "/svar/x/ny-lank"),
]
PAGES = [("GET", "/"), ("GET", "/anstand/x"), ("POST", "/anstand/x"), ("GET", "/kalender/x")]


@pytest.fixture(params=["without tables", "unreachable"])
def database_away(
    request: pytest.FixtureRequest, empty_database_url: str, tmp_path: Path, free_ports: Any
) -> str:
    """The URL of a database that cannot be used, of either kind."""
    if request.param == "without tables":
        return empty_database_url
    if empty_database_url.startswith("sqlite"):
        (tmp_path / "no-database.db").write_text("a letter")
        return f"sqlite:///{tmp_path / 'no-database.db'}"
    return f"postgresql://agenda:hemligt@127.0.0.1:{free_ports(1)[0]}/agenda"


@pytest.fixture
def shut(settings: Settings, database_away: str, free_ports: Any) -> Iterator[TestClient]:
    """A portal whose database cannot be used."""
    with portal_on(settings, database_away, free_ports) as browser:
        yield browser


@contextmanager
def portal_on(settings: Settings, url: str, free_ports: Any) -> Iterator[TestClient]:
    chosen = settings.model_copy(
        update={"database_url": SecretStr(url), "mailbox_port": free_ports(1)[0]}
    )
    with TestClient(
        create_app(chosen), base_url="http://127.0.0.1", raise_server_exceptions=False
    ) as browser:
        yield browser


def test_who_answers_is_told_to_come_back_and_whom_to_tell_the_number(
    shut: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    for method, path in DOOR:
        caplog.clear()
        answer = shut.request(method, path)
        assert (answer.status_code, method, path) == (503, method, path)
        assert f"och uppge numret {number_in(caplog)}." in answer.text
        assert "atabas" not in answer.text


def test_no_new_link_is_promised_that_nobody_can_make(shut: TestClient, settings: Settings) -> None:
    page = Reader(shut.get("/svar/ny-lank").text)
    form = [*page.forms[0].with_(epost="kommun@bracke.example")]
    answer = shut.post(
        "/svar/ny-lank",
        data=dict(form),
        headers={"Origin": settings.portal_url, "Host": "127.0.0.1"},
        follow_redirects=False,
    )
    assert answer.status_code == 503


def test_others_find_the_number_by_which_the_log_says_why(
    shut: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    for method, path in PAGES:
        caplog.clear()
        answer = shut.request(method, path)
        assert (answer.status_code, method, path) == (503, method, path)
        assert "<h1>Det går inte just nu</h1>" in answer.text
        assert f"Varför står i loggen vid numret {number_in(caplog)}." in answer.text
        assert "127.0.0.1" not in answer.text
        assert ".db" not in answer.text


def test_a_calendar_program_is_told_when_to_ask_again(shut: TestClient) -> None:
    answers = [shut.request(method, "/kalender/x.ics") for method in ("GET", "HEAD")]
    assert [
        (answer.status_code, answer.content, answer.headers["retry-after"]) for answer in answers
    ] == [(503, b"", str(RETRY_SECONDS))] * 2


def test_who_finds_the_database_taken_by_another_program_for_too_long_is_told_to_come_back(
    settings: Settings,
    database_url: str,
    engine: Engine,
    free_ports: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("agenda.storage.store.BUSY_TIMEOUT_MS", 50)
    with portal_on(settings, database_url, free_ports) as browser:
        monkeypatch.setattr("portal.door.visits.reading", transaction)
        with transaction(engine) as session:
            session.execute(text("SELECT 1"))
            assert browser.get("/svar/x").status_code == 503
        assert browser.get("/svar/x").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM no_table_of_ours",
        "SELECT colour FROM invitation",
        "UPDATE invitation SET extended_to = NULL",
        "SELECT FROM WHERE",
    ],
)
def test_a_query_that_is_wrong_is_a_fault_of_ours(
    settings: Settings,
    database_url: str,
    free_ports: Any,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    query: str,
) -> None:
    monkeypatch.setattr(visits, "find", lambda session, *_: session.execute(text(query)))
    with portal_on(settings, database_url, free_ports) as browser:
        answer = browser.get("/svar/x")
    assert (answer.status_code, "no_table_of_ours" in answer.text) == (500, False)
    [fault] = [record for record in caplog.records if record.name == "portal.faults"]
    assert isinstance(fault.exc_info[1], DBAPIError)


def number_in(caplog: pytest.LogCaptureFixture) -> str:
    """The number of the one fault in the log."""
    [fault] = [r.getMessage() for r in caplog.records if r.name == "portal.faults"]
    return fault.removeprefix("Fault ")
