"""Writing a reply: its page, its draft, its review and its files, on both databases."""

from datetime import timedelta

from sqlalchemy import select

from agenda.models import Upload
from agenda.storage.store import reading
from tests.door import PDF, Door, a_proposal

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
