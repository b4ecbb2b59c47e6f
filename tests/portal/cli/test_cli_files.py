"""`agenda backup`, `restore` and `calendar`: what is written to files, and read back."""

import pytest
from icalendar import Calendar


@pytest.fixture
def sqlite_desk(own_desk):
    """A terminal in an installation on SQLite with a round of the bundled plan."""
    own_desk.at("2020-04-01 10:00")
    own_desk("round", "start")
    return own_desk


def test_a_backup_is_written_once_and_never_over(sqlite_desk, tmp_path):
    assert sqlite_desk("backup", "kopia.db").out == "Databasen är kopierad till kopia.db.\n"
    assert sqlite_desk("backup", "kopia.db").err == (
        "kopia.db finns redan och skrivs inte över. Välj ett annat namn.\n"
    )


def test_a_restore_brings_the_round_back_paused_until_somebody_says_so(sqlite_desk):
    sqlite_desk("backup", "kopia.db")
    sqlite_desk("activity", "done", "struktur", "--yes")

    ran = sqlite_desk("restore", "kopia.db", "--yes")

    assert (ran.code, ran.err) == (0, "")
    assert ran.lines[0].startswith("Databasen är återläst från kopia.db. ")
    assert ran.out.endswith(" och kör sedan: agenda round resume\n")
    activity = sqlite_desk("activity", "list", "--json").document["activities"][0]
    assert activity["done_at"] is None
    assert sqlite_desk("status").err.startswith("Utskicken är pausade sedan ")
    assert sqlite_desk("round", "resume").code == 0
    assert sqlite_desk("status").err == ""


def test_a_restore_is_not_made_without_a_yes(sqlite_desk):
    sqlite_desk("backup", "kopia.db")

    ran = sqlite_desk("restore", "kopia.db")

    assert (ran.code, ran.err) == (
        2,
        "Återläsningen ersätter hela databasen. Bekräfta med --yes.\n",
    )


def test_the_calendar_holds_the_rounds_days(sqlite_desk, tmp_path):
    ran = sqlite_desk("calendar", "export", "agenda.ics")

    assert ran.out == "17 kalenderposter skrivna till agenda.ics.\n"
    held = Calendar.from_ical((tmp_path / "agenda.ics").read_bytes())
    assert len(held.walk("VEVENT")) == 17


def test_one_organisations_calendar_holds_its_own_last_days(sqlite_desk, tmp_path):
    sqlite_desk("extension", "grant", "bracke", "inspel", "--to", "2020-10-12", "--yes")

    sqlite_desk("calendar", "export", "bracke.ics", "--organisation", "Bräcke")

    held = Calendar.from_ical((tmp_path / "bracke.ics").read_bytes())
    assert {
        (event["SUMMARY"], event["DTSTART"].dt.isoformat()) for event in held.walk("VEVENT")
    } == {
        ("Förfrågan om inspel från kommunerna – sista svarsdag", "2020-10-12"),
        ("Workshop för att prioritera inspel", "2020-11-09"),
    }


def test_a_file_that_cannot_be_written_is_told_in_one_sentence(sqlite_desk):
    ran = sqlite_desk("calendar", "export", "saknas/agenda.ics")

    assert (ran.code, ran.err) == (
        2,
        "saknas/agenda.ics går inte att skriva (filen eller mappen finns inte).\n",
    )
