"""Coming in to the desk: nobody learns who has one, and what is mailed is of use to one browser."""

import re
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from agenda.links.keyring import token_hash
from agenda.models import DeskSession, SignIn
from agenda.people.sessions import IDLE, LONGEST, SEEN_EVERY
from agenda.people.signing_in import HOLDS, MOST_FOR_ADDRESS, MOST_FROM_CLIENT, MOST_WRONG_CODES
from agenda.storage.store import reading
from notifications.post import channels
from notifications.post.outgoing import Outcome, Outgoing, Result
from tests.door import Reader
from tests.portal.desk.desk import ASTA, Desk

ASK = "/samordna/logga-in"


@pytest.fixture
def mailed(monkeypatch: pytest.MonkeyPatch) -> list[Outgoing]:
    """What would have been mailed."""
    sent: list[Outgoing] = []

    class Post:
        def __init__(self, _settings: object) -> None:
            pass

        def __enter__(self) -> "Post":
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def send(self, outgoing: Outgoing) -> Outcome:
            sent.append(outgoing)
            return Outcome(Result.SENT, 250, "OK")

    monkeypatch.setattr(channels, "Channels", Post)
    return sent


def ask(desk: Desk, address: str, *, on: str = ""):
    form = desk.form(f"{ASK}")
    return desk.post(ASK, [*form.with_(epost=address), ("vidare", on)])


def way_in(mail: Outgoing) -> str:
    return re.search(r"/samordna/logga-in/[\w-]{43}", mail.text)[0]


def code(desk: Desk) -> str:
    found = re.search(
        r"<strong>(\d{3}) (\d{3})</strong>", desk.client.get("/samordna/skickat").text
    )
    return "".join(found.groups())


def another_browser(desk: Desk) -> Desk:
    client = TestClient(desk.client.app, base_url=desk.settings.portal_url, follow_redirects=False)
    return Desk(client, desk.engine, desk.settings, desk.now)


def is_in(desk: Desk) -> bool:
    return desk.client.get(desk.home).status_code == 200


def test_somebody_asks_is_mailed_presses_and_comes_to_where_they_were_going(
    outside: Desk, mailed: list[Outgoing]
) -> None:
    wanted = f"{outside.home}/plan?lang=sv"
    turned_away = outside.client.get(wanted)
    assert turned_away.status_code == 401
    on = dict(Reader(turned_away.text).forms[0].pairs)["vidare"]
    assert on == wanted

    assert ask(outside, ASTA.upper(), on=on).headers["location"] == "/samordna/skickat"

    [mail] = mailed
    assert mail.recipient == ASTA
    page = outside.form(way_in(mail))
    assert [name for name, _ in page.pairs] == ["_prov"]
    pressed = outside.post(way_in(mail), page.pairs)
    assert (pressed.status_code, pressed.headers["location"]) == (303, wanted)
    assert is_in(outside)
    assert outside.register("signed_in") == [outside.person(ASTA).name]


def test_the_way_in_is_of_use_once_and_for_ten_minutes(
    outside: Desk, mailed: list[Outgoing]
) -> None:
    ask(outside, ASTA)
    way = way_in(mailed[0])
    form = outside.form(way)
    outside.post(way, form.pairs)
    outside.client.cookies.clear()
    assert outside.client.get(way).status_code == 410
    assert outside.post(way, form.pairs).status_code == 410
    assert not is_in(outside)

    ask(outside, ASTA)
    outside.now += HOLDS
    assert outside.client.get(way_in(mailed[1])).status_code == 410


def test_opening_or_looking_uses_nothing_up(outside: Desk, mailed: list[Outgoing]) -> None:
    ask(outside, ASTA)
    way = way_in(mailed[0])
    before = outside.digest()
    for _ in range(3):
        assert outside.client.get(way).status_code == 200
        assert outside.client.head(way).status_code == 200
    assert outside.digest() == before


def test_in_another_browser_it_takes_the_code_that_the_first_one_shows(
    outside: Desk, mailed: list[Outgoing]
) -> None:
    ask(outside, ASTA)
    way, shown = way_in(mailed[0]), code(outside)
    other = another_browser(outside)
    assert "kod" in dict(other.form(way).pairs)
    assert other.press(way, kod="").status_code == 422
    assert not is_in(other)

    assert other.press(way, kod=f" {shown[:3]} {shown[3:]} ").status_code == 303
    assert is_in(other)
    assert not is_in(outside)


def test_the_code_cannot_be_found_by_trying(outside: Desk, mailed: list[Outgoing]) -> None:
    ask(outside, ASTA)
    way, right = way_in(mailed[0]), code(outside)
    wrong = f"{(int(right) + 1) % 10**6:06d}"
    other = another_browser(outside)
    for _ in range(MOST_WRONG_CODES - 1):
        assert other.press(way, kod=wrong).status_code == 422
    form = other.form(way)
    assert other.post(way, form.with_(kod=wrong)).status_code == 410
    assert other.post(way, form.with_(kod=right)).status_code == 410
    assert outside.client.get(way).status_code == 410


def test_nobody_can_tell_whether_an_address_has_a_desk(
    outside: Desk, mailed: list[Outgoing]
) -> None:
    known, unknown = (ask(outside, who) for who in (ASTA, "nobody@regionen.example"))
    assert (known.status_code, known.headers["location"]) == (
        unknown.status_code,
        unknown.headers["location"],
    )
    assert known.headers["set-cookie"].split("=")[0] == unknown.headers["set-cookie"].split("=")[0]
    page = re.sub(r"\d{3} \d{3}", "", outside.client.get("/samordna/skickat").text)
    outside.client.cookies.clear()
    ask(outside, ASTA)
    assert re.sub(r"\d{3} \d{3}", "", outside.client.get("/samordna/skickat").text) == page
    assert [mail.recipient for mail in mailed] == [ASTA, ASTA]


def test_who_asks_too_often_is_mailed_no_more_and_told_the_same(
    outside: Desk, mailed: list[Outgoing]
) -> None:
    answers = {ask(outside, ASTA).status_code for _ in range(MOST_FOR_ADDRESS + 2)}
    assert (answers, len(mailed)) == ({303}, MOST_FOR_ADDRESS)
    outside.now += timedelta(hours=1, seconds=1)
    ask(outside, ASTA)
    assert len(mailed) == MOST_FOR_ADDRESS + 1


def test_from_one_place_it_is_asked_for_some_times_an_hour(
    outside: Desk, mailed: list[Outgoing]
) -> None:
    for number in range(MOST_FROM_CLIENT):
        assert ask(outside, f"nobody{number}@regionen.example").status_code == 303
    refused = ask(outside, ASTA)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "3601")
    assert mailed == []


def test_asking_closes_nothing(outside: Desk, mailed: list[Outgoing]) -> None:
    ask(outside, ASTA)
    first = way_in(mailed[0])
    outside.post(first, outside.form(first).pairs)
    other = another_browser(outside)
    ask(other, ASTA)
    assert is_in(outside)
    assert other.client.get(way_in(mailed[1])).status_code == 200


def test_what_is_stored_opens_nothing(outside: Desk, mailed: list[Outgoing]) -> None:
    ask(outside, ASTA)
    token = way_in(mailed[0]).rpartition("/")[2]
    browser = outside.client.cookies["agenda-fraga"]
    outside.post(way_in(mailed[0]), outside.form(way_in(mailed[0])).pairs)
    cookie = outside.client.cookies["agenda"]
    with reading(outside.engine) as session:
        way, known = session.exec(select(SignIn)).one(), session.exec(select(DeskSession)).one()
        stored = repr((way, known))
    assert way.token_hash == token_hash(token)
    assert known.token_hash == token_hash(cookie)
    for secret in (token, browser, cookie, ASTA):
        assert secret not in stored
    other = another_browser(outside)
    for hashed in (way.token_hash, known.token_hash):
        other.client.cookies.set("agenda", hashed)
        assert not is_in(other)
        assert other.client.get(f"{ASK}/{hashed}").status_code == 410


@pytest.mark.parametrize(
    "on",
    [
        "https://evil.example/",
        "//evil.example/samordna",
        "/samordna/../../evil",
        "/samordna\\evil",
        "/samordnat",
        "javascript:alert(1)",
    ],
)
def test_nobody_is_sent_elsewhere_after_signing_in(
    outside: Desk, mailed: list[Outgoing], on: str
) -> None:
    ask(outside, ASTA, on=on)
    pressed = outside.post(way_in(mailed[0]), outside.form(way_in(mailed[0])).pairs)
    assert pressed.headers["location"] == "/samordna"


def test_a_session_ends_when_nobody_comes_and_after_a_day_of_work(desk: Desk) -> None:
    desk.now += IDLE - timedelta(seconds=1)
    assert is_in(desk)
    desk.now += IDLE - timedelta(seconds=1)
    assert is_in(desk)
    desk.now += IDLE
    assert not is_in(desk)

    desk.sign_in(ASTA)
    began = desk.now
    while desk.now < began + LONGEST - SEEN_EVERY:
        desk.now += timedelta(hours=1)
        if desk.now < began + LONGEST:
            assert is_in(desk)
    desk.now = began + LONGEST
    assert not is_in(desk)


def test_whoever_signs_out_is_out_in_this_browser_and_everywhere_if_they_wish(desk: Desk) -> None:
    others = [another_browser(desk) for _ in range(2)]
    for other in others:
        other.sign_in(ASTA)
    cookie = desk.client.cookies["agenda"]
    assert desk.press("/samordna/jag").headers["location"] == ASK
    desk.client.cookies.set("agenda", cookie)
    assert not is_in(desk)
    assert is_in(others[0])

    others[0].press("/samordna/jag", 1)
    assert not any(is_in(other) for other in others)


def test_a_new_sign_in_is_a_new_session_and_ends_the_one_before(desk: Desk) -> None:
    before = desk.client.cookies["agenda"]
    desk.sign_in(ASTA)
    assert desk.client.cookies["agenda"] != before
    stolen = another_browser(desk)
    stolen.client.cookies.set("agenda", before)
    assert not is_in(stolen)


def test_the_cookies_are_for_this_site_and_no_script(desk: Desk) -> None:
    other = another_browser(desk)
    other.sign_in(ASTA)
    form = other.form(ASK)
    kept = other.post(ASK, form.with_(epost=ASTA)).headers["set-cookie"].lower()
    assert "httponly" in kept
    assert "samesite=lax" in kept
    assert "path=/" in kept
