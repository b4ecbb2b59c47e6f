"""A file of contacts, taken in while a round is under way."""

from sqlmodel import select

from agenda.contacts.spreadsheet import read_contacts
from agenda.models import Round
from agenda.register import By
from agenda.storage.store import transaction
from notifications.acts.contacts import TakenIn, take_in_contacts
from tests.rounds_under_way import OFFICE, WHO, RoundUnderWay, sv


def take_in(under_way: RoundUnderWay, rows: str, at: str, *, resets: bool = False) -> TakenIn:
    """Take in the rows of a file: organisation;name;address;role."""
    with transaction(under_way.engine) as session:
        return take_in_contacts(
            session,
            OFFICE,
            session.exec(select(Round)).one(),
            read_contacts(f"organisation;name;address;role\n{rows}".encode()),
            channels=(),
            by=By.person(WHO, sv(at)),
            resets=resets,
        )
