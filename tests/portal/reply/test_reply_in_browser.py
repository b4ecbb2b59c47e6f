"""The door in Chromium: from the mail to the receipt, two at once, with and without JavaScript."""

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select
from sqlmodel import col

from agenda.clock import utc_now
from agenda.models import AnswerFile
from agenda.storage.store import reading
from notifications.letters.dates import in_words
from tests.door import PDF
from tests.door_site import (
    Site,
    ask_for_time,
    fill,
    in_office_hours,
    open_mail,
    press,
    violations,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("door")]
LONG = "Å ä ö 👩 <script>document.title = 'KÖRT'</script>\n=cmd()\n\u202eomvänt\n" + "x" * 19_000


def test_from_the_mail_to_the_receipt_and_back(site: Site, page: Page) -> None:
    site.post_mail()
    page.goto(f"{site.address}/brevlada")
    page.locator("li", has_text="kommun@bracke.example").get_by_role("link").first.click()
    page.locator("pre a[href*='/svar/']").first.click()
    home = page.url
    expect(page.get_by_text("Svar från Bräcke kommun")).to_be_visible()
    page.locator("[name=fragor-0-titel]").fill("Halvfärdig")
    press(page, "Spara utkast")
    expect(page.get_by_text("Utkastet är sparat.")).to_be_visible()
    page.goto("about:blank")
    page.goto(home)
    assert page.locator("[name=fragor-0-titel]").input_value() == "Halvfärdig"
    fill(page, problem=LONG)
    page.get_by_label("Bilagor").set_input_files(
        {"name": "Bilaga åäö.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    press(page, "Granska och skicka")
    assert page.locator(".written", has_text="omvänt").inner_text() == LONG
    press(page, "Skicka in svaret")
    expect(page.get_by_role("heading", name="Svaret är mottaget")).to_be_visible()
    assert page.title() == "Svaret är mottaget – Region Jämtland Härjedalen"
    with reading(site.engine) as session:
        sha256 = session.scalars(select(col(AnswerFile.sha256))).one()
    expect(page.get_by_text(sha256)).to_be_visible()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Bilaga åäö.pdf").first.click()
    assert downloading.value.path().read_bytes() == PDF
    assert downloading.value.suggested_filename == "Bilaga åäö.pdf"
    site.post_mail()
    page.goto(f"{site.address}/brevlada")
    page.locator("li", has_text="kommun@bracke.example").get_by_role("link").first.click()
    assert sha256 in page.locator("pre").inner_text()


def test_an_answer_is_changed_and_then_taken_to_be_nothing(site: Site, page: Page) -> None:
    home = site.home("krokom")
    for version, title in ((2, "Först"), (3, "Ändrad")):
        page.goto(home)
        fill(page, titel=title)
        press(page, "Granska och skicka")
        press(page, "Skicka in svaret")
        expect(page.get_by_text(f"Ifyllt svar, version {version}")).to_be_visible()
    page.get_by_role("link", name="Ändra svaret").click()
    page.get_by_role("link", name="Vi har inget att framföra").click()
    press(page, "Bekräfta: inget att framföra")
    expect(page.get_by_text("Inget att framföra, version 4")).to_be_visible()


def test_more_time_is_asked_for_and_granted(site: Site, page: Page) -> None:
    home = site.home("ragunda")
    page.goto(home)
    before = page.locator("dd strong").inner_text()
    ask_for_time(site, page, "ragunda", why=LONG[:100])
    assert page.locator(".written").inner_text() == LONG[:100]
    day = utc_now().date() + timedelta(days=33)
    page.get_by_label("Ny sista svarsdag").fill(day.isoformat())
    page.get_by_label("Meddelande till Ragunda kommun").fill("Vi väntar in er.")
    press(page, "Bevilja anstånd")
    press(page, "Ja, bevilja anstånd")
    expect(page.get_by_text("Beslutat.")).to_be_visible()
    decided = page.url
    site.post_mail(at=in_office_hours())
    page.reload()
    expect(page.get_by_text("Skickat ")).to_be_visible()
    open_mail(site, page, "Ni har fått mer tid")
    assert "Vi väntar in er." in page.locator("pre").inner_text()
    page.goto(home)
    expect(page.get_by_text("Ni har fått anstånd.")).to_be_visible()
    now = page.locator("dd strong").inner_text()
    assert now != before
    assert in_words(day, "sv") in now
    page.goto(decided)
    expect(page.get_by_text(in_words(day, "sv")).first).to_be_visible()


def test_two_officers_at_once_lose_nothing(site: Site, chromium: Browser) -> None:
    home = site.home("stromsund")
    first, second = (chromium.new_context().new_page() for _ in range(2))
    for page in (first, second):
        page.goto(home)
    first.locator("[name=fragor-0-problem]").fill("Det första")
    press(first, "Spara utkast")
    second.locator("[name=fragor-0-problem]").fill("Det andra")
    second.locator("[name=fragor-0-titel]").fill("Rubrik")
    press(second, "Spara utkast")
    expect(second.get_by_role("heading", name="Någon annan har sparat")).to_be_visible()
    assert violations(second) == []
    press(second, "Spara det jag har valt")
    assert second.locator("[name=fragor-0-problem]").input_value() == "Det första\n\nDet andra"
    assert second.locator("[name=fragor-0-titel]").input_value() == "Rubrik"
    for page in (first, second):
        page.context.close()


def test_the_page_saves_by_itself_and_warns_when_somebody_else_has(
    site: Site, page: Page, context: BrowserContext
) -> None:
    home = site.home("ostersund")
    page.clock.install()
    page.goto(home)
    told = page.locator("#sparat")
    expect(told).to_have_text("Utkastet sparas av sig självt medan ni skriver.")
    page.locator("[name=fragor-0-titel]").fill("Sparas")
    page.clock.run_for(20_000)
    expect(told).to_have_text(re.compile(r"Sparat \d\d\.\d\d"))
    other = context.new_page()
    other.goto(home)
    assert other.locator("[name=fragor-0-titel]").input_value() == "Sparas"
    other.locator("[name=fragor-0-titel]").fill("Den andras")
    press(other, "Spara utkast")
    page.locator("[name=fragor-0-titel]").fill("Min")
    page.clock.run_for(20_000)
    expect(told).to_contain_text("Någon annan har sparat medan ni skrev.")
    press(page, "Spara utkast")
    expect(page.get_by_text("Den andras")).to_be_visible()


def test_what_is_written_is_saved_when_the_page_is_left(
    site: Site, page: Page, context: BrowserContext, wait_until: Any
) -> None:
    home = site.home("harjedalen")
    page.goto(home)
    page.locator("[name=fragor-0-titel]").fill("På väg bort")
    page.goto("about:blank")
    other = context.new_page()

    def is_saved() -> bool:
        other.goto(home)
        return other.locator("[name=fragor-0-titel]").input_value() == "På väg bort"

    wait_until(is_saved, what="the draft is saved", seconds=20)


def test_everything_works_without_javascript(site: Site, chromium: Browser) -> None:
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": 320, "height": 700}
    )
    page = context.new_page()
    page.goto(site.home("are"))
    press(page, "Lägg till fråga")
    page.get_by_role("button", name="Ta bort fråga 2").click()
    fill(page)
    press(page, "Granska och skicka")
    press(page, "Skicka in svaret")
    expect(page.get_by_role("heading", name="Svaret är mottaget")).to_be_visible()
    context.close()


def test_enter_in_a_field_saves_and_never_removes_or_sends(site: Site, page: Page) -> None:
    page.goto(site.home("berg"))
    page.locator("[name=fragor-0-titel]").fill("Enter")
    page.keyboard.press("Enter")
    page.wait_for_url("**?sparat=1")
    assert page.locator("[name=fragor-0-titel]").input_value() == "Enter"


def test_a_closed_link_explains_itself(site: Site, page: Page) -> None:
    home = site.home("harjedalen")
    site.close(home)
    page.goto(home)
    expect(page.get_by_role("heading", name="Länken är stängd")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("link", name="Få länken igen").click()
    page.get_by_label("E-postadress").fill("kommun@harjedalen.example")
    press(page, "Mejla länken")
    expect(page.get_by_role("heading", name="Titta i er e-post")).to_be_visible()
