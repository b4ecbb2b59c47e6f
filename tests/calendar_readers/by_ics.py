"""ics, the small Python library: drops a whole calendar for one entry that cannot be."""

from pathlib import Path
from typing import Any

from ics import Calendar, Event

from tests.calendar_readers.telling import iso

SAYS = frozenset(
    {"uid", "title", "starts", "ends", "changed_at", "status", "transparency", "categories"}
    | {"url", "description", "place", "organizer", "attendees"}
)
"""It tells an alarm's distance but not what it counts from."""
MISREADS = {"backslashes": frozenset({"title", "description", "place"})}
"""It takes the second half of an escaped backslash for the first half of what follows, as khal."""


def read(content: bytes, folder: Path) -> dict[str, Any]:
    """What ics reads in a calendar."""
    calendar = Calendar(content.decode())
    return {"method": calendar.method or "", "entries": [_entry(e) for e in calendar.events]}


def _entry(event: Event) -> dict[str, Any]:
    days = (event.begin.date(), event.end.date())
    starts, ends = days if event.all_day else (event.begin.datetime, event.end.datetime)
    return {
        "uid": event.uid,
        "title": event.name,
        "starts": iso(starts),
        "ends": iso(ends),
        "changed_at": iso(event.last_modified.datetime),
        "status": event.status,
        "transparency": "TRANSPARENT" if event.transparent else "OPAQUE",
        "categories": sorted(event.categories),
        "url": event.url or "",
        "description": event.description or "",
        "place": event.location or "",
        "organizer": [_person(event.organizer)] if event.organizer else [],
        "attendees": [_person(attendee) for attendee in event.attendees],
    }


def _person(found: Any) -> dict[str, str]:
    return {
        "address": f"mailto:{found.email}",
        "name": found.common_name or "",
        "sent_by": found.sent_by or "",
        "role": getattr(found, "role", None) or "",
        "answer": getattr(found, "partstat", None) or "",
        "is_asked": "TRUE" if getattr(found, "rsvp", None) else "",
    }
