"""Every door with the tokens of every purpose: its own it knows, all others are unknown to it."""

from typing import NamedTuple

import pytest
from httpx import Response

from agenda.calendar.feeds import subscribe
from agenda.links.decisions import make_extension_link
from agenda.links.links import find, open_links, renew, revoke
from agenda.links.personal import invite_colleague, organisation_link
from agenda.models import ExtensionRequest, Purpose
from agenda.register import By
from agenda.rounds.round import find_round
from agenda.storage.store import reading, transaction
from notifications.office import Office
from portal.door.protection import Gates
from tests.door import Door
from tests.portal.deciding.asked import ask
from tests.portal.deciding.test_deciding_links import BELOW_A_REPLY, POSTS_OF_A_REPLY

DOORS = {
    Purpose.REPLY: (
        *(("GET", f"/svar/{{}}{path}") for path in BELOW_A_REPLY),
        *(("POST", f"/svar/{{}}{path}") for path in POSTS_OF_A_REPLY),
    ),
    Purpose.DECISION: (("GET", "/anstand/{}"), ("POST", "/anstand/{}")),
    Purpose.FEED: (("GET", "/kalender/{}.ics"), ("GET", "/kalender/{}")),
}
"""Where the portal takes a token of each purpose."""
UNKNOWN = "x" * 43


class Token(NamedTuple):
    """A token of a purpose, and whether it still opens something."""

    purpose: Purpose
    token: str
    is_open: bool = True


def tokens_of(door: Door) -> list[Token]:
    """Tokens of every purpose: those that open, those that were renewed, those that are closed."""
    ask(door)
    keyring = Office.of(door.settings).keyring
    with transaction(door.engine) as session:
        known, by = find_round(session, None), By.person("x", door.now)
        own = organisation_link(
            session, door.invitation(session, "bracke", "inspel"), keyring, now=door.now
        )
        colleague = {"name": "A", "address": "a@bracke.example", "now": door.now}
        coordinator = {"name": "B", "address": "b@regionen.example", "now": door.now}
        request = session.get_one(
            ExtensionRequest, open_links(session, Purpose.DECISION)[0].extension_request_id
        )
        made = [
            *(invite_colleague(session, own, keyring, **colleague) for _ in range(3)),
            *(make_extension_link(session, request, keyring, **coordinator) for _ in range(3)),
            *(subscribe(session, known, keyring, by=by) for _ in range(3)),
        ]
        found = []
        for number, link in enumerate(made):
            found.append(Token(link.purpose, keyring.token(link), is_open=number % 3 == 0))
            if number % 3 == 1:
                renew(session, link, keyring, by=by)
                found.append(Token(link.purpose, keyring.token(link)))
            if number % 3 == 2:
                revoke(session, link, by=by)
        return [Token(Purpose.REPLY, keyring.token(own)), *found]


def knock(door: Door, method: str, path: str, token: str) -> Response:
    # Nobody has to wait, however many unknown ones have come.
    door.client.app.state.gates = Gates()
    return door.client.request(method, path.format(token), headers=door.headers)


def answer_to(door: Door, method: str, path: str, token: str) -> tuple[int, dict[str, str], str]:
    answer = knock(door, method, path, token)
    return answer.status_code, dict(answer.headers), answer.text.replace(token, UNKNOWN)


def test_every_purpose_has_its_doors() -> None:
    assert set(DOORS) == set(Purpose)


@pytest.mark.parametrize("purpose", Purpose)
def test_a_token_of_another_purpose_gets_what_an_unknown_one_gets(
    door: Door, purpose: Purpose
) -> None:
    tokens = tokens_of(door)
    before = door.digest()
    for method, path in DOORS[purpose]:
        unknown = answer_to(door, method, path, UNKNOWN)
        assert unknown[0] == 404
        for one in tokens:
            if one.purpose is not purpose:
                assert answer_to(door, method, path, one.token) == unknown, (method, path, one)
    assert door.digest() == before


@pytest.mark.parametrize("purpose", Purpose)
def test_a_door_opens_to_the_open_tokens_of_its_own_purpose(door: Door, purpose: Purpose) -> None:
    _, path = DOORS[purpose][0]
    tokens = tokens_of(door)
    opened = {one.token: knock(door, "GET", path, one.token).status_code == 200 for one in tokens}
    assert opened == {one.token: one.is_open and one.purpose is purpose for one in tokens}


def test_a_token_is_found_by_its_own_purpose_alone(door: Door) -> None:
    tokens = tokens_of(door)
    with reading(door.engine) as session:
        for one in tokens:
            found = {purpose: find(session, purpose, one.token) for purpose in Purpose}
            assert {purpose for purpose, what in found.items() if what} == {one.purpose}
            assert found[one.purpose].is_open is one.is_open
