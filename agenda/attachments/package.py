"""Documents that are packages: whether they are what they say, and hold nothing that runs.

A package (Word, Excel and PowerPoint since 2007, OpenDocument) is a zip. Its table of
contents is read, the small XML parts that say what the others are, and how each part begins.
What is too large to be examined is refused: it is never taken as if it were not there.
"""

import io
import re
import zipfile
import zlib
from posixpath import normpath
from typing import Final
from urllib.parse import unquote

from agenda.attachments.container import DOCUMENTS, check_container
from agenda.attachments.kinds import OLE, PROGRAMS, ZIP, FileKind
from agenda.attachments.office import TYPES, check_office
from agenda.attachments.open_document import MANIFEST, check_open_document
from agenda.attachments.refusals import MEGABYTE, RefusedFile
from agenda.attachments.xml_parts import Attributes, BadPart, See, read_elements

LARGEST_UNPACKED: Final = 300 * MEGABYTE
MOST_ENTRIES: Final = 5000
LARGEST_EXAMINED: Final = 16 * MEGABYTE
"""Of all XML parts that are read, together."""
MOST_ELEMENTS: Final = 500_000
LARGEST_WITHIN: Final = 64 * MEGABYTE
"""Of all documents within the document, together."""
_MOST = {
    "complex": LARGEST_EXAMINED,
    "elements": MOST_ELEMENTS,
    "within": LARGEST_WITHIN,
    "unpacks": LARGEST_UNPACKED,
    "entries": MOST_ENTRIES,
}
_SAID_OF = {"entries": "unpacks", "elements": "complex", "within": "complex"}
_DEEPEST = 3

_RECORD = b"PK\x01\x02"
_IS_ENCRYPTED = 0x1
_LONGEST_PATH = 1000
_RUNS = re.compile(
    r"vbaproject|vbadata|activex|macrosheets|(^|/)(basic|scripts)/|\.(docm|xlsm|pptm|dotm)$"
)
_EMBEDDED = re.compile(
    r"^object [0-9]{1,9}$"
    r"|\.(exe|com|dll|scr|js|jse|vbs|vbe|wsf|hta|msi|bat|cmd|ps1|lnk|jar|cpl|reg|url|chm)$"
)


class Package:
    """A package under examination, and what is left of what it may cost."""

    def __init__(self, name: str, content: bytes, *, within: "Package | None" = None) -> None:
        self.name = name
        # Before the table of contents is read: its length alone could be the attack.
        if content.count(_RECORD) > 2 * MOST_ENTRIES:
            raise self.refuse("unpacks")
        self._opened = zipfile.ZipFile(io.BytesIO(content))
        self._depth: int = within._depth + 1 if within else 1
        self._left: dict[str, int] = within._left if within else dict(_MOST)
        self._entries = {self._plain(one.filename): one for one in self._opened.infolist()}

    def __contains__(self, path: str) -> bool:
        return path in self._entries

    @property
    def paths(self) -> tuple[str, ...]:
        """The parts' names, as programs compare them: without case, with / between folders."""
        return tuple(self._entries)

    def refuse(self, why: str) -> RefusedFile:
        """The refusal of the whole file."""
        return RefusedFile(why, name=self.name)

    def read_xml(self, path: str, see: See) -> None:
        """Show the elements of a part; nothing when there is no such part.

        Raises:
            RefusedFile: it is no XML, or all that was examined has become too much.
        """
        if path not in self._entries:
            return
        try:
            read_elements(self.part(path, cost="complex"), self._counted(see))
        except BadPart:
            raise self.refuse("broken") from None

    def _counted(self, see: See) -> See:
        def count(name: str, given: Attributes) -> None:
            self._spend("elements", 1)
            see(name, given)

        return count

    def part(self, path: str, *, cost: str) -> bytes:
        """A part's bytes, whose number is taken off what may be examined."""
        self._spend(cost, self._entries[path].file_size)
        return self._opened.read(self._entries[path])

    def check(self, kind: FileKind | None) -> None:
        """Look into it; without a kind it is one within another, and may be of any."""
        self._check_entries()
        self._check_names()
        if kind is not None and kind.parts and not set(kind.parts) & set(self.paths):
            raise self.refuse("locked" if "encrypted-package" in self else "other")
        is_office = kind.is_office if kind else None
        has_types, has_list = TYPES in self, "mimetype" in self or MANIFEST in self
        # One that is both is looked at as both, since either program could be given it.
        if is_office or has_types:
            check_office(self, kind if is_office else None)
        if is_office is False or has_list:
            check_open_document(self, None if is_office else kind)
        if kind is None and not (has_types or has_list):
            raise self.refuse("embedded")
        for path in self.paths:
            self._check_beginning(path)

    def _check_entries(self) -> None:
        entries = self._opened.infolist()
        if any(entry.flag_bits & _IS_ENCRYPTED for entry in entries):
            raise self.refuse("locked")
        self._spend("entries", len(entries))
        self._spend("unpacks", sum(entry.file_size for entry in entries))
        usual = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
        # Of two parts with one name, programs do not agree which one counts.
        has_twins = len(self._entries) < len(entries)
        if has_twins or {entry.compress_type for entry in entries} - usual:
            raise self.refuse("broken")

    def _check_names(self) -> None:
        # Pieces of a part: some programs would put together what is looked at one by one.
        if any(path.endswith(".piece") or len(path) > _LONGEST_PATH for path in self.paths):
            raise self.refuse("broken")
        if any(_RUNS.search(path) for path in self.paths):
            raise self.refuse("macros")
        if any(_EMBEDDED.search(path) for path in self.paths):
            raise self.refuse("embedded")
        # An Excel sheet inside a chart is an .xlsx and does no harm; a .bin can be any program.
        if any("embeddings/" in path and path.endswith(".bin") for path in self.paths):
            raise self.refuse("embedded")

    def _check_beginning(self, path: str) -> None:
        """A program is known by how it begins, a document within the document is looked into."""
        if path.endswith("/"):
            return
        with self._opened.open(self._entries[path]) as part:
            head = part.read(16)
        if head.startswith(PROGRAMS):
            raise self.refuse("embedded")
        if head.startswith(OLE):
            self._check_container(self.part(path, cost="within"))
        elif head.startswith(ZIP):
            self._check_within(self.part(path, cost="within"))

    def _check_container(self, content: bytes) -> None:
        try:
            check_container(self.name, content, DOCUMENTS)
        except RefusedFile as error:
            # Whatever else it is: an object of a program of its own.
            raise (self.refuse("embedded") if error.key == "other" else error) from None

    def _check_within(self, content: bytes) -> None:
        if self._depth == _DEEPEST:
            raise self.refuse("complex")
        Package(self.name, content, within=self).check(None)

    def _spend(self, cost: str, octets: int) -> None:
        self._left[cost] -= octets
        if self._left[cost] < 0:
            raise self.refuse(_SAID_OF.get(cost, cost))

    @staticmethod
    def _plain(path: str) -> str:
        plain = unquote(path).replace("\\", "/").casefold().lstrip("/")
        return plain if plain.endswith("/") else normpath(plain)


def check_package(name: str, content: bytes, kind: FileKind) -> None:
    """Look into a package.

    Raises:
        RefusedFile: it is damaged or encrypted, is of another kind, unpacks to too much, holds
            what could run or is fetched from elsewhere, or is too large to be examined.
    """
    try:
        Package(name, content).check(kind)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError):
        raise RefusedFile("broken", name=name) from None
