"""A municipality asks for more time: the addresses of the coordinators' page, and the request."""

from sqlalchemy import select
from sqlmodel import col

from agenda.models import ExtensionRequest, Link, Purpose
from agenda.storage.store import reading
from notifications.office import Office
from tests.door import Door, Reader

COORDINATOR = "Samordnare för påverkansagendan"
WHY = "Nämnden möts den 14:e.\n<b>Då</b> hinner vi."


def ask(door: Door, *, until: str = "2020-10-16", why: str = WHY, organisation="bracke") -> str:
    """Ask for more time as the municipality does; the address that the coordinator is mailed."""
    home = door.link(organisation)
    form = door.form(f"{home}/anstand").with_(dag=until, skal=why)
    answer = door.post(f"{home}/anstand", form)
    assert answer.status_code == 303, answer.text
    return addresses(door)[-1]


def addresses(door: Door) -> list[str]:
    """The address of every page there is about a request, within the portal."""
    keyring = Office.of(door.settings).keyring
    with reading(door.engine) as session:
        decisions = select(Link).where(col(Link.purpose) == Purpose.DECISION)
        links = session.scalars(decisions.order_by(col(Link.id)))
        return [f"/anstand/{keyring.token(link)}" for link in links]


def choose(door: Door, home: str, choice: str, **changes: str):
    """Fill in the form and press one of its two buttons."""
    return door.post(home, [*door.form(home).with_(**changes), ("_beslut", choice)])


def decide(door: Door, home: str, choice: str, **changes: str):
    """Press a button and confirm it."""
    asked = choose(door, home, choice, **changes)
    assert asked.status_code == 200, asked.text
    return door.post(home, [*Reader(asked.text).forms[0].pairs, ("_bekraftat", "1")])


def request(door: Door) -> ExtensionRequest:
    """The request for more time, as it is on record."""
    with reading(door.engine) as session:
        return session.scalars(select(ExtensionRequest)).one()
