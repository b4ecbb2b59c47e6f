"""Forms from elsewhere, bodies that are too large, and those who come too often."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from limits import RateLimitItemPerDay
from sqlmodel import select

from agenda.links.personal import MOST_COLLEAGUES
from agenda.models import Link, Message
from agenda.storage.store import reading, transaction
from portal.door import posting
from portal.door.protection import LARGEST_BODY, LARGEST_FIELD, MOST_FIELDS, OF_ALL, Gates, TooOften
from tests.door import Door, Reader, a_proposal

ELSEWHERE = (
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {},
)
POSTS = ("", "/utkast", "/skicka", "/inget", "/avstar", "/anstand", "/kollega", "/ny-lank")


@pytest.mark.parametrize("headers", ELSEWHERE)
def test_a_form_from_elsewhere_does_nothing(door: Door, headers: dict) -> None:
    home = door.link()
    before = door.digest()
    for path in POSTS:
        proof = door.form(f"{home}/ny-lank" if path == "/ny-lank" else f"{home}/inget").pairs
        filled = [*proof, ("fragor", "0"), ("fragor-0-titel", "Skrivet"), ("_spara", "1")]
        answer = door.post(home + path, filled, headers=headers)
        assert (path, answer.status_code, "Skrivet" in answer.text) == (path, 403, True)
    assert door.digest() == before


def test_a_form_without_its_proof_does_nothing(door: Door) -> None:
    home, other = door.link(), door.link("ragunda")
    before = door.digest()
    wrong = dict(door.form(f"{other}/inget").pairs)["_prov"]
    for path in POSTS:
        for proof in ([], [("_prov", wrong)], [("_prov", "å")]):
            assert door.post(home + path, proof).status_code == 403, path
    assert door.digest() == before


def test_a_browser_that_says_where_it_is_in_another_way_is_believed(door: Door) -> None:
    home = door.link()
    form = [*door.form(home).with_(fragor__0__titel="x"), ("_spara", "1")]
    assert door.post(home, form, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 303


def test_what_was_refused_can_be_sent_again_from_the_page_that_says_so(door: Door) -> None:
    home = door.link()
    form = [*door.form(home).with_(fragor__0__titel="Rad ett"), ("_spara", "1")]
    answer = door.post(home, form, headers={"Origin": "null"})
    assert "Prova en annan webbläsare" in " ".join(answer.text.split())
    [again] = Reader(answer.text).forms
    door.post(home, again.pairs)
    assert door.draft() == {"fragor": [{"titel": "Rad ett"}]}


def test_a_body_that_is_too_large_gets_a_page_that_states_the_limit(door: Door) -> None:
    home = door.link()
    answer = door.client.post(
        home,
        content=b"x" * (LARGEST_BODY + 1),
        headers=door.headers | {"Content-Type": "multipart/form-data; boundary=x"},
    )
    assert answer.status_code == 413
    assert "En fil får vara högst 20 MB, och allt ni skickar tillsammans högst 80 MB." in (
        " ".join(answer.text.split())
    )
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_body_that_does_not_say_how_long_it_is_is_stopped_on_the_way(door: Door) -> None:
    home = door.link()
    boundary = b"--x\r\nContent-Disposition: form-data; name=a; filename=b\r\n\r\n"
    pieces = (boundary if n == 0 else b"y" * 1_000_000 for n in range(90))
    answer = door.client.post(
        home,
        content=pieces,
        headers=door.headers | {"Content-Type": "multipart/form-data; boundary=x"},
    )
    assert answer.status_code == 413
    assert "En fil får vara högst 20 MB" in answer.text


def test_a_body_that_never_ends_is_given_up_in_words(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "BODY_SECONDS", 0.01)
    answer = asyncio.run(post_without_end(door, door.link()))
    assert answer.status_code == 408
    assert "Filerna hann inte komma fram." in answer.text


def test_more_fields_or_text_than_any_form_has_is_refused_in_words(door: Door) -> None:
    home = door.link()
    many = [("a", "x")] * (MOST_FIELDS + 1)
    long = [("a", "x" * (LARGEST_FIELD + 1))]
    for pairs in (many, long):
        answer = door.post(home, pairs)
        assert answer.status_code == 400
        assert "Ett fält får ta emot högst 1 MB text." in " ".join(answer.text.split())


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"{}", "application/json"),
        (b"skr\xe4p", "multipart/form-data"),
        (b"--x\r\nskr\xe4p", "multipart/form-data; boundary=x"),
        (b"_prov=%ff%00", "application/x-www-form-urlencoded"),
    ],
)
def test_what_is_no_form_is_refused_and_never_a_fault(
    door: Door, content: bytes, kind: str
) -> None:
    home = door.link()
    answer = door.client.post(home, content=content, headers=door.headers | {"Content-Type": kind})
    assert answer.status_code in (400, 403)


@pytest.mark.parametrize("gate", ["address", "link", "link written"])
def test_who_comes_too_often_is_asked_to_wait_and_keeps_what_was_written(
    door: Door, gate: str
) -> None:
    home = door.link()
    form = [*door.form(home).with_(**a_proposal()), ("_spara", "1")]
    door.client.app.state.gates = Gates({gate: RateLimitItemPerDay(2)})
    answers = [door.post(home, form) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 429]
    assert answers[2].headers["retry-after"] == str(12 * 60 * 60)
    assert "Gå tillbaka i webbläsaren: det ni har skrivit finns kvar där." in answers[2].text


def test_guessing_is_stopped_and_those_with_a_link_are_let_in(door: Door) -> None:
    home = door.link()
    door.client.app.state.gates = Gates({"wrong link": RateLimitItemPerDay(2)})
    tried = [door.client.get(f"/svar/gissning-{n}").status_code for n in range(3)]
    assert tried == [404, 404, 429]
    assert door.client.get(home).status_code == 200


def test_guessing_from_many_addresses_is_stopped_and_those_with_a_link_are_let_in() -> None:
    gates = Gates(of_all={"wrong link": RateLimitItemPerDay(2)})
    gates.enter("wrong link", "192.0.2.1")
    gates.enter("wrong link", "192.0.2.2")
    with pytest.raises(TooOften):
        gates.enter("wrong link", "192.0.2.3")
    gates.enter("link", "192.0.2.3")
    assert not set(OF_ALL) & {"address", "link", "link written"}


def invited(door: Door, home: str, number: int, name: str = "Anna Ek") -> httpx.Response:
    form = door.form(f"{home}/kollega").with_(namn=name, epost=f"a{number}@bracke.example")
    return door.post(f"{home}/kollega", form)


def test_colleagues_are_not_invited_by_the_hundred(door: Door) -> None:
    home = door.link()
    statuses = [invited(door, home, number).status_code for number in range(6)]
    assert statuses == [303] * 5 + [429]


def test_there_is_an_end_to_the_colleagues_of_a_reply_be_their_links_closed(door: Door) -> None:
    home = door.link()
    door.client.app.state.gates = Gates({"colleague": RateLimitItemPerDay(1000)})
    for number in range(MOST_COLLEAGUES):
        assert invited(door, home, number).status_code == 303
    door.close(door.address_of(door.link_id("a0@bracke.example")))
    # Whoever was invited has no more to give than whoever invited them.
    for whose in (home, door.address_of(door.link_id("a1@bracke.example"))):
        answer = invited(door, whose, 99)
        assert answer.status_code == 422
        assert "20 kollegor är inbjudna, och fler går det inte att bjuda in." in answer.text
    assert len(door.mails("colleague")) == MOST_COLLEAGUES


@pytest.mark.parametrize("name", ["Vinn på x.com", "https://x.example", "Ring 0900 123", "\u200b"])
def test_a_stranger_gets_no_advertising_in_the_regions_name(door: Door, name: str) -> None:
    home = door.link()
    answer = invited(door, home, 1, name)
    assert answer.status_code == 422
    assert "Skriv bara namnet" in answer.text or "Skriv kollegans namn." in answer.text
    assert door.mails("colleague") == []


def test_a_name_from_before_names_were_looked_at_is_not_passed_on(door: Door) -> None:
    annas = door.colleague(door.link(), "anna@bracke.example")
    with transaction(door.engine) as session:
        session.exec(select(Link).where(Link.address != "")).one().name = "Vinn en bil på x.com"
    invited(door, annas, 1)
    with reading(door.engine) as session:
        mail = session.exec(select(Message).where(Message.recipient == "a1@bracke.example")).one()
    assert "En kollega bjuder in dig" in mail.subject
    assert "x.com" not in mail.subject + mail.text + mail.html


async def post_without_end(door: Door, address: str) -> httpx.Response:
    async def never() -> AsyncIterator[bytes]:
        yield b"--x\r\n"
        await asyncio.Event().wait()

    transport = httpx.ASGITransport(door.client.app)
    async with httpx.AsyncClient(transport=transport, base_url=door.settings.portal_url) as client:
        kind = {"Content-Type": "multipart/form-data; boundary=x"}
        return await client.post(address, content=never(), headers=door.headers | kind)
