"""Deadlines and meetings as iCalendar (RFC 5545) bytes. Equal entries give equal bytes.

All-day VEVENTs rather than VTODOs, which Outlook and Google do not show. No METHOD, no
clock, no generated identifier. What icalendar 7.3 writes wrongly is put right here and
nowhere else: see `_calendar`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event, vDuration, vText
from icalendar.enums import STATUS, TRANSP

PRODID = "-//Region Jamtland Harjedalen//Paverkansagenda//SV"
REFRESH = timedelta(hours=4)
# Besides the control characters: what some readers take for a line's end, and halves of
# characters, which cannot be encoded.
_NEVER = r"\x7f-\x9f\u2028\u2029\ud800-\udfff"
_NOT_IN_NAMES = re.compile(rf"[,;\\\x00-\x1f{_NEVER}]+")
_CONTROL = re.compile(rf"[\x00-\x08\x0b-\x1f{_NEVER}]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One all-day entry of a calendar."""

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
    is_tentative: bool = False
    is_cancelled: bool = False
    alarm_days_before: int | None = 1


def render_calendar(entries: Iterable[Entry], *, name: str) -> bytes:
    """A calendar file of entries, whatever their order; may be empty.

    Args:
        entries: What it holds.
        name: The calendar's name; commas and the like, which clients read differently in a
            name, become blanks.
    """
    calendar = _calendar(name)
    for entry in sorted(entries, key=lambda entry: (entry.first_on, entry.uid)):
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


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
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.revision)
    title = f"INSTÄLLT: {entry.title}" if entry.is_cancelled else entry.title
    event.add("summary", vText(_clean(title)))
    event.add("dtstart", entry.first_on)
    event.add("dtend", entry.last_on + timedelta(days=1))
    event.add("status", _status(entry))
    event.add("transp", TRANSP.TRANSPARENT)
    # Outlook takes free or busy from its own property, and an all-day entry is busy else.
    event.add("x-microsoft-cdo-busystatus", "FREE")
    if entry.description:
        event.add("description", vText(_clean(entry.description)))
    if entry.category:
        event.add("categories", [_NOT_IN_NAMES.sub(" ", entry.category)])
    if entry.url:
        event.add("url", entry.url)
    if entry.alarm_days_before is not None and not entry.is_cancelled:
        event.add_component(_alarm(title, entry.alarm_days_before))
    return event


def _alarm(title: str, days: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", vText(_clean(title)))
    # Before the day, never after it: Outlook reads the size of a trigger and not its sign.
    alarm.add("trigger", timedelta(days=-days, hours=8))
    return alarm


def _status(entry: Entry) -> STATUS:
    if entry.is_cancelled:
        return STATUS.CANCELLED
    return STATUS.TENTATIVE if entry.is_tentative else STATUS.CONFIRMED


def _clean(text: str) -> str:
    """Text without control characters, which icalendar lets through; line feeds stay."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
