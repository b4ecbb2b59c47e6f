"""Where somebody is reached: an e-mail address, or another channel's Apprise URL."""

import re
from typing import Annotated

from pydantic import AfterValidator

_CHANNEL = re.compile(r"(?P<schema>[a-z0-9]{1,32})://[\x21-\x7e]+")
# An address that no rule of the library could object to or change. Nearly all are, and the
# library takes longer to load than many a command has to do.
_PLAIN = re.compile(
    r"(?=[^@]{1,64}@)[a-z0-9]+([._-][a-z0-9]+)*"
    r"@(?=.{1,190}$)([a-z0-9]{1,20}(-[a-z0-9]{1,20})?\.){1,4}(se|nu|eu|com|org|net|example)"
)


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
    if channel_schema(address) or _PLAIN.fullmatch(address):
        return address
    return _checked_by_library(address)


def _checked_by_library(address: str) -> str:
    from agenda.mail_rules import EmailNotValidError, validate_email

    try:
        found = validate_email(address, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
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
