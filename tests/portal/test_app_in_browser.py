"""The portal's pages in Chromium: at a desk, on a phone, and with a mail that means harm."""

import shutil
import smtplib
import socket
import subprocess
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from agenda.clock import utc_now
from agenda.installation.example import ensure_example_round
from agenda.installation.settings import Settings
from agenda.storage.store import open_engine

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("pages"),
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
]
HARMFUL = """<html><head><title>x</title></head><body><p>Ofarligt</p>
<script>document.body.textContent = "SKRIPTET KÖRDES"</script>
<img src="{spy}/spaning.png" onerror="document.body.textContent = 'KÖRDES'">
</body></html>"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def spy() -> Iterator[socket.socket]:
    """A server of somebody else's, which a mail wants the reader's browser to call."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening


@pytest.fixture
def portal(portal_settings: Settings, spy: socket.socket, wait_until: Any) -> Iterator[str]:
    """The address of a portal of its own process, with the example round and one mail."""
    engine = open_engine(portal_settings.engine_url)
    ensure_example_round(engine, now=utc_now())
    engine.dispose()
    environment = {
        "AGENDA_VAR": str(portal_settings.var),
        "AGENDA_MAILBOX_PORT": str(portal_settings.mailbox_port),
    }
    address = f"http://127.0.0.1:{portal_settings.portal_port}"
    command = [
        *(sys.executable, "-m", "uvicorn", "portal.app:create_app", "--factory"),
        *("--port", str(portal_settings.portal_port), "--log-level", "warning"),
    ]
    with subprocess.Popen(command, env=environment) as serving:
        wait_until(lambda: _answers(address), what="the portal answers")
        with smtplib.SMTP("127.0.0.1", portal_settings.mailbox_port) as server:
            server.send_message(harmful_mail(f"http://127.0.0.1:{spy.getsockname()[1]}"))
        yield address
        serving.terminate()


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/halsa", trust_env=False).is_success
    except httpx.HTTPError:
        return False


def harmful_mail(spy: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "a@b.example"
    mail["To"] = f"{'långt' * 20}@kommunen.example"
    mail["Subject"] = "Påminnelse " + "utan mellanrum " * 3 + "x" * 90
    mail.set_content("Ofarligt")
    mail.add_alternative(HARMFUL.format(spy=spy), subtype="html")
    return mail


def opened(chromium: Browser, address: str, *, width: int) -> tuple[Page, list[str]]:
    """A page, and every address it asks for that is not the portal's."""
    page = chromium.new_page(viewport={"width": width, "height": 800})
    strange: list[str] = []
    page.on("request", lambda r: None if r.url.startswith(address) else strange.append(r.url))
    page.goto(address)
    return page, strange


@pytest.mark.parametrize("width", [1200, 320])
def test_no_page_is_wider_than_the_screen_or_asks_anybody_else(
    chromium: Browser, portal: str, spy: socket.socket, width: int
) -> None:
    page, strange = opened(chromium, portal, width=width)
    seen = []
    for link in (None, "Brevlådan", "Påminnelse", "HTML"):
        if link:
            # Not only the words: without its styles every page is as wide as its longest line.
            with page.expect_event("load"):
                page.get_by_role("link", name=link).first.click()
        seen.append(page.locator("h1").inner_text().split()[0])
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    page.close()
    assert seen == ["Påverkansagendan", "Brevlådan", "Påminnelse", "Påminnelse"]
    assert [url for url in strange if "spaning" not in url] == []
    # The browser names the mail's picture among what it was asked for, and does not fetch it.
    with pytest.raises(BlockingIOError):
        spy.accept()


def test_a_script_in_a_mail_does_not_run(chromium: Browser, portal: str) -> None:
    page, _ = opened(chromium, f"{portal}/brevlada", width=1200)
    page.get_by_role("link", name="Påminnelse").click()
    page.get_by_role("link", name="HTML").click()
    assert page.frame_locator("iframe").locator("body").inner_text().strip() == "Ofarligt"
    page.get_by_role("link", name="Öppna mejlet ensamt").click()
    page.wait_for_url("**/html")
    assert page.locator("body").inner_text().strip() == "Ofarligt"
    page.close()


def test_the_first_press_of_tab_offers_to_skip_to_the_content(
    chromium: Browser, portal: str
) -> None:
    page, _ = opened(chromium, portal, width=1200)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Hoppa till innehållet"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "innehall"
    page.close()
