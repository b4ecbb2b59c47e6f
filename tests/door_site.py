"""The door in Chromium: a portal of its own process, and what a person does on its pages."""

from datetime import datetime, time, timedelta
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from sqlalchemy import Engine, select
from sqlmodel import col

from agenda.clock import utc_now
from agenda.installation.settings import Settings
from agenda.links.links import find, revoke
from agenda.links.personal import organisation_link
from agenda.models import Activity, Link, Purpose
from agenda.register import By
from agenda.rounds.finding import find_invitation
from agenda.rounds.round import find_round
from agenda.storage.store import reading, transaction
from agenda.workdays import Workdays, swedish_date, swedish_instant
from notifications.attending import attend
from notifications.delivery.sending import deliver_ready
from notifications.office import Office
from notifications.post.channels import Channels

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
    "resultTypes": ["violations"],
}


class Site:
    """A portal of its own process on the example round, and its local mailbox."""

    def __init__(self, settings: Settings, engine: Engine) -> None:
        self.settings = settings
        self.engine = engine
        self.address = settings.portal_url
        self.office = Office.of(settings)

    def home(self, organisation: str, activity: str = "inspel") -> str:
        """The address of an organisation's own link."""
        with transaction(self.engine) as session:
            found = self._invitation(session, organisation, activity)
            link = organisation_link(session, found, self.office.keyring, now=utc_now())
            return self.office.keyring.address(link)

    def change(self, activity: str = "inspel", **changes: Any) -> None:
        with transaction(self.engine) as session:
            row = session.scalars(select(Activity).where(col(Activity.key) == activity)).one()
            for name, value in changes.items():
                setattr(row, name, value)
            session.add(row)

    def post_mail(self, *, at: datetime | None = None) -> None:
        """Have everything that is due written and brought to the mailbox, now or at an instant."""
        now = utc_now if at is None else lambda: at
        with reading(self.engine) as session:
            row = session.scalars(select(Activity).where(col(Activity.key) == "inspel")).one()
        with Channels(self.settings) as channels:
            attend(self.engine, channels, self.office, activity_id=row.id, now=now)
            for _ in deliver_ready(
                self.engine, channels, self.office, now=now, patience=timedelta()
            ):
                pass

    def close(self, address: str) -> None:
        """Close the link of an address."""
        with transaction(self.engine) as session:
            found = find(session, Purpose.REPLY, address.rpartition("/")[2])
            revoke(session, session.get_one(Link, found.link.id), by=By.person("x", utc_now()))

    def _invitation(self, session: Any, organisation: str, activity: str) -> Any:
        known = find_round(session, None)
        return find_invitation(session, known, organisation=organisation, activity=activity)[0]


def fill(page: Page, **changes: str) -> None:
    """A whole proposal, typed into the form's first row."""
    texts = {"titel": "Flygbussen", "problem": "a", "mal": "b", "betydelse": "c"} | changes
    for name, text in texts.items():
        page.locator(f"[name=fragor-0-{name}]").fill(text)
    page.get_by_label("Nationell nivå").check()
    page.get_by_label("Vilket område hör frågan till?").select_option("Kultur")


def in_office_hours() -> datetime:
    """Ten o'clock on the next workday: mail that waits for office hours leaves then."""
    return swedish_instant(Workdays().after(swedish_date(utc_now()), 1), time(10))


def open_mail(site: Site, page: Page, subject: str) -> None:
    """Open the newest mail in the mailbox whose line holds some words."""
    page.goto(f"{site.address}/brevlada")
    page.locator("li", has_text=subject).get_by_role("link").first.click()


def ask_for_time(
    site: Site, page: Page, organisation: str, why: str = "Nämnden möts senare."
) -> str:
    """Ask for forty days as a municipality does, and open the link in the coordinator's mail."""
    page.goto(f"{site.home(organisation)}/anstand")
    later = utc_now().date() + timedelta(days=40)
    page.get_by_label("Till vilken dag behöver ni tid?").fill(later.isoformat())
    page.get_by_label("Varför behöver ni mer tid?").fill(why)
    press(page, "Skicka begäran")
    expect(page.get_by_text("Begäran om anstånd är skickad")).to_be_visible()
    site.post_mail()
    open_mail(site, page, "Begär anstånd")
    page.locator("pre a[href*='/anstand/']").first.click()
    expect(page.get_by_role("heading", name="Begäran om anstånd")).to_be_visible()
    page.wait_for_load_state()
    return page.url


def press(page: Page, name: str) -> None:
    """Press a button, and wait until the page's script has obeyed it."""
    page.get_by_role("button", name=name, exact=True).click()
    page.locator("form[aria-busy]").wait_for(state="detached")
    page.wait_for_load_state()


def violations(page: Page) -> list[str]:
    """What axe-core objects to: the rule, and where."""
    told = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {node['html'][:120]}" for one in told for node in one["nodes"]]
