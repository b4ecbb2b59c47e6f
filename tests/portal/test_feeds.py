"""Calendar feeds over HTTP: what a calendar program and its owner get."""

from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient

from agenda.calendar.feeds import subscribe
from agenda.installation.example import start_example_round
from agenda.installation.secret import secret_key
from agenda.installation.settings import Settings
from agenda.links.keyring import Keyring
from agenda.links.links import open_links, revoke
from agenda.models import Purpose
from agenda.register import By
from agenda.storage.store import open_engine, transaction
from portal.feeds import shelf as feed_shelf

NOW = datetime(2027, 2, 16, 8, 30, tzinfo=UTC)


@pytest.fixture
def token(portal_settings: Settings) -> str:
    """A feed of the whole example round."""
    keyring = Keyring(secret_key(portal_settings), portal_settings.portal_url)
    engine = open_engine(portal_settings.engine_url)
    with transaction(engine) as session:
        known = start_example_round(session, now=NOW)
        made = keyring.token(subscribe(session, known, keyring, by=By.person("Asta", NOW)))
    engine.dispose()
    return made


def closed(settings: Settings) -> None:
    engine = open_engine(settings.engine_url)
    with transaction(engine) as session:
        revoke(session, *open_links(session, Purpose.FEED), by=By.person("Asta", NOW))
    engine.dispose()


def test_a_program_gets_the_calendar_and_may_keep_it(browser: TestClient, token: str) -> None:
    answer = browser.get(f"/kalender/{token}.ics")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "private, no-cache"
    assert answer.content.startswith(b"BEGIN:VCALENDAR")
    assert b"METHOD" not in answer.content


def test_a_program_that_has_it_already_gets_304_by_etag_and_by_date(
    browser: TestClient, token: str
) -> None:
    first = browser.get(f"/kalender/{token}.ics")
    known = [
        {"If-None-Match": first.headers["etag"]},
        {"If-None-Match": f'"another", W/{first.headers["etag"]}'},
        {"If-Modified-Since": first.headers["last-modified"]},
    ]
    answers = [browser.get(f"/kalender/{token}.ics", headers=headers) for headers in known]
    assert [(answer.status_code, answer.content) for answer in answers] == [(304, b"")] * 3


@pytest.mark.parametrize(
    "headers",
    [
        {"If-None-Match": '"another"'},
        {"If-Modified-Since": "Mon, 01 Jan 2024 08:00:00 GMT"},
        {"If-Modified-Since": "yesterday"},
    ],
)
def test_a_program_with_something_older_gets_it_anew(
    browser: TestClient, token: str, headers: dict[str, str]
) -> None:
    assert browser.get(f"/kalender/{token}.ics", headers=headers).status_code == 200


def test_head_is_get_without_the_content(browser: TestClient, token: str) -> None:
    got, head = (browser.request(how, f"/kalender/{token}.ics") for how in ("GET", "HEAD"))
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == got.headers["etag"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PROPFIND"])
def test_what_cannot_be_done_with_a_calendar_is_told_with_what_can(
    browser: TestClient, token: str, method: str
) -> None:
    answers = [browser.request(method, f"/kalender/{token}{end}") for end in (".ics", "")]
    assert [(answer.status_code, answer.headers["allow"]) for answer in answers] == [
        (405, "GET, HEAD"),
        (405, "GET"),
    ]


def test_a_calendar_that_never_was_is_404_and_a_closed_one_410_without_detail(
    browser: TestClient, portal_settings: Settings, token: str
) -> None:
    closed(portal_settings)
    answers = [browser.get(f"/kalender/{name}.ics") for name in ("x" * 43, token)]
    assert [(answer.status_code, answer.content) for answer in answers] == [(404, b""), (410, b"")]


def test_a_feed_is_rendered_once_for_as_long_as_nothing_changes(
    browser: TestClient, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered: list[object] = []
    render = feed_shelf.render_feed
    monkeypatch.setattr(
        feed_shelf, "render_feed", lambda *a, **k: rendered.append(1) or render(*a, **k)
    )
    answers = [browser.get(f"/kalender/{token}.ics{query}") for query in ("", "", "?spann=ja")]
    assert (len(rendered), answers[0].content == answers[1].content) == (2, True)
    assert len(answers[2].content) < len(answers[0].content)


def test_whoever_guesses_addresses_is_asked_to_wait_and_subscribers_are_not(
    browser: TestClient, token: str
) -> None:
    guesses = [browser.get(f"/kalender/{n:043}{end}") for n in range(31) for end in ("", ".ics")]
    assert [answer.status_code for answer in guesses] == [404] * 60 + [429] * 2
    assert int(guesses[-1].headers["retry-after"]) > 0
    assert browser.get(f"/kalender/{token}.ics").status_code == 200


def test_the_page_tells_people_how_to_subscribe(
    browser: TestClient, portal_settings: Settings, token: str
) -> None:
    page = browser.get(f"/kalender/{token}")
    assert page.status_code == 200
    webcal = portal_settings.portal_url.replace("http://", "webcal://")
    assert f'href="{webcal}/kalender/{token}.ics"' in page.text
    assert all(name in page.text for name in ("Outlook", "Google", "Apple", "Thunderbird"))
    assert token not in page.text.partition("</title>")[0]


def test_the_page_of_a_calendar_that_is_not_there_says_what_to_do(browser: TestClient) -> None:
    page = browser.get(f"/kalender/{'x' * 43}")
    assert (page.status_code, "Be samordnaren om en ny" in page.text) == (404, True)
