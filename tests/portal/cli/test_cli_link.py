"""Personal links, as commands: who has one, a new address, closing one, a change of key."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import col, select

from agenda.calendar.feeds import subscribe
from agenda.installation.rekeying import check_key
from agenda.links.keyring import Keyring
from agenda.links.links import find, open_links
from agenda.links.personal import invite_colleague, organisation_link
from agenda.models import Link, Message, MessageState, Purpose
from agenda.register import By
from agenda.replies.extensions import deny
from agenda.rounds.finding import find_activity, find_invitation
from agenda.rounds.round import find_round
from agenda.storage.store import reading, transaction
from notifications.acts.extensions import request_extension
from notifications.delivery.sending import deliver_ready
from tests.rounds_under_way import OFFICE, PLAN, RoundUnderWay, sv

MORNING = sv("2020-09-21 10:00")
KEYS = {name: f"the {name} key of the tests, 32 or more" for name in ("first", "second")}


@pytest.fixture
def first_key(monkeypatch: pytest.MonkeyPatch) -> Keyring:
    monkeypatch.setenv("AGENDA_SECRET_KEY", KEYS["first"])
    return Keyring(KEYS["first"].encode(), "http://127.0.0.1:8400")


def links_made(started: RoundUnderWay, keyring: Keyring) -> dict[str, str]:
    """Links of an organisation, its colleague and a calendar: their tokens, by name."""
    with transaction(started.engine) as session:
        known = find_round(session, None)
        found, _, _ = find_invitation(session, known, organisation="ragunda", activity="inspel")
        own = organisation_link(session, found, keyring, now=MORNING)
        anna = invite_colleague(
            session, own, keyring, name="Anna Berg", address="anna@ragunda.example", now=MORNING
        )
        feed = subscribe(session, known, keyring, by=By.person("Asta", MORNING), label="Staben")
        made = {"own": keyring.token(own), "anna": keyring.token(anna)}
        return made | {"feed": keyring.token(feed)}


def decisions_asked_for(started: RoundUnderWay, keyring: Keyring, *organisations: str) -> list[str]:
    """More time, asked for by each; the tokens of the links that the coordinator is mailed."""
    office = replace(OFFICE, keyring=keyring)
    with transaction(started.engine) as session:
        for key in organisations:
            found = started.invitation(session, key)
            own = organisation_link(session, found, keyring, now=MORNING)
            request_extension(
                session, office, own, until=date(2020, 10, 16), reason="Nämnd", now=MORNING
            )
        return [keyring.token(link) for link in open_links(session, Purpose.DECISION)]


def opened(started: RoundUnderWay, tokens: dict[str, str]) -> list[str]:
    """Which of them open something."""
    with reading(started.engine) as session:
        links = {name: find(session, Purpose.REPLY, token) for name, token in tokens.items()}
        found = [name for name, link in links.items() if link and link.is_open]
        return found + (["feed"] if find(session, Purpose.FEED, tokens["feed"]).is_open else [])


def new_mails(started: RoundUnderWay) -> list[str]:
    """To whom a new link was mailed."""
    with reading(started.engine) as session:
        query = select(Message.recipient).where(Message.template == "new_link")
        return list(session.exec(query.order_by(col(Message.id))))


def test_links_are_listed_without_the_links_themselves(desk, started, first_key):
    assert desk("link", "list", "ragunda", "inspel").lines == [
        "Ingen har någon öppen länk dit. Nästa brev får en ny."
    ]
    tokens = links_made(started, first_key)
    ran = desk("link", "list", "ragunda", "inspel")
    assert ran.lines == ["1  organisationens egen", "2  Anna Berg anna@ragunda.example"]
    told = desk("link", "list", "ragunda", "inspel", "--json")
    assert [link["id"] for link in told.document["links"]] == [1, 2]
    assert not any(token in told.out for token in tokens.values())


def test_a_link_is_renewed_and_mailed_to_whoever_has_it(desk, started, first_key):
    tokens = links_made(started, first_key)
    ran = desk("link", "renew", "2", "ragunda", "inspel")
    assert (ran.code, ran.lines) == (
        0,
        ["Länk 2 har en ny adress, som mejlas nu. Den gamla öppnar inget mer."],
    )
    assert opened(started, tokens) == ["own", "feed"]
    assert new_mails(started) == ["anna@ragunda.example"]
    assert started.register("link_renewed") == [""]


def test_a_link_is_closed_with_those_that_came_of_it(desk, started, first_key):
    tokens = links_made(started, first_key)
    ran = desk("link", "revoke", "1", "ragunda", "inspel")
    assert ran.lines == ["Länk 1 är stängd, och de länkar som kollegor fick genom den."]
    assert opened(started, tokens) == ["feed"]
    ran = desk("link", "revoke", "1", "ragunda", "inspel")
    assert (ran.code, ran.err.strip()) == (
        2,
        "Det finns ingen öppen länk 1 där. Se: agenda link list ragunda inspel",
    )


def test_another_organisations_link_is_not_closed_by_its_number(desk, started, first_key):
    tokens = links_made(started, first_key)
    assert desk("link", "revoke", "1", "bracke", "inspel").code == 2
    assert opened(started, tokens) == ["own", "anna", "feed"]


def test_during_a_change_of_key_both_are_accepted_and_then_one(
    desk, started, first_key, monkeypatch
):
    tokens = links_made(started, first_key)
    monkeypatch.setenv("AGENDA_SECRET_KEY", KEYS["second"])
    monkeypatch.setenv("AGENDA_FORMER_SECRET_KEY", KEYS["first"])
    both = Keyring(KEYS["second"].encode(), first_key.portal_url, KEYS["first"].encode())
    with reading(started.engine) as session:
        check_key(session, both)
        assert both.token(session.get_one(Link, 1)) == tokens["own"]
    assert opened(started, tokens) == ["own", "anna", "feed"]
    ran = desk("link", "rekey")
    assert ran.lines[0] == (
        "2 länkar har ny adress, 2 av dem mejlas nu. AGENDA_FORMER_SECRET_KEY behövs inte längre."
    )
    assert opened(started, tokens) == []
    assert new_mails(started) == ["kommun@ragunda.example", "anna@ragunda.example"]
    one = both._replace(former_key=None)
    with reading(started.engine) as session:
        check_key(session, one)
        [feed] = open_links(session, Purpose.FEED)
    assert [line.strip() for line in ran.lines[1:3]] == [
        f"Ny kalenderadress att lämna ut, {feed.id} Staben:",
        one.address(feed),
    ]
    assert desk("link", "rekey").lines[0].startswith("0 länkar har ny adress, 0 av dem")


def test_links_that_nobody_needs_are_made_anew_without_a_mail(
    desk, started, first_key, monkeypatch
):
    tokens = links_made(started, first_key)
    with transaction(started.engine) as session:
        find_activity(session, find_round(session, None), "inspel").done_at = MORNING
    monkeypatch.setenv("AGENDA_SECRET_KEY", KEYS["second"])
    assert desk("link", "rekey").lines[0].startswith("2 länkar har ny adress, 0 av dem mejlas nu.")
    assert (opened(started, tokens), new_mails(started)) == ([], [])


def test_a_link_to_a_decision_is_closed_and_mailed_anew_while_it_is_to_be_made(
    desk, started, first_key, monkeypatch
):
    tokens = decisions_asked_for(started, first_key, "ragunda", "berg")
    with transaction(started.engine) as session:
        berg = started.invitation(session, "berg")
        deny(session, berg, by=By.person("Asta", MORNING), note="Nej.")
    monkeypatch.setenv("AGENDA_SECRET_KEY", KEYS["second"])
    ran = desk("link", "rekey")
    assert ran.lines[0].startswith("4 länkar har ny adress, 3 av dem mejlas nu.")
    with reading(started.engine) as session:
        assert all(find(session, Purpose.DECISION, token).link.revoked_at for token in tokens)
        [link] = open_links(session, Purpose.DECISION)
        second = first_key._replace(key=KEYS["second"].encode())
        assert find(session, Purpose.DECISION, second.token(link)).link == link
        assert (link.name, link.address) == (PLAN.coordinator.name, PLAN.coordinator.address)
        check_key(session, second)
    office = replace(OFFICE, keyring=second)
    list(deliver_ready(started.engine, started.server, office, now=lambda: MORNING))
    assert list(started.states("extension_requested").values()) == [MessageState.SENT]
    assert [m.state for m in started.messages("extension_requested")] == [
        *(MessageState.WITHDRAWN, MessageState.WITHDRAWN),
        MessageState.SENT,
    ]


def test_with_a_key_that_the_links_are_not_made_of_nothing_dead_is_mailed(
    desk, started, first_key, monkeypatch
):
    links_made(started, first_key)
    monkeypatch.setenv("AGENDA_SECRET_KEY", KEYS["second"])
    ran = desk("attend", "--all")
    assert (ran.code, "agenda link rekey" in ran.err) == (3, True)
    assert started.messages() == []
