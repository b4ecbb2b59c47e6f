"""The door for everybody: by keyboard, on a phone, enlarged, in forced colours, on paper."""

import hashlib

import pytest
from playwright.sync_api import Browser, Page, expect

from agenda.clock import utc_now
from agenda.kinds.base import BALLOT_OPENED
from tests.door import PDF
from tests.door_site import Site, fill, press

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("door")]


def test_a_reply_can_be_given_with_the_keyboard_alone(site: Site, page: Page) -> None:
    page.goto(site.home("krokom"))
    reached = walk(page, "Vi har inget att framföra")
    assert reached[0] == "Hoppa till innehållet"
    page.keyboard.press("Enter")
    page.wait_for_url("**/inget")
    walk(page, "Bekräfta: inget att framföra")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Svaret är mottaget")).to_be_visible()


def test_what_is_wrong_has_the_focus_and_leads_to_its_field(site: Site, page: Page) -> None:
    home = site.home("are")
    page.goto(home)
    page.locator("[name=fragor-0-problem]").fill("Bara problemet")
    press(page, "Granska och skicka")
    page.get_by_role("link", name="Vad heter frågan?").click()
    page.wait_for_url("**?fel=1#falt-fragor-0-titel")
    expect(page.locator("[name=fragor-0-titel]")).to_be_in_viewport()
    page.goto("about:blank")
    page.goto(f"{home}?fel=1")
    expect(page.locator("section.faults")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[name=fragor-0-titel]")).to_be_focused()


def test_every_page_fits_a_phone_and_twice_the_size(site: Site, page: Page) -> None:
    home = site.home("bracke")
    for width in (320, 640):
        page.set_viewport_size({"width": width, "height": 700})
        for path in ("", "?fel=1", "/kvitto", "/inget", "/anstand", "/kollega", "/ny-lank"):
            page.goto(home + path)
            if width == 640:
                page.evaluate("document.documentElement.style.fontSize = '200%'")
            shown = page.evaluate("document.documentElement.scrollWidth")
            assert shown <= width, (path, width, shown)


def test_the_points_of_a_ballot_fit_a_phone_also_when_they_are_too_many(
    site: Site, page: Page
) -> None:
    site.change("workshop", since={BALLOT_OPENED: utc_now()})
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"{site.home('krokom', 'workshop')}/rostsedel")
    page.locator("input.number").first.fill("11")
    press(page, "Granska och skicka")
    page.get_by_role("link", name="Fortsätt skriva").click()
    expect(page.locator("section.faults")).to_be_visible()
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_printed_receipt_says_what_a_register_needs_and_nothing_to_press(
    site: Site, page: Page
) -> None:
    page.goto(site.home("ostersund"))
    fill(page)
    page.get_by_label("Bilagor").set_input_files(
        {"name": "Bilaga.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    press(page, "Granska och skicka")
    press(page, "Skicka in svaret")
    page.emulate_media(media="print")
    printed = page.inner_text("body")
    for words in ("Region Jämtland", "Östersunds kommun", "Inkommet", "version 1", "Flygbussen"):
        assert words in printed
    assert hashlib.sha256(PDF).hexdigest() in printed
    for words in ("Ändra svaret", "In English", "Tillgänglighet", "Skriv ut", "e-post"):
        assert words not in printed
    # White on a dark ground would print as white on white.
    assert page.locator("header .brand").evaluate("e => getComputedStyle(e).color") == (
        "rgb(29, 37, 40)"
    )
    assert page.pdf(format="A4").count(b"/Type /Page\n") == 1


def test_in_forced_colours_every_button_has_an_edge(site: Site, chromium: Browser) -> None:
    context = chromium.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(f"{site.home('bracke')}/inget")
    edges = page.eval_on_selector_all(
        "button, .button", "found => found.map(one => getComputedStyle(one).borderTopWidth)"
    )
    assert edges == ["2px", "2px"]
    context.close()


def walk(page: Page, to: str) -> list[str]:
    """Press Tab until something has the focus; everything on the way shows that it has it."""
    passed = []
    for _ in range(80):
        page.keyboard.press("Tab")
        name, outline = page.evaluate(
            "[(e => e.textContent.trim())(document.activeElement),"
            " getComputedStyle(document.activeElement).outlineStyle]"
        )
        passed.append(name)
        assert outline != "none", name
        if name == to:
            return passed
    raise AssertionError(f"{to} cannot be reached: {passed}")
