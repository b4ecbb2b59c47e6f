"""Signed out nothing but the sign-in page; signed in only one's own rounds; as a reader no act.

Every route of the desk is walked, so that one that is added is held to it too.
"""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlmodel import col, select

from agenda.models import Activity, DeskRole, Link, Message, Organisation, Round
from agenda.people.roles import find_person, let_go
from agenda.people.sessions import FRESH
from agenda.register import By
from agenda.rounds.round import start_round
from agenda.storage.store import reading, transaction
from tests.described_routes import routes_of
from tests.door import Reader
from tests.portal.desk.desk import ASTA, BO, Desk
from tests.rounds_under_way import PLAN

OPEN = {
    "/samordna/logga-in",
    "/samordna/skickat",
    "/samordna/logga-in/{token}",
    "/samordna/katalog",
    "/samordna/katalog/svar",
    "/samordna/prefect-far",
}
"""What is open to all; whatever is added is not, unless it is written here."""


def behind(desk: Desk) -> Iterator[tuple[str, str]]:
    """Every address behind the sign-in, with each of its methods."""
    for route in routes_of(desk.client.app):
        if route.path.startswith("/samordna") and route.path not in OPEN:
            for method in sorted(route.methods):
                yield method, route.path


def filled(desk: Desk, path: str, round_id: int) -> str:
    """An address with what there is in the round put in."""
    with reading(desk.engine) as session:
        known = {
            "round_id": round_id,
            "key": "inspel",
            "organisation": "bracke",
            "what": "las",
            "number": 1,
            "which": 1,
            "draft": 1,
            "token": "x" * 43,
            "page": "v2/runs",
            "message": session.scalars(select(Message.id)).first() or 1,
            "link": session.scalars(select(Link.id)).first() or 1,
            "whose": session.scalars(select(Organisation.key)).first(),
            "activity": session.scalars(select(Activity.key)).first(),
        }
    if path.startswith("/samordna/{round_id}/organisationer/{key}"):
        known["key"] = "bracke"
    if "/harnast/" in path:
        known["what"] = "skicka"
    return path.format(**known)


def own_round(desk: Desk) -> int:
    return int(desk.home.rpartition("/")[2])


def another_round(desk: Desk) -> int:
    """A round that somebody else coordinates."""
    other = PLAN.model_copy(
        update={
            "name": "2030",
            "coordinator": PLAN.coordinator.model_copy(
                update={"name": "Cilla", "address": "cilla@regionen.example"}
            ),
        }
    )
    with transaction(desk.engine) as session:
        start_round(session, other, by=By.person("x", desk.now))
        return session.scalars(select(Round.id).where(col(Round.name) == "2030")).one()


def test_signed_out_every_address_answers_with_the_sign_in_page(outside: Desk) -> None:
    outside.link()
    before = outside.digest()
    walked = 0
    for method, path in behind(outside):
        address = filled(outside, path, own_round(outside))
        answer = outside.client.request(method, address, headers=outside.headers)
        assert answer.status_code == 401, (method, address)
        if method != "HEAD":
            assert Reader(answer.text).title.startswith("Logga in"), address
            assert "Bräcke" not in answer.text, address
        walked += 1
    assert walked > 60
    assert outside.digest() == before


def test_whoever_has_to_sign_in_before_a_press_comes_back_to_a_page_that_there_is(
    outside: Desk,
) -> None:
    pages = [route for route in routes_of(outside.client.app) if "GET" in route.methods]
    ways = {}
    for method, path in behind(outside):
        if method == "POST":
            address = filled(outside, path, own_round(outside))
            asked = outside.client.post(f"{address}?a=1", headers=outside.headers)
            on = dict(Reader(asked.text).forms[-1].pairs)["vidare"]
            ways[path] = on
            assert any(page.pattern.fullmatch(on.partition("?")[0]) for page in pages), path
    assert ways["/samordna/jag/katalog"] == "/samordna/jag"
    assert ways["/samordna/{round_id}/inkommande/{number}/undan"].endswith("/inkommande/1")
    assert ways["/samordna/{round_id}/plan/{key}/{what}"].endswith("/plan/inspel/las?a=1")
    assert ways["/samordna/{round_id}/harnast/{what}"].endswith("/harnast/skicka?a=1")
    assert ways["/samordna/{round_id}/harnast/ord"].endswith("/harnast/ord?a=1")
    assert ways["/samordna/logga-ut"] == "/samordna"


def test_another_round_is_no_page_whatever_is_asked_of_it(desk: Desk) -> None:
    other = another_round(desk)
    before = desk.digest()
    for method, path in behind(desk):
        if "{round_id}" not in path:
            continue
        for round_id in (other, 999):
            address = filled(desk, path, round_id)
            pairs = {"_prov": desk.form("/samordna/jag").pairs[0][1]}
            answer = desk.client.request(
                method, address, headers=desk.headers, data=pairs if method == "POST" else None
            )
            assert answer.status_code == 404, (method, address)
            assert "2030" not in answer.text
            assert "Cilla" not in answer.text
    assert desk.digest() == before


def test_a_reader_sees_everything_and_does_nothing(outside: Desk) -> None:
    outside.let_see(BO, DeskRole.READER)
    outside.sign_in(BO)
    for path in ("", "/plan", "/svar", "/harnast", "/organisationer", "/utskick", "/diariet"):
        assert outside.client.get(f"{outside.home}{path}").status_code == 200
    before = outside.digest()
    proof = {"_prov": outside.form("/samordna/jag").pairs[0][1], "_bekraftat": "1"}
    tried = 0
    for method, path in behind(outside):
        if method == "POST" and "{round_id}" in path:
            address = filled(outside, path, own_round(outside))
            answer = outside.client.post(address, data=proof, headers=outside.headers)
            assert answer.status_code == 403, address
            assert "Bara den som samordnar" in answer.text
            tried += 1
    assert tried > 8
    assert outside.digest() == before


def test_a_reader_is_shown_no_button(outside: Desk) -> None:
    outside.let_see(BO, DeskRole.READER)
    outside.sign_in(BO)
    about = "?aktivitet=inspel&steg=reminder-10"
    for path in (
        *("/plan/inspel", "/plan/inspel/flytta", "/personer", "/organisationer/bracke"),
        *("/plan/inspel/paminn", "/harnast", f"/harnast/skicka{about}", f"/harnast/ord{about}"),
    ):
        page = outside.page(f"{outside.home}{path}")
        assert [form.pairs for form in page.forms if "_prov" in dict(form.pairs)] == []


def test_a_form_from_elsewhere_does_nothing(desk: Desk) -> None:
    address = f"{desk.home}/plan/inspel/klar"
    pairs = [*desk.form(address).pairs, ("_bekraftat", "1")]
    before = desk.digest()
    for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {}):
        assert desk.post(address, pairs, headers=headers).status_code == 403
    assert desk.post(address, [("_prov", "x"), ("_bekraftat", "1")]).status_code == 403
    assert desk.digest() == before


@pytest.mark.parametrize("path", ["/plan/inspel/las", "/personer"])
def test_what_weighs_much_needs_that_somebody_has_just_signed_in(desk: Desk, path: str) -> None:
    address = f"{desk.home}{path}"
    form = desk.form(address)
    desk.now += FRESH
    desk.page(desk.home)  # which notes that they came
    before = desk.digest()
    asked = desk.post(address, form.pairs)
    assert asked.status_code == 403
    page = Reader(asked.text)
    assert "nyss har visat vem du är" in page.text
    assert dict(page.forms[0].pairs) | {"_prov": ""} == {
        "_prov": "",
        "epost": ASTA,
        "vidare": address,
    }
    assert desk.digest() == before


def test_who_lost_the_session_while_writing_gets_the_words_back(desk: Desk) -> None:
    address = f"{desk.home}/plan/inspel/flytta"
    form = desk.form(address).with_(dag="2020-10-09", meddelande="Nämnden möts senare.")
    desk.press("/samordna/jag", 1)
    desk.client.cookies.set("agenda", "gone")
    answer = desk.post(address, form)
    assert answer.status_code == 401
    assert "Nämnden möts senare." in answer.text
    assert dict(Reader(answer.text).forms[0].pairs)["vidare"] == address


def test_whoever_is_let_go_is_out_at_once(outside: Desk) -> None:
    outside.let_see(BO, DeskRole.COORDINATOR)
    outside.sign_in(BO)
    with transaction(outside.engine) as session:
        let_go(session, find_person(session, BO), by=By.person("x", outside.now))
    assert outside.client.get(outside.home).status_code == 401
    assert outside.register("person_left") == ["x"]


@pytest.mark.parametrize(
    ("role", "changes", "is_shown"),
    [
        (DeskRole.COORDINATOR, {}, True),
        (DeskRole.READER, {}, False),
        (DeskRole.COORDINATOR, {"dashboard_url": "https://agenda.regionen.example:8443"}, True),
    ],
)
def test_prefect_is_linked_for_those_alone_who_reach_it(
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    role: DeskRole,
    changes: dict[str, str],
    is_shown: bool,
) -> None:
    desk.let_see(BO, role)
    desk.sign_in(BO)
    app = desk.client.app
    former = app.state.settings  # type: ignore[attr-defined]
    monkeypatch.setattr(app.state, "settings", former.model_copy(update=changes))  # type: ignore[attr-defined]
    links = desk.page(f"{desk.home}/plan/inspel").links
    to_prefect = [link for link in links if "/artifacts/" in link]
    runs = [link for link in links if "/korningar" in link]
    assert bool(to_prefect) == bool(runs) == is_shown
    if "dashboard_url" in changes:
        assert to_prefect[0].startswith(changes["dashboard_url"])
    of_round, of_activity = (
        desk.client.get(f"{desk.home}/korningar{which}") for which in ("", "?aktivitet=inspel")
    )
    if not is_shown:
        assert (of_round.status_code, of_activity.status_code) == (403, 403)
        return
    assert runs == [of.request.url.raw_path.decode() for of in (of_round, of_activity)]
    shown = [parse_qs(urlsplit(of.headers["location"]).query) for of in (of_round, of_activity)]
    assert [one["tags"] for one in shown] == [["omgång:2020"]] * 2
    assert [one.get("flow-run-search") for one in shown] == [
        None,
        ["Förfrågan om inspel från kommunerna"],
    ]
    assert shown[0]["start"] < shown[0]["end"]


def test_the_runs_of_an_activity_that_there_is_not_are_no_page(desk: Desk) -> None:
    assert desk.client.get(f"{desk.home}/korningar?aktivitet=finns-inte").status_code == 404
