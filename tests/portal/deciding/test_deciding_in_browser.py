"""The coordinator's page in Chromium: by keyboard, on a phone, without JavaScript, by axe."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select
from sqlmodel import col

from agenda.clock import utc_now
from agenda.links.links import find, revoke
from agenda.models import Contact, Purpose
from agenda.register import By
from agenda.storage.store import transaction
from tests.door_site import Site, ask_for_time, press, violations

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("door")]


def look(page: Page, found: list[str], state: str) -> None:
    """See what axe objects to, and whether the page fits a phone and stands enlarging."""
    found += [f"{state}: {said}" for said in violations(page)]
    for width, size in ((320, "100%"), (640, "200%")):
        page.set_viewport_size({"width": width, "height": 700})
        page.evaluate("size => document.documentElement.style.fontSize = size", size)
        if (shown := page.evaluate("document.documentElement.scrollWidth")) > width:
            found.append(f"{state}: {shown} pixels wide on {width}")
    page.evaluate("document.documentElement.style.fontSize = ''")


def test_every_state_is_accessible_and_fits_a_phone(site: Site, page: Page) -> None:
    found: list[str] = []
    home = ask_for_time(site, page, "bracke", why="Nämnden möts senare. " + "x" * 200)
    look(page, found, "open")
    page.goto(f"{home}?lang=en")
    look(page, found, "open in English")
    page.goto(f"{home}?lang=sv")
    page.get_by_label("Ny sista svarsdag").fill("")
    press(page, "Bevilja anstånd")
    look(page, found, "with a fault")
    press(page, "Avslå")
    look(page, found, "without a reason")
    page.get_by_label("Meddelande till Bräcke kommun").fill("Tyvärr. " + "y" * 200)
    press(page, "Avslå")
    look(page, found, "asked whether to deny")
    press(page, "Ja, avslå begäran")
    look(page, found, "denied")
    page.goto(f"{home}?redan=1")
    look(page, found, "decided by somebody else")
    home = ask_for_time(site, page, "bracke")
    site.change(locked_at=utc_now())
    page.goto(home)
    look(page, found, "locked")
    site.change(locked_at=None, cancelled_at=utc_now())
    page.goto(home)
    look(page, found, "cancelled")
    site.change(cancelled_at=None)
    bounce(site, "kommun@bracke.example", is_bouncing=True)
    page.goto(home)
    look(page, found, "without an address")
    bounce(site, "kommun@bracke.example", is_bouncing=False)
    press(page, "Bevilja anstånd")
    look(page, found, "asked whether to grant")
    press(page, "Ja, bevilja anstånd")
    look(page, found, "granted")
    close(site, home)
    page.goto(home)
    look(page, found, "closed")
    page.goto(f"{site.address}/anstand/{'x' * 43}")
    look(page, found, "wrong link")
    assert found == []


def test_it_is_decided_with_the_keyboard_alone(site: Site, page: Page) -> None:
    home = ask_for_time(site, page, "krokom")
    page.goto("about:blank")
    page.goto(home)
    walk(page, "Ny sista svarsdag")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Bevilja anstånd?")).to_be_visible()
    walk(page, "Ändra")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Begäran om anstånd")).to_be_visible()
    walk(page, "Avslå")
    page.keyboard.press("Enter")
    expect(page.locator("section.faults")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Meddelande till Krokoms kommun")).to_be_focused()
    page.keyboard.type("Nej, tyvärr.")
    walk(page, "Avslå")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Avslå begäran?")).to_be_visible()
    walk(page, "Ja, avslå begäran")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Begäran är avslagen")).to_be_visible()


def test_it_is_decided_without_javascript_on_a_phone_and_a_reload_changes_nothing(
    site: Site, chromium: Browser
) -> None:
    context = chromium.new_context(
        locale="sv-SE", java_script_enabled=False, viewport={"width": 320, "height": 700}
    )
    page = context.new_page()
    ask_for_time(site, page, "stromsund")
    day = utc_now().date() + timedelta(days=35)
    page.get_by_label("Ny sista svarsdag").fill(day.isoformat())
    press(page, "Bevilja anstånd")
    page.get_by_role("button", name="Ja, bevilja anstånd").dblclick()
    expect(page.get_by_role("heading", name="Anståndet är beviljat")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Beslutat.")).to_be_visible()
    expect(page.get_by_text("Ämne")).to_have_count(1)
    context.close()


def test_the_second_of_two_coordinators_is_told_that_the_first_was_before(
    site: Site, chromium: Browser
) -> None:
    first, second = (chromium.new_context(locale="sv-SE").new_page() for _ in range(2))
    home = ask_for_time(site, first, "harjedalen")
    second.goto(home)
    for page in (first, second):
        page.get_by_label("Meddelande till Härjedalens kommun").fill("Det går bra.")
        press(page, "Bevilja anstånd")
    press(first, "Ja, bevilja anstånd")
    press(second, "Ja, bevilja anstånd")
    for page in (first, second):
        expect(page.get_by_role("heading", name="Anståndet är beviljat")).to_be_visible()
        page.context.close()


def bounce(site: Site, address: str, *, is_bouncing: bool) -> None:
    with transaction(site.engine) as session:
        for contact in session.scalars(select(Contact).where(col(Contact.address) == address)):
            contact.bounced_at = utc_now() if is_bouncing else None


def close(site: Site, address: str) -> None:
    with transaction(site.engine) as session:
        found = find(session, Purpose.DECISION, address.rpartition("/")[2].partition("?")[0])
        revoke(session, found.link, by=By.person("x", utc_now()))


def walk(page: Page, to: str) -> None:
    """Press Tab until something has the focus, by what it is called."""
    passed = []
    for _ in range(40):
        page.keyboard.press("Tab")
        name, outline = page.evaluate(
            "(e => [e.labels?.[0]?.textContent || e.textContent.trim(),"
            # The parts of a date show by themselves which one has the focus.
            " e.type === 'date' ? 'auto' : getComputedStyle(e).outlineStyle])"
            "(document.activeElement)"
        )
        passed.append(name)
        assert outline != "none", name
        if name == to:
            return
    raise AssertionError(f"{to} cannot be reached: {passed}")
