"""Where somebody is reached: an e-mail address, or another channel's Apprise URL."""

import re
from typing import Annotated

import email_validator
from pydantic import AfterValidator

# RFC 2606 reserves .example for documentation: nothing sent there can arrive anywhere.
# That is why every bundled file uses it, so here it is an address like any other.
if "example" in email_validator.SPECIAL_USE_DOMAIN_NAMES:
    email_validator.SPECIAL_USE_DOMAIN_NAMES.remove("example")

_CHANNEL = re.compile(r"^(?P<schema>[a-z0-9]{1,32})://[\x21-\x7e]+$")


def channel_schema(address: str) -> str | None:
    """The schema of a channel address ("workflows" for Teams), or None for an e-mail address."""
    found = _CHANNEL.match(address)
    return found["schema"] if found else None


def checked_address(address: str) -> str:
    """An address as given, if it is one.

    Raises:
        ValueError: it is neither an e-mail address nor a channel's URL; says why.
    """
    address = address.strip()
    if channel_schema(address):
        return address
    try:
        return email_validator.validate_email(address, check_deliverability=False).normalized
    except email_validator.EmailNotValidError as error:
        raise ValueError(f"ingen giltig e-postadress: {error}") from None


Address = Annotated[str, AfterValidator(checked_address)]
"""An e-mail address (RFC 5321 mailbox) or the URL of an Apprise channel."""
