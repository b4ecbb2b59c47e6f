"""Addresses that nothing can ever reach: those of examples, left in a round that is for real."""

from collections.abc import Iterable, Iterator

from sqlmodel import Session, col, select

from agenda.installation.settings import Settings
from agenda.models import Activity, Contact, Organisation, Round

_ENDINGS = (".example", ".test", ".invalid", ".localhost")
_DOMAINS = ("example.com", "example.net", "example.org")
_SHOWN = 5


def is_for_examples(address: str) -> bool:
    """Whether an address belongs to a domain that RFC 2606 reserves: it has no mailbox."""
    domain = address.rpartition("@")[2].casefold()
    return domain.endswith(_ENDINGS) or any(
        domain == reserved or domain.endswith(f".{reserved}") for reserved in _DOMAINS
    )


def remark_on_examples(session: Session, rounds: Iterable[Round], settings: Settings) -> str | None:
    """What to say where mail leaves for real and a real round has such addresses; else None."""
    if not settings.has_mail_server or settings.mail_redirect_to:
        return None
    found = dict.fromkeys(
        address
        for round_ in rounds
        if not round_.is_example and round_.closed_at is None
        for address in _addresses(session, round_)
        if is_for_examples(address)
    )
    if not found:
        return None
    several = ", ".join([*list(found)[:_SHOWN], *(["…"] if len(found) > _SHOWN else [])])
    what = "adress är" if len(found) == 1 else "adresser är"
    return (
        f"Observera: {len(found)} {what} bara exempel och når ingen, fast e-posten skickas på "
        f"riktigt: {several}. Rätta organisationernas med agenda contacts import FIL, och "
        "samordnarens och de ansvarigas i planfilen innan omgången startas."
    )


def _addresses(session: Session, round_: Round) -> Iterator[str]:
    head = round_.head
    yield head.coordinator.address
    yield head.responsible.address
    for terms in session.exec(select(Activity.terms).where(Activity.round_id == round_.id)):
        if person := terms.get("responsible"):
            yield str(person["address"])
    yield from session.exec(
        select(Contact.address)
        .join(Organisation)
        .where(Organisation.round_id == round_.id, col(Contact.is_removed).is_(False))
        .order_by(col(Contact.id))
    )
