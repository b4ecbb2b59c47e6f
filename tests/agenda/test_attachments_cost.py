"""What a check of a file costs is counted in steps, and grows no faster than the file.

A step is a call of a function, ours or the library's, as the interpreter itself reports them.
What happens inside one call of C is not seen there: for that, no pattern may try one sign more
than a fixed number of times, and XML is given to its parser whole.
"""

import re
import sys
from collections.abc import Callable, Iterator
from re import _constants, _parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

import pytest

import agenda.attachments
from agenda.attachments import RefusedFile, addresses, checked_file, container, office, package, pdf
from agenda.attachments import open_document as open_documents
from agenda.attachments.kinds import OLE
from agenda.attachments.xml_parts import BadPart, read_elements
from tests.agenda.documents import excel, office_parts, open_document, relations, zipped
from tests.agenda.documents import office as an_office_file
from tests.agenda.documents import pdf as a_pdf

pytestmark = pytest.mark.slow

MEGABYTE = 1_000_000
Make = Callable[[int], bytes]
RELS = "word/_rels/settings.xml.rels"


def in_relations(filling: str, before: str = "", after: str = "") -> tuple[str, Make]:
    def make(size: int) -> bytes:
        part = before + filling * (size // len(filling)) + after
        return zipped(office_parts() | {RELS: part})

    return "a.docx", make


def in_types(size: int) -> bytes:
    row = '<Override PartName="/a" ContentType="b"/>'
    return an_office_file(types=row * (size // len(row)))


def in_an_open_document(size: int) -> bytes:
    row = "<a href='b'/>"
    return open_document(parts={"content.xml": f"<o>{row * (size // len(row))}</o>"})


def with_many_parts(size: int) -> bytes:
    return an_office_file(parts={f"word/media/{n}": "" for n in range(size // 250)})


def with_a_long_path(size: int) -> bytes:
    count = max(1, size // 60_000)
    return an_office_file(parts={"embeddings/" * 5_000 + str(n): "" for n in range(count)})


def only_a_table_of_contents(size: int) -> bytes:
    whole = an_office_file()
    return whole[:4] + b"PK\x01\x02" * (size // 4) + whole


def within(size: int) -> bytes:
    return an_office_file(parts={"word/a.docx": with_many_parts(size // 2)})


def a_directory(size: int) -> bytes:
    entry = "WordDocument\0".encode("utf-16-le").ljust(128, b"\0")
    return (OLE.ljust(512, b"\0") + entry * (size // 128))[:size]


def records(size: int) -> bytes:
    return excel() + b"\x01\0\0\0" * (size // 4)


PDFS = {
    "locks": b"/Encrypt 1 0 R ",
    "places": b"startxref 9\n",
    "objects": b"1 0 obj ",
    "blanks": b"/Encrypt \t\t\t\t\t\t\t",
    "tables": b"xref\ntrailer",
    "dictionaries": b"<</Encrypt<<",
    "strings": b"/ID[(((",
}


def in_a_pdf(filling: bytes) -> Make:
    def make(size: int) -> bytes:
        end = b"\ntrailer<</Encrypt 1 0 R/ID[(a)(a)]>>\nstartxref\n9\n%%EOF"
        return b"%PDF-1.7\n" + filling * (size // len(filling)) + end

    return make


def a_locked_pdf(size: int) -> bytes:
    return b"%PDF-1.7\n" + b"%" * size + a_pdf(password="hemligt")


WORST: dict[str, tuple[str, Make]] = {
    "an unclosed tag, repeated": in_relations("<Relationship "),
    "an unclosed tag in a part that begins well": in_relations("<Relationship ", "<a>"),
    "elements": in_relations("<a/>", "<a>", "</a>"),
    "depth": in_relations("<a>"),
    "one long attribute": in_relations("x", '<a b="', '"/>'),
    "references": in_relations("&#65;", '<a b="', '"/>'),
    "prefixes": in_relations("<a:b xmlns:a='a'/>", "<a>", "</a>"),
    "relations": in_relations(
        "<Relationship Type='hyperlink' Target='http://x.example/'/>", "<a>", "</a>"
    ),
    "a long address": in_relations("%5C", "<Relationship Type='image' Target='", "'/>"),
    "a long address of blanks": in_relations("&#9;", "<Relationship Type='i' Target='", "'/>"),
    "a declaration": in_relations("<!ELEMENT a (a)>", "<!DOCTYPE a [", "]><a/>"),
    "entities": in_relations('<!ENTITY a "b">', "<!DOCTYPE a [", "]><a/>"),
    "a comment": in_relations("-", "<a><!--", "--></a>"),
    "types": ("a.docx", in_types),
    "an open document": ("a.odt", in_an_open_document),
    "parts": ("a.docx", with_many_parts),
    "long paths": ("a.docx", with_a_long_path),
    "a table of contents": ("a.docx", only_a_table_of_contents),
    "documents within": ("a.docx", within),
    "a container's directory": ("a.doc", a_directory),
    "records": ("a.xls", records),
    "a locked PDF": ("a.pdf", a_locked_pdf),
    **{f"a PDF of {what}": ("a.pdf", in_a_pdf(filling)) for what, filling in PDFS.items()},
}


def steps(do: Callable[[], object]) -> int:
    """How many calls something makes."""
    count = 0

    def see(_frame: Any, _event: str, _what: Any) -> None:
        nonlocal count
        count += 1

    sys.setprofile(see)
    try:
        do()
    except RefusedFile:
        pass
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("what", WORST)
def test_a_megabyte_of_the_worst_costs_twice_what_half_of_it_does(what: str) -> None:
    name, make = WORST[what]
    checked_file("warm.pdf", a_pdf(password=""))
    half, whole = make(MEGABYTE // 2), make(MEGABYTE)
    cost = steps(lambda: checked_file(name, half)), steps(lambda: checked_file(name, whole))
    assert cost[1] <= 2.2 * cost[0] + 2_000, cost
    # Of a row of an XML part: a few calls for each of its elements, whatever they hold.
    assert cost[1] <= 12 * MEGABYTE


def patterns() -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Every pattern in the room."""
    modules: tuple[ModuleType, ...] = (addresses, container, office, open_documents, package, pdf)
    for module in (*modules, agenda.attachments.checking):
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern):
                yield f"{module.__name__}.{name}", value


def repeats(tree: Any) -> Iterator[int]:
    """How often each part of a pattern may repeat, at most."""
    for kind, given in tree:
        if kind in (_constants.MAX_REPEAT, _constants.MIN_REPEAT):
            yield int(given[1])
            yield from repeats(given[2])
        elif isinstance(given, tuple):
            for one in given:
                for part in one if isinstance(one, list) else [one]:
                    if isinstance(part, _parser.SubPattern):
                        yield from repeats(part)


def test_no_pattern_tries_one_sign_more_than_a_bounded_number_of_times() -> None:
    found = dict(patterns())
    assert len(found) >= 7
    allowed = {"agenda.attachments.checking._NOT_IN_NAMES", "agenda.attachments.checking._DEVICES"}
    unbounded = {
        name
        for name, pattern in found.items()
        if any(most >= 1000 for most in repeats(_parser.parse(pattern.pattern)))
    }
    # Both are for names, which are short and are taken apart from the left.
    assert unbounded <= allowed
    assert any(most >= 1000 for most in repeats(_parser.parse("(a|b(c+))*")))
    assert list(repeats(_parser.parse("(a|(bc){1,3})"))) == [3]


def test_xml_is_read_in_one_call_and_no_entity_is_ever_filled_in() -> None:
    seen: list[str] = []
    read_elements(relations(("image", "a", "")).encode(), lambda name, _: seen.append(name))
    assert seen == ["Relationships", "Relationship"]
    grows = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><a b="&b;"/>'
    for part in (grows.encode(), grows.encode("utf-16"), grows.encode("utf-16-be")):
        with pytest.raises(BadPart):
            read_elements(part, lambda name, _: seen.append(name))
    assert len(seen) == 2
