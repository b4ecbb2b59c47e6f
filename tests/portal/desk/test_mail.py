"""Mail that came in, at the desk: who sees which, as text; registered once, set aside, back."""

from pathlib import Path

import pytest
from sqlmodel import select

from agenda.models import Contact, DeskRole, IncomingMail, Organisation
from agenda.register import By
from agenda.rounds.round import start_round
from agenda.storage.store import reading, transaction
from notifications.incoming.looking import look
from notifications.office import Office
from tests.door import Reader
from tests.notifications.incoming.inbox import Inbox, letter
from tests.portal.desk.desk import BO, Desk
from tests.rounds_under_way import PLAN

FILES = (
    '--L\nContent-Type: image/png; name="karta.png"\n\n\x89PNG\r\n\x1a\nx\n'
    '--L\nContent-Type: application/octet-stream; name="program.exe"\n\nMZ\n'
    '--L\nContent-Type: text/html; name="sida.html"\n\n<script>alert(1)</script>\n'
)
PDF = '--L\nContent-Type: application/pdf; name="karta.pdf"\n\n%PDF-1.7 karta\n'


def sender_of(desk: Desk, organisation: str) -> str:
    with reading(desk.engine) as session:
        query = select(Contact.address).join(Organisation).where(Organisation.key == organisation)
        return session.exec(query).first() or ""


def come_in(desk: Desk, *mails: bytes) -> list[int]:
    """Put mails in the mailbox and have it read; their numbers."""
    inbox = Inbox()
    inbox.mails = [(raw, desk.now) for raw in mails]
    look(desk.engine, Office.of(desk.settings), inbox, now=desk.now)
    with reading(desk.engine) as session:
        return [one.id or 0 for one in session.exec(select(IncomingMail).order_by(IncomingMail.id))]


def test_what_waits_is_listed_and_the_first_page_leads_to_it(desk: Desk) -> None:
    text = "<b>Hej</b> <script>alert(1)</script>"
    [number, _] = come_in(
        desk, letter(sender_of(desk, "krokom"), text), letter("okand@annan.example", "Hej")
    )
    page = desk.page(f"{desk.home}/inkommande")
    assert "Krokoms kommun" in page.text
    assert "okänt vems" in page.text
    first = desk.client.get(desk.home).text
    assert f"/inkommande/{number}" in first
    assert "1 mejl väntar som det inte framgår vems de är" in first
    raw = desk.client.get(f"{desk.home}/inkommande/{number}").text
    assert "<script>alert" not in raw
    assert "&lt;script&gt;alert(1)" in raw
    assert "Mejl från organisationen" in desk.page(f"{desk.home}/organisationer/krokom").text


def test_nothing_that_waits_is_said_so(desk: Desk) -> None:
    assert "Inget mejl väntar." in desk.page(f"{desk.home}/inkommande").text
    assert "mejl väntar" not in desk.page(desk.home).text


def test_a_mail_takes_no_answers_place_that_nobody_has_been_asked_about(desk: Desk) -> None:
    [number] = come_in(desk, letter(sender_of(desk, "krokom"), "Ett tillägg."))
    address = f"{desk.home}/inkommande/{number}"
    form = desk.form(address).with_(aktivitet="inspel")
    desk.press(f"{desk.home}/svar/inspel/krokom/registrera", text="Väg 87.")

    asked = desk.post(address, form)
    assert asked.status_code == 422
    page = Reader(asked.text)
    assert "Krokoms kommun har redan ett svar där" in page.text
    assert f"{desk.home}/svar/inspel/krokom" in page.links
    assert len(desk.answers("krokom")) == 1

    ticked = [*page.forms[0].pairs, ("ersatter", "1")]
    # One more comes in before the press: that one has not been read either.
    desk.press(f"{desk.home}/svar/inspel/krokom/registrera", text="Väg 88.")
    asked_again = desk.post(address, ticked)
    assert asked_again.status_code == 422
    ticked = [*Reader(asked_again.text).forms[0].pairs, ("ersatter", "2")]
    assert desk.post(address, ticked).status_code == 303
    assert [answer.text.strip() for answer in desk.answers("krokom")][-1] == "Ett tillägg."


def test_after_an_answer_was_withdrawn_a_mail_is_registered_at_once(desk: Desk) -> None:
    desk.press(f"{desk.home}/svar/inspel/krokom/registrera", text="Väg 87.")
    desk.do(f"{desk.home}/svar/inspel/krokom/aterkalla")
    [number] = come_in(desk, letter(sender_of(desk, "krokom"), "Det här gäller."))
    address = f"{desk.home}/inkommande/{number}"
    assert desk.post(address, desk.form(address).with_(aktivitet="inspel")).status_code == 303


def test_that_no_mailbox_is_read_is_said_where_its_mail_would_be(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert "Ingen brevlåda läses" in desk.page(f"{desk.home}/inkommande").text
    state = desk.client.app.state
    read = state.settings.model_copy(update={"incoming_folder": tmp_path})
    monkeypatch.setattr(state, "settings", read)
    assert "Ingen brevlåda läses" not in desk.page(f"{desk.home}/inkommande").text


def test_one_press_registers_what_the_page_shows_and_once(desk: Desk) -> None:
    [number] = come_in(
        desk, letter(sender_of(desk, "krokom"), "Vi vill ha väg.", parts=PDF + FILES)
    )
    address = f"{desk.home}/inkommande/{number}"
    page = desk.page(address)
    assert "program.exe" in page.text
    assert page.text.count("Följer inte med") == 3
    form = desk.form(address).with_(aktivitet="inspel", diarienummer="RUN 7")
    assert dict(form)["organisation"] == "krokom"
    done = desk.post(address, form)
    where = f"{desk.home}/svar/inspel/krokom?gjort=registered"
    assert (done.status_code, done.headers["location"]) == (303, where)
    shown = desk.page(where).text
    assert all(words in shown for words in ("Vi vill ha väg.", "karta.pdf", "RUN 7"))
    assert "program.exe" not in shown
    again = desk.post(address, form)
    assert again.status_code == 409
    assert "redan registrerat" in again.text
    assert len(desk.register("mail_registered")) == 1
    assert "program.exe" in desk.page(address).text


def test_a_mail_of_nobody_known_needs_a_choice_and_one_who_is_not_asked_is_named(
    desk: Desk,
) -> None:
    [number] = come_in(desk, letter("okand@annan.example", "Hej"))
    address = f"{desk.home}/inkommande/{number}"
    missing = desk.post(address, desk.form(address).pairs)
    assert missing.status_code == 422
    assert "Välj vems svar det är." in missing.text
    form = desk.form(address).with_(organisation="krokom", aktivitet="finns-inte")
    assert desk.post(address, form).status_code == 422
    form = desk.form(address).with_(organisation="krokom", aktivitet="inspel", slag="declined")
    assert desk.post(address, form).status_code == 303
    assert "Avstår" in desk.page(f"{desk.home}/svar/inspel/krokom").text


def test_one_is_set_aside_and_taken_back(desk: Desk) -> None:
    [number] = come_in(desk, letter("okand@annan.example", "Reklam"))
    address = f"{desk.home}/inkommande/{number}"
    assert desk.press(address, 1).status_code == 303
    assert "Inget mejl väntar." in desk.page(f"{desk.home}/inkommande").text
    assert "okand@annan.example" in desk.page(f"{desk.home}/inkommande?visa=undan").text
    assert desk.press(address, 1).status_code == 303
    assert "okand@annan.example" in desk.page(f"{desk.home}/inkommande").text
    assert len(desk.register("mail_taken_back")) == 1


def test_the_mail_and_its_files_are_saved_and_never_shown(desk: Desk) -> None:
    mail = letter(sender_of(desk, "krokom"), "Hej", parts=FILES)
    [number] = come_in(desk, mail)
    raw = desk.client.get(f"{desk.home}/inkommande/{number}/mejl.eml")
    assert raw.content == mail
    files = [desk.client.get(f"{desk.home}/inkommande/{number}/fil/{n}") for n in (1, 2, 3)]
    for answer in (raw, *files):
        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert files[2].headers["content-type"] == "application/octet-stream"
    assert desk.client.get(f"{desk.home}/inkommande/{number}/fil/4").status_code == 404


@pytest.fixture
def cillas(desk: Desk) -> str:
    """The first page of a round that Cilla coordinates, with a contact of its own."""
    who = {"name": "Cilla", "address": "cilla@regionen.example"}
    coordinator = PLAN.coordinator.model_copy(update=who)
    other = PLAN.model_copy(update={"name": "2030", "coordinator": coordinator})
    with transaction(desk.engine) as session:
        start_round(session, other, by=By.person("x", desk.now))
        theirs = session.exec(select(Organisation).order_by(Organisation.id.desc())).first()
        contact = Contact(
            organisation_id=theirs.id, name="Eva", address="eva@enbart.example", role="primary"
        )
        session.add(contact)
        return f"/samordna/{theirs.round_id}"


def test_a_mail_of_another_round_is_no_page_by_its_number(desk: Desk, cillas: str) -> None:
    [number] = come_in(desk, letter("eva@enbart.example", "Hemligt."))
    for path in ("", "/mejl.eml", "/fil/1"):
        for home in (desk.home, cillas):
            assert desk.client.get(f"{home}/inkommande/{number}{path}").status_code == 404
    proof = {"_prov": desk.form("/samordna/jag").pairs[0][1]}
    for path in ("", "/undan", "/tillbaka"):
        address = f"{desk.home}/inkommande/{number}{path}"
        assert desk.client.post(address, data=proof, headers=desk.headers).status_code == 404
    assert "eva@enbart" not in desk.page(f"{desk.home}/inkommande?visa=alla").text
    desk.sign_in("cilla@regionen.example")
    assert "Hemligt." in desk.page(f"{cillas}/inkommande/{number}").text


def test_what_nobody_is_known_to_have_written_every_coordinator_sees_and_no_reader(
    desk: Desk, cillas: str
) -> None:
    [number] = come_in(desk, letter("okand@annan.example", "Hej"))
    assert desk.client.get(f"{desk.home}/inkommande/{number}").status_code == 200
    desk.sign_in("cilla@regionen.example")
    assert desk.client.get(f"{cillas}/inkommande/{number}").status_code == 200
    with transaction(desk.engine) as session:
        assert session.get_one(IncomingMail, number).round_id is None


def test_a_reader_reads_the_rounds_own_mail_alone(outside: Desk) -> None:
    outside.let_see(BO, DeskRole.READER)
    own, unclaimed = come_in(
        outside, letter(sender_of(outside, "krokom")), letter("okand@annan.example")
    )
    outside.sign_in(BO)
    assert outside.client.get(f"{outside.home}/inkommande/{own}").status_code == 200
    assert outside.client.get(f"{outside.home}/inkommande/{unclaimed}").status_code == 404
    assert "inte framgår vems" not in outside.page(outside.home).text
    assert outside.page(f"{outside.home}/inkommande/{own}").forms == []


def test_an_address_in_capitals_outside_of_ascii_is_still_its_contacts(desk: Desk) -> None:
    with transaction(desk.engine) as session:
        contact = session.exec(select(Contact).join(Organisation).where(Organisation.key == "berg"))
        contact.first().address = "åsa@berg.example"
    [_] = come_in(desk, letter("ÅSA@BERG.example", "Hej"))
    assert "Bergs kommun" in desk.page(f"{desk.home}/inkommande").text
