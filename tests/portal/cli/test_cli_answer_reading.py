"""`agenda answer show` and `files`: what came in is read, and its files opened."""

import pytest

from agenda.links.personal import organisation_link
from agenda.models import AnswerKind, Upload, identity
from agenda.register import By
from agenda.replies.answers import GivenFile, NewAnswer
from agenda.storage.contents import keep
from agenda.storage.store import transaction
from notifications.acts.answers import record_answer
from tests.rounds_under_way import OFFICE, WHO, sv

PDF = b"%PDF-1.7 yttrandet"


@pytest.fixture
def sent(started):
    """Sends in an answer as an organisation does, through its link."""

    def sending(organisation="bracke", *, at="2020-09-18 10:00", files=(), link=True, **content):
        with transaction(started.engine) as session:
            invitation = started.invitation(session, organisation)
            own = organisation_link(session, invitation, OFFICE.keyring, now=sv(at))
            uploads = []
            for name, octets in files:
                kept = GivenFile(name, keep(session, octets))
                upload = Upload(
                    invitation_id=identity(invitation),
                    field="bilagor",
                    name=name,
                    media_type=kept.media_type,
                    sha256=kept.sha256,
                    uploaded_at=sv(at),
                )
                session.add(upload)
                session.flush()
                uploads.append(identity(upload))
            new = NewAnswer(
                kind=AnswerKind.SUBMISSION,
                received_at=sv(at),
                files=[GivenFile(name, keep(session, octets)) for name, octets in files],
                content=content | ({"bilagor": uploads} if uploads else {}),
                sent_by_id=identity(own) if link else None,
                text="" if content or files else "Ett brev.",
            )
            record_answer(session, OFFICE, invitation, new, by=By.person(WHO, sv(at)))

    return sending


def test_an_answer_is_read_as_a_person_would(desk, sent):
    sent(
        files=[("Karta över väg 87.pdf", PDF)],
        fragor=[
            {"titel": "Väg 87", "kontakt_namn": "Åsa [bold] Öberg"},
            {"titel": "Mötesspår"},
        ],
    )

    ran = desk("answer", "show", "bräcke", "inspel")

    assert (ran.code, ran.err) == (0, "")
    labels = {row.strip() for row in ran.lines}
    assert ran.lines[:4] == [
        "Bräcke kommun: Förfrågan om inspel från kommunerna",
        "Svar, version 1",
        "Inkommet: fre 2020-09-18 10.00",
        "Lämnat av: Bräcke kommun, genom organisationens egen länk",
    ]
    assert {"Frågor till agendan", "Fråga 1", "Fråga 2", "Väg 87", "Mötesspår"} <= labels
    assert {"Vem kan svara på frågor om detta?", "Åsa [bold] Öberg", "Bilagor"} <= labels
    assert ran.lines[-4:] == [
        "",
        "Filer",
        "  Karta över väg 87.pdf (1 kB)",
        "Spara dem med: agenda answer files MAPP",
    ]


def test_an_earlier_a_late_a_numbered_and_a_withdrawn_version_say_so(desk, sent, started):
    sent(at="2020-09-18 10:00", fragor=[{"titel": "Den första"}])
    sent(at="2020-10-05 09:00", fragor=[{"titel": "Den andra"}])
    desk.at("2020-10-06 10:00")
    desk("answer", "number", "bracke", "inspel", "RUN/1/2020")

    assert (
        "Inkommet: mån 2020-10-05 09.00, för sent"
        in desk("answer", "show", "bracke", "inspel").lines
    )
    first = desk("answer", "show", "bracke", "inspel", "--version", "1").lines
    assert "Svar, version 1" in first
    assert any(line.strip() == "Den första" for line in first)

    desk("answer", "withdraw", "bracke", "inspel")
    shown = desk("answer", "show", "bracke", "inspel").lines
    assert "Diarienummer: RUN/1/2020" in shown
    assert "Återkallat tis 2020-10-06 10.00: det räknas inte längre." in shown


def test_who_recorded_a_letter_is_who_left_it(desk, started):
    desk("answer", "record", "bracke", "inspel", "--text", "Rusta väg 87.\nOch bron.")

    shown = desk("answer", "show", "bracke", "inspel").lines

    assert "Lämnat av: Asta Samordnare, som registrerade det mån 2020-09-21 10.00" in shown
    assert shown[-2:] == ["Rusta väg 87.", "Och bron."]


def test_an_answer_as_json_has_what_was_filled_in_under_its_questions(desk, sent):
    sent(files=[("a.pdf", PDF)], fragor=[{"titel": "Väg 87"}])

    found = desk("answer", "show", "bracke", "inspel", "--json").document["answer"]

    assert (found["received_at"], found["version"]) == ("2020-09-18T10:00:00+02:00", 1)
    assert {"label": "Bilagor", "text": "", "level": 0, "files": ["a.pdf"]} in found["rows"]
    assert [(file["name"], file["size"]) for file in found["files"]] == [("a.pdf", len(PDF))]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("bracke", "inspel"), "Bräcke kommun har inget svar i inspel.\n"),
        (
            ("bracke", "inspel", "--version", "2"),
            "Bräcke kommun har ingen version 2 av något svar i inspel.\n",
        ),
    ],
)
def test_what_is_not_there_is_said(desk, started, arguments, said):
    assert (desk("answer", "show", *arguments).err) == said


def test_every_file_is_saved_under_a_name_that_says_whose_it_is(desk, sent, tmp_path):
    sent("bracke", files=[("Yttrande.pdf", b"%PDF-1.7 ett"), ("yttrande.PDF", b"%PDF-1.7 tva")])
    sent("bracke", at="2020-09-19 10:00", files=[("Yttrande.pdf", b"%PDF-1.7 tre")])
    sent("krokom", files=[("Yttrande.pdf", b"%PDF-1.7 fyra")])

    ran = desk("answer", "files", "inkomna")

    assert (ran.code, ran.err) == (0, "")
    assert {path.name: path.read_bytes() for path in (tmp_path / "inkomna").iterdir()} == {
        "bracke_inspel_v1_Yttrande.pdf": b"%PDF-1.7 ett",
        "bracke_inspel_v1_yttrande (2).PDF": b"%PDF-1.7 tva",
        "bracke_inspel_v2_Yttrande.pdf": b"%PDF-1.7 tre",
        "krokom_inspel_v1_Yttrande.pdf": b"%PDF-1.7 fyra",
    }
    assert ran.lines[-1] == "4 filer sparade i inkomna."
    assert "inkomna/krokom_inspel_v1_Yttrande.pdf (1 kB)" in ran.lines
    assert (tmp_path / "inkomna").stat().st_mode & 0o077 == 0

    again = desk("answer", "files", "inkomna")
    assert again.lines == ["0 filer sparade i inkomna.", "4 filer fanns där redan och är orörda."]
    assert len(list((tmp_path / "inkomna").iterdir())) == 4


def test_a_file_of_somebody_elses_is_never_overwritten(desk, sent, tmp_path):
    sent("bracke", files=[("a.pdf", PDF)])
    (tmp_path / "inkomna").mkdir()
    own = tmp_path / "inkomna" / "BRACKE_inspel_v1_A.pdf"
    own.write_bytes(b"mina anteckningar")

    desk("answer", "files", "inkomna")

    assert own.read_bytes() == b"mina anteckningar"
    assert (tmp_path / "inkomna" / "bracke_inspel_v1_a (2).pdf").read_bytes() == PDF


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("con.pdf", "bracke_inspel_v1__con.pdf"),
        ("slut. . .", "bracke_inspel_v1_slut"),
        ("../../etc/passwd", "bracke_inspel_v1_passwd"),
        ("C:\\skrivbord\\a?b.pdf", "bracke_inspel_v1_a_b.pdf"),
        ("x" * 300 + ".pdf", "bracke_inspel_v1_" + "x" * 120 + ".pdf"),
        ("Räksmörgås\u202efdp.exe", "bracke_inspel_v1_Räksmörgås_fdp.exe"),
    ],
)
def test_a_files_name_is_one_that_every_system_takes(desk, sent, tmp_path, given, name):
    sent("bracke", files=[(given, PDF)])

    desk("answer", "files", "inkomna")

    assert [path.name for path in (tmp_path / "inkomna").iterdir()] == [name]


def test_only_what_is_asked_for_is_saved(desk, sent, tmp_path):
    sent("bracke", files=[("a.pdf", PDF)])
    sent("krokom", files=[("b.pdf", PDF)])

    desk("answer", "files", "inkomna", "--organisation", "krokom", "--activity", "inspel")

    assert [path.name for path in (tmp_path / "inkomna").iterdir()] == ["krokom_inspel_v1_b.pdf"]


def test_a_folder_that_cannot_be_used_is_said(desk, sent, tmp_path):
    sent("bracke", files=[("a.pdf", PDF)])
    (tmp_path / "inkomna").write_text("ingen mapp")

    ran = desk("answer", "files", "inkomna")

    assert (ran.code, ran.err) == (2, "inkomna är ingen mapp. Välj en annan.\n")


def test_no_files_are_no_fault(desk, started):
    assert desk("answer", "files", "inkomna").out == "Inga filer har kommit in.\n"
