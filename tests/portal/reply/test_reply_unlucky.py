"""Writing while something happens: the portal away, the link replaced, two tabs, midnight."""

import re
from datetime import date

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import BrowserContext, Page, expect

from agenda.links.links import find, renew
from agenda.models import Link, Purpose
from agenda.register import By
from agenda.rounds.activities import grant_extension
from agenda.storage.store import transaction
from portal.app import create_app
from tests.door import START, Door, Reader, a_proposal
from tests.door_site import Site, fill, press

TITLE = "[name=fragor-0-titel]"
LAST_SECOND = START.replace(month=10, day=2, hour=21, minute=59, second=59)
MIDNIGHT = START.replace(month=10, day=2, hour=22)
browser_too = pytest.mark.xdist_group("door")


def test_a_form_left_open_over_a_restart_and_a_night_is_saved(door: Door, free_ports) -> None:
    home = door.link()
    form = [*door.form(home).with_(fragor__0__titel="Kvar"), ("_spara", "1")]
    again = door.settings.model_copy(update={"mailbox_port": free_ports(1)[0]})
    with TestClient(
        create_app(again), base_url=again.portal_url, follow_redirects=False
    ) as browser:
        answer = browser.post(home, data=dict(form), headers=door.headers)
    assert answer.headers["location"] == f"{home}?sparat=1"
    assert door.draft() == {"fragor": [{"titel": "Kvar"}]}


def test_the_last_day_passes_between_the_form_and_the_press(door: Door) -> None:
    home = door.link()
    door.now = LAST_SECOND
    form = [*door.form(home).with_(**a_proposal()), ("_granska", "1")]
    door.now = MIDNIGHT
    assert door.post(home, form).headers["location"] == f"{home}/granska"
    assert "Sista svarsdag har passerat." in door.page(f"{home}/granska").text


def test_a_review_made_before_midnight_and_sent_after_is_late_and_says_so(door: Door) -> None:
    home = door.link()
    door.now = LAST_SECOND
    door.save(home, "_granska", **a_proposal())
    reviewed = door.form(f"{home}/granska")
    door.now = MIDNIGHT
    assert door.post(reviewed.action, reviewed.pairs).headers["location"] == f"{home}/kvitto"
    assert [answer.is_late for answer in door.answers()] == [True]
    page = door.page(f"{home}/kvitto")
    assert "Inkommet lördag 3 oktober 2020 kl. 00.00 Kom in efter sista svarsdag" in page.text


@pytest.mark.parametrize(
    ("sent_at", "is_late"),
    [
        (MIDNIGHT.replace(day=16, hour=21, minute=59, second=59), False),
        (MIDNIGHT.replace(day=16), True),
    ],
)
def test_after_an_extension_its_own_last_day_counts(door: Door, sent_at, is_late: bool) -> None:
    home = door.link()
    with transaction(door.engine) as session:
        found = door.invitation(session, "bracke", "inspel")
        grant_extension(session, found, to=date(2020, 10, 16), by=By.person("x", door.now))
    page = door.page(home)
    assert "Till och med fredag 16 oktober 2020 kl. 24.00 Ni har fått anstånd." in page.text
    door.now = sent_at
    door.send(home, **a_proposal())
    assert [answer.is_late for answer in door.answers()] == [is_late]
    assert ("Kom in efter sista svarsdag" in door.page(f"{home}/kvitto").text) is is_late


def test_a_form_whose_proof_has_grown_old_comes_back_with_everything(door: Door) -> None:
    home = door.link()
    form = [(n, v) for n, v in door.form(home).with_(**a_proposal()) if n != "_prov"]
    answer = door.post(home, [*form, ("_prov", "från i fjol"), ("_granska", "1")])
    assert answer.status_code == 403
    [again] = Reader(answer.text).forms
    assert door.post(home, again.pairs).headers["location"] == f"{home}/granska"
    assert door.draft()["fragor"][0]["titel"] == "Flygbussen"


@pytest.mark.browser
@browser_too
def test_while_the_portal_is_away_the_page_stays_and_keeps_what_is_written(
    site: Site, page: Page, context: BrowserContext
) -> None:
    home = site.home("berg")
    page.goto(home)
    page.locator(TITLE).fill("Skrivet utan nät")
    context.set_offline(True)
    press(page, "Spara utkast")
    told = page.locator("#sparat")
    expect(told).to_contain_text("Det gick inte att spara just nu.")
    expect(told).to_be_in_viewport()
    assert page.locator(TITLE).input_value() == "Skrivet utan nät"
    context.set_offline(False)
    expect(told).to_contain_text(re.compile(r"Sparat \d\d\.\d\d"))
    press(page, "Spara utkast")
    page.goto(home)
    assert page.locator(TITLE).input_value() == "Skrivet utan nät"


@pytest.mark.browser
@browser_too
def test_while_a_proxy_says_that_the_portal_is_closed_the_page_stays_too(
    site: Site, page: Page
) -> None:
    home = site.home("berg")
    page.clock.install()
    page.goto(home)
    page.locator(TITLE).fill("Skrivet under omstart")
    page.route(f"**{home}**", lambda asked: asked.fulfill(status=503, body="Stängt en stund"))
    press(page, "Granska och skicka")
    expect(page.locator("#sparat")).to_contain_text("Det gick inte att spara just nu.")
    assert page.locator(TITLE).input_value() == "Skrivet under omstart"
    page.unroute(f"**{home}**")
    page.clock.run_for(20_000)
    expect(page.locator("#sparat")).to_contain_text(re.compile(r"Sparat \d\d\.\d\d"))
    page.goto(home)
    assert page.locator(TITLE).input_value() == "Skrivet under omstart"


@pytest.mark.browser
@browser_too
def test_a_link_that_is_replaced_while_somebody_writes_is_told_and_loses_nothing(
    site: Site, page: Page
) -> None:
    home = site.home("are")
    page.clock.install()
    page.goto(home)
    page.locator("[type=file]").first.set_input_files(
        {"name": "karta.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 karta"}
    )
    press(page, "Spara utkast")
    page.locator(TITLE).fill("Skrivet i tid")
    with transaction(site.engine) as session:
        found = find(session, Purpose.REPLY, home.rpartition("/")[2])
        link = session.get_one(Link, found.link.id)
        renew(session, link, site.office.keyring, by=By.person("x", link.created_at))
    page.clock.run_for(20_000)
    expect(page.locator("#sparat")).to_contain_text("Länken gäller inte längre.")
    press(page, "Spara utkast")
    expect(page.get_by_role("heading", name="Länken har bytts ut")).to_be_visible()
    expect(page.locator(".kept .written")).to_have_text(["Skrivet i tid"])


@pytest.mark.browser
@browser_too
def test_going_back_after_sending_never_sends_again(site: Site, page: Page) -> None:
    home = site.home("ragunda")
    page.goto(home)
    fill(page)
    press(page, "Granska och skicka")
    press(page, "Skicka in svaret")
    expect(page.get_by_text("Ifyllt svar, version 1")).to_be_visible()
    page.go_back()
    # The review is gone with its draft; what is left is the reply as it was sent.
    assert page.url == home
    expect(page.get_by_text("(version 1)")).to_be_visible()
    press(page, "Granska och skicka")
    expect(page.get_by_text("Inget är ändrat sedan ni skickade in.")).to_be_visible()


@pytest.mark.browser
@browser_too
def test_two_tabs_of_one_person_meet_as_two_people_do(
    site: Site, page: Page, context: BrowserContext
) -> None:
    home = site.home("ostersund")
    other = context.new_page()
    for tab in (page, other):
        tab.goto(home)
    page.locator(TITLE).fill("I den ena")
    press(page, "Spara utkast")
    other.locator("[name=fragor-0-problem]").fill("I den andra")
    press(other, "Spara utkast")
    expect(other.get_by_role("heading", name="Någon annan har sparat")).to_be_visible()
    press(other, "Spara det jag har valt")
    assert other.locator(TITLE).input_value() == "I den ena"
    assert other.locator("[name=fragor-0-problem]").input_value() == "I den andra"
