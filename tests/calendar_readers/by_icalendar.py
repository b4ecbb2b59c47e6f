"""icalendar, which also wrote what it reads here; it is the reader in most Python programs."""

from pathlib import Path
from typing import Any

from icalendar import Alarm, Calendar, Event, vCalAddress

from tests.calendar_readers.telling import ENTRY, iso

SAYS = ENTRY


def read(content: bytes, folder: Path) -> dict[str, Any]:
    """What icalendar reads in a calendar."""
    calendar = Calendar.from_ical(content)
    refresh = calendar.get("refresh-interval")
    return {
        "name": str(calendar.get("x-wr-calname", "")),
        "method": str(calendar.get("method", "")),
        "refresh_seconds": refresh and int(refresh.dt.total_seconds()),
        "entries": [_entry(event) for event in calendar.walk("VEVENT")],
    }


def _entry(event: Event) -> dict[str, Any]:
    assert event.errors == []
    categories = event.get("categories")
    return {
        "uid": str(event["uid"]),
        "title": str(event["summary"]),
        "starts": iso(event["dtstart"].dt),
        "ends": iso(event["dtend"].dt),
        "stamped_at": iso(event["dtstamp"].dt),
        "changed_at": iso(event["last-modified"].dt),
        "sequence": int(event["sequence"]),
        "status": str(event["status"]),
        "transparency": str(event["transp"]),
        "categories": [str(one) for one in categories.cats] if categories else [],
        "url": str(event.get("url", "")),
        "description": str(event.get("description", "")),
        "place": str(event.get("location", "")),
        "organizer": _people(event, "organizer"),
        "attendees": _people(event, "attendee"),
        "alarms": [_alarm(alarm) for alarm in event.walk("VALARM")],
    }


def _people(event: Event, name: str) -> list[dict[str, str]]:
    found = event.get(name, [])
    return [_person(one) for one in (found if isinstance(found, list) else [found])]


def _person(found: vCalAddress) -> dict[str, str]:
    names = {"name": "CN", "role": "ROLE", "answer": "PARTSTAT", "is_asked": "RSVP"}
    names["sent_by"] = "SENT-BY"
    said = {key: str(found.params.get(name, "")) for key, name in names.items()}
    return {"address": str(found)} | said


def _alarm(alarm: Alarm) -> dict[str, Any]:
    return {
        "action": str(alarm["action"]),
        "seconds": int(alarm["trigger"].dt.total_seconds()),
        "related": str(alarm["trigger"].params.get("RELATED", "START")),
        "text": str(alarm["description"]),
    }
