"""A link to a decision opens that decision and nothing else; a GET of it changes nothing."""

import logging
from dataclasses import replace
from datetime import date, timedelta

import pytest
from limits import RateLimitItemPerDay
from sqlmodel import select

from agenda.links.links import find, open_links, revoke
from agenda.links.personal import links_of, organisation_link, organisation_links
from agenda.models import Message, Purpose
from agenda.register import By, entries
from agenda.storage.store import reading, transaction
from notifications.acts.extensions import request_extension
from notifications.delivery.still_true import objection
from notifications.letters.link_places import PLACEHOLDER
from notifications.office import Office
from portal.door.protection import Gates
from tests.door import Door, Reader
from tests.portal.deciding.asked import addresses, ask, choose, decide

BELOW_A_REPLY = (
    *("", "/granska", "/kvitto", "/versioner/1", "/inget", "/avstar", "/anstand", "/kollega"),
    *("/ny-lank", "/rostsedel", "/rostsedel/granska", "/fil/1", "/svarsfil/1", "/underlag/1"),
)
POSTS_OF_A_REPLY = (
    *("", "/utkast", "/skicka", "/inget", "/avstar", "/anstand", "/kollega", "/ny-lank"),
)


def token_of(address: str) -> str:
    return address.rpartition("/")[2]


def test_nothing_below_a_reply_is_opened_with_a_link_to_a_decision(door: Door) -> None:
    decision = token_of(ask(door))
    proof = door.form(f"{door.link()}/inget").pairs
    own_proof = door.form(f"/anstand/{decision}").pairs
    before = door.digest()
    for path in BELOW_A_REPLY:
        answer = door.client.get(f"/svar/{decision}{path}")
        assert answer.status_code == 404, path
        assert "<h1>Länken går inte att öppna</h1>" in answer.text, path
    for path in POSTS_OF_A_REPLY:
        for pairs in (proof, own_proof):
            assert door.post(f"/svar/{decision}{path}", pairs).status_code == 404, path
    assert door.digest() == before


def test_nothing_is_decided_with_a_link_to_a_reply_or_to_another_request(door: Door) -> None:
    home, reply = ask(door), door.link()
    other = ask(door, organisation="ragunda")
    confirmed = [("_beslut", "bevilja"), ("dag", "2020-10-16"), ("_bekraftat", "1")]
    proofs = [dict(door.form(one).pairs)["_prov"] for one in (home, other, f"{reply}/inget")]
    before = door.digest()
    for proof in proofs:
        assert door.post(f"/anstand/{token_of(reply)}", [("_prov", proof), *confirmed]).is_error
    for proof in proofs[1:]:
        assert door.post(home, [("_prov", proof), *confirmed]).status_code == 403
    assert door.digest() == before


def test_links_to_decisions_are_not_among_those_to_replies(door: Door) -> None:
    home = ask(door)
    with transaction(door.engine) as session:
        invitation = door.invitation(session, "bracke", "inspel")
        keyring = Office.of(door.settings).keyring
        replies = open_links(session, Purpose.REPLY)
        assert [link.id for link in links_of(session, invitation.id)] == [1]
        assert organisation_links(session, invitation.activity_id) == {invitation.id: replies[0]}
        assert organisation_link(session, invitation, keyring, now=door.now) is replies[0]
        assert find(session, Purpose.REPLY, token_of(home)) is None
        assert find(session, Purpose.DECISION, keyring.token(replies[0])) is None


def test_a_new_link_that_a_municipality_asks_for_is_never_one_to_a_decision(door: Door) -> None:
    home = ask(door)
    for address in ("kommun@bracke.example", "paverkansagenda@regionjh.example"):
        form = door.form("/svar/ny-lank").with_(epost=address)
        assert door.post("/svar/ny-lank", form).status_code == 303
    assert door.mails("new_link", "same_link") == [("same_link", "kommun@bracke.example")]
    assert addresses(door) == [home]
    assert "Bräcke kommun ber om mer tid." in door.page(home).text


def test_the_link_stands_in_the_mail_only_when_it_leaves(door: Door) -> None:
    home = ask(door)
    with reading(door.engine) as session:
        [mail] = session.exec(select(Message).where(Message.template == "extension_requested"))
        [link] = open_links(session, Purpose.DECISION)
        assert mail.link_id == link.id
        assert mail.text.count(PLACEHOLDER) == mail.html.count(PLACEHOLDER) == 1
        assert token_of(home) not in mail.text + mail.html
        assert token_of(home) not in repr(link)


def test_a_channel_hears_of_a_request_without_a_link(door: Door) -> None:
    home = door.link()
    channel = "msteams://a/b/c/d"
    office = replace(Office.of(door.settings), alerts=(channel,))
    with transaction(door.engine) as session:
        link = find(session, Purpose.REPLY, token_of(home)).link
        request_extension(
            session, office, link, until=date(2020, 10, 16), reason="Möte.", now=door.now
        )
    with reading(door.engine) as session:
        query = select(Message).where(Message.template == "extension_requested")
        told = {mail.recipient: mail for mail in session.exec(query)}
        assert len(told) == 2
        assert (told[channel].link_id, PLACEHOLDER in told[channel].text) == (None, False)
        assert [one.address for one in open_links(session, Purpose.DECISION)] == [
            address for address in told if address != channel
        ]
        assert {objection(session, one, now=door.now) for one in told.values()} == {None}


def test_no_get_and_no_head_changes_anything(door: Door) -> None:
    home = ask(door)
    for is_decided in (False, True):
        if is_decided:
            decide(door, home, "avsla", besked="Nej.")
        before = door.digest()
        for path in ("", "?redan=1", "?lang=en", "?lang=sv", "?_beslut=bevilja&_bekraftat=1"):
            assert door.client.get(home + path).status_code == 200
            assert door.client.head(home + path).status_code == 200
        assert door.digest() == before


def test_a_wrong_link_gets_a_kind_page_without_a_form(door: Door) -> None:
    ask(door)
    for method in ("get", "post"):
        answer = getattr(door.client, method)(f"/anstand/{'x' * 43}")
        page = Reader(answer.text)
        assert answer.status_code == 404
        assert "Länken går inte att öppna" in page.text
        assert "Öppna länken i mejlet på nytt" in page.text
        assert "/svar/ny-lank" not in page.links
        assert page.forms == []


def test_a_closed_link_decides_nothing_and_shows_what_was_written(door: Door) -> None:
    home = ask(door)
    waiting = Reader(choose(door, home, "avsla", besked="Mina egna ord").text)
    with transaction(door.engine) as session:
        [link] = open_links(session, Purpose.DECISION)
        for _ in range(2):
            revoke(session, link, by=By.person("Asta", door.now))
        [line] = [one for one in entries(session) if one.what == "link_revoked"]
    assert (line.who, line.subject) == ("Asta", f"beslutslänk {link.id}")
    assert "Länken är stängd" in door.page(home, status=410).text
    before = door.digest()
    refused = door.post(home, [*waiting.forms[0].pairs, ("_bekraftat", "1")])
    assert (refused.status_code, "Mina egna ord" in refused.text) == (410, True)
    assert door.digest() == before


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {}], ids=str
)
def test_a_form_from_elsewhere_decides_nothing(door: Door, headers: dict) -> None:
    home = ask(door)
    waiting = Reader(choose(door, home, "bevilja").text).forms[0].pairs
    before = door.digest()
    confirmed = [*waiting, ("_bekraftat", "1")]
    assert door.post(home, confirmed, headers=headers).status_code == 403
    without_proof = [pair for pair in confirmed if pair[0] != "_prov"]
    assert door.post(home, without_proof).status_code == 403
    assert door.digest() == before


@pytest.mark.parametrize("gate", ["address", "link", "link written"])
def test_who_comes_too_often_is_asked_to_wait(door: Door, gate: str) -> None:
    home = ask(door)
    pairs = door.form(home).pairs
    door.client.app.state.gates = Gates({gate: RateLimitItemPerDay(2)})
    assert [door.post(home, pairs).status_code for _ in range(3)] == [200, 200, 429]


def test_guessing_is_stopped(door: Door) -> None:
    door.client.app.state.gates = Gates({"wrong link": RateLimitItemPerDay(2)})
    tried = [door.client.get(f"/anstand/gissning-{n}").status_code for n in range(3)]
    assert tried == [404, 404, 429]


def test_a_token_stands_in_no_title_log_or_header(
    door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    home = ask(door)
    door.now += timedelta(minutes=1)
    answers = [door.client.get(home), choose(door, home, "bevilja"), decide(door, home, "bevilja")]
    answers.append(door.client.get(home))
    for answer in answers:
        assert token_of(home) not in Reader(answer.text).title
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-robots-tag"] == "noindex"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    own = [r for r in caplog.records if not r.name.startswith(("httpx", "asyncio", "httpcore"))]
    assert [r.getMessage() for r in own if token_of(home) in r.getMessage()] == []
