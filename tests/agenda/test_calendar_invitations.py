"""Invitations to meetings (RFC 5546), read by two parsers that are not ours."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import vobject
from icalendar import Calendar

from agenda.calendar.rendering import CalendarUser, Entry, InvitationFile, render_invitation

COORDINATOR = CalendarUser("Åsa Samordnare", "samordnare@regionen.example")
REGISTRAR = CalendarUser("Registratorn", "kommun@bracke.example")
SENDER = "agendan@regionen.example"
MADE = datetime(2020, 10, 12, 6, tzinfo=UTC)
WORKSHOP = Entry(
    uid="2020-workshop-bracke@paverkansagenda",
    title="Workshop för att prioritera inspel",
    first_on=date(2020, 11, 9),
    last_on=date(2020, 11, 9),
    changed_at=datetime(2020, 3, 1, 11, tzinfo=UTC),
    revision=0,
    description="Inkomna inspel diskuteras, och prioriteras.\nEfter det: lunch; kaffe.",
    place="Östersund, Residenset",
)
MOVED = replace(WORKSHOP, first_on=date(2020, 11, 16), last_on=date(2020, 11, 16), revision=1)
CANCELLED = replace(MOVED, revision=2, is_cancelled=True)


def made(entry: Entry, attendee: CalendarUser = REGISTRAR, sent_by: str = SENDER) -> InvitationFile:
    return render_invitation(
        entry, organizer=COORDINATOR, attendee=attendee, sent_by=sent_by, made_at=MADE
    )


def facts(invitation: InvitationFile) -> dict[str, str]:
    """What icalendar reads in it."""
    calendar = Calendar.from_ical(invitation.content)
    (event,) = calendar.walk("VEVENT")
    assert (event.errors, event.subcomponents) == ([], [])
    names = ("uid", "sequence", "status", "summary", "organizer", "attendee", "location")
    found = {name: str(event[name]) for name in names}
    days = {name: str(event.decoded(name)) for name in ("dtstart", "dtend", "dtstamp")}
    return {"method": str(calendar["method"])} | found | days


FIRST = {
    "method": "REQUEST",
    "uid": "2020-workshop-bracke@paverkansagenda",
    "sequence": "0",
    "status": "CONFIRMED",
    "summary": "Workshop för att prioritera inspel",
    "organizer": "mailto:samordnare@regionen.example",
    "attendee": "mailto:kommun@bracke.example",
    "location": "Östersund, Residenset",
    "dtstart": "2020-11-09",
    "dtend": "2020-11-10",
    "dtstamp": "2020-10-12 06:00:00+00:00",
}
UPDATE = FIRST | {"sequence": "1", "dtstart": "2020-11-16", "dtend": "2020-11-17"}


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (WORKSHOP, FIRST),
        (MOVED, UPDATE),
        (
            CANCELLED,
            UPDATE
            | {
                "method": "CANCEL",
                "sequence": "2",
                "status": "CANCELLED",
                "summary": "INSTÄLLT: Workshop för att prioritera inspel",
            },
        ),
    ],
    ids=["first", "moved", "cancelled"],
)
def test_one_meeting_is_asked_for_moved_and_cancelled_under_one_uid(
    entry: Entry, expected: dict[str, str]
):
    assert facts(made(entry)) == expected
    assert made(entry).method == expected["method"]


@pytest.mark.parametrize("entry", [WORKSHOP, MOVED, CANCELLED])
def test_another_parser_reads_the_same(entry: Entry):
    invitation = made(entry)
    read = vobject.readOne(invitation.content.decode())
    assert read.validate(raiseException=True)
    event = read.vevent
    assert {
        "method": read.method.value,
        "uid": event.uid.value,
        "sequence": event.sequence.value,
        "status": event.status.value,
        "summary": event.summary.value,
        "organizer": event.organizer.value,
        "attendee": event.attendee.value,
        "location": event.location.value,
        "dtstart": str(event.dtstart.value),
        "dtend": str(event.dtend.value),
        "dtstamp": str(event.dtstamp.value),
    } == facts(invitation)
    assert event.description.value == WORKSHOP.description


def test_who_is_asked_is_one_person_who_shall_answer_the_organizer():
    (event,) = Calendar.from_ical(made(WORKSHOP).content).walk("VEVENT")
    assert dict(event["attendee"].params) == {
        "CN": "Registratorn",
        "PARTSTAT": "NEEDS-ACTION",
        "ROLE": "REQ-PARTICIPANT",
        "RSVP": "TRUE",
    }
    assert dict(event["organizer"].params) == {
        "CN": "Åsa Samordnare",
        "SENT-BY": "mailto:agendan@regionen.example",
    }


def test_nobody_is_asked_to_answer_a_cancelled_meeting():
    (event,) = Calendar.from_ical(made(CANCELLED).content).walk("VEVENT")
    assert dict(event["attendee"].params) == {"CN": "Registratorn"}


def test_an_organizer_who_sends_the_mail_is_represented_by_nobody():
    invitation = made(WORKSHOP, sent_by=COORDINATOR.address)
    (event,) = Calendar.from_ical(invitation.content).walk("VEVENT")
    assert dict(event["organizer"].params) == {"CN": "Åsa Samordnare"}


def test_a_meeting_at_an_hour_says_it_in_utc():
    timed = replace(
        WORKSHOP,
        starts_at=datetime(2020, 11, 9, 8, tzinfo=UTC),
        ends_at=datetime(2020, 11, 9, 15, 30, tzinfo=UTC),
    )
    content = made(timed).content
    assert b"DTSTART:20201109T080000Z\r\nDTEND:20201109T153000Z\r\n" in content
    assert b"TZID" not in content


@pytest.mark.parametrize(
    "name",
    [
        'Härjedalen, "södra" <x>; nämnden: åtta ^ \\n',
        "Registratorn\r\nATTENDEE:mailto:alla@lansnytt.example\r\n\x00\u2028",
        "Östersund 🦌 " + "lång" * 60,
        "",
    ],
)
def test_a_name_is_only_a_name_whatever_signs_are_in_it(name: str):
    content = made(WORKSHOP, CalendarUser(name, "a?b&c@bracke.example")).content
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    read = event["attendee"]
    assert read.params.get("CN", "") == " ".join(name.replace("\x00", " ").split())
    assert str(read) == "mailto:a%3Fb%26c@bracke.example"
    assert vobject.readOne(content.decode()).vevent.attendee.value == str(read)
    assert max(map(len, content.split(b"\r\n"))) <= 75


@pytest.mark.parametrize("address", ["o'brien@bracke.example", "a!b$c*d+e@bracke.example"])
def test_an_address_keeps_its_apostrophe(address: str):
    content = made(WORKSHOP, CalendarUser("Registratorn", address), sent_by=address).content
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert event["attendee"] == f"mailto:{address}"
    assert event["organizer"].params["SENT-BY"] == f"mailto:{address}"
    assert vobject.readOne(content.decode()).vevent.attendee.value == f"mailto:{address}"


def test_an_invitation_made_twice_is_the_same_bytes():
    assert made(WORKSHOP) == made(WORKSHOP)
