"""One letter per organisation, step and address, whatever roles the address has."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from agenda.models import Contact, Organisation
from agenda.plan.model import Role
from agenda.rounds.facts import situation
from agenda.storage.store import reading, transaction
from notifications.outbox.recipients import Turn, coordinators
from tests.rounds_under_way import (
    COORDINATOR,
    OFFICE,
    PLAN,
    RoundUnderWay,
    a_plan,
    address,
    manager,
    sv,
)

CAPITALS = "Kommun@Berg.Example"


def add_contacts(engine: Engine, *rows: tuple[str, str, Role]) -> None:
    """More contacts of Bergs kommun: name, address, role."""
    with transaction(engine) as session:
        berg = session.exec(select(Organisation).where(Organisation.key == "berg")).one()
        for name, at, role in rows:
            session.add(Contact(organisation_id=berg.id, name=name, address=at, role=role))


@pytest.mark.parametrize(
    ("spelling", "role"),
    [
        (CAPITALS, Role.PRIMARY),
        (CAPITALS, Role.COPY),
        (CAPITALS, Role.ESCALATION),
        (address("berg"), Role.COPY),
        (address("berg"), Role.ESCALATION),
    ],
)
def test_an_address_in_two_roles_gets_each_step_once(engine: Engine, spelling: str, role: Role):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    add_contacts(engine, ("Registratorn igen", spelling, role))

    for at in ("2020-05-08 08:00", "2020-09-18 08:00", "2020-10-05 08:00", "2020-10-07 08:00"):
        under_way.attend(at)

    seen = [line.split()[2:] for line in under_way.mails if "kommun@berg" in line.casefold()]
    assert len({(step, to.casefold()) for step, to in seen}) == len(seen)
    steps = [step for step, _ in seen]
    assert steps == sorted(set(steps), key=steps.index)
    assert steps[0] == "invitation"
    # The strongest role keeps its name: the letters asked for are addressed to the primary.
    assert {to for step, to in seen if not step.startswith("escalation")} == {address("berg")}


def test_a_manager_who_is_listed_twice_is_asked_for_help_once(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    add_contacts(engine, ("Direktören", manager("berg").upper(), Role.ESCALATION))

    under_way.attend("2020-05-08 08:00")
    under_way.attend("2020-10-05 08:00")
    under_way.attend("2020-10-06 08:00")
    under_way.attend("2020-10-07 08:00")

    asked = [line.split()[3] for line in under_way.mails if " escalation-" in line]
    assert asked == [manager("berg"), COORDINATOR]


def test_a_coordinator_who_is_whom_an_organisation_escalates_to_gets_the_letter_itself(
    engine: Engine,
):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    add_contacts(engine, ("Samordnaren", COORDINATOR.upper(), Role.ESCALATION))

    under_way.attend("2020-05-08 08:00")
    under_way.attend("2020-10-05 08:00")
    under_way.attend("2020-10-06 08:00")
    under_way.attend("2020-10-07 08:00")

    asked = [line.split()[3] for line in under_way.mails if " escalation-" in line]
    assert asked == [manager("berg"), COORDINATOR.upper()]


def test_two_of_an_organisation_that_differ_in_more_than_case_get_a_letter_each(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    add_contacts(engine, ("Kollegan", "kommun2@berg.example", Role.COPY))

    under_way.attend("2020-05-08 08:00")

    assert [line.split()[3] for line in under_way.mails] == [
        address("berg"),
        "kommun2@berg.example",
    ]


def test_an_alert_to_the_coordinators_own_address_is_the_same_letter(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    office = replace(OFFICE, alerts=(COORDINATOR.upper(), "larm@regionen.example"))

    with reading(engine) as session:
        turn = Turn(
            session, office, situation(session, under_way.activity_id()), sv("2020-06-01 10:00")
        )
        found = [recipient.address for recipient in coordinators(turn)]

    assert found == [PLAN.coordinator.address, "larm@regionen.example"]
