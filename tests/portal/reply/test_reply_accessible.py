"""The door for everybody: by keyboard, on a phone, enlarged, in forced colours, by axe."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select
from sqlmodel import col

from agenda.clock import utc_now
from agenda.models import Activity
from agenda.store import reading
from tests.door import PDF
from tests.door_site import Site, fill, press, violations

PATHS = (
    *("", "?fel=1", "?sparat=1", "?lang=en", "?lang=sv", "/kvitto", "/versioner/1"),
    *("/inget", "/avstar", "/anstand", "/kollega", "/ny-lank"),
)
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


def test_no_page_in_any_state_gives_axe_anything_to_object_to(site: Site, page: Page) -> None:
    site.change("workshop", ballot_opened_at=utc_now())
    home, ballot = site.home("bracke"), f"{site.home('bracke', 'workshop')}/rostsedel"
    addresses = [home + path for path in PATHS]
    addresses += [ballot, site.home("bracke", "workshop"), f"{site.address}/tillganglighet"]
    addresses += [f"{site.address}/svar/{name}" for name in ("ny-lank", "ny-lank?skickat=1", "x")]
    page.goto(home)
    fill(page)
    page.get_by_label("Bilagor").set_input_files(
        {"name": "Bilaga.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    press(page, "Granska och skicka")
    found = violations(page)
    press(page, "Skicka in svaret")
    found += violations(page)
    page.goto(f"{home}/anstand")
    press(page, "Skicka begäran")
    found += violations(page)
    found += objections(page, addresses)
    with reading(site.engine) as session:
        row = session.scalars(select(Activity).where(col(Activity.key) == "inspel")).one()
        due_on = row.due_on
    site.change(due_on=due_on - timedelta(days=60))
    found += objections(page, [home, f"{home}/inget"])
    site.change(locked_at=utc_now())
    found += objections(page, [home, site.home("harjedalen")])
    site.change(locked_at=None, due_on=due_on)
    assert found == []


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


def test_in_forced_colours_every_button_has_an_edge(site: Site, chromium: Browser) -> None:
    context = chromium.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(f"{site.home('bracke')}/inget")
    edges = page.eval_on_selector_all(
        "button, .button", "found => found.map(one => getComputedStyle(one).borderTopWidth)"
    )
    assert edges == ["2px", "2px"]
    context.close()


def objections(page: Page, addresses: list[str]) -> list[str]:
    found = []
    for address in addresses:
        page.goto(address)
        found += [f"{address[-20:]} {said}" for said in violations(page)]
    return found


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
