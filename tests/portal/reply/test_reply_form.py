"""Writing a reply, sending it in and changing it, without JavaScript, on both databases."""

import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import select

from agenda.answers import number_answer
from agenda.models import AnswerFile, AnswerKind, Upload
from agenda.rounds import close_round, find_round
from agenda.store import reading, transaction
from tests.door import PDF, START, Door, a_proposal

AWKWARD = (
    "\r\n  Å ä ö 👩\u200d👩\u200d👧 e\u0301 <script>alert(1)</script> {{ 7*7 }} &amp; \"'\r\n"
    "=cmd()|' /C calc'!A0\r\n\u202eomvänt\u202c \u200f\u0639\u0631\t\r\n\r\n" + "x" * 19_800
)


def test_the_page_says_who_is_asked_what_and_until_when(door: Door) -> None:
    home = door.link()
    page = door.page(home)
    assert "Svar från Bräcke kommun" in page.text
    assert "Till och med fredag 2 oktober 2020 kl. 24.00" in page.text
    assert "Inget är skrivet än." in page.text
    assert f"mailto:{'paverkansagenda@regionjh.example'}" in page.links
    assert page.title == "Förfrågan om inspel från kommunerna – Region Jämtland Härjedalen"


def test_english_is_a_click_away_and_remembered(door: Door) -> None:
    home = door.link()
    assert "?lang=en" in door.page(home).links
    answer = door.client.get(f"{home}?lang=en")
    assert '<html lang="en">' in answer.text
    assert (
        "sprak=en; HttpOnly; Max-Age=31536000; Path=/; SameSite=lax"
        in (answer.headers["set-cookie"])
    )
    page = door.page(home)
    assert "Up to and including Friday 2 October 2020, 24:00" in page.text
    assert "?lang=sv" in page.links


def test_what_is_written_arrives_exactly_as_written_everywhere(door: Door) -> None:
    home = door.link()
    wanted = AWKWARD.replace("\r\n", "\n")
    sent = door.send(home, **a_proposal(problem=AWKWARD, titel="=cmd()"))
    assert sent.headers["location"] == f"{home}/kvitto"
    [answer] = door.answers()
    assert answer.content["fragor"][0]["problem"] == wanted
    assert answer.content["fragor"][0]["titel"] == "=cmd()"
    for path in ("", "/kvitto", "/versioner/1"):
        text = door.client.get(home + path).text
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }} &amp;amp;" in text, path
    pairs = dict(door.form(home).pairs)
    assert pairs["fragor-0-problem"] == AWKWARD


def test_a_draft_can_be_left_and_continued(door: Door) -> None:
    home = door.link()
    saved = door.save(home, fragor__0__titel="Halvfärdig")
    assert (saved.status_code, saved.headers["location"]) == (303, f"{home}?sparat=1")
    door.now += timedelta(minutes=5)
    page = door.page(f"{home}?sparat=1")
    assert "Utkastet är sparat." in page.text
    assert "Utkast sparat i dag kl. 10.00." in page.text
    assert dict(page.forms[0].pairs)["fragor-0-titel"] == "Halvfärdig"
    assert door.answers() == []


def test_rows_come_and_go_and_the_browser_stays_where_they_are(door: Door) -> None:
    home = door.link()
    added = door.save(home, "add:fragor", fragor__0__titel="Första")
    assert added.headers["location"] == f"{home}#falt-fragor-1"
    door.save(home, "add:fragor", fragor__1__titel="Andra")
    removed = door.save(home, "remove:fragor:0")
    assert removed.headers["location"] == f"{home}#falt-fragor"
    assert door.draft() == {"fragor": [{"titel": "Andra"}, {}]}


def test_a_review_shows_what_hinders_with_links_to_it(door: Door) -> None:
    home = door.link()
    door.save(home, fragor__0__titel="Flygbussen")
    page = door.page(f"{home}/granska")
    assert f"{home}?fel=1#falt-fragor-0-problem" in page.links
    assert page.forms == []
    shown = door.client.get(f"{home}?fel=1").text
    assert '<a href="#falt-fragor-0-problem">Fråga 1: Fyll i ”Vad är problemet?”.</a>' in shown
    assert "<title>Fel: " in shown


def test_an_empty_form_cannot_be_reviewed_and_says_why(door: Door) -> None:
    home = door.link()
    answer = door.save(home, "_granska")
    assert answer.headers["location"] == f"{home}?lika=1"
    assert "Under ”Frågor till agendan” behövs minst 1" in door.page(f"{home}?lika=1").text
    assert door.draft() is None


def test_an_answer_is_sent_receipted_and_followed_at_once(door: Door, triggered) -> None:
    home = door.link()
    form = door.form(home).with_(**a_proposal())
    door.post(home, [*form, ("_spara", "1")], files=[("bilagor", ("Bilaga åäö.pdf", PDF))])
    door.save(home, "_granska")
    door.now += timedelta(minutes=1)
    door.send(home)
    page = door.page(f"{home}/kvitto")
    for words in (
        "Svaret är mottaget",
        "Inkommet tisdag 1 september 2020 kl. 10.01",
        "Ifyllt svar, version 1",
        "Bilaga åäö.pdf",
        hashlib.sha256(PDF).hexdigest(),
        "Det går till och med fredag 2 oktober 2020 kl. 24.00",
    ):
        assert words in page.text
    assert door.mails("receipt") == [("receipt", "kommun@bracke.example")]
    door.settle()
    assert [asked["name"] for asked in triggered] == [
        "Förfrågan om inspel från kommunerna · svar från Bräcke kommun · omgång 2020"
    ]


def test_a_registry_number_that_is_given_later_shows_on_the_receipt(door: Door) -> None:
    home = door.link()
    door.send(home, **a_proposal())
    assert "Diarienummer" not in door.page(f"{home}/kvitto").text
    with transaction(door.engine) as session:
        found = door.invitation(session, "bracke", "inspel")
        number_answer(session, found, registry_no="RUN/123/2020", now=door.now, who="x")
    for path in ("kvitto", "versioner/1"):
        assert "Diarienummer RUN/123/2020" in door.page(f"{home}/{path}").text
    door.change(locked_at=door.now)
    assert "Diarienummer RUN/123/2020" in door.page(home).text


def test_the_same_press_twice_is_one_answer(door: Door) -> None:
    home = door.link()
    door.save(home, "_granska", **a_proposal())
    reviewed = door.form(f"{home}/granska")
    answers = [door.post(reviewed.action, reviewed.pairs) for _ in range(3)]
    assert [a.headers["location"] for a in answers] == [f"{home}/kvitto"] * 3
    assert [(a.version, a.kind) for a in door.answers()] == [(1, AnswerKind.SUBMISSION)]
    assert door.mails("receipt") == [("receipt", "kommun@bracke.example")]


def test_what_somebody_changed_after_the_review_is_not_sent(door: Door) -> None:
    home = door.link()
    door.save(home, "_granska", **a_proposal())
    reviewed = door.form(f"{home}/granska")
    door.save(home, fragor__0__titel="Något annat")
    answer = door.post(reviewed.action, reviewed.pairs)
    assert answer.headers["location"] == f"{home}/granska?andrat=1"
    assert "Någon har ändrat i utkastet" in door.page(f"{home}/granska?andrat=1").text
    assert door.answers() == []


def test_an_answer_can_be_changed_and_every_version_is_kept(door: Door) -> None:
    home = door.link()
    door.send(home, **a_proposal(titel="Först"))
    assert door.save(home, "_granska").headers["location"] == f"{home}?lika=1"
    door.send(home, fragor__0__titel="Sedan")
    assert [a.content["fragor"][0]["titel"] for a in door.answers()] == ["Först", "Sedan"]
    page = door.page(f"{home}/versioner/1")
    assert "Den som gäller är version 2." in page.text
    assert "Först" in page.text
    assert door.page(f"{home}/versioner/9", status=404).title.startswith("Sidan finns inte")


@pytest.mark.parametrize(
    ("path", "kind", "shown"),
    [
        ("inget", AnswerKind.NOTHING_TO_REPORT, "Inget att framföra"),
        ("avstar", AnswerKind.DECLINED, "Avstår från att svara"),
    ],
)
def test_one_confirmed_press_is_an_answer_too(
    door: Door, path: str, kind: AnswerKind, shown: str
) -> None:
    home = door.link()
    asked = door.form(f"{home}/{path}")
    for _ in range(2):
        assert door.post(asked.action, asked.pairs).headers["location"] == f"{home}/kvitto"
    assert [answer.kind for answer in door.answers()] == [kind]
    assert f"{shown}, version 1" in door.page(f"{home}/kvitto").text
    assert f"{shown}. Inskickat i dag" in door.page(home).text


def test_a_draft_is_kept_beside_a_short_answer_and_can_be_sent_after_all(door: Door) -> None:
    home = door.link()
    door.save(home, fragor__0__titel="Halvfärdig")
    assert "Ni har ett utkast. Det sparas, men skickas inte in." in door.page(f"{home}/inget").text
    door.confirm(f"{home}/inget")
    page = door.page(home)
    assert "Inget att framföra. Inskickat i dag kl. 10.00 (version 1)." in page.text
    assert "Utkast sparat i dag kl. 10.00. Utkastet är inte inskickat." in page.text
    assert dict(page.forms[0].pairs)["fragor-0-titel"] == "Halvfärdig"
    door.send(home, **a_proposal())
    assert [answer.kind for answer in door.answers()] == [
        AnswerKind.NOTHING_TO_REPORT,
        AnswerKind.SUBMISSION,
    ]
    assert door.draft() is None


def test_what_was_sent_in_before_a_short_answer_can_be_sent_in_again(door: Door) -> None:
    home = door.link()
    door.send(home, **a_proposal(titel="Första"))
    door.confirm(f"{home}/avstar")
    page = door.page(home)
    assert "Avstår från att svara. Inskickat" in page.text
    assert "I formuläret står det ni skickade in som version 1. Det gäller inte nu." in page.text
    door.send(home)
    assert [answer.content.get("fragor", [{}])[0].get("titel") for answer in door.answers()] == [
        "Första",
        None,
        "Första",
    ]
    assert "version 1. Det gäller inte nu" not in door.page(home).text


def test_a_file_is_refused_by_name_and_everything_else_is_kept(door: Door) -> None:
    home = door.link()
    form = door.form(home).with_(fragor__0__titel="Kvar")
    files = [("bilagor", ("virus.exe", b"MZ")), ("bilagor", ("bra.pdf", PDF))]
    answer = door.post(home, [*form, ("_granska", "1")], files=files)
    assert answer.status_code == 422
    assert "virus.exe har en filtyp som inte tas emot." in answer.text
    assert "Allt ni har skrivit är sparat." in answer.text
    draft = door.draft()
    assert draft["fragor"] == [{"titel": "Kvar"}]
    assert len(draft["bilagor"]) == 1
    page = door.page(home)
    assert f"{home}/fil/{draft['bilagor'][0]}" in page.links


def test_a_file_is_one_however_often_it_is_posted_and_can_be_taken_away(door: Door) -> None:
    home = door.link()
    form = door.form(home).with_()
    for _ in range(2):
        door.post(home, [*form, ("_spara", "1")], files=[("bilagor", ("bra.pdf", PDF))])
    [number] = door.draft()["bilagor"]
    door.save(home, f"detach:{number}")
    assert "bilagor" not in door.draft()
    assert door.client.get(f"{home}/fil/{number}").status_code == 404
    with reading(door.engine) as session:
        [upload] = session.scalars(select(Upload))
        assert upload.removed_at is not None


def test_a_sent_file_stays_with_its_version(door: Door) -> None:
    home = door.link()
    form = door.form(home).with_(**a_proposal())
    door.post(home, [*form, ("_granska", "1")], files=[("bilagor", ("bra.pdf", PDF))])
    reviewed = door.form(f"{home}/granska")
    door.post(reviewed.action, reviewed.pairs)
    [number] = dict(door.answers()[0].content)["bilagor"]
    door.save(home, f"detach:{number}")
    with reading(door.engine) as session:
        [file] = session.scalars(select(AnswerFile))
    answer = door.client.get(f"{home}/svarsfil/{file.id}")
    assert answer.content == PDF
    assert {
        name: answer.headers[name]
        for name in ("content-type", "content-disposition", "content-security-policy")
    } == {
        "content-type": "application/pdf",
        "content-disposition": "attachment; filename=\"bra.pdf\"; filename*=UTF-8''bra.pdf",
        "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    }
    assert f"{home}/svarsfil/{file.id}" in door.page(f"{home}/versioner/1").links


def test_a_late_answer_is_taken_marked_and_told(door: Door) -> None:
    home = door.link()
    door.now = START.replace(month=10, day=2, hour=22, minute=0)
    assert "Sista svarsdag har passerat." in door.page(home).text
    door.send(home, **a_proposal())
    assert [answer.is_late for answer in door.answers()] == [True]
    assert "Kom in efter sista svarsdag" in door.page(f"{home}/kvitto").text
    assert door.mails("late_answer") == [("late_answer", "paverkansagenda@regionjh.example")]


def test_one_second_before_midnight_is_in_time(door: Door) -> None:
    home = door.link()
    door.now = START.replace(month=10, day=2, hour=21, minute=59, second=59)
    door.send(home, **a_proposal())
    assert [answer.is_late for answer in door.answers()] == [False]


def test_a_locked_reply_shows_what_was_sent_and_takes_nothing_more(door: Door) -> None:
    home = door.link()
    door.send(home, **a_proposal(titel="Inskickat"))
    written = door.form(home).with_(fragor__0__titel="För sent skrivet")
    door.change(locked_at=door.now)
    page = door.page(home)
    assert "Arbetet med svaren har börjat" in page.text
    assert "Inskickat" in page.text
    assert page.forms == []
    answer = door.post(home, [*written, ("_granska", "1")])
    assert answer.status_code == 409
    assert "För sent skrivet" in answer.text
    for path in ("granska", "inget", "avstar", "anstand"):
        assert door.client.get(f"{home}/{path}").headers["location"] == home
    assert [a.content["fragor"][0]["titel"] for a in door.answers()] == ["Inskickat"]


def test_a_cancelled_activity_says_that_it_has_ended(door: Door) -> None:
    home = door.link()
    door.change(cancelled_at=door.now)
    assert "Aktiviteten är avslutad" in door.page(home).text


def test_a_closed_round_says_that_it_has_ended(door: Door) -> None:
    home = door.link()
    with transaction(door.engine) as session:
        close_round(session, find_round(session, None), now=door.now, who="x")
    assert "Inget svar har skickats in." in door.page(home).text
