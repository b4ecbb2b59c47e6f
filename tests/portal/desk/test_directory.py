"""Signing in with the region's own directory: a real provider in a process of its own, which lies.

Each lie is refused in words, in both languages, with a way on, and logged without naming anybody.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi.testclient import TestClient
from limits import RateLimitItemPerMinute
from pydantic import SecretStr
from sqlmodel import select

from agenda.models import DeskSession, DirectoryIdentity
from agenda.people.directory import MOST_FROM_CLIENT
from agenda.people.roles import find_person, let_go
from agenda.people.sessions import FRESH
from agenda.people.signing_in import HOLDS
from agenda.register import By
from agenda.storage.store import reading, transaction
from portal.app import create_app
from portal.desk.sentences import SENTENCES
from tests.door import Reader
from tests.portal.desk.desk import ASTA, BO, Desk, DeskRole
from tests.portal.desk.test_signing_in import is_in, mailed

__all__ = ["mailed"]
SUBJECT = "Asta-3f2b"
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("directory")]


class Provider:
    """The provider, and somebody who has an account there."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.client = httpx.Client(base_url=address, trust_env=False)
        self.shift = 0

    def lie(self, **lies: object) -> None:
        """Have it lie about this and nothing else; its clock is the desk's."""
        assert self.client.put("/lie", json={"shift": self.shift, **lies}).status_code == 204

    def sign_in(self, way: str, subject: str = SUBJECT) -> str:
        """Show there who one is; the address that it sends one back to."""
        answer = self.client.post(way, data={"sub": subject})
        assert answer.status_code == 302, answer.text
        return answer.headers["location"]


@pytest.fixture(scope="session")
def provider_process(free_ports: Callable[[int], list[int]], wait_until) -> Iterator[Provider]:
    [port] = free_ports(1)
    program = Path(__file__).with_name("bent_provider.py")
    process = subprocess.Popen([sys.executable, str(program), str(port)])
    found = Provider(f"http://127.0.0.1:{port}")

    def answers() -> bool:
        try:
            return found.client.get("/jwks").is_success
        except httpx.TransportError:
            return False

    try:
        wait_until(answers, what="the provider answers")
        yield found
    finally:
        found.client.close()
        process.terminate()
        process.wait(30)


@pytest.fixture
def provider(provider_process: Provider, outside: Desk) -> Provider:
    provider_process.shift = int(outside.now.timestamp() - time.time())
    provider_process.lie()
    return provider_process


def at(desk: Desk, provider: Provider, **settings: object) -> Desk:
    """The desk of an installation with a directory."""
    chosen = desk.settings.model_copy(
        update={
            "oidc_issuer": provider.address,
            "oidc_client_id": "agenda",
            "oidc_client_secret": SecretStr("a secret of the application's"),
            "oidc_coordinators": "own",
            **settings,
        }
    )
    desk.client.app.state.settings = chosen
    desk.settings = chosen
    return desk


@pytest.fixture
def here(outside: Desk, provider: Provider) -> Desk:
    return at(outside, provider)


def set_out(desk: Desk, *, on: str = "") -> str:
    """Press the button; the address that the page leads to."""
    form = desk.form("/samordna/logga-in", 0)
    assert form.action == "/samordna/katalog"
    answer = desk.post(form.action, [*form.pairs, ("vidare", on)])
    assert answer.status_code == 200, answer.text
    return way_in(answer.text)


def way_in(page: str) -> str:
    return unescape(page.partition('content="0; url=')[2].partition('"')[0])


def return_(desk: Desk, back: str):
    parts = urlsplit(back)
    assert f"{parts.scheme}://{parts.netloc}" == desk.settings.portal_url
    return desk.client.get(f"{parts.path}?{parts.query}")


def bind(desk: Desk, provider: Provider, subject: str = SUBJECT):
    """Bind, as who is signed in."""
    form = next(f for f in desk.page("/samordna/jag").forms if f.action.endswith("/jag/katalog"))
    page = desk.post(form.action, form.pairs)
    return return_(desk, provider.sign_in(way_in(page.text), subject))


@pytest.fixture
def bound(here: Desk, provider: Provider) -> Desk:
    """The desk, signed out, of a coordinator whom the directory signs in."""
    here.sign_in(ASTA)
    answer = bind(here, provider)
    assert (answer.status_code, answer.headers["location"]) == (303, "/samordna/jag")
    assert "Kopplad sedan" in here.client.get("/samordna/jag").text
    here.client.cookies.clear()
    return here


def refused(answer, why: str) -> None:
    """It says so in both languages, with a way on, and lets nobody in."""
    assert answer.status_code in (403, 502), answer.text
    assert Reader(answer.text).title.startswith("Du blev inte inloggad")
    assert SENTENCES(f"directory_{why}") in Reader(answer.text).text
    assert '<a class="button" href="/samordna/logga-in">' in answer.text


def test_who_is_bound_signs_in_and_comes_to_where_they_were_going(
    bound: Desk, provider: Provider
) -> None:
    wanted = f"{bound.home}/plan?lang=sv"
    way = set_out(bound, on=wanted)
    asked = parse_qs(urlsplit(way).query)
    assert asked["redirect_uri"] == [f"{bound.settings.portal_url}/samordna/katalog/svar"]
    assert (asked["scope"], asked["prompt"], asked["max_age"]) == (["openid"], ["login"], ["0"])
    assert (asked["code_challenge_method"], asked["response_type"]) == (["S256"], ["code"])
    answer = return_(bound, provider.sign_in(way))
    assert (answer.status_code, answer.headers["location"]) == (303, wanted)
    assert is_in(bound)
    assert "agenda-katalog" not in bound.client.cookies
    assert bound.register("directory_bound") == [bound.person(ASTA).name]


@pytest.mark.parametrize(
    ("lies", "why"),
    [
        ({"claims": {"iss": "https://evil.example"}}, "wrong"),
        ({"claims": {"iss": None}}, "wrong"),
        ({"claims": {"aud": "another"}}, "wrong"),
        ({"claims": {"aud": ["another", "agenda"]}}, "wrong"),
        ({"claims": {"azp": "another"}}, "wrong"),
        ({"claims": {"nonce": "another"}}, "wrong"),
        ({"claims": {"nonce": None}}, "wrong"),
        ({"claims": {"exp": 1_500_000_000}}, "wrong"),
        ({"claims": {"exp": None}}, "wrong"),
        ({"claims": {"iat": 5_000_000_000}}, "wrong"),
        ({"claims": {"at_hash": "x"}}, "wrong"),
        ({"claims": {"sub": ""}}, "wrong"),
        ({"claims": {"sub": 7}}, "wrong"),
        ({"claims": {"sub": "x" * 300}}, "wrong"),
        ({"claims": {"auth_time": None}}, "not_fresh"),
        ({"claims": {"auth_time": 1_500_000_000}}, "not_fresh"),
        ({"claims": {"auth_time": "now"}}, "wrong"),
        ({"signed": "by another"}, "wrong"),
        ({"signed": "by nobody"}, "wrong"),
        ({"signed": "by a public key"}, "wrong"),
        ({"answers": {"/oauth2/token": [500, "rubbish"]}}, "away"),
        ({"answers": {"/oauth2/token": [200, "[]"]}}, "wrong"),
        ({"answers": {"/oauth2/token": [200, "{}"]}}, "away"),
        ({"answers": {"/jwks": [200, '{"keys": 7}']}}, "wrong"),
        ({"answers": {"/jwks": [200, "[" * 100_000]}}, "away"),
        ({"about": {"issuer": "https://evil.example"}}, "away"),
        ({"about": {"jwks_uri": "http://evil.example/jwks"}}, "away"),
        ({"about": {"authorization_response_iss_parameter_supported": True}}, "wrong"),
    ],
    ids=repr,
)
def test_what_does_not_hold_lets_nobody_in(
    bound: Desk, provider: Provider, lies: dict, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    back = provider.sign_in(set_out(bound))
    provider.lie(**lies)
    answer = return_(bound, back)
    refused(answer, why)
    assert not is_in(bound)
    logged = caplog.text
    assert "The directory let nobody in" in logged
    for secret in (SUBJECT, ASTA, "secret of the application", parse_qs(back)["state"][0]):
        assert secret not in logged


def test_a_clock_a_minute_off_is_no_reason(bound: Desk, provider: Provider) -> None:
    now = int(bound.now.timestamp())
    provider.lie(claims={"iat": now + 60, "auth_time": now - 60, "exp": now - 60})
    assert return_(bound, provider.sign_in(set_out(bound))).status_code == 303


@pytest.mark.parametrize("body", ["", "<html>", "[]", '{"issuer": 7}', "{}"])
def test_a_directory_that_answers_rubbish_sends_nobody_anywhere(
    here: Desk, provider: Provider, body: str
) -> None:
    provider.lie(answers={"/.well-known/openid-configuration": [200, body]})
    form = here.form("/samordna/logga-in", 0)
    answer = here.post(form.action, form.pairs)
    refused(answer, "away")
    assert answer.status_code == 502


@pytest.mark.parametrize(
    "elsewhere", ["javascript:alert(1)", "http://evil.example/", "//evil.example", "https://"]
)
def test_it_leads_to_no_unsafe_address(here: Desk, provider: Provider, elsewhere: str) -> None:
    provider.lie(about={"authorization_endpoint": elsewhere})
    form = here.form("/samordna/logga-in", 0)
    answer = here.post(form.action, form.pairs)
    refused(answer, "away")
    assert "evil.example" not in answer.text


def test_a_directory_that_is_down_says_so_and_the_mail_remains(
    here: Desk, provider: Provider, free_ports: Callable[[int], list[int]]
) -> None:
    at(here, provider, oidc_issuer=f"http://127.0.0.1:{free_ports(1)[0]}")
    form = here.form("/samordna/logga-in", 0)
    refused(here.post(form.action, form.pairs), "away")
    assert len(here.page("/samordna/logga-in").forms) == 2


def test_it_says_so_in_english_too(bound: Desk, provider: Provider) -> None:
    back = provider.sign_in(set_out(bound))
    bound.client.cookies.set("lang", "en")
    bound.client.get("/samordna/logga-in?lang=en")
    provider.lie(signed="by another")
    assert "cannot be trusted" in return_(bound, back).text


def test_a_code_is_of_use_once(bound: Desk, provider: Provider) -> None:
    way = set_out(bound)
    cookie = bound.client.cookies["agenda-katalog"]
    back = provider.sign_in(way)
    assert return_(bound, back).status_code == 303
    bound.client.cookies.clear()
    bound.client.cookies.set("agenda-katalog", cookie)
    refused(return_(bound, back), "lost")
    assert not is_in(bound)


def test_another_browser_can_be_given_nobody_elses_answer(bound: Desk, provider: Provider) -> None:
    """Signing somebody in as oneself (login CSRF) takes their browser's own trip."""
    back = provider.sign_in(set_out(bound), "mallory")
    own = bound.client.cookies["agenda-katalog"]
    bound.client.cookies.clear()
    refused(return_(bound, back), "lost")
    set_out(bound)
    assert bound.client.cookies["agenda-katalog"] != own
    refused(return_(bound, back), "lost")


def test_another_trips_code_does_not_fit(bound: Desk, provider: Provider) -> None:
    """A code that was given for another trip holds another nonce, and another challenge."""
    stolen = parse_qs(urlsplit(provider.sign_in(set_out(bound))).query)["code"][0]
    state = parse_qs(urlsplit(set_out(bound)).query)["state"][0]
    answer = bound.client.get("/samordna/katalog/svar", params={"code": stolen, "state": state})
    refused(answer, "wrong")
    assert not is_in(bound)


def test_another_directorys_answer_is_not_taken_for_this_ones(
    bound: Desk, provider: Provider
) -> None:
    back = provider.sign_in(set_out(bound))
    refused(return_(bound, f"{back}&iss=https%3A%2F%2Fevil.example"), "wrong")


def test_it_says_no(bound: Desk) -> None:
    state = parse_qs(urlsplit(set_out(bound)).query)["state"][0]
    answer = bound.client.get(
        "/samordna/katalog/svar",
        params={"state": state, "error": "access_denied", "error_description": "<b>Asta</b>"},
    )
    refused(answer, "denied")
    assert "<b>Asta" not in answer.text


@pytest.mark.parametrize("query", ["", "?state=", "?state=x&code=y", "?code=y", "?error=x"])
def test_without_its_own_state_nothing_happens(bound: Desk, query: str) -> None:
    set_out(bound)
    refused(bound.client.get(f"/samordna/katalog/svar{query}"), "lost")


def test_a_trip_takes_ten_minutes_at_most(bound: Desk, provider: Provider) -> None:
    back = provider.sign_in(set_out(bound))
    bound.now += HOLDS
    refused(return_(bound, back), "lost")


def test_nobody_is_sent_to_another_site_afterwards(bound: Desk, provider: Provider) -> None:
    for elsewhere in ("https://evil.example", "//evil.example", "/samordna//evil.example", "/"):
        answer = return_(bound, provider.sign_in(set_out(bound, on=elsewhere)))
        assert answer.headers["location"] == "/samordna"
        bound.client.cookies.clear()


@pytest.mark.parametrize(
    "subject", [SUBJECT.lower(), SUBJECT.upper(), f"{SUBJECT} ", "mallory", ASTA]
)
def test_another_subject_is_somebody_else_whatever_its_address(
    bound: Desk, provider: Provider, subject: str
) -> None:
    provider.lie(claims={"email": ASTA, "preferred_username": ASTA, "email_verified": True})
    back = provider.sign_in(set_out(bound), "x")
    provider.lie(claims={"sub": subject, "email": ASTA, "email_verified": True})
    refused(return_(bound, back), "unknown")
    assert not is_in(bound)


def test_an_issuer_is_the_same_with_a_slash_and_without(bound: Desk, provider: Provider) -> None:
    at(bound, provider, oidc_issuer=f"{provider.address}/")
    assert return_(bound, provider.sign_in(set_out(bound))).status_code == 303


def test_a_trip_to_another_directory_ends_nowhere(bound: Desk, provider: Provider) -> None:
    """Whoever changes the settings meanwhile makes a mix of none."""
    back = provider.sign_in(set_out(bound))
    at(bound, provider, oidc_issuer=provider.address.replace("127.0.0.1", "localhost"))
    answer = return_(bound, back)
    assert answer.status_code in (403, 502)
    assert not is_in(bound)


def test_whoever_has_left_does_not_come_in_by_the_directory(here: Desk, provider: Provider) -> None:
    here.let_see(BO, DeskRole.READER)
    here.sign_in(BO)
    bind(here, provider, "bo")
    here.client.cookies.clear()
    back = provider.sign_in(set_out(here), "bo")
    with transaction(here.engine) as session:
        let_go(session, find_person(session, BO), by=By.person("x", here.now))
    refused(return_(here, back), "left")
    assert not is_in(here)


def test_an_account_is_one_persons(bound: Desk, provider: Provider) -> None:
    bound.let_see(BO, DeskRole.READER)
    bound.sign_in(BO)
    refused(bind(bound, provider), "anothers")
    with reading(bound.engine) as session:
        rows = session.exec(select(DirectoryIdentity)).all()
    assert [(row.coordinator_id, row.subject) for row in rows] == [(bound.person(ASTA).id, SUBJECT)]


def test_a_person_has_one_account_and_unbinding_ends_it(bound: Desk, provider: Provider) -> None:
    bound.sign_in(ASTA)
    form = next(f for f in bound.page("/samordna/jag").forms if f.action.endswith("/bort"))
    bound.post(form.action, form.pairs)
    bind(bound, provider, "new")
    bound.client.cookies.clear()
    refused(return_(bound, provider.sign_in(set_out(bound))), "unknown")
    assert return_(bound, provider.sign_in(set_out(bound), "new")).status_code == 303
    assert len(bound.register("directory_unbound")) == 1


def test_binding_needs_a_fresh_sign_in_and_the_same_person(here: Desk, provider: Provider) -> None:
    here.sign_in(ASTA)
    form = next(f for f in here.page("/samordna/jag").forms if f.action.endswith("/jag/katalog"))
    page = here.post(form.action, form.pairs)
    here.let_see(BO, DeskRole.READER)
    here.sign_in(BO)
    refused(return_(here, provider.sign_in(way_in(page.text))), "lost")
    here.sign_in(ASTA)
    here.now += FRESH
    form = next(f for f in here.page("/samordna/jag").forms if f.action.endswith("/jag/katalog"))
    assert here.post(form.action, form.pairs).status_code == 403
    with reading(here.engine) as session:
        assert session.exec(select(DirectoryIdentity)).all() == []


@pytest.mark.parametrize(
    "roles", [None, [], ["Other"], ["agenda.samordnare"], "Agenda.Samordnare", {"x": 1}]
)
def test_where_a_role_is_asked_for_nobody_comes_in_without_it(
    bound: Desk, provider: Provider, roles: object
) -> None:
    at(bound, provider, oidc_coordinators="Agenda.Samordnare")
    back = provider.sign_in(set_out(bound))
    provider.lie(claims={"roles": roles})
    refused(return_(bound, back), "no_role")
    assert not is_in(bound)


def test_a_role_lets_in_those_who_are_known_and_nobody_by_mail(
    bound: Desk, provider: Provider, mailed: list
) -> None:
    at(bound, provider, oidc_coordinators="Agenda.Samordnare")
    provider.lie(claims={"roles": ["Agenda.Samordnare"]})
    assert return_(bound, provider.sign_in(set_out(bound))).status_code == 303
    bound.client.cookies.clear()
    refused(return_(bound, provider.sign_in(set_out(bound), "stranger")), "unknown")
    form = bound.form("/samordna/logga-in", 1)
    assert bound.post(form.action, form.with_(epost=ASTA)).headers["location"] == (
        "/samordna/skickat"
    )
    assert mailed == []


def test_where_a_role_is_asked_for_nobody_unbinds_to_come_in_by_mail(
    bound: Desk, provider: Provider
) -> None:
    bound.sign_in(ASTA)
    assert "katalog/bort" in bound.client.get("/samordna/jag").text
    at(bound, provider, oidc_coordinators="Agenda.Samordnare")
    page = bound.client.get("/samordna/jag").text
    assert "katalog/bort" not in page
    bound.post("/samordna/jag/katalog/bort", Reader(page).forms[0].pairs)
    assert bound.register("directory_unbound") == []


def test_where_the_desk_decides_the_mail_remains_a_way_in(bound: Desk, mailed: list) -> None:
    form = bound.form("/samordna/logga-in", 1)
    bound.post(form.action, form.with_(epost=ASTA))
    assert [mail.recipient for mail in mailed] == [ASTA]


def test_signing_in_makes_a_new_session_and_ends_the_browsers_former(
    bound: Desk, provider: Provider
) -> None:
    bound.sign_in(ASTA)
    before = bound.client.cookies["agenda"]
    return_(bound, provider.sign_in(set_out(bound)))
    assert bound.client.cookies["agenda"] != before
    with reading(bound.engine) as session:
        ended = [one.ended_at for one in session.exec(select(DeskSession).order_by(DeskSession.id))]
    assert ended[-2] is not None
    assert ended[-1] is None


def test_it_works_through_two_processes_of_the_portal(bound: Desk, provider: Provider) -> None:
    """The one that sends out and the one that takes back share the database and the key alone."""
    back = provider.sign_in(set_out(bound))
    app = create_app(bound.settings.model_copy(update={"database_url": None}))
    app.state.engine.dispose()
    app.state.engine = bound.engine
    other = TestClient(app, base_url=bound.settings.portal_url, follow_redirects=False)
    other.cookies.update(bound.client.cookies)
    answer = return_(Desk(other, bound.engine, bound.settings), back)
    assert answer.status_code == 303


def test_who_sets_out_too_often_is_asked_to_wait(here: Desk, provider: Provider) -> None:
    form = here.form("/samordna/logga-in", 0)
    provider.lie(answers={"/.well-known/openid-configuration": [500, ""]})
    here.client.app.state.gates = type(here.client.app.state.gates)(
        {"wrong link": RateLimitItemPerMinute(1000)}, of_all={}
    )
    for _ in range(MOST_FROM_CLIENT):
        assert here.client.post(form.action, data=dict(form.pairs), headers=here.headers)
    last = here.client.post(form.action, data=dict(form.pairs), headers=here.headers)
    assert last.status_code == 429
    here.now += timedelta(hours=1, seconds=2)
    assert (
        here.client.post(form.action, data=dict(form.pairs), headers=here.headers).status_code
        == 502
    )


def test_another_site_sends_nobody_out(here: Desk) -> None:
    form = here.form("/samordna/logga-in", 0)
    before = here.digest()
    answer = here.post(form.action, form.pairs, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert here.digest() == before


def test_without_a_directory_there_is_none(outside: Desk) -> None:
    assert [form.action for form in outside.page("/samordna/logga-in").forms] == [
        "/samordna/logga-in"
    ]
    outside.post("/samordna/katalog", [])
    refused(outside.client.get("/samordna/katalog/svar?state=x&code=y"), "lost")
