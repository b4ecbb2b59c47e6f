"""`agenda register`: it reads as a register, in Swedish words and Swedish time."""

import pwd
import re

import pytest

from agenda.links.personal import organisation_link
from agenda.models import RegisterEntry
from agenda.people.coordinators import coordinators_at_work
from agenda.register import By, Subject, What, record
from agenda.storage.store import reading, transaction
from notifications.readings.register_lines import WORDS
from tests.rounds_under_way import OFFICE, PLAN, sv


def test_every_act_has_words():
    assert [what for what in What if what.value not in WORDS] == []


def test_no_line_of_a_round_holds_machine_words_or_times(desk, under_way):
    desk("step", "hold", "inspel", "reminder-5")
    desk("activity", "done", "inspel", "--yes")
    desk("activity", "reopen", "inspel", "--yes")

    ran = desk("register", "list", "--all")

    assert (ran.code, ran.err) == (0, "")
    for machine in (r"\dT\d", r"\+00:00", r"nothing_to_report", r"submission", r"<[0-9a-f]{20}"):
        assert not re.search(machine, ran.out), machine
    assert "påminnelse, 5 arbetsdagar kvar" in ran.out


def test_a_letter_is_told_by_its_subject_and_its_reader(desk, under_way):
    sent = [line for line in desk("register", "list", "--all").lines if "brev skickat" in line]

    [bergs] = [line for line in sent if "2020-05-08" in line and "berg.example" in line]
    assert bergs.startswith("fre 2020-05-08 08.00  utskick: brev skickat, ”")
    assert "” till Registrator, Bergs kommun, kommun@berg.example" in bergs


def test_who_came_through_a_link_is_named(desk, started):
    with transaction(started.engine) as session:
        invitation = started.invitation(session, "bracke")
        link = organisation_link(session, invitation, OFFICE.keyring, now=sv("2020-09-01 10:00"))
        record(
            session,
            By.holder(link.id, sv("2020-09-01 10:00")),
            What.LINK_RENEWED,
            Subject(f"länk {link.id}", started.id),
        )

    assert desk("register", "list").lines[-1] == (
        "tis 2020-09-01 10.00  Bräcke kommun: länk utbytt, länken för Bräcke kommun till inspel"
    )


def test_a_person_who_is_called_like_a_link_is_not_taken_for_its_holder(desk, started):
    with transaction(started.engine) as session:
        invitation = started.invitation(session, "bracke")
        link = organisation_link(session, invitation, OFFICE.keyring, now=sv("2020-09-01 10:00"))
        called = f"länk {link.id}"

    desk("--as", called, "activity", "done", "inspel", "--yes")

    [line] = [one for one in desk("register", "list").lines if "aktivitet klar" in one]
    assert f"  {called}: aktivitet klar" in line


def test_a_link_in_a_line_from_before_is_named_too(desk, started):
    with transaction(started.engine) as session:
        invitation = started.invitation(session, "bracke")
        link = organisation_link(session, invitation, OFFICE.keyring, now=sv("2020-09-01 10:00"))
        line = RegisterEntry(at=sv("2020-09-01 10:00"), who=f"länk {link.id}", what="link_renewed")
        session.add(line)

    assert desk("register", "list").lines[-1].endswith("  Bräcke kommun: länk utbytt")


def account(name, number, gecos):
    return lambda _: pwd.struct_passwd((name, "x", number, number, gecos, "/", "/bin/sh"))


@pytest.mark.parametrize(
    ("user", "found", "who"),
    [
        ("asta", account("asta", 1000, "Asta Samordnare,,,"), "Asta Samordnare"),
        ("asta", account("asta", 1000, ""), "asta"),
        ("root", account("root", 0, "root"), f"{PLAN.coordinator.name} (konto root)"),
        ("agenda", account("agenda", 998, ""), f"{PLAN.coordinator.name} (konto agenda)"),
    ],
)
def test_who_acts_is_a_person(desk, started, monkeypatch, user, found, who):
    monkeypatch.delenv("AGENDA_USER")
    monkeypatch.setattr("getpass.getuser", lambda: user)
    monkeypatch.setattr("pwd.getpwnam", found)

    desk("activity", "done", "inspel", "--yes")

    last = desk("register", "list", "--subject", "inspel", "--json").document["entries"][-1]
    assert (last["what"], last["who"]) == ("activity_done", who)


@pytest.mark.parametrize(
    ("named", "is_known"),
    [
        (PLAN.coordinator.name, True),
        (PLAN.coordinator.address.upper(), True),
        (f"{PLAN.coordinator.name} vikarie", False),
    ],
)
def test_a_coordinators_own_name_or_address_says_which_one_acts(desk, started, named, is_known):
    with reading(started.engine) as session:
        [coordinator] = coordinators_at_work(session)

    desk("--as", named, "activity", "done", "inspel", "--yes")

    last = desk("register", "list", "--subject", "inspel", "--json").document["entries"][-1]
    assert (last["who"], last["actor_kind"]) == (named, "person")
    assert last["actor_id"] == (coordinator.id if is_known else None)


def test_a_shared_account_proves_no_identity(desk, started, monkeypatch):
    monkeypatch.delenv("AGENDA_USER")
    monkeypatch.setattr("getpass.getuser", lambda: "root")
    monkeypatch.setattr("pwd.getpwnam", account("root", 0, "root"))

    desk("activity", "done", "inspel", "--yes")

    last = desk("register", "list", "--subject", "inspel", "--json").document["entries"][-1]
    assert last["who"] == f"{PLAN.coordinator.name} (konto root)"
    assert (last["actor_kind"], last["actor_id"]) == ("person", None)


def test_a_shared_account_without_a_round_says_only_what_is_known(own_desk, monkeypatch):
    monkeypatch.delenv("AGENDA_USER")
    monkeypatch.setattr("getpass.getuser", lambda: "root")
    monkeypatch.setattr("pwd.getpwnam", account("root", 0, "root"))
    own_desk.at("2020-04-01 10:00")

    own_desk("round", "start")

    entries = own_desk("register", "list", "--json").document["entries"]
    assert entries[0]["who"] == "konto root"
