"""Who gets a message of a step, and what the coordinator must know."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine, event

from agenda.plan.model import ContactEntry, OrganisationEntry, Person
from agenda.rounds.facts import situation
from agenda.storage.store import transaction
from notifications.attending import announce
from notifications.notices.queueing import queue_due
from notifications.office import Office
from notifications.outbox.recipients import Turn
from tests.obedient_server import NEVER
from tests.rounds_under_way import COORDINATOR, OFFICE, RoundUnderWay, a_plan, manager, many, sv


def an_organisation(*contacts: tuple[str, str], **more: object) -> OrganisationEntry:
    """Bergs kommun with contacts given as (address, role)."""
    return OrganisationEntry(
        key="berg",
        name="Bergs kommun",
        kind="municipality",
        contacts=tuple(
            ContactEntry(name=f"Kontakt {number}", address=to, role=role)
            for number, (to, role) in enumerate(contacts, start=1)
        ),
        **more,
    )


def invited(engine: Engine, organisation: OrganisationEntry, office: Office = OFFICE):
    under_way = RoundUnderWay(engine, a_plan(organisations=(organisation,)))
    announce(engine, office, activity_id=under_way.activity_id(), now=sv("2020-05-08 08:00"))
    return under_way


def test_every_primary_and_copy_contact_gets_a_message_of_its_own(engine: Engine):
    under_way = invited(
        engine,
        an_organisation(
            ("en@berg.example", "primary"),
            ("chef@berg.example", "escalation"),
            ("kopia@berg.example", "copy"),
            ("tva@berg.example", "primary"),
        ),
    )
    found = under_way.messages()
    assert [(m.recipient, m.recipient_name) for m in found] == [
        ("en@berg.example", "Kontakt 1"),
        ("tva@berg.example", "Kontakt 4"),
        ("kopia@berg.example", "Kontakt 3"),
    ]
    assert len({m.message_id for m in found}) == 3


def test_one_address_in_two_roles_gets_one_message(engine: Engine):
    under_way = invited(
        engine, an_organisation(("a@berg.example", "primary"), ("a@berg.example", "copy"))
    )
    assert [m.recipient for m in under_way.messages()] == ["a@berg.example"]


def test_one_of_two_primary_contacts_refused_leaves_the_other_in_reach(engine: Engine):
    under_way = invited(
        engine, an_organisation(("a@berg.example", "primary"), ("b@berg.example", "primary"))
    )
    under_way.server.always("a@berg.example", NEVER)
    under_way.post("2020-05-08 08:00")
    under_way.attend("2020-08-21 08:00")
    assert under_way.mails == [
        "2020-05-08 08:00 invitation b@berg.example",
        f"2020-08-21 08:00 trouble {COORDINATOR}",
        "2020-08-21 08:00 reminder-30 b@berg.example",
    ]


def test_a_contact_can_be_reached_by_another_channel(engine: Engine):
    url = "workflows://prod.example/abc/def"
    under_way = invited(engine, an_organisation((url, "primary")))
    under_way.post("2020-05-08 08:00")
    assert under_way.mails == [f"2020-05-08 08:00 invitation {url}"]


def test_an_organisation_that_speaks_english_is_written_to_in_english(engine: Engine):
    under_way = invited(engine, an_organisation(("a@berg.example", "primary"), language="en"))
    [message] = under_way.messages()
    assert (message.language, "2 October 2020" in message.text) == ("en", True)


def test_an_organisation_without_an_address_is_told_to_the_coordinator_once(engine: Engine):
    under_way = invited(engine, an_organisation(("chef@berg.example", "escalation")))
    for day in ("05-08", "05-11", "08-21", "09-18"):
        under_way.attend(f"2020-{day} 09:00")
    assert under_way.mails == [f"2020-05-08 09:00 no_address {COORDINATOR}"]
    assert "Bergs kommun" in under_way.outgoing[0].text
    assert under_way.verdicts("2020-09-18 09:00", "berg")["reminder-10 2020-10-02"] == "no_address"


def test_a_missing_answer_of_an_organisation_without_an_address_still_reaches_its_manager(
    engine: Engine,
):
    under_way = invited(engine, an_organisation(("chef@berg.example", "escalation")))
    under_way.attend("2020-10-06 08:00")
    under_way.attend("2020-10-07 08:00")
    assert [line for line in under_way.mails if "escalation" in line] == [
        "2020-10-07 08:00 escalation-3 chef@berg.example",
        f"2020-10-07 08:00 escalation-3 {COORDINATOR}",
    ]


def test_an_escalation_goes_to_the_manager_with_a_copy_that_says_so(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.attend("2020-10-05 08:00")
    under_way.attend("2020-10-06 08:00")
    under_way.attend("2020-10-07 08:00")
    original, copy = under_way.outgoing[-2:]
    assert (original.recipient, copy.recipient) == (manager("berg"), COORDINATOR)
    assert "Kommundirektör, Bergs kommun" in copy.text
    assert original.text != copy.text


def test_the_coordinators_alerts_go_to_every_address_of_the_settings(engine: Engine):
    office = replace(OFFICE, alerts=("jour@regionen.example", COORDINATOR))
    under_way = invited(engine, an_organisation(), office)
    assert [(m.step, m.recipient) for m in under_way.messages()] == [
        ("no_address", COORDINATOR),
        ("no_address", "jour@regionen.example"),
    ]


def test_an_activity_with_a_person_of_its_own_reminds_that_person(engine: Engine):
    eva = Person(name="Eva Ek", address="eva@regionjh.example")
    plan = a_plan(only=["skrivande"])
    activity = plan.activities[0].model_copy(update={"responsible": eva})
    under_way = RoundUnderWay(engine, plan.model_copy(update={"activities": (activity,)}))
    under_way.attend("2020-12-17 08:00", "skrivande")
    under_way.done("2020-12-17 09:00", "skrivande")
    under_way.post("2020-12-17 09:00")
    assert under_way.mails == [
        "2020-12-17 08:00 internal-2 eva@regionjh.example",
        "2020-12-17 09:00 done eva@regionjh.example",
        f"2020-12-17 09:00 done {COORDINATOR}",
    ]


@pytest.mark.parametrize("name", ['Härjedalen, "södra" <x>', "Berg\r\nBcc: x@y.example"])
def test_whatever_an_organisation_is_called_a_subject_is_one_line(engine: Engine, name: str):
    berg = an_organisation(("a@berg.example", "primary")).model_copy(update={"name": name})
    under_way = invited(engine, berg)
    under_way.attend("2020-08-21 08:00")
    under_way.attend("2020-10-05 08:00")
    under_way.attend("2020-10-07 08:00")
    found = under_way.messages()
    assert len({m.template for m in found}) >= 4
    for message in found:
        assert not set(message.subject) & set("\r\n\x00")
        assert "\r" not in message.text
        assert "<x>" not in message.html


def test_a_message_made_in_the_evening_says_the_days_of_the_morning_it_leaves(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.attend("2020-05-08 08:00")
    under_way.look("2020-09-30 22:00")
    under_way.post("2020-10-01 07:00")
    assert under_way.mails[1:] == ["2020-10-01 07:00 reminder-5 kommun@berg.example"]
    assert "i morgon, fredag 2 oktober 2020" in under_way.outgoing[1].text


def statements_of(engine: Engine, work) -> int:
    """How many statements a piece of work sends to the database."""
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_):
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(seen)


def test_a_look_asks_the_database_as_often_for_eighty_organisations_as_for_eight(engine: Engine):
    counts = []
    for number in (8, 80):
        under_way = RoundUnderWay(engine, a_plan(name=f"med {number}", organisations=many(number)))
        under_way.look("2020-05-08 08:00")
        counts.append(
            statements_of(engine, lambda round_=under_way: round_.look("2020-06-08 08:00"))
        )
    assert counts[0] == counts[1]


def test_a_reminder_costs_a_look_and_a_row_for_each_message_and_no_more(engine: Engine):
    counts = {}
    for number in (8, 80):
        under_way = RoundUnderWay(engine, a_plan(name=f"med {number}", organisations=many(number)))
        under_way.attend("2020-05-08 08:00")
        counts[number] = statements_of(
            engine, lambda round_=under_way: round_.look("2020-08-21 08:00")
        )
    assert counts[80] - counts[8] == 2 * (80 - 8)


def queue_and_fail(engine: Engine, activity_id: int) -> None:
    with transaction(engine) as session:
        known = situation(session, activity_id)
        assert len(queue_due(Turn(session, OFFICE, known, sv("2020-05-08 08:00")))) == 1
        raise ZeroDivisionError


def test_a_message_exists_only_when_the_transaction_of_its_cause_commits(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    with pytest.raises(ZeroDivisionError):
        queue_and_fail(engine, under_way.activity_id())
    assert under_way.messages() == []
