"""`agenda answer`: what came by letter is recorded, listed and withdrawn."""

import pytest

from agenda.kinds import KINDS
from tests.rounds_under_way import RoundUnderWay, a_plan


def test_a_letter_is_recorded_with_its_day_and_number(desk, under_way):
    ran = desk(
        *("answer", "record", "bräcke", "inspel", "--text", "Väg 87 [bold] behöver rustas."),
        *("--received", "2020-09-18", "--registry-no", "RUN/12/2020"),
    )

    assert (ran.code, ran.err) == (0, "")
    assert ran.lines[0] == (
        "Svaret från Bräcke kommun är registrerat (svar, inkommet fre 2020-09-18 12.00). "
        "3 av 8 har svarat i inspel."
    )
    listed = desk("answer", "list", "--organisation", "bracke", "--json").document["answers"]
    assert listed == [
        {
            "activity": "inspel",
            "organisation": "bracke",
            "name": "Bräcke kommun",
            "version": 1,
            "kind": "submission",
            "text": "Väg 87 [bold] behöver rustas.",
            "content": {},
            "files": [],
            "received_at": "2020-09-18T12:00:00+02:00",
            "recorded_at": "2020-09-21T10:00:00+02:00",
            "recorded_by": "Asta Samordnare",
            "is_late": False,
            "registry_no": "RUN/12/2020",
            "withdrawn_at": None,
        }
    ]


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("nothing-to-report", "nothing_to_report"),
        ("inget", "nothing_to_report"),
        ("Inget att framföra", "nothing_to_report"),
        ("declined", "declined"),
        ("Avstår", "declined"),
        ("proposals", "submission"),
        *((kind.answer["sv"].bare, "submission") for kind in KINDS.values() if kind.asks),
    ],
)
def test_the_kind_is_understood_in_both_languages(desk, started, typed, kind):
    desk("answer", "record", "bracke", "inspel", "--kind", typed, "--text", "Väg 87.")

    listed = desk("answer", "list", "--organisation", "bracke", "--json").document["answers"]
    assert [answer["kind"] for answer in listed] == [kind]


def test_today_means_now(desk, started):
    desk(*["answer", "record", "bracke", "inspel", "--kind", "inget", "--received", "2020-09-21"])

    listed = desk("answer", "list", "--organisation", "bracke", "--json").document["answers"]
    assert [answer["received_at"] for answer in listed] == ["2020-09-21T10:00:00+02:00"]


def test_files_are_kept_with_the_answer(desk, started, tmp_path):
    (tmp_path / "Härjedalen, södra.pdf").write_bytes(b"%PDF")
    (tmp_path / "b.txt").write_bytes(b"b")

    ran = desk(
        *("answer", "record", "harjedalen", "inspel"),
        *("--file", "Härjedalen, södra.pdf", "--file", "b.txt"),
    )

    assert ran.code == 0
    listed = desk("answer", "list", "--organisation", "harjedalen", "--json").document["answers"]
    assert listed[0]["files"] == ["Härjedalen, södra.pdf", "b.txt"]


def test_a_second_answer_is_a_new_version_and_a_withdrawn_one_stays_readable(desk, under_way):
    desk("answer", "record", "krokom", "inspel", "--text", "Ny text")
    ran = desk("answer", "withdraw", "krokom", "inspel")

    assert ran.lines[0] == (
        "Svaret från Krokoms kommun i inspel gäller inte längre. Det ligger kvar i diariet, "
        "och påminnelserna fortsätter."
    )
    listed = desk("answer", "list", "--organisation", "krokom", "--json").document["answers"]
    assert [(a["version"], a["withdrawn_at"]) for a in listed] == [
        (1, "2020-09-21T10:00:00+02:00"),
        (2, "2020-09-21T10:00:00+02:00"),
    ]
    assert (
        desk("status", "--json").document["organisations"][1]["cells"]["inspel"]["standing"]
        == "not_yet"
    )


def test_an_answer_that_came_through_the_door_gets_its_number_afterwards(desk, under_way):
    ran = desk("answer", "number", "krokom", "inspel", "RUN/123/2020")

    assert (ran.code, ran.lines) == (
        0,
        ["Svaret från Krokoms kommun i inspel (version 1) har diarienummer RUN/123/2020."],
    )
    desk("answer", "record", "krokom", "inspel", "--text", "Ny text")
    desk("answer", "number", "krokom", "inspel", "RUN/124/2020", "--version", "1")
    listed = desk("answer", "list", "--organisation", "krokom", "--json").document["answers"]
    assert [(a["version"], a["registry_no"]) for a in listed] == [(1, "RUN/124/2020"), (2, None)]


def test_a_number_needs_an_answer_to_stand_on(desk, under_way):
    assert desk("answer", "number", "bracke", "inspel", "RUN/1").code == 2
    assert desk("answer", "number", "krokom", "inspel", "RUN/1", "--version", "7").code == 2
    ran = desk("answer", "number", "krokom", "inspel", "x" * 61)
    assert "Skriv ett diarienummer på högst 60 tecken." in ran.err


def test_the_activity_is_looked_at_in_prefect_when_an_answer_comes(desk, started):
    desk("answer", "record", "bracke", "inspel", "--kind", "inget")

    assert desk.prefect.asked == [
        "Förfrågan om inspel från kommunerna · svar från Bräcke kommun · omgång 2020"
    ]


def test_the_list_is_read_as_a_table(desk, under_way):
    assert desk("answer", "list").lines == [
        "Inkommet                Organisation     Aktivitet   Svar",
        "─" * 96,
        "mån 2020-06-01 10.00    Krokoms kommun   inspel      Svar: Mötesspår på Mittbanan.",
        "tors 2020-09-03 15.30   Bergs kommun     inspel      Inget att framföra: Mötesspår på "
        "Mittbanan.",
    ]


def test_an_empty_list_is_said_plainly(desk, engine):
    RoundUnderWay(engine, a_plan())

    assert desk("answer", "list").out == "Inget svar har kommit in.\n"
    assert desk("answer", "list", "--json").document == {"round": "2020", "answers": []}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            "bracke inspel",
            "Ett svar behöver en text eller en fil. Ange --text eller --file.",
        ),
        (
            "bracke inspel --file saknas.pdf",
            "saknas.pdf går inte att läsa: filen eller mappen finns inte.",
        ),
        (
            "bracke inspel --file .",
            ". går inte att läsa: det är en mapp.",
        ),
        (
            "bracke inspel --text x --received 2020-09-22",
            "Svaret kan inte ha kommit in i framtiden. Rätta datumet för när det kom.",
        ),
        (
            "bracke inspel --text x --received 2020-09-31",
            "--received: 2020-09-31 är inget datum. Skriv det som 2020-09-18 (år-månad-dag). "
            "Se agenda answer record --help",
        ),
        (
            "bracke inspel --kind kanske",
            "--kind: kanske är inget slags svar. Välj proposals, nothing-to-report eller "
            "declined (på svenska inspel, inget, avstår). Se agenda answer record --help",
        ),
        ("bracke workshop --text x", "Omgång 2020 har ingen aktivitet workshop. Den har: inspel."),
        ("bracke", "AKTIVITET saknas. Se agenda answer record --help"),
    ],
)
def test_what_cannot_be_recorded_is_told_in_one_sentence(desk, started, typed, sentence):
    ran = desk("answer", "record", *typed.split())

    assert (ran.code, ran.out, ran.err) == (2, "", f"{sentence}\n")
    assert desk("answer", "list", "--json").document["answers"] == []
