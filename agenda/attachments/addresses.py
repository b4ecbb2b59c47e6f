"""Whether an address in a document leads away from the computer that opens it."""

import re
from urllib.parse import unquote

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{1,40}:")
_BLANKS = dict.fromkeys(range(0x21))
_NOT_FIRST = re.compile(r"[^a-z0-9/.]{1,100}")


def leads_away(address: str) -> bool:
    """Whether opening the document would fetch this from another computer.

    Only what is surely on the computer itself does not: a path within the document, on a
    disk with a letter, or from the root of the file system. Written as Office reads it: blanks
    and control characters mean nothing, a backslash is a slash, %5C is a backslash.
    """
    plain = unquote(address).translate(_BLANKS).replace("\\", "/").casefold()
    if odd := _NOT_FIRST.match(plain):
        plain = plain[odd.end() :]
    if plain.startswith("file:"):
        plain = plain.removeprefix("file:").removeprefix("//localhost")
        if plain.startswith("///"):
            plain = plain[2:]
    return plain.startswith("//") or _SCHEME.match(plain) is not None
