"""Where somebody is reached: an e-mail address, or another channel's Apprise URL."""

import re
from typing import Annotated

import email_validator
from pydantic import AfterValidator

# RFC 2606 reserves .example for documentation: nothing sent there can arrive anywhere.
# That is why every bundled file uses it, so here it is an address like any other.
if "example" in email_validator.SPECIAL_USE_DOMAIN_NAMES:
    email_validator.SPECIAL_USE_DOMAIN_NAMES.remove("example")

_CHANNEL = re.compile(r"(?P<schema>[a-z0-9]{1,32})://[\x21-\x7e]+")


def channel_schema(address: str) -> str | None:
    """The schema of a channel address ("workflows" for Teams), or None for an e-mail address."""
    found = _CHANNEL.fullmatch(address)
    return found["schema"] if found else None


def checked_address(address: str) -> str:
    """An address as mail servers take it: spaces around it gone, å in a domain as xn--….

    Å, ä or ö before the @ is refused: it needs SMTPUTF8 (RFC 6531), which a mail server on
    the way may lack, and then the mail would come back days later.

    Raises:
        ValueError: it is neither an e-mail address nor a channel's URL; says why.
    """
    address = address.strip()
    if channel_schema(address):
        return address
    try:
        found = email_validator.validate_email(
            address, check_deliverability=False, allow_smtputf8=False
        )
    except email_validator.EmailNotValidError:
        raise ValueError(f"ingen giltig e-postadress ({_reason(address)})") from None
    return found.ascii_email or found.normalized


def _reason(address: str) -> str:
    """The commonest reasons in words; the library's own are in English."""
    name, at, domain = address.rpartition("@")
    if not at:
        return "@ saknas"
    if not address.isprintable() or " " in address:
        return "den innehåller blanksteg eller styrtecken"
    if not name.isascii():
        return "före @ får bara bokstäverna a–z stå"
    if "." not in domain:
        return "efter @ ska en hel domän stå, som kommunen.se"
    return "den skrivs namn@kommunen.se"


Address = Annotated[str, AfterValidator(checked_address)]
"""An e-mail address (RFC 5321 mailbox) or the URL of an Apprise channel."""
