"""The words of a mail's parts: whatever its bytes are, text comes out and nothing is raised. Pure.

HTML is turned into the text that it shows. It is never rendered and nothing in it is followed.
"""

import base64
import binascii
import quopri
import re
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from html import unescape

LONGEST_TEXT = 400_000
"""Signs of one part that are read: what a server or a person says stands at the beginning."""
_BLOCKS = {"p", "div", "br", "tr", "li", "table", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr"}
_CELLS = {"td", "th"}
_UNSEEN = {"script", "style", "head", "title", "template"}
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)[^<>]*+>|<[!?][^<>]*+>")
_BLANK_LINES = re.compile(r"\n{3,}")
_LONGEST_HEADER = 10_000
_SENT_BACK = re.compile(
    r"^[ \t>|]*(?:(?:Received:[ \t]+\(?(?:from|by|qmail)\b)|Return-Path:|Message-ID:|MIME-Version:"
    r"|DKIM-Signature:|From:[ \t].*\n[ \t>]*(?:To|Date|Subject|Message-ID|Sent):"
    r"|(?:Date|Subject):[ \t].*\n[ \t>]*(?:From|To|Subject|Message-ID):)",
    re.IGNORECASE | re.MULTILINE,
)
"""Where the head of the mail that is sent back begins: after it nothing is the server's own."""
_FOLD = re.compile(r"\r?\n[ \t]*")


def header_words(value: object) -> str:
    """A header's value on one line, its encoded words decoded (RFC 2047)."""
    text = _FOLD.sub(" ", _unescaped(str(value)[:_LONGEST_HEADER]))
    if "=?" not in text:
        return text.strip()
    try:
        return str(make_header(decode_header(text))).strip()
    except (HeaderParseError, LookupError, ValueError, AssertionError):
        return text.strip()


def _unescaped(text: str) -> str:
    """What stands in a header as it is, without being encoded (RFC 6532, and many before it)."""
    if text.isascii():
        return text
    try:
        return decoded(text.encode("utf-8", "surrogateescape"), "utf-8")
    except UnicodeEncodeError:
        return text


def octets_of(part: Message) -> bytes:
    """What a part holds, its transfer encoding undone as far as it can be."""
    try:
        found = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        found = None
    if isinstance(found, bytes):
        return found
    raw = part.get_payload()
    return raw.encode("utf-8", "surrogateescape") if isinstance(raw, str) else b""


def text_of(part: Message) -> str:
    """A text part's words."""
    octets = octets_of(part)[: 4 * LONGEST_TEXT]
    try:
        charset = part.get_content_charset("utf-8") or "utf-8"
    except (ValueError, LookupError):
        charset = "utf-8"
    text = decoded(octets, charset)[:LONGEST_TEXT]
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def decoded(octets: bytes, charset: str) -> str:
    """Bytes in the encoding that they claim, else in one that they can have."""
    for name in (charset, "utf-8"):
        try:
            return octets.decode(name)
        except (LookupError, ValueError):
            continue
    # Every byte means something there, so that nothing is left out.
    return octets.decode("cp1252", "replace")


def undone(text: str, encoding: str) -> str:
    """Text whose transfer encoding the parser leaves as it is: that of an attached mail."""
    try:
        match encoding.strip().lower():
            case "base64":
                octets = base64.b64decode("".join(text.split()), validate=False)
            case "quoted-printable":
                octets = quopri.decodestring(text.encode("utf-8", "surrogateescape"))
            case _:
                return text
    except (binascii.Error, ValueError):
        return text
    return decoded(octets, "utf-8")


def storable(text: str) -> str:
    """What every database takes as text: no half signs and no NUL."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")


def where_sent_back(text: str) -> int | None:
    """Where in a text the head of another mail begins; None if it does not."""
    found = _SENT_BACK.search(text)
    return found.start() if found else None


def shown_text(markup: str) -> str:
    """What an HTML text shows, as plain text.

    Read by one pattern from left to right: the standard library's parser and the sanitizers
    that were tried take minutes for some hundred thousand unclosed or nested tags.
    """
    found: list[str] = []
    unseen, at = "", 0
    markup = _without_comments(markup)
    for tag in _TAG.finditer(markup):
        if not unseen:
            found.append(_shown(markup[at : tag.start()]))
        at = tag.end()
        name, is_end = (tag["name"] or "").lower(), bool(tag["end"])
        if unseen:
            # A head that is never closed would hide the whole letter.
            unseen = "" if (is_end and name == unseen) or name == "body" else unseen
        elif name in _UNSEEN and not is_end:
            unseen = name
        found.append("\n" if name in _BLOCKS else " " if name in _CELLS else "")
    found.append("" if unseen else _shown(markup[at:]))
    lines = (" ".join(line.split()) for line in "".join(found).split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def _without_comments(markup: str) -> str:
    kept, at = [], 0
    while (begins := markup.find("<!--", at)) >= 0 and (ends := markup.find("-->", begins)) >= 0:
        kept.append(markup[at:begins])
        at = ends + 3
    return "".join((*kept, markup[at:]))


def _shown(text: str) -> str:
    """Line breaks in HTML are blanks; what is written as an entity is that sign."""
    return unescape(text.replace("\n", " "))
