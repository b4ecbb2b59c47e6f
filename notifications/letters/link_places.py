"""Where a letter's personal links stand: elements of it, put in when it leaves.

A stored mail shows a stand-in for each link, because the address is a key. Which of its
words are that stand-in is known from the rendering, as places, and never looked for in the
finished text: there, somebody could have written the very same words.
"""

import re
import secrets
from collections.abc import Callable, Sequence
from typing import NamedTuple

from markupsafe import escape

PLACEHOLDER = "https://personlig-lank.invalid"
"""Shown in a stored message in the places where the address will be (RFC 2606: resolves
nowhere). Only those places are filled in: it is never looked for, as anybody can write it.

No slash at its end, as there is none after a token, so that /inget can be put after both.
"""


Addresses = dict[str, str | None]
"""A letter's links by the names that templates know them by; None for those it has not."""


class Linked(NamedTuple):
    """Words, and the places in them where an address begins."""

    words: str
    places: tuple[int, ...]


def rendered_with(
    addresses: Addresses, render: Callable[[Addresses], str], *, is_html: bool
) -> Linked:
    """What a template makes of its links, and where in it they came to stand.

    The template is given marks instead of addresses: random ones of this very rendering, so
    that nothing anybody wrote before can hold one. None is left in what is returned.
    """
    marks = {secrets.token_hex(32): name for name, address in addresses.items() if address}
    made = render(dict.fromkeys(addresses) | {name: mark for mark, name in marks.items()})
    words, places, length = [], [], 0
    for piece in re.split(f"({'|'.join(marks)})", made) if marks else [made]:
        if piece in marks:
            places.append(length)
            words.append(_as_part(addresses[marks[piece]] or "", is_html=is_html))
        else:
            words.append(piece)
        length += len(words[-1])
    return Linked("".join(words), tuple(places))


def with_address(words: str, places: Sequence[int], address: str, *, is_html: bool) -> str:
    """A stored mail's words as they leave: the address in the place of each stand-in."""
    kept, at = [], 0
    for offset in places:
        kept += [words[at:offset], _as_part(address, is_html=is_html)]
        at = offset + len(PLACEHOLDER)
    return "".join((*kept, words[at:]))


def _as_part(address: str, *, is_html: bool) -> str:
    return str(escape(address)) if is_html else address
