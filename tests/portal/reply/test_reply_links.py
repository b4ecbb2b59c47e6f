"""What a personal link opens and what it does not, and what comes back when it opens nothing."""

import logging
from datetime import timedelta

import pytest
from sqlmodel import select

from agenda.attachments import checked_file
from agenda.links.links import revoke
from agenda.models import Contact, Link, identity
from agenda.register import By
from agenda.rounds.files import attach_file, remove_file
from agenda.rounds.finding import find_activity
from agenda.rounds.round import find_round
from agenda.storage.store import reading, transaction
from tests.door import PDF, Door, Reader, a_proposal

PATHS = (
    *("", "/granska", "/kvitto", "/versioner/1", "/inget", "/avstar", "/anstand", "/kollega"),
    *("/ny-lank", "/rostsedel", "/rostsedel/granska", "/rostsedel/kvitto", "/fil/1"),
    *("/svarsfil/1", "/underlag/1", "?fel=1", "?lang=en", "?sparat=1"),
)


def test_no_get_and_no_head_changes_anything(door: Door) -> None:
    home = door.link()
    form = door.form(home).with_(**a_proposal())
    door.post(home, [*form, ("_spara", "1")], files=[("bilagor", ("bra.pdf", PDF))])
    before = door.digest()
    seen, ahead = set(), {home, *(home + path for path in PATHS)}
    while ahead:
        address = ahead.pop()
        seen.add(address)
        assert door.client.head(address).status_code in (200, 303, 404), address
        answer = door.client.get(address)
        assert answer.status_code in (200, 303, 404), address
        if "text/html" in answer.headers.get("content-type", ""):
            found = {link.partition("#")[0] for link in Reader(answer.text).links}
            ahead |= {link for link in found if link.startswith("/")} - seen
    assert len(seen) > len(PATHS)
    assert door.digest() == before


def test_a_wrong_link_gets_a_page_with_the_way_on(door: Door) -> None:
    door.link()
    for path in PATHS:
        answer = door.client.get(f"/svar/{'x' * 43}{path}")
        assert answer.status_code == 404, path
        if "lang=en" not in path:
            assert "<h1>Länken går inte att öppna</h1>" in answer.text, path
            assert 'href="/svar/ny-lank"' in answer.text
        door.client.cookies.clear()


def test_a_renewed_link_says_so_and_the_new_one_opens(door: Door) -> None:
    former = door.link()
    door.save(former, fragor__0__titel="Sparat")
    page = door.form(f"{former}/ny-lank")
    answer = door.post(page.action, page.pairs)
    assert answer.headers["location"] == "/svar/ny-lank?skickat=1"
    assert "Länken har bytts ut" in door.page(former, status=410).text
    new = door.link()
    assert new != former
    assert dict(door.form(new).pairs)["fragor-0-titel"] == "Sparat"
    assert door.mails("new_link") == [("new_link", "kommun@bracke.example")]


def test_what_was_written_while_the_link_was_renewed_is_shown_to_be_copied(door: Door) -> None:
    former = door.link()
    written = door.form(former).with_(fragor__0__titel="Skrivet i tid")
    page = door.form(f"{former}/ny-lank")
    door.post(page.action, page.pairs)
    answer = door.post(former, [*written, ("_spara", "1")])
    assert answer.status_code == 410
    assert "Skrivet i tid" in answer.text
    assert door.draft() is None


def test_a_closed_link_opens_nothing_and_the_way_on_mails_the_municipality(door: Door) -> None:
    home = door.link()
    with transaction(door.engine) as session:
        link = session.get_one(Link, 1)
        revoke(session, link, by=By.person("x", door.now))
    assert "Länken är stängd" in door.page(home, status=410).text
    proof = door.form("/svar/ny-lank").pairs
    assert door.post(f"{home}/ny-lank", proof).status_code == 303
    assert door.mails("new_link") == [("new_link", "kommun@bracke.example")]
    assert door.client.get(home).status_code == 410


def test_a_known_and_an_unknown_address_get_the_same_answer(door: Door) -> None:
    door.link()
    said = []
    for address in ("Kommun@Bracke.example ", "ingen@annan.example", "ingen@åre.example"):
        form = door.form("/svar/ny-lank").with_(epost=address)
        answer = door.post("/svar/ny-lank", form)
        shown = door.client.get(answer.headers["location"])
        said.append((answer.status_code, dict(answer.headers), answer.content, shown.text))
    assert said == [said[0]] * 3
    assert "Om adressen finns hos oss kommer ett mejl" in said[0][3]
    assert door.mails("same_link") == [("same_link", "kommun@bracke.example")]


@pytest.mark.parametrize("typed", ["inte en adress", "", "\u200b", "json://localhost/", "å@b.se"])
def test_what_can_be_no_address_is_told_so_and_kept(door: Door, typed: str) -> None:
    answer = door.post("/svar/ny-lank", door.form("/svar/ny-lank").with_(epost=typed))
    assert answer.status_code == 422
    assert "Det där är ingen e-postadress. Skriv en, till exempel" in answer.text
    [again] = [form for form in Reader(answer.text).forms if form.action == "/svar/ny-lank"]
    assert dict(again.pairs)["epost"] == typed


@pytest.mark.parametrize(
    "typed",
    [
        "Bräcke kommun <kommun@bracke.example>",
        "mailto:kommun@bracke.example",
        "kommun\u00ad@bracke\u200b.example.",
        " KOMMUN@BRACKE.EXAMPLE,",
    ],
)
def test_an_address_finds_its_links_however_it_is_typed(door: Door, typed: str) -> None:
    home = door.link()
    door.post("/svar/ny-lank", door.form("/svar/ny-lank").with_(epost=typed))
    assert door.mails("same_link") == [("same_link", "kommun@bracke.example")]
    assert door.client.get(home).status_code == 200


@pytest.mark.parametrize("stored", ["kommun@xn--re-xia.example", "Kommun@Åre.example"])
@pytest.mark.parametrize("typed", ["kommun@åre.example", "kommun@XN--re-xia.example"])
def test_å_in_a_domain_finds_its_links_on_both_sides(door: Door, stored: str, typed: str) -> None:
    door.link()
    with transaction(door.engine) as session:
        [contact] = session.exec(select(Contact).where(Contact.address == "kommun@bracke.example"))
        contact.address = stored
    door.post("/svar/ny-lank", door.form("/svar/ny-lank").with_(epost=typed))
    assert door.mails("same_link") == [("same_link", stored)]


def test_whoever_merely_knows_an_address_closes_nothing(door: Door) -> None:
    home = door.link()
    annas = door.colleague(home, "anna@bracke.example")
    for address in ("kommun@bracke.example", "anna@bracke.example"):
        door.post("/svar/ny-lank", door.form("/svar/ny-lank").with_(epost=address))
    assert (door.link(), door.client.get(annas).status_code) == (home, 200)
    assert door.mails("same_link") == [
        ("same_link", "kommun@bracke.example"),
        ("same_link", "anna@bracke.example"),
    ]
    assert door.register("link_mailed") == ["begäran om ny länk"] * 2
    assert door.register("link_renewed") == []


def test_the_link_goes_to_the_address_that_asked_and_bothers_nobody_else(door: Door) -> None:
    door.link()
    with transaction(door.engine) as session:
        [one] = session.exec(select(Contact).where(Contact.address == "kommun@bracke.example"))
        more = {"name": "Två", "address": "tva@bracke.example", "role": one.role}
        session.add(Contact(organisation_id=one.organisation_id, **more))
    door.post("/svar/ny-lank", door.form("/svar/ny-lank").with_(epost="tva@bracke.example"))
    assert door.mails("same_link") == [("same_link", "tva@bracke.example")]


def test_asking_twice_mails_the_same_link_twice(door: Door) -> None:
    home = door.link()
    form = door.form("/svar/ny-lank").with_(epost="kommun@bracke.example")
    for _ in range(2):
        door.post("/svar/ny-lank", form)
        door.now += timedelta(minutes=1)
    assert len(door.mails("same_link")) == 2
    assert door.link() == home


def test_a_colleague_whose_link_was_closed_neither_closes_nor_gets_any(door: Door) -> None:
    home = door.link()
    annas = door.colleague(home, "anna@bracke.example")
    proof = door.form(f"{annas}/ny-lank").pairs
    door.close(annas)
    before = door.digest()
    for asked in (proof, door.form("/svar/ny-lank").with_(epost="anna@bracke.example")):
        assert door.post(f"{annas}/ny-lank", asked).status_code == 303
    door.post("/svar/ny-lank", door.form("/svar/ny-lank").with_(epost="anna@bracke.example"))
    assert door.digest() == before
    assert door.link() == home


def test_a_colleague_replaces_the_link_of_their_own_and_the_register_says_who(door: Door) -> None:
    home = door.link()
    annas = door.colleague(home, "anna@bracke.example")
    number = door.link_id("anna@bracke.example")
    page = door.form(f"{annas}/ny-lank")
    for _ in range(2):  # the second press comes with a link that has been replaced
        door.post(page.action, page.pairs)
        door.now += timedelta(minutes=1)
    assert door.client.get(annas).status_code == 410
    assert door.client.get(home).status_code == 200
    assert {to for _, to in door.mails("new_link", "same_link")} == {"anna@bracke.example"}
    assert door.register("link_renewed") == door.register("link_mailed") == [f"länk {number}"]


def test_three_new_links_an_hour_and_address_are_enough(door: Door) -> None:
    form = door.form("/svar/ny-lank").with_(epost="ingen@annan.example")
    answers = [door.post("/svar/ny-lank", form) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [303, 303, 303, 429]
    assert answers[3].headers["retry-after"] == "1800"
    assert "Försök igen om 30 minuter." in answers[3].text


@pytest.mark.parametrize("kind", ["fil", "svarsfil", "underlag"])
def test_another_organisations_files_are_not_there(door: Door, kind: str) -> None:
    theirs, mine = door.link("ragunda"), door.link("bracke")
    form = door.form(theirs).with_(**a_proposal())
    door.post(theirs, [*form, ("_granska", "1")], files=[("bilagor", ("hemlig.pdf", PDF))])
    reviewed = door.form(f"{theirs}/granska")
    door.post(reviewed.action, reviewed.pairs)
    with transaction(door.engine) as session:
        other = find_activity(session, find_round(session, None), "workshop")
        attach_file(
            session, other, checked_file("x.pdf", PDF), content=PDF, by=By.person("x", door.now)
        )
    whose = door.link("ragunda", "workshop") if kind == "underlag" else theirs
    assert door.client.get(f"{whose}/{kind}/1").content == PDF
    assert door.client.get(f"{mine}/{kind}/1").status_code == 404
    assert door.client.get(f"{mine}/{kind}/99999999999999999999").status_code == 404


def test_another_organisations_file_cannot_be_put_into_ones_own_answer(door: Door) -> None:
    theirs, mine = door.link("ragunda"), door.link("bracke")
    form = door.form(theirs).with_(fragor__0__titel="x")
    door.post(theirs, [*form, ("_spara", "1")], files=[("bilagor", ("hemlig.pdf", PDF))])
    door.save(mine, fragor__0__titel="Min", bilagor="1")
    assert door.draft("bracke") == {"fragor": [{"titel": "Min"}]}


def test_the_documents_of_an_activity_are_fetched_until_they_are_taken_away(door: Door) -> None:
    home = door.link()
    with transaction(door.engine) as session:
        row = find_activity(session, find_round(session, None), "inspel")
        for content in (b"%PDF- former", PDF):
            attach_file(
                session,
                row,
                checked_file("Utkast å.pdf", content),
                content=content,
                by=By.person("x", door.now),
            )
    assert [link for link in door.page(home).links if "underlag" in link] == [f"{home}/underlag/2"]
    answer = door.client.get(f"{home}/underlag/2")
    assert answer.content == PDF
    assert answer.headers["content-disposition"] == (
        "attachment; filename=\"Utkast _.pdf\"; filename*=UTF-8''Utkast%20%C3%A5.pdf"
    )
    with transaction(door.engine) as session:
        row = find_activity(session, find_round(session, None), "inspel")
        remove_file(session, row, name="Utkast å.pdf", by=By.person("x", door.now))
    assert door.client.get(f"{home}/underlag/2").status_code == 404


def test_a_token_stands_in_no_title_log_or_header(
    door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    home = door.link()
    token = home.rpartition("/")[2]
    door.send(home, **a_proposal())
    door.now += timedelta(minutes=1)
    for path in PATHS:
        answer = door.client.get(home + path)
        if "text/html" in answer.headers.get("content-type", ""):
            assert token not in Reader(answer.text).title
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cache-control"] == "no-store"
    own = [r for r in caplog.records if not r.name.startswith(("httpx", "asyncio", "httpcore"))]
    assert [r.getMessage() for r in own if token in r.getMessage()] == []
    with reading(door.engine) as session:
        link = session.get_one(Link, 1)
        assert identity(link) == 1
        assert token not in repr(link)
