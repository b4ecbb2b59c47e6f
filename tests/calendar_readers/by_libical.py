"""libical, the parser of Evolution and KDE, called as the C library that it is."""

import ctypes
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tests.calendar_readers.telling import ENTRY, Missing

SAYS = ENTRY
LIBRARY = "libical.so.3"
_ANY_PROPERTY = 0


class _Duration(ctypes.Structure):
    """struct icaldurationtype."""

    _fields_ = [
        ("is_neg", ctypes.c_int),
        *((part, ctypes.c_uint) for part in ("days", "weeks", "hours", "minutes", "seconds")),
    ]


_GIVES = {
    "icalparser_parse_string": ctypes.c_void_p,
    "icalcomponent_get_first_component": ctypes.c_void_p,
    "icalcomponent_get_next_component": ctypes.c_void_p,
    "icalcomponent_get_first_property": ctypes.c_void_p,
    "icalcomponent_get_next_property": ctypes.c_void_p,
    "icalproperty_get_value": ctypes.c_void_p,
    "icalproperty_get_property_name": ctypes.c_char_p,
    "icalproperty_get_parameter_as_string": ctypes.c_char_p,
    "icalvalue_get_text": ctypes.c_char_p,
    "icalvalue_as_ical_string": ctypes.c_char_p,
    "icalvalue_kind_to_string": ctypes.c_char_p,
    "icaldurationtype_from_string": _Duration,
}
"""What those of its functions give that give no plain number."""


@cache
def _library() -> ctypes.CDLL:
    try:
        found = ctypes.CDLL(LIBRARY)
    except OSError:
        raise Missing(f"libical: there is no {LIBRARY} on this machine") from None
    for name, gives in _GIVES.items():
        getattr(found, name).restype = gives
    found.icalerror_set_errors_are_fatal(0)
    return found


def read(content: bytes, folder: Path) -> dict[str, Any]:
    """What libical reads in a calendar, once it has found that nothing required is missing."""
    c = _library()
    calendar = ctypes.c_void_p(c.icalparser_parse_string(ctypes.c_char_p(content)))
    try:
        entries = [_entry(event) for event in _components(calendar, b"VEVENT")]
        # Its table of what RFC 5546 wants for each method; it cannot be asked without entries.
        assert not entries or c.icalrestriction_check(calendar) == 1
        assert c.icalcomponent_count_errors(calendar) == 0
        return {
            "name": _first(calendar, "X-WR-CALNAME"),
            "method": _first(calendar, "METHOD"),
            "refresh_seconds": _seconds(_first(calendar, "REFRESH-INTERVAL")),
            "entries": entries,
        }
    finally:
        c.icalcomponent_free(calendar)


def _entry(event: ctypes.c_void_p) -> dict[str, Any]:
    return {
        "uid": _first(event, "UID"),
        "title": _first(event, "SUMMARY"),
        "starts": _iso(_first(event, "DTSTART")),
        "ends": _iso(_first(event, "DTEND")),
        "stamped_at": _iso(_first(event, "DTSTAMP")),
        "changed_at": _iso(_first(event, "LAST-MODIFIED")),
        "sequence": int(_first(event, "SEQUENCE")),
        "status": _first(event, "STATUS"),
        "transparency": _first(event, "TRANSP"),
        "categories": [_value(one) for one in _properties(event, "CATEGORIES")],
        "url": _first(event, "URL"),
        "description": _first(event, "DESCRIPTION"),
        "place": _first(event, "LOCATION"),
        "organizer": [_person(one) for one in _properties(event, "ORGANIZER")],
        "attendees": [_person(one) for one in _properties(event, "ATTENDEE")],
        "alarms": [_alarm(one) for one in _components(event, b"VALARM")],
    }


def _components(within: ctypes.c_void_p, kind: bytes) -> Iterator[ctypes.c_void_p]:
    c = _library()
    number = c.icalcomponent_string_to_kind(kind)
    found = c.icalcomponent_get_first_component(within, number)
    while found:
        yield ctypes.c_void_p(found)
        found = c.icalcomponent_get_next_component(within, number)


def _properties(component: ctypes.c_void_p, name: str) -> list[ctypes.c_void_p]:
    c = _library()
    every = []
    found = c.icalcomponent_get_first_property(component, _ANY_PROPERTY)
    while found:
        every.append(ctypes.c_void_p(found))
        found = c.icalcomponent_get_next_property(component, _ANY_PROPERTY)
    return [one for one in every if c.icalproperty_get_property_name(one) == name.encode()]


def _first(component: ctypes.c_void_p, name: str) -> str:
    found = _properties(component, name)
    return _value(found[0]) if found else ""


def _value(found: ctypes.c_void_p) -> str:
    c = _library()
    value = ctypes.c_void_p(c.icalproperty_get_value(found))
    is_text = c.icalvalue_kind_to_string(c.icalvalue_isa(value)) == b"TEXT"
    said: bytes = c.icalvalue_get_text(value) if is_text else c.icalvalue_as_ical_string(value)
    return said.decode()


def _person(found: ctypes.c_void_p) -> dict[str, str]:
    names = {"name": b"CN", "role": b"ROLE", "answer": b"PARTSTAT", "is_asked": b"RSVP"}
    names["sent_by"] = b"SENT-BY"
    get = _library().icalproperty_get_parameter_as_string
    return {"address": _value(found)} | {
        key: (get(found, name) or b"").decode() for key, name in names.items()
    }


def _alarm(alarm: ctypes.c_void_p) -> dict[str, Any]:
    (trigger,) = _properties(alarm, "TRIGGER")
    related = _library().icalproperty_get_parameter_as_string(trigger, b"RELATED")
    return {
        "action": _first(alarm, "ACTION"),
        "seconds": _seconds(_value(trigger)),
        "related": (related or b"START").decode(),
        "text": _first(alarm, "DESCRIPTION"),
    }


def _seconds(duration: str) -> int | None:
    if not duration:
        return None
    c = _library()
    return int(c.icaldurationtype_as_int(c.icaldurationtype_from_string(duration.encode())))


def _iso(basic: str) -> str:
    """ "20201109T080000Z" as "2020-11-09T08:00:00Z", a day likewise."""
    day = f"{basic[:4]}-{basic[4:6]}-{basic[6:8]}"
    return f"{day}T{basic[9:11]}:{basic[11:13]}:{basic[13:]}" if "T" in basic else day
