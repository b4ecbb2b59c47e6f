"""`agenda link`: the personal links: who has one, a new address, closing one, a change of key."""

from typing import Annotated

import typer
from sqlmodel import Session

from agenda.installation.rekeying import former_links, is_in_use
from agenda.installation.signature import write
from agenda.links.links import renew as renew_only
from agenda.links.links import revoke
from agenda.links.personal import links_of
from agenda.models import Link, Purpose, Round, identity
from agenda.rounds.finding import find_invitation
from agenda.storage.store import transaction
from agenda.words.addresses import shown_address
from agenda.words.errors import NotFound
from notifications.acts.extensions import renew_extension_link
from notifications.acts.links import renew_link
from portal.cli.commands import COMMANDS
from portal.cli.terminal.options import ActivityKey, AsJson, OrganisationKey, RoundName, add, group
from portal.cli.terminal.output import count, say, show_json
from portal.cli.terminal.visit import Visit, changing, looking, visit

LinkNumber = Annotated[int, typer.Argument(metavar="NUMMER", help="Se agenda link list.")]


def list_links(
    organisation: OrganisationKey,
    activity: ActivityKey,
    round_name: RoundName = None,
    as_json: AsJson = False,
) -> None:
    """List who has an open link to a reply; never the links themselves."""
    with looking(round_name) as (_, session, round_):
        found = [
            {"id": link.id, "name": link.name, "address": link.address}
            | {"created_at": link.created_at}
            for link in _links(session, round_, organisation, activity)
        ]
    if as_json:
        show_json({"links": found})
        return
    if not found:
        say("Ingen har någon öppen länk dit. Nästa brev får en ny.")
    for link in found:
        whose = f"{link['name']} {shown_address(str(link['address']))}" if link["name"] else ""
        say(f"{link['id']}  {whose or 'organisationens egen'}")


def renew(
    number: LinkNumber,
    organisation: OrganisationKey,
    activity: ActivityKey,
    round_name: RoundName = None,
) -> None:
    """Give a link a new address and mail it to whoever has it."""
    with changing(round_name) as (here, session, round_):
        link = _link(session, round_, organisation, activity, number)
        renew_link(session, here.office, link, by=here.by)
    say(f"Länk {number} har en ny adress, som mejlas nu. Den gamla öppnar inget mer.")


def close(
    number: LinkNumber,
    organisation: OrganisationKey,
    activity: ActivityKey,
    round_name: RoundName = None,
) -> None:
    """Close a link, and those of the colleagues that were invited through it."""
    with changing(round_name) as (here, session, round_):
        link = _link(session, round_, organisation, activity, number)
        revoke(session, link, by=here.by)
    say(f"Länk {number} är stängd, och de länkar som kollegor fick genom den.")


def rekey() -> None:
    """Make every link of a former key anew, and mail those that are in use."""
    with visit(is_rekeying=True) as here, transaction(here.engine) as session:
        write(session, here.settings, now=here.now)
        replies, mailed = _rekey_replies(session, here)
        decisions, mailed_too = _rekey_decisions(session, here)
        addresses = _rekey_feeds(session, here)
    say(
        f"{count(replies + decisions, 'länk', 'länkar')} har ny adress, "
        f"{mailed + mailed_too} av dem mejlas nu. "
        "AGENDA_FORMER_SECRET_KEY behövs inte längre."
    )
    for number, label, address in addresses:
        say(f"Ny kalenderadress att lämna ut, {' '.join(filter(None, (str(number), label)))}:")
        say(f"  {address}")


def _rekey_replies(session: Session, here: Visit) -> tuple[int, int]:
    """The links to replies: how many are made anew, and how many of them are mailed."""
    office, mailed = here.office, 0
    links = former_links(session, office.keyring, Purpose.REPLY)
    for link in links:
        if is_in_use(session, link):
            renew_link(session, office, link, by=here.by)
            mailed += 1
        else:
            renew_only(session, link, office.keyring, by=here.by)
    return len(links), mailed


def _rekey_decisions(session: Session, here: Visit) -> tuple[int, int]:
    """The same of the links to decisions on more time."""
    office = here.office
    links = former_links(session, office.keyring, Purpose.DECISION)
    mailed = sum(renew_extension_link(session, office, link, by=here.by) for link in links)
    return len(links), mailed


def _rekey_feeds(session: Session, here: Visit) -> list[tuple[int | None, str, str]]:
    """The calendars, which nobody is mailed: each one's number, label and new address."""
    keyring = here.office.keyring
    feeds = former_links(session, keyring, Purpose.FEED)
    for feed in feeds:
        renew_only(session, feed, keyring, by=here.by)
    return [(feed.id, feed.label, keyring.address(feed)) for feed in feeds]


def _links(session: Session, round_: Round, organisation: str, activity: str) -> list[Link]:

    found, _, _ = find_invitation(
        session, round_, organisation=organisation, activity=activity, locks=False
    )
    return links_of(session, identity(found))


def _link(session: Session, round_: Round, organisation: str, activity: str, number: int) -> Link:
    for link in _links(session, round_, organisation, activity):
        if link.id == number:
            return link
    raise NotFound(
        f"Det finns ingen öppen länk {number} där. Se: agenda link list {organisation} {activity}"
    )


def register(app: typer.Typer) -> None:
    """Add the commands."""
    made = group(app, "link", COMMANDS["link"].summary, "agenda link list bracke inspel")
    add(
        made,
        list_links,
        "Visa vilka som har en öppen länk till ett svar.",
        "agenda link list bracke inspel",
        name="list",
    )
    add(
        made,
        renew,
        "Byt adress på en länk och mejla den nya till den som har länken.",
        "agenda link renew 3 bracke inspel",
    )
    add(
        made,
        close,
        "Stäng en länk, och de länkar som kollegor fick genom den.",
        "agenda link revoke 3 bracke inspel",
        name="revoke",
    )
    add(
        made,
        rekey,
        "Gör nya länkar efter ett byte av den hemliga nyckeln.",
        "agenda link rekey",
    )
