"""Links to one request for more time: who holds one may decide it, and do nothing else."""

from datetime import datetime

from sqlmodel import Session

from agenda.links.keyring import Keyring
from agenda.links.links import mint
from agenda.models import ExtensionRequest, Link, Purpose, identity
from agenda.words.addresses import shown_address


def make_extension_link(
    session: Session,
    asked: ExtensionRequest,
    keyring: Keyring,
    *,
    name: str,
    address: str,
    now: datetime,
) -> Link:
    """A link for one recipient, so that the register can tell who decided."""
    link = Link(
        purpose=Purpose.DECISION,
        extension_request_id=identity(asked),
        name=name,
        address=address,
        created_at=now,
    )
    return mint(session, keyring, link)


def signature(link: Link) -> str:
    """Who decides with a link, for the register: several mailboxes can bear one name."""
    return f"{link.name} ({shown_address(link.address)})"
