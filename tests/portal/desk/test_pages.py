"""What stands on the desk: answers as written, letters word for word, the register, contacts."""

import csv
import io
import re
import zipfile
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from sqlmodel import col, select

from agenda.models import Contact, Message, MessageState, RegisterEntry, Round
from agenda.storage.store import reading, transaction
from tests.door import PDF, Reader, a_proposal
from tests.portal.desk.desk import ASTA, BO, Desk
from tests.rounds_under_way import PLAN

NASTY = "<script>alert(1)</script> & \u202e=1+1"


def test_the_first_page_of_a_round_is_where_who_signs_in_comes(desk: Desk) -> None:
    answer = desk.client.get("/samordna")
    assert (answer.status_code, answer.headers["location"]) == (303, desk.home)
    page = desk.page(desk.home)
    assert "0 av 8 har svarat" in page.text
    overdue = [one.key for one in PLAN.activities if one.due_on < desk.now.date()]
    assert page.text.count("Skulle ha varit klart") == len(overdue) > 0
    for key in overdue:
        desk.do(f"{desk.home}/plan/{key}/klar")
    assert "Inget väntar på dig just nu." in desk.page(desk.home).text


def test_an_answer_is_read_as_it_was_written_with_its_files(desk: Desk) -> None:
    home = desk.link("bracke")
    desk.post(
        home,
        [
            *desk.form(home).with_(**a_proposal(titel=NASTY, problem="Rad 1\r\n\r\nRad 2")),
            ("_spara", "1"),
        ],
        files=[("bilagor", ("Karta å.pdf", PDF))],
    )
    reviewed = desk.form(f"{home}/granska")
    assert desk.post(reviewed.action, reviewed.pairs).status_code == 303

    address = f"{desk.home}/svar/inspel/bracke"
    first = desk.page(desk.home)
    assert address in first.links
    text = desk.client.get(address).text
    assert "<script>" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "Rad 1\n\nRad 2" in text

    [file] = {link for link in Reader(text).links if "/fil/" in link}
    saved = desk.client.get(file)
    assert saved.content == PDF
    assert saved.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in saved.headers["content-security-policy"]


def test_all_files_are_saved_at_once_by_names_that_say_whose_they_are(desk: Desk) -> None:
    for organisation in ("bracke", "berg"):
        home = desk.link(organisation)
        desk.post(
            home,
            [*desk.form(home).with_(**a_proposal()), ("_spara", "1")],
            files=[("bilagor", ("bilaga.pdf", PDF))],
        )
        reviewed = desk.form(f"{home}/granska")
        desk.post(reviewed.action, reviewed.pairs)
    answer = desk.client.get(f"{desk.home}/svar/inspel/bilagor.zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        assert sorted(archive.namelist()) == [
            "berg_inspel_v1_bilaga.pdf",
            "bracke_inspel_v1_bilaga.pdf",
        ]
        assert archive.read("berg_inspel_v1_bilaga.pdf") == PDF


def test_a_file_of_another_organisation_is_no_page_of_this_one(desk: Desk) -> None:
    home = desk.link("bracke")
    desk.post(
        home,
        [*desk.form(home).with_(**a_proposal()), ("_spara", "1")],
        files=[("bilagor", ("bilaga.pdf", PDF))],
    )
    reviewed = desk.form(f"{home}/granska")
    desk.post(reviewed.action, reviewed.pairs)
    own = f"{desk.home}/svar/inspel/bracke/fil/1"
    assert desk.client.get(own).status_code == 200
    assert desk.client.get(own.replace("bracke", "berg")).status_code == 404
    assert desk.client.get(f"{desk.home}/svar/inspel/bracke/fil/{10**20}").status_code == 404


def test_two_versions_are_compared_word_by_word(desk: Desk) -> None:
    home = desk.link("bracke")
    desk.send(home, **a_proposal(problem="Den går för sällan."))
    desk.send(home, **a_proposal(problem="Den går alldeles för sällan."))
    text = desk.client.get(f"{desk.home}/svar/inspel/bracke/jamfor?fran=1&till=2").text
    assert re.search(r"<ins>\s*alldeles\s*</ins>", text)
    assert "<del>" not in text
    assert (
        desk.client.get(f"{desk.home}/svar/inspel/bracke/jamfor?fran=1&till=9").status_code == 404
    )


def test_an_answer_by_letter_is_registered_with_its_day_and_its_file(desk: Desk) -> None:
    address = f"{desk.home}/svar/inspel/berg/registrera"
    form = desk.form(address).with_(text="Väg 87.", inkom="2020-08-28", diarienummer="RUN/1/2020")
    done = desk.post(address, form, files=[("filer", ("Yttrande.pdf", PDF))])
    assert done.headers["location"] == f"{desk.home}/svar/inspel/berg?gjort=registered"
    [answer] = desk.answers("berg")
    assert (answer.text, answer.registry_no, answer.received_at.date().isoformat()) == (
        "Väg 87.",
        "RUN/1/2020",
        "2020-08-28",
    )
    assert answer.recorded_by == PLAN.coordinator.name
    page = desk.page(done.headers["location"])
    assert "Väg 87." in page.text
    assert "Yttrande.pdf" in page.text


def test_a_letter_registered_by_two_presses_of_one_page_is_one_answer(desk: Desk) -> None:
    address = f"{desk.home}/svar/inspel/berg/registrera"
    form = desk.form(address).with_(text="Väg 87.")
    for _ in range(2):
        done = desk.post(address, form, files=[("filer", ("Yttrande.pdf", PDF))])
        assert done.status_code == 303
    assert len(desk.answers("berg")) == 1
    # The same letter again, from a page that shows the first: somebody means it.
    desk.press(address, text="Väg 87.")
    assert len(desk.answers("berg")) == 2


def test_a_letter_does_not_take_the_place_of_an_answer_that_came_meanwhile(desk: Desk) -> None:
    address = f"{desk.home}/svar/inspel/berg/registrera"
    form = desk.form(address).with_(text="Väg 87.")
    desk.send(desk.link("berg"), **a_proposal())
    refused = desk.post(address, form)
    assert refused.status_code == 422
    assert "Ett annat svar har kommit in sedan sidan öppnades" in Reader(refused.text).text
    assert len(desk.answers("berg")) == 1
    again = Reader(refused.text).forms[-1].pairs
    assert dict(again)["text"] == "Väg 87."
    assert desk.post(address, again).status_code == 303
    assert len(desk.answers("berg")) == 2


def test_a_day_before_the_round_is_asked_about(desk: Desk) -> None:
    address = f"{desk.home}/svar/inspel/berg/registrera"
    asked = desk.press(address, text="Väg 87.", inkom="2019-08-28")
    assert asked.status_code == 422
    assert "2019-08-28 är före omgången" in Reader(asked.text).text
    assert desk.answers("berg") == []
    form = Reader(asked.text).forms[-1].pairs
    assert desk.post(address, [*form, ("dagen-stammer", "1")]).status_code == 303
    assert desk.answers("berg")[0].received_at.year == 2019


def test_files_of_one_name_lie_beside_each_other_in_the_archive(desk: Desk) -> None:
    address = f"{desk.home}/svar/inspel/berg/registrera"
    files = [("filer", ("Bilaga.pdf", PDF)), ("filer", ("bilaga.PDF", PDF + b"\n"))]
    desk.post(address, desk.form(address).with_(text="Väg 87."), files=files)
    archive = desk.client.get(f"{desk.home}/svar/inspel/bilagor.zip")
    with zipfile.ZipFile(io.BytesIO(archive.content)) as packed:
        names = packed.namelist()
    assert names == ["berg_inspel_v1_Bilaga.pdf", "berg_inspel_v1_bilaga (2).PDF"]


@pytest.mark.parametrize(
    ("changes", "file", "said"),
    [
        ({"text": ""}, None, "Ett svar behöver en text eller en fil"),
        ({"text": "x", "inkom": "igår"}, None, "Skriv en dag som finns"),
        ({"text": "x", "inkom": "2031-01-01"}, None, "i framtiden"),
        ({"text": "x"}, ("elak.exe", b"MZ"), "elak.exe"),
        ({"text": "x", "diarienummer": "R" * 61}, None, "Högst 60 tecken"),
    ],
)
def test_an_answer_that_cannot_be_registered_is_given_back_with_why(
    desk: Desk, changes: dict[str, str], file: tuple[str, bytes] | None, said: str
) -> None:
    address = f"{desk.home}/svar/inspel/berg/registrera"
    form = desk.form(address).with_(**changes)
    answer = desk.post(address, form, files=[("filer", file)] if file else None)
    assert answer.status_code == 422
    assert said in Reader(answer.text).text
    assert dict(Reader(answer.text).forms[-1].pairs)["text"] == changes["text"]
    assert desk.answers("berg") == []


def test_an_answer_is_numbered_withdrawn_and_receipted(desk: Desk) -> None:
    address = f"{desk.home}/svar/inspel/berg"
    desk.press(f"{address}/registrera", text="Väg 87.")
    desk.press(f"{address}/diarienummer", diarienummer="RUN/2/2020")
    assert desk.answers("berg")[0].registry_no == "RUN/2/2020"
    desk.do(f"{address}/kvitto")
    assert ("receipt", "kommun@berg.example") in desk.mails()
    desk.do(f"{address}/aterkalla")
    assert desk.answers("berg")[0].withdrawn_at is not None
    assert "Återkallat" in desk.page(address).text


def test_a_letter_is_shown_word_for_word_and_never_its_link(desk: Desk) -> None:
    desk.do(f"{desk.home}/plan/inspel/flytta", dag="2020-10-09", meddelande=NASTY)
    home = desk.link("bracke")
    found = desk.page(f"{desk.home}/utskick")
    letters = [link for link in found.links if link.rpartition("/")[2].isdecimal()]
    letters.remove(desk.home)
    assert len(letters) == len(desk.mails())
    for link in letters:
        text = desk.client.get(link).text
        assert home not in text
        assert "<script>" not in text
    assert "9 oktober 2020" in desk.page(letters[0]).text


def test_letters_are_found_by_words_and_state(desk: Desk) -> None:
    desk.do(f"{desk.home}/plan/inspel/flytta", dag="2020-10-09")
    total = len(desk.mails())
    assert f"{total} brev" in desk.page(f"{desk.home}/utskick").text
    assert "1 brev" in desk.page(f"{desk.home}/utskick?sok=KOMMUN@BRACKE").text
    assert "Inga sådana brev." in desk.page(f"{desk.home}/utskick?lage=failed").text
    assert f"{total} brev" in desk.page(f"{desk.home}/utskick?lage=nonsens&sida=-3").text


def test_a_letter_that_was_given_up_is_tried_again(desk: Desk) -> None:
    desk.do(f"{desk.home}/plan/inspel/flytta", dag="2020-10-09")
    with transaction(desk.engine) as session:
        message = session.scalars(select(Message).order_by(col(Message.id))).first()
        message.state, message.outcome = MessageState.FAILED, "550 No such user"
        number = message.id
    first = desk.page(desk.home)
    assert "Kom inte fram till" in first.text
    desk.do(f"{desk.home}/utskick/{number}")
    with reading(desk.engine) as session:
        assert session.get_one(Message, number).state is MessageState.QUEUED
    # Whoever still has the page from before presses in vain.
    proof = desk.form("/samordna/jag").pairs
    assert desk.post(f"{desk.home}/utskick/{number}", proof).status_code == 409


def test_sending_is_paused_and_goes_on_with_what_waited_named_before(desk: Desk) -> None:
    desk.do(f"{desk.home}/plan/inspel/flytta", dag="2020-10-09")
    pause, resume = f"{desk.home}/utskick/paus", f"{desk.home}/utskick/starta"
    asked = desk.press(pause)
    assert "Brev som väntar och nu inte går ut" in Reader(asked.text).text
    assert desk.confirmed(pause, asked).status_code == 303
    assert "Utskicken är pausade" in desk.page(desk.home).text
    again = desk.press(resume)
    page = Reader(again.text).text
    assert "Brev som går ut" in page
    assert "Bräcke kommun" in page
    assert desk.confirmed(resume, again).status_code == 303
    assert "Utskicken är pausade" not in desk.page(desk.home).text
    assert len(desk.register("sending_paused")) == len(desk.register("sending_resumed")) == 1


@pytest.mark.parametrize("first", ["paus", "starta"])
def test_pressing_twice_does_not_do_the_opposite(desk: Desk, first: str) -> None:
    address = f"{desk.home}/utskick/{first}"
    if first == "starta":
        desk.do(f"{desk.home}/utskick/paus")
    asked = desk.press(address)
    assert desk.confirmed(address, asked).status_code == 303
    second = desk.confirmed(address, asked)
    assert second.status_code == 409
    with reading(desk.engine) as session:
        is_paused = session.scalars(select(Round)).one().sending_paused_at is not None
    assert is_paused == (first == "paus")


def test_what_leaves_next_is_read_word_for_word_held_and_released(desk: Desk) -> None:
    desk.now += timedelta(days=16)  # the day before the reminder ten workdays ahead
    desk.sign_in(ASTA)
    page = desk.page(f"{desk.home}/harnast")
    assert "Påminnelse: Förfrågan om inspel" in page.text
    assert "Länken gäller bara Bräcke kommun" in page.text
    hold = f"{desk.home}/harnast/hall?aktivitet=inspel&steg=reminder-10&vem=bracke"
    assert hold in page.links
    desk.do(hold, skal="Har ringt.")
    after = desk.page(f"{desk.home}/harnast")
    assert "Har ringt." in after.text
    assert "Länken gäller bara Bräcke kommun" not in after.text
    assert "Länken gäller bara Bergs kommun" in after.text
    desk.do(f"{desk.home}/harnast/slapp?aktivitet=inspel&steg=reminder-10&vem=bracke")
    assert "Länken gäller bara Bräcke kommun" in desk.page(f"{desk.home}/harnast").text


def test_a_step_that_is_none_is_refused_in_words(desk: Desk) -> None:
    asked = desk.press(f"{desk.home}/harnast/hall?aktivitet=inspel&steg=nonsens")
    assert asked.status_code == 422
    assert "inget steg nonsens" in Reader(asked.text).text


def test_why_is_said_of_every_step_of_an_organisation(desk: Desk) -> None:
    page = desk.page(f"{desk.home}/organisationer/bracke")
    assert "Väntar: skickas 18 september 2020" in page.text
    of_day = desk.page(f"{desk.home}/organisationer/bracke?dag=2020-09-18")
    assert "påminnelse, 10 arbetsdagar kvar" in of_day.text
    assert "sista påminnelsen" in page.text
    assert "sista påminnelsen" not in of_day.text


def test_contacts_are_changed_in_place_after_what_follows_was_seen(desk: Desk) -> None:
    address = f"{desk.home}/organisationer/bracke/kontakter"
    form = desk.form(address)
    changed = form.with_(**{"namn-0": "Ny Registrator", "epost-0": "ny@bracke.example"})
    asked = desk.post(address, changed)
    assert "ny@bracke.example" in desk.confirm_page(asked).text
    before = desk.digest()
    assert desk.digest() == before
    assert desk.confirmed(address, asked).status_code == 303
    with reading(desk.engine) as session:
        rows = session.scalars(select(Contact).where(~col(Contact.is_removed))).all()
        assert ("Ny Registrator", "ny@bracke.example") in {(one.name, one.address) for one in rows}
        assert "kommun@bracke.example" not in {one.address for one in rows}
    assert desk.register("contacts_imported") == [PLAN.coordinator.name]


def test_a_contact_that_cannot_be_is_said_with_its_row(desk: Desk) -> None:
    address = f"{desk.home}/organisationer/bracke/kontakter"
    form = desk.form(address).with_(**{"epost-0": "ingen adress"})
    answer = desk.post(address, form)
    assert answer.status_code == 422
    page = Reader(answer.text)
    assert "Rad 2:" in page.text
    assert dict(page.forms[-1].pairs)["epost-0"] == "ingen adress"


def test_the_address_of_a_channel_is_never_shown_and_stays_when_it_is_left(desk: Desk) -> None:
    url = "workflows://host/nyckel/hemlig"
    with transaction(desk.engine) as session:
        contact = session.scalars(select(Contact).order_by(col(Contact.id))).first()
        contact.address, key = url, contact.id
    first = desk.page(f"{desk.home}/organisationer").links
    whose = next(link for link in first if link.startswith(f"{desk.home}/organisationer/"))
    address = f"{whose}/kontakter"
    if address.endswith("las-in/kontakter"):
        address = address.replace("las-in", "ostersund")
    text = desk.client.get(address).text
    assert "hemlig" not in text
    form = desk.form(address)
    number = next(n.rpartition("-")[2] for n, v in form.pairs if v.startswith("workflows:"))
    desk.confirmed(address, desk.post(address, form.with_(**{f"namn-{number}": "Annat namn"})))
    with reading(desk.engine) as session:
        found = session.get_one(Contact, key)
        assert (found.address, found.name) == (url, "Annat namn")


def test_a_pasted_table_of_contacts_is_taken_in(desk: Desk) -> None:
    address = f"{desk.home}/organisationer/las-in"
    table = "organisation\tnamn\te-post\troll\r\nbracke\tEva\teva@bracke.example\tkopia\r\n"
    asked = desk.press(address, rader=table)
    assert "Ny: " in desk.confirm_page(asked).text
    assert desk.confirmed(address, asked).status_code == 303
    assert "eva@bracke.example" in desk.page(f"{desk.home}/organisationer").text

    wrong = desk.press(address, rader="organisation\tnamn\te-post\r\nNågon annan\tEva\tx")
    assert wrong.status_code == 422
    assert "Rad 2" in Reader(wrong.text).text
    assert desk.press(address).status_code == 422


def test_a_file_of_contacts_is_taken_in_whatever_its_letters(desk: Desk) -> None:
    address = f"{desk.home}/organisationer/las-in"
    table = "organisation;namn;e-post\r\nbracke;Åsa Öberg;asa@bracke.example\r\n"
    asked = desk.post(
        address, desk.form(address).pairs, files=[("fil", ("k.csv", table.encode("cp1252")))]
    )
    assert desk.confirmed(address, asked).status_code == 303
    assert "Åsa Öberg" in desk.page(f"{desk.home}/organisationer").text


def test_a_link_is_mailed_again_replaced_and_closed(desk: Desk) -> None:
    home = desk.link("bracke")
    page = desk.page(f"{desk.home}/organisationer/bracke")
    again, anew, shut = (link for link in page.links if "/lankar/" in link)
    desk.do(again)
    assert desk.client.get(home).status_code == 200
    desk.do(anew)
    assert desk.client.get(home).status_code == 410
    desk.do(shut)
    assert desk.client.get(anew).status_code == 404
    assert desk.mails("same_link", "new_link") == [
        ("same_link", "kommun@bracke.example"),
        ("new_link", "kommun@bracke.example"),
    ]


def test_a_link_of_another_organisation_is_none_of_this_one(desk: Desk) -> None:
    desk.link("bracke")
    [link, *_] = (
        link for link in desk.page(f"{desk.home}/organisationer/bracke").links if "/lankar/" in link
    )
    assert desk.client.get(link.replace("/bracke/", "/berg/")).status_code == 404


def test_the_register_is_filtered_and_saved_without_formulas(desk: Desk) -> None:
    desk.do(f"{desk.home}/plan/inspel/flytta", dag="2020-10-09")
    desk.do(f"{desk.home}/harnast/hall?aktivitet=inspel&steg=reminder-10", skal="=1+1")
    page = desk.page(f"{desk.home}/diariet?vad=deadline_moved")
    assert "Rader: 1," in page.text
    assert "sista dag flyttad" in page.text

    saved = desk.client.get(f"{desk.home}/diariet/diariet.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(saved), delimiter=";"))
    assert rows[0] == ["När", "Vem", "Vad", "Avser", "Från och till"]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]

    book = desk.client.get(f"{desk.home}/diariet/diariet.xlsx").content
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        sheet = ET.fromstring(parts.read("xl/worksheets/sheet1.xml"))  # our own
        space = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
        assert sheet.findall(".//m:f", space) == []
        assert len(sheet.findall(".//m:row", space)) == len(rows)
        assert "hyperlink" not in "".join(parts.namelist())


def test_a_person_is_added_changed_and_taken_out(desk: Desk) -> None:
    done = desk.press(f"{desk.home}/personer", namn="Bo Berg", epost=BO, roll="reader")
    assert done.headers["location"].endswith("gjort=added")
    number = desk.person(BO).id
    desk.post(
        f"{desk.home}/personer/{number}",
        [*desk.form(f"{desk.home}/personer/{number}").pairs, ("roll", "coordinator")],
    )
    assert "samordnar" in desk.page(f"{desk.home}/personer/{number}").text
    desk.post(
        f"{desk.home}/personer/{number}",
        [*desk.form(f"{desk.home}/personer/{number}").pairs, ("roll", "bort")],
    )
    assert desk.client.get(f"{desk.home}/personer/{number}").status_code == 404
    assert len(desk.register("role_given")) == 2


def test_the_last_coordinator_cannot_leave_the_round_alone(desk: Desk) -> None:
    address = f"{desk.home}/personer/{desk.person(ASTA).id}"
    for role in ("reader", "bort"):
        told = desk.post(address, [*desk.form(address).pairs, ("roll", role)])
        assert told.status_code == 409
        assert "är den enda som samordnar" in told.text
    assert desk.client.get(desk.home).status_code == 200


@pytest.mark.parametrize(
    ("name", "address", "role"),
    [("", BO, "reader"), ("Bo Berg", "x", "reader"), ("Bo Berg", BO, ""), ("B", ASTA, "reader")],
)
def test_a_person_who_cannot_be_is_said(desk: Desk, name: str, address: str, role: str) -> None:
    answer = desk.press(f"{desk.home}/personer", namn=name, epost=address, roll=role)
    assert answer.status_code == 422
    form = dict(Reader(answer.text).forms[-1].pairs)
    assert (form["namn"], form["epost"]) == (name, address)


@pytest.mark.parametrize(
    "path",
    [
        *("", "/plan", "/plan/inspel", "/plan/inspel/flytta", "/plan/inspel/anstand", "/svar"),
        *("/svar/inspel", "/svar/inspel/bracke", "/svar/inspel/bracke/registrera", "/harnast"),
        *("/organisationer", "/organisationer/bracke", "/organisationer/bracke/kontakter"),
        *("/organisationer/las-in", "/utskick", "/utskick/paus", "/diariet", "/personer"),
    ],
)
def test_every_page_speaks_english_too_and_keeps_what_is_chosen(desk: Desk, path: str) -> None:
    address = f"{desk.home}{path}?visa=not_yet&lang=en"
    text = desk.client.get(address).text
    assert '<html lang="en">' in text
    assert "The coordinator" in text
    [back] = {link for link in Reader(text).links if "lang=sv" in link}
    assert back == f"{desk.home}{path}?visa=not_yet&lang=sv"


@pytest.mark.parametrize(
    "path",
    [
        *("/plan/nonsens", "/plan/nonsens/flytta", "/plan/inspel/nonsens", "/svar/nonsens"),
        *("/svar/inspel/nonsens", "/svar/inspel/bracke/nonsens", "/organisationer/nonsens"),
        *("/organisationer/nonsens/kontakter", "/utskick/999999", "/utskick/99999999999999999999"),
        *("/svar/inspel/bracke?version=7", "/organisationer/bracke?aktivitet=nonsens"),
        *(
            "/personer/999",
            "/harnast/hall?aktivitet=nonsens&steg=x",
            "/svar/sammanstallning/bracke",
        ),
    ],
)
def test_what_there_is_none_of_is_no_page(desk: Desk, path: str) -> None:
    answer = desk.client.get(f"{desk.home}{path}")
    assert answer.status_code == 404
    assert "Sidan finns inte" in answer.text


def test_everything_is_registered_with_the_person(desk: Desk) -> None:
    desk.do(f"{desk.home}/plan/inspel/flytta", dag="2020-10-09")
    with reading(desk.engine) as session:
        last = session.scalars(select(RegisterEntry).order_by(col(RegisterEntry.id).desc())).first()
    assert (last.who, last.actor_kind, last.actor_id) == (
        PLAN.coordinator.name,
        "person",
        desk.person(ASTA).id,
    )
