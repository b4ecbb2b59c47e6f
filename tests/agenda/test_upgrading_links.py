"""From version 0009 to 0010: the links that are out open what they opened, by the same tokens."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from agenda.links.decisions import make_extension_link
from agenda.links.keyring import Keyring, derived_token, token_hash
from agenda.links.links import find, open_links
from agenda.models import ExtensionRequest, Link, Message, Purpose
from agenda.storage.schema import migrate
from agenda.storage.store import open_engine, reading, transaction
from tests.agenda.copies import NOW
from tests.agenda.test_upgrading_decisions import AT, ROWS
from tests.agenda.upgrades import everything, make_former, upgrades_cut_short

KEYRING = Keyring(b"the key of the installation", "https://agenda.example")
FORMER = derived_token(KEYRING.key, "own:1")
TOKENS = {
    # As they were made in version 0009, and stand in mails.
    **{name: derived_token(KEYRING.key, f"{name}:{n}") for name, n in (("own", 2), ("anna", 1))},
    **{name: derived_token(KEYRING.key, f"extension:{name}") for name in ("asta", "bo")},
    "staff": derived_token(KEYRING.key, "feed:staff:3"),
    "berg": derived_token(KEYRING.key, "feed:berg:1"),
}
HASHES = {name: token_hash(token) for name, token in TOKENS.items()}
LINKS = (
    f"UPDATE link SET uid = 'own', generation = 2, token_hash = '{HASHES['own']}'",
    "INSERT INTO link (id, uid, invitation_id, name, address, invited_by_id, generation, "
    f"token_hash, created_at) VALUES (2, 'anna', 1, 'Anna', 'anna@berg.example', 1, 1, "
    f"'{HASHES['anna']}', '{AT}')",
    f"INSERT INTO formertoken (token_hash, link_id) VALUES ('{token_hash(FORMER)}', 1)",
    "INSERT INTO extensionlink (id, uid, extension_request_id, name, address, token_hash, "
    f"created_at, revoked_at) VALUES (1, 'asta', 1, 'Asta', 'asta@region.example', "
    f"'{HASHES['asta']}', '{AT}', '{AT}'), "
    f"(7, 'bo', 3, 'Bo', 'bo@region.example', '{HASHES['bo']}', '{AT}', NULL)",
    "INSERT INTO feedlink (id, uid, round_id, organisation_id, kinds, label, generation, "
    f"token_hash, created_at) VALUES (1, 'staff', 1, NULL, 'input meeting', 'Staben', 3, "
    f"'{HASHES['staff']}', '{AT}'), (2, 'berg', 1, 1, '', '', 1, '{HASHES['berg']}', '{AT}')",
    "INSERT INTO message (id, key, round_id, audience, step_key, step, template, is_prompt, "
    "recipient_name, recipient, language, subject, text, html, text_links, html_links, worded_of, "
    "extension_link_id, message_id, queued_at, state, next_attempt_at, attempts, is_uncertain, "
    "outcome) VALUES (2, 'k2', 1, 'coordinator', 's', 's', 'extension_requested', true, 'B', "
    f"'b@b.example', 'sv', 'Ä', 't', 'h', '[]', '[]', '', 7, '<m2>', '{AT}', 'QUEUED', '{AT}', 0, "
    "false, '')",
)


@pytest.fixture
def former(empty_database_url: str) -> Iterator[Engine]:
    """A database of version 0009 with links of every purpose, and mails with them."""
    engine = open_engine(empty_database_url)
    make_former(engine, "0003", *ROWS)
    make_former(engine, "0009", *LINKS)
    yield engine
    engine.dispose()


def assert_as_they_were(engine: Engine) -> None:
    """Every token opens what it opened, is made again of the key, and is in the same mails."""
    purposes = {"asta": Purpose.DECISION, "bo": Purpose.DECISION} | dict.fromkeys(
        ("staff", "berg"), Purpose.FEED
    )
    with reading(engine) as session:
        found = {
            name: find(session, purposes.get(name, Purpose.REPLY), token)
            for name, token in TOKENS.items()
        }
        opened = {
            name: (
                *(one.link.invitation_id, one.link.extension_request_id, one.link.round_id),
                one.is_open,
            )
            for name, one in found.items()
        }
        again = {name: KEYRING.token(one.link) for name, one in found.items()}
        before = find(session, Purpose.REPLY, FORMER)
        mailed = dict(session.exec(select(Message.id, Message.link_id)).all())
    assert opened == {
        "own": (1, None, None, True),
        "anna": (1, None, None, True),
        "asta": (None, 1, None, False),
        "bo": (None, 3, None, True),
        "staff": (None, None, 1, True),
        "berg": (None, None, 1, True),
    }
    assert again == TOKENS
    assert (before.link.id, before.is_former) == (1, True)
    assert mailed == {1: 1, 2: found["bo"].link.id}
    assert [found[name].link.id for name in ("own", "anna")] == [1, 2]
    assert found["anna"].link.invited_by_id == 1


def test_what_is_mailed_opens_what_it_opened_and_is_made_again_of_the_key(former: Engine) -> None:
    migrate(former)
    assert_as_they_were(former)


def test_what_is_known_of_a_link_goes_with_it(former: Engine) -> None:
    migrate(former)
    with reading(former) as session:
        links = {link.uid: link for link in session.exec(select(Link))}
    assert len(links) == 6
    bo, staff, berg = links["bo"], links["staff"], links["berg"]
    assert (bo.name, bo.address, bo.generation) == ("Bo", "bo@region.example", 1)
    assert (staff.kinds, staff.label, staff.generation) == ("input meeting", "Staben", 3)
    assert (staff.organisation_id, berg.organisation_id) == (None, 1)
    assert links["asta"].revoked_at is not None


def test_no_number_of_a_link_is_ever_that_of_another(former: Engine) -> None:
    """What the register and the keys of messages say of link 7 to a decision stays so."""
    migrate(former)
    with transaction(former) as session:
        request = session.get_one(ExtensionRequest, 3)
        made = make_extension_link(session, request, KEYRING, name="A", address="a@b.se", now=NOW)
        numbers = [link.id for link in open_links(session, Purpose.DECISION, Purpose.FEED)]
    assert min(numbers) > 7
    assert made.id == max(numbers)


@pytest.mark.slow
def test_an_upgrade_that_is_cut_short_anywhere_changes_nothing_and_can_be_made_again(
    former: Engine,
) -> None:
    before, times = everything(former), 0
    for version in upgrades_cut_short(former, "0010"):
        times += 1
        assert version == "0009"
        assert everything(former) == before
    assert times > 10
    assert_as_they_were(former)


@pytest.mark.parametrize(
    "change",
    [
        "purpose = 'feed'",
        "purpose = 'decision'",
        "invitation_id = NULL",
        "round_id = 1",
        "extension_request_id = 1",
    ],
)
def test_a_link_opens_one_thing_and_what_its_purpose_says(former: Engine, change: str) -> None:
    migrate(former)
    with pytest.raises(IntegrityError), former.begin() as connection:
        connection.execute(text(f"UPDATE link SET {change} WHERE id = 1"))


def test_a_database_without_a_link_is_upgraded_too(empty_database_url: str) -> None:
    engine = open_engine(empty_database_url)
    make_former(engine, "0009")
    migrate(engine)
    with reading(engine) as session:
        assert open_links(session, *Purpose) == []
    engine.dispose()
