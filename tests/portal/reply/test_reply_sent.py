"""A reply sent in: its receipt, its versions and files, and the last day, on both databases."""

import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import select

from agenda.models import AnswerFile, AnswerKind
from agenda.register import By
from agenda.replies.answers import number_answer
from agenda.storage.store import reading, transaction
from tests.door import PDF, START, Door, a_proposal


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
    assert [asked["name"] for asked in triggered] == [
        "Förfrågan om inspel från kommunerna · svar från Bräcke kommun · omgång 2020"
    ]


def test_a_registry_number_that_is_given_later_shows_on_the_receipt(door: Door) -> None:
    home = door.link()
    door.send(home, **a_proposal())
    assert "Diarienummer" not in door.page(f"{home}/kvitto").text
    with transaction(door.engine) as session:
        found = door.invitation(session, "bracke", "inspel")
        number_answer(session, found, registry_no="RUN/123/2020", by=By.person("x", door.now))
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
