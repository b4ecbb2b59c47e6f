"""The calendar file that goes with a mail: days to keep, and real invitations to meetings."""

from datetime import date
from email import message_from_bytes, policy
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import Engine
from sqlmodel import select

from agenda.models import Activity, Message, MessageState
from agenda.plan.model import Person, Plan
from agenda.register import By
from agenda.rounds.facts import situation
from agenda.storage.store import transaction
from notifications.acts.extensions import grant_extension
from notifications.notices.queueing import tell
from notifications.outbox.recipients import Turn
from notifications.post.mime import render_bytes
from notifications.post.outgoing import Outgoing
from tests.rounds_under_way import (
    COORDINATOR,
    OFFICE,
    PLAN,
    WHO,
    RoundUnderWay,
    a_plan,
    address,
    sv,
)

RESPONSIBLE = Person(name="Ansvarig Exempel", address="ansvarig@regionen.example")
SIXTEENTH = date(2020, 11, 16)


def plan_with(key: str, **changes: Any) -> Plan:
    activity = PLAN.activity(key).model_copy(update=changes)
    return a_plan("berg", only=(), activities=(activity,))


def invited_to_workshop(engine: Engine, **changes: Any) -> RoundUnderWay:
    """A round whose invitations to the workshop left on 12 October."""
    under_way = RoundUnderWay(engine, plan_with("workshop", **changes))
    under_way.attend("2020-10-12 08:00", "workshop")
    return under_way


def read(outgoing: Outgoing) -> dict[str, Any]:
    """The invitation in a mail, read as its recipient's program reads it."""
    readable, attached = message_from_bytes(
        render_bytes(outgoing), policy=policy.default
    ).iter_parts()
    part = list(readable.iter_parts())[-1]
    assert part.get_payload(decode=True) == attached.get_payload(decode=True)
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    (event,) = calendar.walk("VEVENT")
    assert part["Content-Type"].params["method"] == calendar["method"]
    return {
        "method": calendar["method"],
        "sequence": event["sequence"],
        "status": event["status"],
        "title": event["summary"],
        "from": event.decoded("dtstart"),
        "to": event.decoded("dtend"),
        "organizer": event["organizer"],
        "attendee": (event["attendee"], event["attendee"].params.get("RSVP")),
    }


FIRST = {
    "method": "REQUEST",
    "sequence": 0,
    "status": "CONFIRMED",
    "title": "Workshop för att prioritera inspel",
    "from": date(2020, 11, 9),
    "to": date(2020, 11, 10),
    "organizer": f"mailto:{COORDINATOR}",
    "attendee": (f"mailto:{address('berg')}", "TRUE"),
}


def test_a_workshops_mail_invites_its_one_recipient(engine: Engine):
    (outgoing,) = invited_to_workshop(engine).outgoing
    assert read(outgoing) == FIRST


def test_a_moved_workshop_is_the_same_meeting_at_a_later_revision(engine: Engine):
    under_way = invited_to_workshop(engine)
    under_way.move(SIXTEENTH, "2020-10-19 10:00", "workshop")
    under_way.post("2020-10-19 10:00")
    first, moved = under_way.outgoing
    assert read(moved) == FIRST | {"sequence": 1, "from": SIXTEENTH, "to": date(2020, 11, 17)}
    assert uid(moved) == uid(first)


def asked(under_way: RoundUnderWay) -> list[tuple[str, str | None, bool]]:
    """Each mail that left: its template, its calendar's method, and whether it has a calendar."""
    return [
        (mail.key.split(":")[1], mail.calendar_method, mail.calendar is not None)
        for mail in under_way.outgoing
    ]


def test_a_reminder_asks_nobody_again_about_the_meeting_that_was_asked_for(engine: Engine):
    under_way = invited_to_workshop(engine)
    under_way.attend("2020-11-02 08:00", "workshop")
    under_way.attend("2020-11-06 08:00", "workshop")
    assert asked(under_way) == [
        ("invitation", "REQUEST", True),
        ("reminder-5", None, False),
        ("reminder-1", None, False),
    ]
    assert b"text/calendar" not in render_bytes(under_way.outgoing[1])


def test_a_reminder_after_a_move_that_was_told_asks_nobody_again_either(engine: Engine):
    under_way = invited_to_workshop(engine)
    under_way.move(SIXTEENTH, "2020-10-19 10:00", "workshop")
    under_way.post("2020-10-19 10:00")
    under_way.attend("2020-11-09 08:00", "workshop")
    assert asked(under_way) == [
        ("invitation", "REQUEST", True),
        ("moved", "REQUEST", True),
        ("reminder-5", None, False),
    ]


def test_a_change_that_is_none_of_the_meetings_asks_nobody_again(engine: Engine):
    under_way = invited_to_workshop(engine)
    under_way.done("2020-10-20 10:00", "workshop")
    under_way.reopen("2020-10-21 10:00", "workshop")
    under_way.attend("2020-11-02 08:00", "workshop")
    assert ("reminder-5", None, False) in asked(under_way)


def test_a_meeting_that_is_moved_back_is_asked_for_again(engine: Engine):
    under_way = invited_to_workshop(engine)
    for to, at in ((SIXTEENTH, "2020-10-19 10:00"), (date(2020, 11, 9), "2020-10-20 10:00")):
        under_way.move(to, at, "workshop")
        under_way.post(at)
    found = [read(mail) for mail in under_way.outgoing]
    assert [(mail["sequence"], mail["from"]) for mail in found] == [
        (0, date(2020, 11, 9)),
        (1, SIXTEENTH),
        (2, date(2020, 11, 9)),
    ]


def test_who_has_not_got_the_invitation_gets_it_with_the_reminder(engine: Engine):
    under_way = invited_to_workshop(engine)
    under_way.change_contact(address("berg"), address="ny@berg.example")
    under_way.attend("2020-11-02 08:00", "workshop")
    first, reminder = under_way.outgoing
    assert (reminder.recipient, reminder.calendar_method) == ("ny@berg.example", "REQUEST")
    assert uid(reminder) == uid(first)


def test_an_invitation_that_was_refused_is_no_invitation(engine: Engine):
    under_way = invited_to_workshop(engine)
    with transaction(engine) as session:
        invitation = session.exec(select(Message).where(Message.step == "invitation")).one()
        invitation.state = MessageState.FAILED
    under_way.attend("2020-11-02 08:00", "workshop")
    assert asked(under_way)[1:] == [("reminder-5", "REQUEST", True)]


def test_an_extension_of_the_time_to_answer_moves_no_meeting(engine: Engine):
    under_way = invited_to_workshop(engine)
    with transaction(engine) as session:
        invitation = under_way.invitation(session, "berg", "workshop")
        grant_extension(
            session,
            OFFICE,
            invitation,
            to=date(2020, 11, 13),
            by=By.person(WHO, sv("2020-10-20 10:00")),
        )
    under_way.post("2020-10-20 10:00")
    assert asked(under_way)[1:] == [("extension", None, False)]


def test_who_answers_for_a_meeting_is_asked_once_and_again_when_it_moves(engine: Engine):
    under_way = RoundUnderWay(engine, plan_with("presidiet", responsible=RESPONSIBLE))
    under_way.attend("2020-04-16 08:00", "presidiet")
    under_way.attend("2020-04-28 08:00", "presidiet")
    under_way.move(date(2020, 5, 14), "2020-04-29 10:00", "presidiet")
    under_way.attend("2020-05-12 08:00", "presidiet")
    own = [mail for mail in under_way.outgoing if mail.recipient == RESPONSIBLE.address]
    days = [read(mail)["from"] if mail.calendar else None for mail in own]
    # The second time is the letter that it moves; what comes after has nothing to ask anew.
    assert days == [date(2020, 4, 30), None, date(2020, 5, 14), None]


def uid(outgoing: Outgoing) -> str:
    assert outgoing.calendar is not None
    (event,) = Calendar.from_ical(outgoing.calendar).walk("VEVENT")
    return str(event["uid"])


def test_a_cancelled_workshop_takes_its_invitation_back(engine: Engine):
    under_way = invited_to_workshop(engine)
    with transaction(engine) as session:
        row = session.get_one(Activity, under_way.activity_id("workshop"))
        row.cancelled_at, row.revision = sv("2020-10-19 10:00"), row.revision + 1
        session.flush()
        turn = Turn(session, OFFICE, situation(session, row.id), sv("2020-10-19 10:00"))
        tell(turn, "cancelled", subject_key="", party=turn.known.parties["berg"])
    (first,) = under_way.outgoing
    (cancelled,) = under_way.messages("cancelled")
    assert (cancelled.subject, cancelled.calendar_method) == (
        "Inställt: Workshop för att prioritera inspel – 9 november 2020",
        "CANCEL",
    )
    (event,) = Calendar.from_ical(cancelled.calendar).walk("VEVENT")
    assert (str(event["uid"]), event["sequence"], event["status"]) == (uid(first), 1, "CANCELLED")


def test_a_workshop_of_two_days_is_both_of_them(engine: Engine):
    under_way = invited_to_workshop(engine, starts_on=date(2020, 11, 8))
    assert read(under_way.outgoing[0]) == FIRST | {"from": date(2020, 11, 8)}


def test_a_last_day_to_answer_is_a_file_that_asks_for_nothing(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.attend("2020-05-08 08:00")
    (outgoing,) = under_way.outgoing
    assert outgoing.calendar is not None
    assert (outgoing.calendar_method, b"METHOD" in outgoing.calendar) == (None, False)


@pytest.mark.parametrize("is_channel", [False, True])
def test_an_organizer_who_is_no_mailbox_invites_nobody(engine: Engine, is_channel: bool):
    changed = {"address": "workflows://nyckel@host/hemlig"} if is_channel else {}
    plan = plan_with("workshop")
    head = plan.model_copy(update={"coordinator": plan.coordinator.model_copy(update=changed)})
    under_way = RoundUnderWay(engine, head)
    under_way.attend("2020-10-12 08:00", "workshop")
    (invitation,) = under_way.messages("invitation")
    assert invitation.calendar is not None
    assert invitation.calendar_method == (None if is_channel else "REQUEST")
    assert b"hemlig" not in invitation.calendar


def test_who_answers_for_a_meeting_is_invited_to_it(engine: Engine):
    under_way = RoundUnderWay(engine, plan_with("presidiet", responsible=RESPONSIBLE))
    under_way.attend("2020-04-28 08:00", "presidiet")
    (outgoing,) = under_way.outgoing
    assert read(outgoing) == FIRST | {
        "title": "Förslaget presenteras för RUN:s presidium",
        "from": date(2020, 4, 30),
        "to": date(2020, 5, 1),
        "attendee": (f"mailto:{RESPONSIBLE.address}", "TRUE"),
    }


@pytest.mark.parametrize(
    ("key", "changes", "at"),
    [
        ("presidiet", {}, "2020-04-28 08:00"),
        ("presidiet", {"responsible": RESPONSIBLE, "is_quarter": True}, "2020-04-28 08:00"),
        ("struktur", {"responsible": RESPONSIBLE}, "2020-04-22 08:00"),
    ],
    ids=["organizer", "only-a-quarter", "work"],
)
def test_nobody_is_invited_by_themselves_to_a_quarter_or_to_work(
    engine: Engine, key: str, changes: dict[str, Any], at: str
):
    under_way = RoundUnderWay(engine, plan_with(key, **changes))
    under_way.attend(at, key)
    assert [(mail.calendar, mail.calendar_method) for mail in under_way.outgoing] == [(None, None)]
