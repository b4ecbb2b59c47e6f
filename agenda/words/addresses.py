"""Where somebody is reached: an e-mail address, or another channel's Apprise URL."""

import re
import unicodedata
from typing import Annotated
from urllib.parse import quote, unquote

from pydantic import AfterValidator

from agenda.words.sentences import SENTENCES
from agenda.words.texts import on_one_line
from agenda.words.this_machine import leads_here

_PLAIN_IN_MAILTO = "@+!$'*"
_CHANNEL = re.compile(r"(?P<schema>[a-z0-9]{1,32})://[\x21-\x7e]+")
# An address that no rule of the library could object to or change. Nearly all are, and the
# library takes longer to load than many a command has to do.
_PLAIN = re.compile(
    r"(?=[^@]{1,64}@)[a-z0-9]+([._-][a-z0-9]+)*"
    r"@(?=.{1,190}$)([a-z0-9]{1,20}(-[a-z0-9]{1,20})?\.){1,4}(se|nu|eu|com|org|net|example)"
)

_BETWEEN_ANGLES = re.compile(r"<\s*([^<>]*@[^<>]*?)\s*>")
LONGEST_TYPED = 2000
"""Of what is typed: a name and an address in angles, with room to spare."""
_AROUND = " <>()[]\"'”’“‘«»,;:."
"""What stands around an address in a sentence, a list or a letter's head, and ends none."""


def mailto(address: str) -> str:
    """An e-mail address as a mailto URL (RFC 6068 section 2).

    A question mark or an ampersand, allowed in a mailbox, would begin headers of its own; an
    apostrophe stays, for not every calendar program reads it back from a number.
    """
    return f"mailto:{quote(address, safe=_PLAIN_IN_MAILTO)}"


def channel_schema(address: str) -> str | None:
    """The schema of a channel address ("workflows" for Teams), or None for an e-mail address."""
    found = _CHANNEL.fullmatch(address)
    return found["schema"] if found else None


def shown_address(address: str) -> str:
    """A mail address; of another channel only its kind, because its URL is the key to it."""
    schema = channel_schema(address)
    return f"{schema}://…" if schema else address


def checked_address(address: str) -> str:
    """An address as mail servers take it: spaces around it gone, å in a domain as xn--….

    Å, ä or ö before the @ is refused: it needs SMTPUTF8 (RFC 6531), which a mail server on
    the way may lack, and then the mail would come back days later.

    Raises:
        ValueError: it is neither an e-mail address nor the URL of a channel elsewhere; says why.
    """
    address = address.strip()
    if schema := channel_schema(address):
        if leads_here(address):
            # Not the rest of it, which is a key.
            raise ValueError(SENTENCES("own_channel", schema=schema))
        return address
    if _PLAIN.fullmatch(address):
        return address
    return _checked_by_library(address)


def typed_address(typed: str) -> str:
    """The address in what a person typed or pasted, as mail servers take it.

    `Anna Ek <anna@åre.se>`, `mailto:anna@åre.se`, `anna@åre.se.` and one with a soft hyphen or a
    zero-width space in it are all anna@xn--re-xia.se. The URL of a channel is taken as it is.

    Raises:
        ValueError: there is no address in it, or more than one; says why.
    """
    if len(typed) > LONGEST_TYPED:
        # Before any pattern sees it: they are for addresses, not for whatever is posted.
        raise _no_address("too_long")
    text = unicodedata.normalize("NFC", on_one_line(typed))
    if channel_schema(text):
        return checked_address(text)
    found = _BETWEEN_ANGLES.findall(text)
    text = (found[0] if len(found) == 1 else text).strip(_AROUND)
    if text[:7].casefold() == "mailto:":
        text = unquote(text[7:].partition("?")[0])
    text = re.sub(r"\s*@\s*", "@", text.strip(_AROUND))
    if text.count("@") > 1:
        raise _no_address("several_addresses")
    return checked_address(text)


def typed_mail_address(typed: str) -> str | None:
    """The e-mail address in what a person typed; None for all else, URLs of channels too."""
    try:
        found = typed_address(typed)
    except ValueError:
        return None
    return None if channel_schema(found) else found


def mailbox_of(address: str) -> str:
    """What two spellings of the same mailbox share: no capitals, and the domain as xn--….

    Never raises: what is no address is compared as it stands.
    """
    try:
        return typed_address(address).casefold()
    except ValueError:
        return on_one_line(address).casefold()


def _no_address(why: str) -> ValueError:
    return ValueError(SENTENCES("no_address", why=SENTENCES(why)))


def _checked_by_library(address: str) -> str:
    from agenda.words.mail_rules import EmailNotValidError, validate_email

    try:
        found = validate_email(address, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        raise _no_address(_reason(address)) from None
    return found.ascii_email or found.normalized


def _reason(address: str) -> str:
    """The commonest reasons, by their sentences; the library's own are in English."""
    name, at, domain = address.rpartition("@")
    if not at:
        return "no_at"
    if not address.isprintable() or " " in address:
        return "blanks"
    if not name.isascii():
        return "not_ascii"
    if "." not in domain:
        return "no_domain"
    return "usual_address"


Address = Annotated[str, AfterValidator(checked_address)]
"""An e-mail address (RFC 5321 mailbox) or the URL of an Apprise channel."""
