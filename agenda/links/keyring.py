"""What links are made of: a secret key and what each is for, so that no token need be stored.

A link's token is made of the installation's secret key, so it can be put into every
reminder and yet is stored nowhere: the database holds its hash, and a queued message the
places where it goes (ASVS 5.0: 11.5.1, 6.5.2).
"""

import base64
import hashlib
import hmac
from typing import NamedTuple

from agenda.models import Link, Purpose
from agenda.words.errors import BadSettings


class _Shape(NamedTuple):
    """How the links of one purpose are made."""

    path: str
    """Where the portal opens them."""
    words: str
    """What their tokens are made of, besides the generation: others for every purpose.

    Those that are mailed already are made of the same words for ever.
    """
    names_first: bool = True
    """Whether the first generation is named in it."""


_SHAPES = {
    Purpose.REPLY: _Shape("/svar/{}", "{}"),
    Purpose.DECISION: _Shape("/anstand/{}", "extension:{}", names_first=False),
    Purpose.FEED: _Shape("/kalender/{}.ics", "feed:{}"),
}


class Keyring(NamedTuple):
    """What addresses are made of: the secret key and where the portal is reached."""

    key: bytes
    portal_url: str
    former_key: bytes | None = None
    """The key before this one, while links made of it are still in use."""

    def new_hash(self, link: Link) -> str:
        """What is stored of the token that a link, as it is, has of the present key."""
        return token_hash(derived_token(self.key, _words(link)))

    def token(self, link: Link) -> str:
        """A link's token, as it is in the mails that were sent.

        Raises:
            WrongKey: it was made of neither key; a token of the present one would open nothing.
        """
        for key in filter(None, (self.key, self.former_key)):
            token = derived_token(key, _words(link))
            if token_hash(token) == link.token_hash:
                return token
        raise WrongKey

    def address(self, link: Link) -> str:
        """The whole address that a person clicks, or that a program asks.

        Raises:
            WrongKey: as of `token`.
        """
        return self.portal_url + _SHAPES[link.purpose].path.format(self.token(link))


class WrongKey(BadSettings):
    """The secret key is not the one that the links were made of."""

    def __init__(self) -> None:
        super().__init__(
            "Den hemliga nyckeln är inte den som länkarna i utskickade mejl gjordes av. Sätt "
            "tillbaka den, eller ange den i AGENDA_FORMER_SECRET_KEY. Är den borta eller röjd "
            "gör agenda link rekey nya länkar; de gamla slutar då att gälla."
        )


def derived_token(key: bytes, what: str) -> str:
    """A token made of the secret key; the same for the same thing, and guessable by nobody.

    256 bits, URL-safe, 43 characters.
    """
    digest = hmac.new(key, what.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def token_hash(token: str) -> str:
    """What is stored of a token. Plain SHA-256 is right for 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def _words(link: Link) -> str:
    shape = _SHAPES[link.purpose]
    words = shape.words.format(link.uid)
    return f"{words}:{link.generation}" if shape.names_first or link.generation > 1 else words
