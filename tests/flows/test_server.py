"""Prefect's pages call nobody but their own server."""

import asyncio
import shutil

import httpx
import pytest

from flows.engine.server import HEADERS, POLICY, with_own_origin_only


def test_every_answer_forbids_the_browser_to_call_anyone_else():
    sent = []

    async def application(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": [(b"a", b"b")]})
        await send({"type": "http.response.body", "body": b"x"})

    async def send(message):
        sent.append(message)

    asyncio.run(with_own_origin_only(application)({"type": "http"}, None, send))
    assert sent == [
        {"type": "http.response.start", "status": 200, "headers": [(b"a", b"b"), *HEADERS]},
        {"type": "http.response.body", "body": b"x"},
    ]


def test_the_policy_names_no_host():
    words = {word for rule in POLICY.split("; ") for word in rule.split(" ")[1:]}
    assert {word for word in words if word[0] != "'"} == {"data:", "blob:"}


@pytest.mark.prefect
@pytest.mark.xdist_group("prefect")
@pytest.mark.parametrize("path", ["/v2/dashboard", "/dashboard", "/api/health"])
def test_the_running_server_sends_the_policy_with_every_page(prefect_server, path):
    answer = httpx.get(f"{prefect_server.prefect_url}{path}", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["content-security-policy"]) == (200, POLICY)


@pytest.mark.prefect
@pytest.mark.browser
@pytest.mark.xdist_group("prefect")
def test_no_page_of_the_dashboard_asks_the_browser_to_go_elsewhere(prefect_server):
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium on this machine")
    asked: set[str] = set()
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.on("request", lambda request: asked.add(httpx.URL(request.url).host))
        for path in ("/v2/dashboard", "/v2/runs", "/dashboard"):
            page.goto(f"{prefect_server.prefect_url}{path}")
            page.wait_for_load_state("load")
            page.get_by_text("Runs").first.wait_for()
        browser.close()
    assert asked - {""} == {"127.0.0.1"}
