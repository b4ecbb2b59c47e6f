"""The small XML parts that say what a document is: read by a real parser, without a DTD.

The part is parsed whole, in one call: expat is linear then, and only then. Names are compared
without their prefixes, which anybody can choose.
"""

from collections.abc import Callable
from pyexpat import ExpatError
from xml.parsers import expat

Attributes = list[tuple[str, str]]
See = Callable[[str, Attributes], None]


class BadPart(Exception):
    """A part that is no XML, or holds what no document's part does."""


def read_elements(part: bytes, see: See) -> None:
    """Show each element of a part: its name and its attributes, both without prefixes.

    Raises:
        BadPart: it is not well-formed, or declares entities or a DTD of its own.
    """
    # A handler that raises does not stop expat, so entities are refused before it begins.
    if any("<!ENTITY".encode(encoding) in part for encoding in ("ascii", "utf-16-le", "utf-16-be")):
        raise BadPart
    own_dtds: list[int] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, given: see(
        _local(name), [(_local(key), value) for key, value in given.items()]
    )
    parser.StartDoctypeDeclHandler = lambda *declared: own_dtds.append(declared[3])
    try:
        parser.Parse(part, True)
    except (ExpatError, ValueError, LookupError):
        raise BadPart from None
    if any(own_dtds):
        raise BadPart


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def said(given: Attributes, name: str) -> list[str]:
    """What an element says under a name; more than once when two prefixes say it."""
    return [value.strip() for key, value in given if key == name]
