"""The door in Chromium once the last day has passed: taken and marked as late, until the lock."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from agenda.clock import utc_now
from agenda.workdays import swedish_date
from tests.door_site import Site, fill, open_mail, press

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("door")]


def test_a_late_answer_is_taken_marked_and_told_until_the_answers_are_locked(
    site: Site, page: Page
) -> None:
    home = site.home("harjedalen")
    page.goto(home)
    fill(page, titel="På sista raden")
    site.change(due_on=swedish_date(utc_now()) - timedelta(days=1))
    press(page, "Granska och skicka")
    expect(page.get_by_text("Sista svarsdag har passerat.")).to_be_visible()
    press(page, "Skicka in det sena svaret")
    expect(page.get_by_role("heading", name="Svaret är mottaget")).to_be_visible()
    expect(page.get_by_text("Kom in efter sista svarsdag")).to_be_visible()

    site.post_mail()
    open_mail(site, page, "Sent svar")
    assert "Härjedalens kommun har svarat efter sista svarsdagen" in " ".join(
        page.locator("pre").inner_text().split()
    )

    site.change(locked_at=utc_now())
    page.goto(home)
    expect(page.get_by_text("På sista raden")).to_be_visible()
    assert page.get_by_role("textbox").count() == 0
    assert page.get_by_role("button", name="Skicka").count() == 0
