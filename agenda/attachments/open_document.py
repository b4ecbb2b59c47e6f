"""Packages of LibreOffice and its kin (OpenDocument): what they hold, and what they fetch."""

from typing import TYPE_CHECKING

from agenda.attachments.addresses import leads_away
from agenda.attachments.kinds import FileKind
from agenda.attachments.xml_parts import Attributes, said

if TYPE_CHECKING:
    from agenda.attachments.package import Package

MANIFEST = "meta-inf/manifest.xml"
_OBJECT = "application/vnd.sun.star.oleobject"
_WITH_LINKS = ("content.xml", "styles.xml", "meta.xml")
_FETCHED = {
    *("object", "object-ole", "applet", "plugin", "floating-frame"),
    *("section-source", "table-source", "template"),
}
"""Elements whose address is fetched when the document opens; a link or a picture is not one."""


def check_open_document(package: "Package", kind: FileKind | None) -> None:
    """Look at what the package says that it is, and at what its text would fetch.

    Raises:
        RefusedFile: it is of another kind, is encrypted, or fetches something.
    """
    if kind is not None:
        type_said = package.part("mimetype", cost="complex") if "mimetype" in package else b""
        if type_said.strip() != kind.media_type.encode():
            raise package.refuse("other")
    package.read_xml(MANIFEST, lambda name, given: _check_listed(package, name, given))
    for path in package.paths:
        # Also of the documents within it, each in a folder of its own.
        if path.rpartition("/")[2] in _WITH_LINKS:
            package.read_xml(path, lambda name, given: _check_element(package, name, given))


def _check_listed(package: "Package", name: str, given: Attributes) -> None:
    if name == "encryption-data":
        raise package.refuse("locked")
    if any(one.casefold() == _OBJECT for one in said(given, "media-type")):
        raise package.refuse("embedded")


def _check_element(package: "Package", name: str, given: Attributes) -> None:
    if name == "dde-source":
        raise package.refuse("asks")
    if name in _FETCHED and any(map(leads_away, said(given, "href"))):
        raise package.refuse("fetches" if name == "template" else "linked")
