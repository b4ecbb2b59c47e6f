"""`agenda person`: who may come to the desk, and a way in for who has the machine itself."""

from typing import Annotated, Any

import typer
from sqlmodel import Session

from agenda.models import Coordinator, DeskRole, Round
from agenda.people import signing_in
from agenda.people.roles import (
    add_person,
    everybody,
    find_person,
    give_role,
    let_go,
    only_person,
    rounds_of,
)
from agenda.rounds.round import find_round, open_rounds
from agenda.storage.store import reading, transaction
from notifications.acts.signing_in import address_of
from portal.cli.commands import COMMANDS
from portal.cli.terminal.options import AsJson, RoundName, add, group
from portal.cli.terminal.output import say, show_json
from portal.cli.terminal.visit import visit

ROLES = {"samordnar": DeskRole.COORDINATOR, "läser": DeskRole.READER}


def a_role(typed: str) -> DeskRole:
    """What somebody may do in a round, in Swedish or English."""
    known = ROLES | {role.value: role for role in DeskRole}
    if typed not in known:
        raise typer.BadParameter(f"rollen {typed} finns inte. Välj {' eller '.join(ROLES)}")
    return known[typed]


Who = Annotated[str, typer.Argument(metavar="PERSON", help="E-postadressen, eller namnet.")]


def list_people(as_json: AsJson = False) -> None:
    """List who may come to the desk."""
    with visit() as here, reading(here.engine) as session:
        found = [_line(session, person) for person in everybody(session)]
    if as_json:
        show_json({"people": found})
        return
    if not found:
        say('Ingen. Lägg till någon med: agenda person add "Anna Ek" anna@regionen.se')
    for line in found:
        say(f"{line['name']}, {line['address']}")
        for known, role in line["rounds"].items():
            say(f"    {known}: {_in_swedish(role)}")
        if line["may_start_rounds"]:
            say("    får starta omgångar")


def _line(session: Session, person: Coordinator) -> dict[str, Any]:
    mine = rounds_of(session, person.id or 0)
    return {
        "name": person.name,
        "address": person.address,
        "may_start_rounds": person.may_start_rounds,
        "rounds": {one.round.name: one.role.value for one in mine},
    }


def _in_swedish(role: str) -> str:
    return next(words for words, known in ROLES.items() if known.value == role)


def add_somebody(
    name: Annotated[str, typer.Argument(metavar="NAMN", help="Som diariet ska kalla personen.")],
    address: Annotated[str, typer.Argument(metavar="ADRESS", help="E-postadressen.")],
    role: Annotated[
        DeskRole,
        typer.Option("--role", metavar="ROLL", parser=a_role, help="samordnar eller läser."),
    ] = DeskRole.COORDINATOR,
    may_start: Annotated[
        bool, typer.Option("--may-start", help="Får starta nya omgångar.")
    ] = False,
    round_name: RoundName = None,
) -> None:
    """Let somebody come to the desk, and see a round there if there is one."""
    with visit() as here, transaction(here.engine) as session:
        known = _round(session, round_name)
        person = add_person(
            session, name=name, address=address, by=here.by, may_start_rounds=may_start
        )
        if known is not None:
            give_role(session, known, person, role, by=here.by)
    where = f" och {_in_swedish(role.value)} omgång {known.name}" if known else ""
    say(f"{person.name} kan logga in med {person.address}{where}.")


def _round(session: Session, name: str | None) -> Round | None:
    """The round that is meant; none where none is named and none is under way."""
    return find_round(session, name) if name or open_rounds(session) else None


def remove(who: Who) -> None:
    """Let somebody come to the desk no longer."""
    with visit() as here, transaction(here.engine) as session:
        person = find_person(session, who)
        let_go(session, person, by=here.by)
    say(f"{person.name} kommer inte in längre och är utloggad överallt.")


def sign_in(who: Who = "") -> None:
    """Print an address that signs somebody in, for who sits at this machine."""
    with visit() as here, transaction(here.engine) as session:
        person = find_person(session, who) if who else only_person(session)
        token = signing_in.let_in_anywhere(session, person, now=here.now)
    say(address_of(here.office, token))
    say("Adressen gäller i tio minuter och en enda gång. Den som har den kommer in.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    person = group(app, "person", COMMANDS["person"].summary, "agenda person list")
    add(
        person,
        list_people,
        "Visa vilka som kan logga in, och vad de får göra.",
        "agenda person list",
        name="list",
    )
    add(
        person,
        add_somebody,
        "Låt någon logga in på samordnarens bord.",
        'agenda person add "Anna Ek" anna@regionen.se',
        'agenda person add "Bo Ö" bo@regionen.se --role läser',
        name="add",
    )
    add(
        person,
        remove,
        "Låt någon inte logga in längre.",
        "agenda person remove anna@regionen.se",
    )
    add(
        person,
        sign_in,
        "Skriv en adress att logga in med, för den som sitter vid datorn.",
        "agenda person sign-in",
        "agenda person sign-in anna@regionen.se",
        name="sign-in",
    )
