"""Every page of the portal in every state, in both languages, looked at by axe in Chromium.

The portal runs in this process, so that it is known which template made each page that was
looked at, and so that it can be made to fail.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from limits import RateLimitItemPerDay
from playwright.sync_api import Page
from sqlalchemy import exc

from agenda.calendar.feeds import subscribe
from agenda.clock import utc_now
from agenda.installation.example import start_example_round
from agenda.installation.settings import Settings
from agenda.links.links import find, renew, revoke
from agenda.models import Link, Purpose
from agenda.register import By
from agenda.rounds.finding import find_activity
from agenda.rounds.round import close_round, find_round
from agenda.storage.schema import migrate
from agenda.storage.store import open_engine, transaction
from agenda.words.errors import AgendaError
from portal.door.protection import LARGEST_FIELD, Gates
from portal.pages import start
from portal.reply import form as writing
from tests.axe_walk import SMALL_BODY, TEMPLATES, Walk, failing, running
from tests.door_site import Site, press
from tests.portal.desk.axe_scenes import the_desk
from tests.portal.reply.axe_scenes import (
    TITLE,
    asking_for_time,
    changed_minds,
    colleagues,
    other_forms,
    the_form_until_its_receipt,
    two_at_once,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("door")]


@pytest.fixture
def walk(
    tmp_path: Path,
    free_ports: Any,
    wait_until: Any,
    page: Page,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Walk]:
    ports = dict(zip(("portal_port", "prefect_port", "mailbox_port"), free_ports(3), strict=True))
    settings = Settings(_env_file=None, var=tmp_path / "var", **ports)
    engine = open_engine(settings.engine_url)
    migrate(engine)
    with running(settings, monkeypatch, wait_until) as (app, made):
        yield Walk(Site(settings, engine), app, page, made)
        page.close()
    engine.dispose()


def test_axe_objects_to_no_page_in_any_state_and_has_seen_every_template(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for scene in (
        an_empty_portal,
        the_form_until_its_receipt,
        changed_minds,
        asking_for_time,
        colleagues,
        two_at_once,
        other_forms,
        links_that_do_not_open,
        forms_that_are_refused,
        the_staff,
        the_desk,
    ):
        scene(walk)
    faults(walk, monkeypatch)
    after_the_last_day(walk)
    pages = {
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        if "{% extends" in path.read_text() and path.name != "layout.html"
    }
    assert (walk.found, pages - walk.templates) == ([], set())


def an_empty_portal(walk: Walk) -> None:
    walk.go("/", "start page without a round")
    walk.go("/brevlada", "empty mailbox")
    with transaction(walk.site.engine) as session:
        start_example_round(session, now=utc_now())


def links_that_do_not_open(walk: Walk) -> None:
    site, page = walk.site, walk.page
    home = site.home("are")
    for path, state in (
        ("", "the door without a link"),
        ("/okand", "unknown link"),
        ("/ny-lank", "new link"),
        ("/ny-lank?skickat=1", "new link sent"),
    ):
        walk.visit(f"{site.address}/svar{path}", state)
    walk.visit(f"{home}/ny-lank", "own new link")
    walk.visit(f"{home}/finns/inte", "mistyped below a link")
    walk.visit(f"{home}/fil/4711", "a file that is gone")
    page.goto(home)
    page.locator(TITLE).fill("Skrivet i tid")
    with transaction(site.engine) as session:
        link = session.get_one(Link, find(session, Purpose.REPLY, home.rpartition("/")[2]).link.id)
        renew(session, link, site.office.keyring, by=By.person("x", utc_now()))
    press(page, "Spara utkast")
    walk.look("written while the link was replaced")
    walk.visit(home, "former link")
    closed = site.home("berg")
    site.close(closed)
    walk.visit(closed, "closed link")


def forms_that_are_refused(walk: Walk) -> None:
    home, page = walk.site.home("bracke"), walk.page
    field = "form.elements._sett.value"
    walk.post(home, "form.elements._prov.value = 'gammal'", "form from elsewhere")
    walk.post(home, f"{field} = 'x'.repeat({LARGEST_FIELD + 1})", "too much text")
    walk.post(home, f"{field} = 'x'.repeat({2 * SMALL_BODY})", "too large")
    walk.app.state.gates = Gates({"link": RateLimitItemPerDay(1)})
    page.goto(home)
    walk.visit(home, "too often")
    walk.app.state.gates = Gates()


def the_staff(walk: Walk) -> None:
    site, page = walk.site, walk.page
    walk.visit(f"{site.address}/tillganglighet", "accessibility statement")
    walk.go("/", "start page")
    with transaction(site.engine) as session:
        find_round(session, None).sending_paused_at = utc_now()
    walk.go("/", "start page, paused")
    with transaction(site.engine) as session:
        known = find_round(session, None)
        known.sending_paused_at = None
        link = subscribe(session, known, site.office.keyring, by=By.person("x", utc_now()))
        feed = site.office.keyring.address(link).removesuffix(".ics")
    walk.go(feed.removeprefix(site.address), "calendar")
    with transaction(site.engine) as session:
        revoke(session, session.merge(link), by=By.person("x", utc_now()))
    walk.go(feed.removeprefix(site.address), "closed calendar")
    walk.go("/brevlada", "mailbox")
    page.locator(".mails a").first.click()
    walk.look("mail as text")
    page.get_by_role("link", name="HTML").click()
    walk.look("mail as HTML")
    walk.go("/finns-inte", "no such page")


def faults(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    home = walk.site.home("bracke")
    for error in (RuntimeError("x"), AgendaError("Databasen är inte uppgraderad.")):
        with monkeypatch.context() as broken:
            broken.setattr(writing, "save", failing(error))
            broken.setattr(start, "_rounds", failing(error))
            walk.post(home, "", f"{type(error).__name__} at the door")
            walk.go("/", f"{type(error).__name__} for staff")
    with monkeypatch.context() as crowded:
        crowded.setattr(writing, "save", failing(exc.TimeoutError("no turn to write")))
        walk.post(home, "form.elements['fragor-0-titel'].value = 'Skrivet'", "a busy moment")


def after_the_last_day(walk: Walk) -> None:
    site, page = walk.site, walk.page
    answered, silent = site.home("bracke"), site.home("harjedalen")
    with transaction(site.engine) as session:
        due_on = find_activity(session, find_round(session, None), "inspel").due_on
    site.change(due_on=due_on - timedelta(days=60))
    walk.visit(silent, "late")
    walk.visit(f"{silent}/inget", "late, nothing")
    page.goto(silent)
    page.locator(TITLE).fill("Skrivet i tid")
    site.change(locked_at=utc_now())
    press(page, "Spara utkast")
    walk.look("written while it was locked")
    walk.visit(answered, "locked")
    walk.visit(silent, "locked without an answer")
    with transaction(site.engine) as session:
        close_round(session, find_round(session, None), by=By.person("x", utc_now()))
    walk.visit(answered, "ended")
