"""A whole round by the desk alone, in Chromium: from an empty database to a closed round."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import col, select

from agenda.installation.settings import Settings
from agenda.models import Activity, Contact, Organisation, Round
from agenda.storage.store import open_engine, reading
from portal.up.screen import Screen
from tests.door_site import Site, press
from tests.portal.reply.conftest import serving

MUNICIPALITIES = (
    *("ostersund", "krokom", "are", "berg", "harjedalen", "ragunda", "bracke", "stromsund"),
)
TABLE = "organisation\tnamn\te-post\n" + "\n".join(
    f"{key}\tRegistrator\tkommun@{key}.se" for key in MUNICIPALITIES
)

pytestmark = pytest.mark.xdist_group("chromium on the desk")


@pytest.fixture
def empty(tmp_path: Path, sqlite_template: Path, free_ports, wait_until) -> Iterator[Site]:
    """A portal of its own process, on a database in which there is nothing."""
    with serving(tmp_path / "var", sqlite_template, free_ports, wait_until) as site:
        yield site


def way_in(settings: Settings) -> str:
    """The address that `agenda up` prints."""
    return Screen(settings)._way_in()


def test_from_nothing_to_a_closed_round_without_a_command(empty: Site, page: Page) -> None:
    page.goto(way_in(empty.settings))
    press(page, "Logga in")
    expect(page.get_by_text("Ingen omgång är igång.")).to_be_visible()
    page.get_by_role("link", name="Starta en ny omgång").click()
    page.get_by_label("Planen som följer med").check()
    press(page, "Börja")
    draft = page.url.partition("?")[0]

    page.get_by_role("link", name="Arbetet förankras i Länspartnerskapet").click()
    page.get_by_role("link", name="Ta bort aktiviteten").click()
    press(page, "Ta bort aktiviteten")
    page.get_by_role("link", name="Förslaget till struktur av agenda behandlas på RSR").click()
    year = page.get_by_label("Sista dagen", exact=True).input_value()[:4]
    for label in ("Första dagen", "Sista dagen"):
        page.get_by_label(label, exact=True).fill(f"{year}-06-06")
    press(page, "Spara")
    expect(page.get_by_text("är ingen arbetsdag").first).to_be_visible()
    page.get_by_role("link", name="Flytta till").click()
    press(page, "Spara")
    moved_to = page.get_by_label("Sista dagen", exact=True).input_value()
    assert moved_to > f"{year}-06-06"

    page.goto(f"{draft}/kontakter")
    page.get_by_label("Tabellen", exact=True).fill(TABLE)
    page.get_by_label("Ta bort adresser").check()
    press(page, "Se vad som ändras")
    press(page, "Läs in")
    page.get_by_role("link", name="Starta omgången").first.click()
    press(page, "Se vad som händer")
    expect(page.get_by_text("Det första som går ut")).to_be_visible()
    press(page, "Starta omgången")
    expect(page.get_by_role("heading", name="Att göra")).to_be_visible()

    engine = open_engine(empty.settings.engine_url)
    with reading(engine) as session:
        [started] = session.scalars(select(Round)).all()
        rows = session.scalars(select(Activity).order_by(col(Activity.position))).all()
        addresses = session.scalars(
            select(Contact.address).join(Organisation).where(Organisation.kind == "municipality")
        ).all()
    assert len(rows) == 11
    assert {row.key: str(row.due_on) for row in rows}["rsr"] == moved_to
    assert sorted(addresses) == sorted(f"kommun@{key}.se" for key in MUNICIPALITIES)
    assert page.url == f"{empty.address}/samordna/{started.id}"

    page.get_by_role("link", name="Planen", exact=True).click()
    page.get_by_role("link", name="Avsluta omgången").click()
    press(page, "Se vad som händer")
    press(page, "Avsluta omgången")
    expect(page.get_by_text("Omgången är avslutad.")).to_be_visible()
    with reading(engine) as session:
        assert session.get_one(Round, started.id).closed_at is not None
    engine.dispose()
