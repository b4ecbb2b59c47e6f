"""What a person wrote in a field, read: text kept as it is, numbers, amounts, dates.

What cannot be read as wanted stays as the text that was written, so that nothing is lost
and the person can mend it.
"""

import re
from datetime import date

# What no database, no mail and no document can hold alike: control characters other than line
# feed and tabulator, halves of surrogate pairs, and the two codes that XML knows not (XML 1.0,
# 2.2). Marks of direction and emoji stay, and nothing is normalised.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Word writes a line break within a paragraph as a vertical tabulator and a page break as a form
# feed; taken out, they would glue two words together.
_LINE_BREAK = re.compile(r"\r\n|[\r\x0b\x0c]")
_SPACES = re.compile(r"[\s\u00a0\u2009\u202f]+")
_WHOLE = re.compile(r"[0-9]{1,15}|[0-9]{1,3}( [0-9]{3}){1,4}")
_LARGEST_WITH_DECIMALS = 10**9  # six decimals more, and a float still tells them all apart
_KRONOR = re.compile(r"[,.]00$|,-$|:-$|( ?)(kr|kronor|sek)\.?$", re.IGNORECASE)


def text_in(written: str) -> str:
    """A text exactly as written, its line breaks as line feeds."""
    return _CONTROL.sub("", _LINE_BREAK.sub("\n", written))


def line_in(written: str) -> str:
    """A text of one line exactly as written."""
    return text_in(written).replace("\n", " ")


def number_in(written: str, *, decimals: int) -> int | float | str:
    """A number such as 12, −3, 1 250 or, with decimals, 12,5; else the text as written."""
    text = _plain(written)
    sign, text = (-1, text[1:]) if text.startswith(("-", "−")) else (1, text)
    whole, mark, part = text.replace(".", ",").partition(",")
    # A third digit after the mark may be a thousand: 1.000 is refused rather than guessed at.
    if not _WHOLE.fullmatch(whole) or len(part) > decimals or bool(mark) != bool(part):
        return line_in(written)
    number = int(whole.replace(" ", ""))
    if not part.strip("0"):
        return sign * number
    is_exact = part.isascii() and part.isdigit() and number < _LARGEST_WITH_DECIMALS
    return sign * float(f"{number}.{part}") if is_exact else line_in(written)


def amount_in(written: str) -> int | str:
    """An amount in whole kronor: 1 250 000, 1250000 or 1 250 000 kr; else the text as written."""
    text = _KRONOR.sub("", _KRONOR.sub("", _plain(written))).strip()
    number = number_in(text, decimals=0) if not re.search(r"[,.]", text) else text
    return number if isinstance(number, int) else line_in(written)


def date_in(written: str) -> str:
    """A date as 2026-10-02, also when written 20261002; else the text as written."""
    text = line_in(written).strip()
    if re.fullmatch(r"[0-9]{8}", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    return text if day_of(text) else line_in(written)


def day_of(text: object) -> date | None:
    """The day that `date_in` read; None if it could not."""
    if not isinstance(text, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def grouped(number: int) -> str:
    """A whole number with its thousands apart, as Swedish and the SI write it: 1 250 000."""
    return f"{number:,}".replace(",", "\u00a0")


def shown_number(number: float, *, language: str) -> str:
    """A number as the language writes it: 1 250,5 or 1 250.5."""
    if isinstance(number, int):
        return grouped(number)
    whole, _, part = f"{number:,.6f}".rstrip("0").partition(".")
    mark = "." if language == "en" else ","
    return whole.replace(",", "\u00a0") + (mark + part if part else "")


def _plain(written: str) -> str:
    # As it would be kept: else a number beside a control character is kept as text, and read as
    # a number the next time.
    return _SPACES.sub(" ", line_in(written)).strip()
