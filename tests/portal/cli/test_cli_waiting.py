"""What organisations are in the middle of: `agenda status` and `agenda extension list`."""

from datetime import date

import pytest

from agenda.links.personal import organisation_link
from agenda.models import Draft, identity
from agenda.replies import extensions
from agenda.storage.store import transaction
from tests.rounds_under_way import OFFICE, sv


@pytest.fixture
def begun(started):
    """Lets an organisation begin to write."""

    def beginning(organisation, at):
        with transaction(started.engine) as session:
            invitation = started.invitation(session, organisation)
            session.add(
                Draft(
                    invitation_id=identity(invitation),
                    form="reply",
                    content={"fragor": []},
                    revision=1,
                    saved_at=sv(at),
                )
            )

    return beginning


@pytest.fixture
def wished(started):
    """Lets an organisation ask for more time."""

    def wishing(organisation, until, at, reason="Nämnden möts sent."):
        with transaction(started.engine) as session:
            invitation = started.invitation(session, organisation)
            link = organisation_link(session, invitation, OFFICE.keyring, now=sv(at))
            extensions.request_extension(session, link, until=until, reason=reason, now=sv(at))

    return wishing


def test_who_has_begun_to_write_is_seen(desk, started, begun):
    started.answer("berg", "2020-09-18 10:00")
    begun("bracke", "2020-09-18 11:00")
    begun("berg", "2020-09-18 12:00")

    assert desk("status").lines[-2:] == [
        "Bräcke kommun har börjat skriva i inspel, sparat fre 2020-09-18 11.00",
        "Bergs kommun ändrar sitt svar i inspel, sparat fre 2020-09-18 12.00",
    ]
    assert desk("status", "--json").document["begun"][0] == {
        "activity": "inspel",
        "organisation": "bracke",
        "name": "Bräcke kommun",
        "saved_at": "2020-09-18T11:00:00+02:00",
        "is_change": False,
    }


def test_wishes_for_more_time_are_listed_with_what_came_of_them(desk, started, wished):
    wished("bracke", date(2020, 10, 9), "2020-09-17 10:00")
    desk("extension", "grant", "bracke", "inspel", "--to", "2020-10-08", "--yes")
    wished("krokom", date(2020, 10, 16), "2020-09-18 10:00", "Semester [bold].")

    ran = desk("extension", "list")

    assert ran.out.index("tors 2020-09-17 10.00") < ran.out.index("fre 2020-09-18 10.00")
    said = " ".join(ran.out.split())
    assert "väntar på beslut" in said
    assert "beviljat till tors 2020-10-08" in said
    assert ran.lines[-2:] == [
        "Krokoms kommun i inspel: Semester [bold].",
        "Avgör dem på sidan i mejlet om begäran, eller bevilja med: agenda extension grant",
    ]
    found = desk("extension", "list", "--json", "--organisation", "krokom").document["requests"]
    assert [(one["until"], one["is_granted"]) for one in found] == [("2020-10-16", None)]


def test_no_wishes_are_said(desk, started):
    assert desk("extension", "list").out == "Ingen har bett om anstånd.\n"


@pytest.fixture
def for_real(monkeypatch):
    """An installation that sends mail for real."""
    monkeypatch.setenv("AGENDA_MAIL_SERVER", "mail.regionen.se")
    monkeypatch.setenv("AGENDA_MAIL_FROM", "agendan@regionen.se")


def test_example_addresses_in_a_round_for_real_are_pointed_out(desk, for_real):
    started = desk("round", "start", "--first-day", "2021-04-07")

    assert started.code == 0
    assert "adresser är bara exempel och når ingen" in started.err


def test_they_are_pointed_out_when_contacts_are_taken_in(desk, started, for_real, tmp_path):
    (tmp_path / "k.csv").write_text("organisation;namn;e-post\nbracke;A;a@bracke.se\n")

    ran = desk("contacts", "import", "k.csv")

    assert "adresser är bara exempel" in ran.err


@pytest.mark.parametrize("redirected", [True, False])
def test_where_nothing_leaves_for_real_they_are_as_they_should_be(desk, monkeypatch, redirected):
    if redirected:
        monkeypatch.setenv("AGENDA_MAIL_SERVER", "mail.regionen.se")
        monkeypatch.setenv("AGENDA_MAIL_FROM", "agendan@regionen.se")
        monkeypatch.setenv("AGENDA_MAIL_REDIRECT_TO", "prov@regionen.se")

    assert desk("round", "start", "--first-day", "2021-04-07").err == ""
