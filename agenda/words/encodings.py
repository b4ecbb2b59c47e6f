"""A text file's bytes as text: which letters its program saved, found out or refused by line.

Excel, Outlook and old systems in Sweden write UTF-8, UTF-16, or one byte a sign after one of
three tables. UTF-8 and UTF-16 are told by their form. The three are told apart by what they
make of the file: under the wrong one å becomes Õ, † or Â, which no name holds there.
"""

import re
import unicodedata
from typing import NamedTuple

from agenda.words.faults import Fault
from agenda.words.sentences import SENTENCES

TABLES = ("cp1252", "cp850", "mac_roman")
"""Windows, MS-DOS, Macintosh: the likeliest first, and it counts where two read the same."""

_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_FEWEST_PAIRS = 4
_SWEDISH = "åäöÅÄÖ"
_USUAL_TOO = "éÉèüÜæøÆØáíóßçñ"
_SIGNS = "–—‘’“”„…«»·•§´¨°©®½€\u00a0\u00ad"
_LINES = re.compile(r"\r\n|\r|\n")
_WORD = re.compile(r"[^\W\d_]+")
_SIGN_IN_A_WORD = re.compile(r"(?<=[^\W\d_])[^\x00-\x7f\w’´·–—\u00a0\u00ad](?=[^\W\d_])")
# What å, ä, ö and é become when a program reads UTF-8 as Windows' table, and saves that.
_SAVED_WRONGLY = re.compile("Ã[¥¤¶…„–©‰]|\ufffd")


class _Decoding(NamedTuple):
    """What a table makes of a file: how many lines make no sense, how likely the rest is."""

    text: str
    odd: set[int]
    score: int


def read_text(content: bytes, faults: list[Fault]) -> str:
    """A file's bytes as text; each line that cannot be read, or unlike the rest, is a fault."""
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return _all_in(encoding, content.removeprefix(mark), faults)
    if bare := _utf16_without_mark(content):
        return _all_in(bare, content, faults)
    if _is_utf8(content):
        return _all_in("utf-8", content, faults)
    beyond = {n: line for n, line in enumerate(_lines(content), 1) if not line.isascii()}
    in_utf8 = {number for number, line in beyond.items() if _is_utf8(line)}
    if len(in_utf8) * 2 >= len(beyond):
        # Never the whole file by its oddest line: every å of the others would become Ã¥.
        return _all_in("utf-8", content, faults)
    best = min(
        (_reading(content, table) for table in TABLES),
        key=lambda reading: (len(reading.odd), -reading.score),
    )
    faults += [Fault(number, SENTENCES("unreadable")) for number in sorted(best.odd | in_utf8)]
    return best.text


def _all_in(encoding: str, content: bytes, faults: list[Fault]) -> str:
    text = content.decode(encoding, errors="replace")
    is_whole = "\ufffd".encode(encoding) in content or "\ufffd" not in text
    stray = SENTENCES("stray", encoding=encoding[:6].rstrip("-").upper())
    said = SENTENCES("unreadable") if is_whole else stray
    faults += [
        Fault(number, said)
        for number, line in enumerate(_LINES.split(text), start=1)
        if _SAVED_WRONGLY.search(line)
    ]
    return text


def _lines(content: bytes) -> list[bytes]:
    return re.split(rb"\r\n|\r|\n", content)


def _utf16_without_mark(content: bytes) -> str | None:
    """UTF-16 as some programs save it: nearly every second byte of Swedish text is zero."""
    pairs = len(content) // 2
    first, second = content[0 : 2 * pairs : 2], content[1 : 2 * pairs : 2]
    if pairs >= _FEWEST_PAIRS and second.count(0) * 10 > pairs * 7 and not first.count(0):
        return "utf-16-le"
    if pairs >= _FEWEST_PAIRS and first.count(0) * 10 > pairs * 7 and not second.count(0):
        return "utf-16-be"
    return None


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _reading(content: bytes, table: str) -> _Decoding:
    text = content.decode(table, errors="replace")
    odd, score = set(), 0
    for number, line in enumerate(_LINES.split(text), start=1):
        if line.isascii():
            continue
        worths = [_worth(word) for word in _WORD.findall(line) if not word.isascii()]
        if None in worths or not _has_usual_signs(line):
            odd.add(number)
        score += sum(worth or 0 for worth in worths)
    return _Decoding(text, odd, score)


def _worth(word: str) -> int | None:
    """How Swedish a word looks; None for one that nobody writes: "BjÜrn", "SmÕ"."""
    if not word.isupper() and any(sign.isupper() and not sign.isascii() for sign in word[1:]):
        return None
    beyond = [sign for sign in word if not sign.isascii()]
    if not all(unicodedata.name(sign, "").startswith("LATIN") for sign in beyond):
        return None
    return sum(3 if s in _SWEDISH else 2 if s in _USUAL_TOO else 1 for s in beyond)


def _has_usual_signs(line: str) -> bool:
    """Whether the signs that are no letters are such as people write, where they write them."""
    beyond = (sign for sign in line if not sign.isascii() and not sign.isalpha())
    return all(sign in _SIGNS for sign in beyond) and not _SIGN_IN_A_WORD.search(line)
