"""Packages of Word, Excel and PowerPoint: which part is the document, what the others are.

A part is what the package says that it is: its type in the list of types, and the relation by
which others lead to it. Its own name and place mean nothing (ECMA-376 part 2).
"""

from posixpath import normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from agenda.attachments.addresses import leads_away
from agenda.attachments.kinds import FileKind
from agenda.attachments.xml_parts import Attributes, said

if TYPE_CHECKING:
    from agenda.attachments.package import Package

TYPES = "[content_types].xml"
_MACRO_TYPES = ("macroenabled", "vbaproject", "vbadata", "activex", "macrosheet")
_MACRO_RELATIONS = {
    *("vbaproject", "wordvbadata", "control", "activexcontrolbinary"),
    *("xlmacrosheet", "xlintlmacrosheet"),
}
_OTHER_SOURCE = ".externallink+xml"
"""Where a workbook has values from that are not its own: another workbook, or a program."""
_MAY_LEAD_AWAY = {
    *("hyperlink", "image", "audio", "video", "media", "hdphoto"),
    # Values from other workbooks: Excel asks before it fetches them, and shows what it has.
    *(
        "externallinkpath",
        "externallinklongpath",
        "xlpathmissing",
        "xllibrary",
        "xlstartup",
        "xlalternatestartup",
    ),
}
"""Relations whose address may be on the net: what a reader follows on purpose, and pictures."""


def check_office(package: "Package", kind: FileKind | None) -> None:
    """Look at what the package says of its parts.

    Raises:
        RefusedFile: it is of another kind, or says that it holds or fetches what could run.
    """
    types = _types(package)
    for path in package.paths:
        if path.endswith(".rels"):
            package.read_xml(path, lambda name, given: _check_relation(package, name, given))
    for path in package.paths:
        if _type_of(path, types).endswith(_OTHER_SOURCE):
            package.read_xml(path, lambda name, _: _check_source(package, name))
    if kind is not None:
        its_type = _type_of(_main(package), types)
        if not (its_type.startswith(kind.family) and its_type.endswith("main+xml")):
            raise package.refuse("other")


def _types(package: "Package") -> dict[str, str]:
    """The types that the package lists: of parts by their names, and of endings."""
    types = dict[str, str]()

    def see(name: str, given: Attributes) -> None:
        if name not in ("Override", "Default"):
            return
        its_types = [one.casefold() for one in said(given, "ContentType")]
        if any(word in one for one in its_types for word in _MACRO_TYPES):
            raise package.refuse("macros")
        for one in its_types:
            types.update((_plain(path), one) for path in said(given, "PartName"))
            types.update((f".{ending.casefold()}", one) for ending in said(given, "Extension"))

    if TYPES not in package:
        raise package.refuse("other")
    package.read_xml(TYPES, see)
    return types


def _type_of(path: str, types: dict[str, str]) -> str:
    """A part's type: its own, or else that of its ending; empty for one without either."""
    return types.get(path) or types.get(f".{path.rpartition('.')[2]}", "")


def _check_relation(package: "Package", name: str, given: Attributes) -> None:
    relations = {one.rpartition("/")[2].casefold() for one in said(given, "Type")}
    if name != "Relationship" or not relations:
        return
    if relations & _MACRO_RELATIONS:
        raise package.refuse("macros")
    if any(map(leads_away, said(given, "Target"))) and not relations <= _MAY_LEAD_AWAY:
        raise package.refuse("fetches" if "attachedtemplate" in relations else "linked")
    modes = {one.casefold() for one in said(given, "TargetMode")}
    if "oleobject" in relations and modes != {"external"}:
        raise package.refuse("embedded")


def _check_source(package: "Package", name: str) -> None:
    # Which program to start, and with what words, stands in the workbook (DDE).
    if name == "ddeLink":
        raise package.refuse("asks")


def _main(package: "Package") -> str:
    """The part that is the document itself, by the one relation that leads to it."""
    found: set[str] = set()

    def see(name: str, given: Attributes) -> None:
        leads_there = any(one.endswith("/officeDocument") for one in said(given, "Type"))
        if name == "Relationship" and leads_there:
            found.update(map(_plain, said(given, "Target")))

    package.read_xml("_rels/.rels", see)
    main = next(iter(found), "")
    return main if len(found) == 1 and main in package else ""


def _plain(path: str) -> str:
    return normpath(unquote(path).replace("\\", "/").casefold().lstrip("/"))
