"""Links to one request for more time: who holds one may decide it, and do nothing else.

Made as the organisations' links are, and kept apart from them: the token of one kind is
never known where the other kind is looked up.
"""

from datetime import datetime
from uuid import uuid4

from sqlmodel import Session, select

from agenda.links.personal import Keyring, token_hash
from agenda.models import ExtensionLink, ExtensionRequest, identity
from agenda.register import By, Subject, What, record
from agenda.words.addresses import shown_address


def make_extension_link(
    session: Session,
    asked: ExtensionRequest,
    keyring: Keyring,
    *,
    name: str,
    address: str,
    now: datetime,
) -> ExtensionLink:
    """A link for one recipient, so that the register can tell who decided."""
    link = ExtensionLink(
        uid=uuid4().hex,
        extension_request_id=identity(asked),
        name=name,
        address=address,
        token_hash="",
        created_at=now,
    )
    link.token_hash = token_hash(keyring.new(_words(link)))
    session.add(link)
    session.flush()
    return link


def extension_token(link: ExtensionLink, keyring: Keyring) -> str:
    """The token in a link's address.

    Raises:
        WrongKey: the link was made of another key than those that are accepted.
    """
    return keyring.stored(_words(link), hashed=link.token_hash)


def extension_address(link: ExtensionLink, keyring: Keyring) -> str:
    """The whole address that the coordinator clicks."""
    return f"{keyring.portal_url}/anstand/{extension_token(link, keyring)}"


def find_extension_link(session: Session, token: str) -> ExtensionLink | None:
    """The link that a token opens; revoked ones too, None for one that is not known."""
    wanted = token_hash(token)
    return session.exec(select(ExtensionLink).where(ExtensionLink.token_hash == wanted)).first()


def revoke_extension_link(session: Session, link: ExtensionLink, *, by: By) -> None:
    """Close a link, for instance one that was forwarded to somebody it was not for."""
    if link.revoked_at is not None:
        return
    link.revoked_at = by.at
    session.add(link)
    record(session, by, What.LINK_REVOKED, Subject(f"beslutslänk {link.id}"))


def signature(link: ExtensionLink) -> str:
    """Who decides with a link, for the register: several mailboxes can bear one name."""
    return f"{link.name} ({shown_address(link.address)})"


def _words(link: ExtensionLink) -> str:
    return f"extension:{link.uid}"
