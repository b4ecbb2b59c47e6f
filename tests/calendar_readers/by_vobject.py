"""vobject, the parser of Radicale and many older programs."""

from pathlib import Path
from typing import Any

import vobject

from tests.calendar_readers.telling import ENTRY, iso

SAYS = ENTRY


def read(content: bytes, folder: Path) -> dict[str, Any]:
    """What vobject reads in a calendar, once it has found it valid."""
    calendar = vobject.readOne(content.decode())
    # It demands an entry, which a calendar may well do without (RFC 7986 has empty ones).
    assert "vevent" not in calendar.contents or calendar.validate(raiseException=True)
    return {
        "name": _text(calendar, "x-wr-calname"),
        "method": _text(calendar, "method"),
        "refresh_seconds": _seconds(_text(calendar, "refresh-interval")),
        "entries": [_entry(event) for event in calendar.contents.get("vevent", [])],
    }


def _entry(event: Any) -> dict[str, Any]:
    return {
        "uid": _text(event, "uid"),
        "title": _text(event, "summary"),
        "starts": iso(event.dtstart.value),
        "ends": iso(event.dtend.value),
        "stamped_at": iso(event.dtstamp.value),
        "changed_at": iso(event.last_modified.value),
        "sequence": int(_text(event, "sequence")),
        "status": _text(event, "status"),
        "transparency": _text(event, "transp"),
        "categories": [c for one in event.contents.get("categories", []) for c in one.value],
        "url": _text(event, "url"),
        "description": _text(event, "description"),
        "place": _text(event, "location"),
        "organizer": [_person(one) for one in event.contents.get("organizer", [])],
        "attendees": [_person(one) for one in event.contents.get("attendee", [])],
        "alarms": [_alarm(one) for one in event.contents.get("valarm", [])],
    }


def _text(component: Any, name: str) -> str:
    found = component.contents.get(name, [])
    return str(found[0].value) if found else ""


def _seconds(duration: str) -> int | None:
    if not duration:
        return None
    (found,) = vobject.icalendar.stringToDurations(duration)
    return int(found.total_seconds())


def _person(found: Any) -> dict[str, str]:
    names = {"name": "CN", "role": "ROLE", "answer": "PARTSTAT", "is_asked": "RSVP"}
    names["sent_by"] = "SENT-BY"
    said = {key: "".join(found.params.get(name, [])) for key, name in names.items()}
    return {"address": str(found.value)} | said


def _alarm(alarm: Any) -> dict[str, Any]:
    return {
        "action": _text(alarm, "action"),
        "seconds": int(alarm.trigger.value.total_seconds()),
        "related": "".join(alarm.trigger.params.get("RELATED", ["START"])),
        "text": _text(alarm, "description"),
    }
