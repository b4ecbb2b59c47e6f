"""What a calendar says, as plain values that every reader is asked for and that we can mean.

Days are "2020-10-02" and instants "2020-11-09T08:00:00Z"; what is not said is empty.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from agenda.calendar.rendering import REFRESH, CalendarUser, Entry
from agenda.workdays import STOCKHOLM

CALENDAR = frozenset({"name", "method", "refresh_seconds"})
"""What a calendar says of itself."""
PERSON = frozenset({"address", "name", "role", "answer", "is_asked", "sent_by"})
ENTRY = frozenset(
    {"uid", "title", "starts", "ends", "stamped_at", "changed_at", "sequence", "status"}
    | {"transparency", "categories", "url", "description", "place"}
    | {"organizer", "attendees", "alarms"}
)
"""What it says of each entry."""


class Missing(Exception):
    """A reader that is not installed on this machine; says which and what to do."""


def iso(at: date | datetime) -> str:
    """A day or an instant in the form that all readers are brought to."""
    if isinstance(at, datetime):
        return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return at.isoformat()


def meant_by(entries: Iterable[Entry], *, name: str) -> dict[str, Any]:
    """What a calendar of these entries shall say."""
    return {
        "name": name,
        "method": "",
        "refresh_seconds": int(REFRESH.total_seconds()),
        "entries": by_uid(_entry(entry) for entry in entries),
    }


def meant_by_invitation(
    entry: Entry,
    *,
    method: str,
    organizer: CalendarUser,
    attendee: CalendarUser,
    sent_by: str,
    at: datetime,
) -> dict[str, Any]:
    """What an invitation to one meeting shall say (RFC 5546)."""
    asked = {"role": "REQ-PARTICIPANT", "answer": "NEEDS-ACTION", "is_asked": "TRUE"}
    said = _entry(entry) | {
        "stamped_at": iso(at),
        "alarms": [],
        "organizer": [_person(organizer, sent_by=f"mailto:{sent_by}")],
        "attendees": [_person(attendee, **(asked if method == "REQUEST" else {}))],
    }
    return {"name": "", "method": method, "refresh_seconds": None, "entries": by_uid([said])}


def by_uid(entries: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Entries by what they are told apart by; one that comes twice is a fault."""
    found: dict[str, dict[str, Any]] = {}
    for entry in entries:
        assert entry["uid"] not in found, f"{entry['uid']} comes twice"
        found[entry["uid"]] = entry
    return found


def _entry(entry: Entry) -> dict[str, Any]:
    title = f"INSTÄLLT: {entry.title}" if entry.is_cancelled else entry.title
    rings = entry.alarm_on is not None and not entry.is_cancelled
    starts, ends = entry.first_on, entry.last_on + timedelta(days=1)
    if entry.starts_at is not None:
        starts, ends = entry.starts_at, entry.ends_at or entry.starts_at + timedelta(hours=1)
    return {
        "uid": entry.uid,
        "title": title,
        "starts": iso(starts),
        "ends": iso(ends),
        "stamped_at": iso(entry.changed_at),
        "changed_at": iso(entry.changed_at),
        "sequence": entry.revision,
        "status": _status(entry),
        "transparency": "OPAQUE" if entry.starts_at else "TRANSPARENT",
        "categories": [entry.category] if entry.category else [],
        "url": entry.url,
        "description": entry.description,
        "place": entry.place,
        "organizer": [],
        "attendees": [],
        "alarms": [_alarm(title, entry)] if rings else [],
    }


def _status(entry: Entry) -> str:
    if entry.is_cancelled:
        return "CANCELLED"
    return "TENTATIVE" if entry.is_tentative else "CONFIRMED"


def _alarm(title: str, entry: Entry) -> dict[str, Any]:
    """At eight in the morning, Swedish time, counted from the beginning or from the end."""
    assert entry.alarm_on is not None
    counted_from: date | datetime = entry.starts_at or entry.first_on
    if entry.starts_at is None and entry.alarm_on >= entry.first_on:
        counted_from = entry.last_on + timedelta(days=1)
    at = datetime.combine(entry.alarm_on, time(8))
    if isinstance(counted_from, datetime):
        seconds = at.replace(tzinfo=STOCKHOLM) - counted_from
    else:
        seconds = at - datetime.combine(counted_from, time())
    related = "START" if counted_from in (entry.starts_at, entry.first_on) else "END"
    return {
        "action": "DISPLAY",
        "seconds": int(seconds.total_seconds()),
        "related": related,
        "text": title,
    }


def _person(mailbox: CalendarUser, **said: str) -> dict[str, str]:
    silent = dict.fromkeys(PERSON, "")
    return silent | {"address": f"mailto:{mailbox.address}", "name": mailbox.name} | said
