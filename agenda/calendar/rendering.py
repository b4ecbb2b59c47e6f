"""Deadlines and meetings as iCalendar (RFC 5545) bytes. Equal entries give equal bytes.

All-day VEVENTs rather than VTODOs, which Outlook and Google do not show. No METHOD but in
an invitation, no clock, no generated identifier. What icalendar 7.3 writes wrongly is put
right here and nowhere else: see `_calendar` and `_CalendarText`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from icalendar import Alarm, Calendar, Event, vCalAddress, vDuration, vText
from icalendar.enums import STATUS, TRANSP

from agenda.words.addresses import mailto
from agenda.workdays import swedish_instant

PRODID = "-//Region Jamtland Harjedalen//Paverkansagenda//SV"
REFRESH = timedelta(hours=4)
_RINGS_AT = time(8)
# Besides the control characters: what some readers take for a line's end, and halves of
# characters, which cannot be encoded.
_NEVER = r"\x7f-\x9f\u2028\u2029\ud800-\udfff"
_NOT_IN_NAMES = re.compile(rf"[,;\\\x00-\x1f{_NEVER}]+")
_ESCAPED = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n"})
_CONTROL = re.compile(rf"[\x00-\x08\x0b-\x1f{_NEVER}]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a calendar: all day, or from one instant to another."""

    uid: str
    """Stable for as long as it is the same thing (RFC 5545 3.8.4.7)."""
    title: str
    first_on: date
    last_on: date
    """Inclusive; DTEND, which is exclusive, is the day after."""
    changed_at: datetime
    """The last change, UTC: DTSTAMP and LAST-MODIFIED (3.8.7.2 without METHOD)."""
    revision: int
    """SEQUENCE: rises with every change."""
    description: str = ""
    category: str = ""
    url: str = ""
    starts_at: datetime | None = None
    """When a meeting begins, UTC; without it the entry is all day."""
    ends_at: datetime | None = None
    place: str = ""
    is_tentative: bool = False
    is_cancelled: bool = False
    alarm_on: date | None = None
    """The day before the last one, or before a meeting, at whose eight o'clock it rings."""


class CalendarUser(NamedTuple):
    """Somebody who takes part in a meeting."""

    name: str
    address: str
    """An e-mail address in ASCII."""


class InvitationFile(NamedTuple):
    """An invitation's bytes and its method, which the mail's Content-Type must name too."""

    method: str
    """"REQUEST" or "CANCEL"."""
    content: bytes


def render_calendar(entries: Iterable[Entry], *, name: str) -> bytes:
    """A calendar file of entries, whatever their order; may be empty.

    Args:
        entries: What it holds.
        name: The calendar's name; commas and the like, which clients read differently in a
            name, become blanks.

    Raises:
        ValueError: an entry ends before it begins, or rings after it has begun.
    """
    before, end, after = bytes(_calendar(name).to_ical()).partition(b"END:VCALENDAR")
    # In two turns: thousands of days and identifiers are compared faster apart than in pairs.
    found = sorted(entries, key=attrgetter("uid"))
    found.sort(key=attrgetter("first_on"))
    return b"".join((before, *map(_event_bytes, map(_values, found)), end, after))


def render_invitation(
    entry: Entry,
    *,
    organizer: CalendarUser,
    attendee: CalendarUser,
    sent_by: str,
    made_at: datetime,
    is_uninvited: bool = False,
) -> InvitationFile:
    """A meeting as an invitation to one person: a first one, an update, or its cancelling.

    The calendar program tells them apart by UID, SEQUENCE and DTSTAMP (RFC 5546 section
    2.1.5), so a moved or cancelled meeting must come with a higher revision.

    Args:
        entry: The meeting; a cancelled one makes the method CANCEL (RFC 5546 3.2.5).
        organizer: Whose address the answers go to.
        attendee: Who is invited: the mail's one recipient.
        sent_by: The address that the mail comes from, on the organizer's behalf.
        made_at: When this invitation is made, UTC: DTSTAMP, for there is a METHOD (RFC 5545
            section 3.8.7.2).
        is_uninvited: The meeting takes place, but without this attendee: a CANCEL that says
            nothing of the meeting's own status (RFC 5546 3.2.5).

    Raises:
        ValueError: the meeting ends before it begins.
    """
    is_off = entry.is_cancelled or is_uninvited
    method = "CANCEL" if is_off else "REQUEST"
    # No alarm and no calendar name: a CANCEL may hold no alarm, others' alarms are an
    # impertinence, and a name makes Outlook open a whole new calendar for one meeting.
    event = _event(replace(entry, alarm_on=None))
    event.DTSTAMP = made_at
    if is_uninvited and not entry.is_cancelled:
        del event["status"]
    event.add("organizer", _organizer(organizer, sent_by))
    event.add("attendee", _attendee(attendee, is_asked=not is_off))
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(event)
    return InvitationFile(method, bytes(calendar.to_ical()))


def _organizer(mailbox: CalendarUser, sent_by: str) -> vCalAddress:
    found = _calendar_user(mailbox)
    if sent_by != mailbox.address:
        # Without it a mail whose From is not the organizer's passes for forged.
        found.params["SENT-BY"] = mailto(sent_by)
    return found


def _attendee(mailbox: CalendarUser, *, is_asked: bool) -> vCalAddress:
    found = _calendar_user(mailbox)
    if is_asked:
        found.params["ROLE"] = "REQ-PARTICIPANT"
        found.params["PARTSTAT"] = "NEEDS-ACTION"
        found.params["RSVP"] = "TRUE"
    return found


def _calendar_user(mailbox: CalendarUser) -> vCalAddress:
    found = vCalAddress(mailto(mailbox.address))
    if name := " ".join(_CONTROL.sub(" ", mailbox.name).split()):
        found.params["CN"] = name
    return found


# Tuples are looked up at a third less than entries: a calendar may have thousands.
_values = attrgetter(*(field.name for field in fields(Entry)))


@lru_cache(maxsize=50_000)
def _event_bytes(values: tuple[Any, ...]) -> bytes:
    """An entry, by its values, as icalendar writes it: once, for equal ones are equal bytes."""
    return bytes(_event(Entry(*values)).to_ical())


def _calendar(name: str) -> Calendar:
    # Built property by property: Calendar.new() would mint an identifier at every call, and
    # writes REFRESH-INTERVAL without the VALUE=DURATION that RFC 7986 5.7 requires.
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    # icalendar writes names unescaped: a comma would cut it, a line feed end the property.
    plain = " ".join(_NOT_IN_NAMES.sub(" ", name).split())
    calendar.add("name", plain)
    calendar.add("x-wr-calname", plain)
    refresh = vDuration(REFRESH)
    refresh.params["VALUE"] = "DURATION"
    calendar.add("refresh-interval", refresh)
    calendar.add("x-published-ttl", vDuration(REFRESH))
    return calendar


def _event(entry: Entry) -> Event:
    _refuse_impossible(entry)
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.revision)
    title = f"INSTÄLLT: {entry.title}" if entry.is_cancelled else entry.title
    event.add("summary", _text(title))
    _add_time(event, entry)
    event.add("status", _status(entry))
    if entry.description:
        event.add("description", _text(entry.description))
    if entry.category:
        event.add("categories", [_NOT_IN_NAMES.sub(" ", entry.category)])
    if entry.url:
        event.add("url", entry.url)
    if entry.alarm_on is not None and not entry.is_cancelled:
        event.add_component(_alarm(title, entry, entry.alarm_on))
    return event


def _refuse_impossible(entry: Entry) -> None:
    """Some programs drop a whole calendar for one entry that ends before it begins."""
    starts_at, ends_at = entry.starts_at, entry.ends_at
    if entry.last_on < entry.first_on:
        raise ValueError(f"{entry.uid} ends on {entry.last_on}, before {entry.first_on}")
    if ends_at is not None and (starts_at is None or ends_at <= starts_at):
        raise ValueError(f"{entry.uid} ends at {ends_at}, and begins at {starts_at}")
    if entry.alarm_on is not None and entry.alarm_on >= entry.last_on:
        raise ValueError(f"{entry.uid} rings on {entry.alarm_on}, and ends on {entry.last_on}")


def _add_time(event: Event, entry: Entry) -> None:
    if entry.starts_at is not None:
        # In UTC: a VTIMEZONE is what calendar programs read most differently.
        event.add("dtstart", entry.starts_at)
        event.add("dtend", entry.ends_at or entry.starts_at + timedelta(hours=1))
        event.add("transp", TRANSP.OPAQUE)
    else:
        event.add("dtstart", entry.first_on)
        event.add("dtend", entry.last_on + timedelta(days=1))
        event.add("transp", TRANSP.TRANSPARENT)
        # Outlook has a property of its own for this, and takes an all-day entry as busy else.
        event.add("x-microsoft-cdo-busystatus", "FREE")
    if entry.place:
        event.add("location", _text(entry.place))


def _alarm(title: str, entry: Entry, on: date) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _text(title))
    # Always before what it counts from: Outlook reads the size of a trigger and not its sign.
    if entry.starts_at is not None:
        alarm.add("trigger", swedish_instant(on, _RINGS_AT) - entry.starts_at)
    elif on < entry.first_on:
        alarm.add("trigger", _rings(on) - _midnight(entry.first_on))
    else:
        end = _midnight(entry.last_on + timedelta(days=1))
        alarm.add("trigger", _rings(on) - end, parameters={"RELATED": "END"})
    return alarm


def _rings(on: date) -> datetime:
    # Without a time zone, as a day is: eight o'clock wherever it is read.
    return datetime.combine(on, _RINGS_AT)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _status(entry: Entry) -> STATUS:
    if entry.is_cancelled:
        return STATUS.CANCELLED
    return STATUS.TENTATIVE if entry.is_tentative else STATUS.CONFIRMED


class _CalendarText(vText):
    r"""A TEXT value; icalendar's own takes the start of C:\Nytt for a line feed."""

    def to_ical(self) -> bytes:
        """The value as it is written (RFC 5545 3.3.11)."""
        return self.translate(_ESCAPED).encode()


def _text(text: str) -> _CalendarText:
    """Text without control characters, which icalendar lets through; line feeds stay."""
    return _CalendarText(_CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
