"""`agenda calendar`: the round's deadlines as a file that a calendar program reads."""

from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session

from agenda.calendar.feeds import (
    Reach,
    feed_name,
    feeds_of,
    render_reach,
    subscribe,
)
from agenda.links.links import renew as renew_link
from agenda.links.links import revoke as revoke_link
from agenda.models import Link, Round, identity
from agenda.rounds.finding import find_organisation
from agenda.words.errors import BadInput, NotFound
from portal.cli.commands import COMMANDS
from portal.cli.terminal.options import AsJson, OnlyOrganisation, RoundName, add, group
from portal.cli.terminal.output import in_swedish, say, show_json
from portal.cli.terminal.visit import changing, looking

FeedNumber = Annotated[int, typer.Argument(metavar="NUMMER", help="Se agenda calendar list.")]


def export(
    file: Annotated[Path, typer.Argument(metavar="FIL", help="Filen som skrivs (.ics).")],
    organisation: OnlyOrganisation = None,
    round_name: RoundName = None,
) -> None:
    """Write the deadlines to an iCalendar file."""
    with looking(round_name) as (here, session, round_):
        whose = find_organisation(session, round_, organisation) if organisation else None
        reach = Reach(identity(round_), whose.id if whose else None)
        url = here.office.keyring.portal_url
        feed = render_reach(session, reach, portal_url=url, now=here.now)
    try:
        file.write_bytes(feed.content)
    except OSError as error:
        raise BadInput(f"{file} går inte att skriva ({in_swedish(error)}).") from None
    say(f"{feed.entries} kalenderposter skrivna till {file}.")


def subscribe_to(
    organisation: OnlyOrganisation = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            "--kind", metavar="SORT", help="Bara den sortens aktiviteter; går att upprepa."
        ),
    ] = None,
    label: Annotated[
        str, typer.Option(metavar="TEXT", help="Vem prenumerationen är till för.")
    ] = "",
    round_name: RoundName = None,
) -> None:
    """Make a calendar link that a calendar program subscribes to."""
    with changing(round_name) as (here, session, round_):
        link = subscribe(
            session,
            round_,
            here.office.keyring,
            by=here.by,
            organisation=find_organisation(session, round_, organisation) if organisation else None,
            kinds=tuple(kind or ()),
            label=label,
        )
        address = here.office.keyring.address(link)
    say(f"Prenumeration {link.id}. Sidan som visar hur man gör: {address.removesuffix('.ics')}")
    say(f"Adressen för kalenderprogrammet: {address}")


def list_feeds(round_name: RoundName = None, as_json: AsJson = False) -> None:
    """List the calendar links that are open."""
    with looking(round_name) as (_, session, round_):
        found = [
            {"id": link.id, "name": feed_name(session, link), "kinds": link.kinds.split()}
            | {"label": link.label, "created_at": link.created_at}
            for link in feeds_of(session, round_)
        ]
    if as_json:
        show_json({"feeds": found})
        return
    if not found:
        say("Ingen prenumererar. Skapa en länk med: agenda calendar subscribe")
    for feed in found:
        say(f"{feed['id']}  {feed['name']}  {feed['label']}".rstrip())


def renew(number: FeedNumber, round_name: RoundName = None) -> None:
    """Give a calendar link a new address."""
    with changing(round_name) as (here, session, round_):
        link = _feed(session, round_, number)
        renew_link(session, link, here.office.keyring, by=here.by)
        address = here.office.keyring.address(link)
    say(f"Den gamla adressen är stängd. Den nya: {address}")


def revoke(number: FeedNumber, round_name: RoundName = None) -> None:
    """Close a calendar link."""
    with changing(round_name) as (here, session, round_):
        revoke_link(session, _feed(session, round_, number), by=here.by)
    say(f"Prenumeration {number} är avslutad.")


def _feed(session: Session, round_: Round, number: int) -> Link:

    found = {link.id: link for link in feeds_of(session, round_)}
    if number not in found:
        raise NotFound(f"Det finns ingen prenumeration {number}. Se: agenda calendar list")
    return found[number]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    made = group(app, "calendar", COMMANDS["calendar"].summary, "agenda calendar export agenda.ics")
    add(
        made,
        export,
        "Skriv omgångens dagar till en kalenderfil.",
        "agenda calendar export agenda.ics",
        "agenda calendar export bracke.ics --organisation bracke",
    )
    add(
        made,
        subscribe_to,
        "Skapa en länk som ett kalenderprogram prenumererar på.",
        "agenda calendar subscribe --label Staben",
        "agenda calendar subscribe --organisation bracke",
        "agenda calendar subscribe --kind workshop --kind meeting",
        name="subscribe",
    )
    add(made, list_feeds, "Visa prenumerationerna.", "agenda calendar list", name="list")
    add(made, renew, "Byt adress på en prenumeration.", "agenda calendar renew 1")
    add(made, revoke, "Avsluta en prenumeration.", "agenda calendar revoke 1")
