"""`agenda answer record`: a day that cannot be right is asked about, and a receipt is mailed."""

import pytest
from sqlmodel import col, select

from agenda.models import Contact, Message
from agenda.rounds.finding import find_organisation
from agenda.rounds.round import find_round
from agenda.storage.store import reading, transaction

EARLY = ("answer", "record", "bracke", "inspel", "--text", "Väg 87", "--received", "2019-09-18")
BEFORE = "2019-09-18 är före omgången, som började "


def recorded(desk) -> int:
    return len(desk("answer", "list", "--organisation", "bracke", "--json").document["answers"])


def receipts(started) -> list[Message]:
    with reading(started.engine) as session:
        query = select(Message).where(Message.template == "receipt").order_by(col(Message.id))
        return list(session.exec(query))


@pytest.mark.parametrize(("said", "is_recorded"), [("ja", True), ("J", True), ("nej", False)])
def test_a_day_before_the_round_is_asked_about(desk, started, monkeypatch, said, is_recorded):
    asked = []
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda question: asked.append(question) or said)
    ran = desk(*EARLY)
    assert (ran.code, recorded(desk)) == (0, int(is_recorded))
    [question] = asked
    assert question.startswith(BEFORE)
    assert question.endswith("Stämmer dagen? [ja/nej] ")
    assert ("Inget är registrerat." in ran.lines) is not is_recorded


def test_where_nobody_can_answer_it_is_said_how_to_go_on(desk, started):
    ran = desk(*EARLY)
    assert (ran.code, recorded(desk)) == (2, 0)
    assert ran.err.startswith(f"Inget är registrerat: {BEFORE}")
    assert "lägg till --yes om dagen stämmer." in " ".join(ran.err.split())
    assert (desk(*EARLY, "--yes").code, recorded(desk)) == (0, 1)


def test_a_day_since_the_round_began_is_not_asked_about(desk, started):
    ran = desk(*EARLY[:-1], "2020-09-18")
    assert (ran.code, recorded(desk)) == (0, 1)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (("--text", "Väg 87\nbehöver rustas."), "behöver rustas."),
        (("--kind", "inget"), "Vi har inget att framföra"),
        (("--kind", "avstår"), "Vi avstår"),
        (("--file", "svar.pdf"), "svar.pdf"),
    ],
)
def test_the_municipality_gets_its_receipt_if_it_wants_one(desk, started, tmp_path, given, shown):
    (tmp_path / "svar.pdf").write_bytes(b"%PDF")
    ran = desk(*EARLY[:4], *given, "--received", "2020-09-18", "--receipt")
    assert ran.code == 0
    assert "1 kvitto mejlas till Bräcke kommun." in ran.lines
    [mail] = receipts(started)
    assert (mail.recipient, mail.is_prompt) == ("kommun@bracke.example", True)
    assert shown in mail.text
    assert "18 september 2020" in mail.text


def test_without_the_wish_no_receipt_is_mailed(desk, started):
    assert desk(*EARLY[:-1], "2020-09-18").code == 0
    assert receipts(started) == []


def test_it_is_said_when_there_is_nobody_to_mail_a_receipt_to(desk, started):
    with transaction(started.engine) as session:
        place = find_organisation(session, find_round(session, None), "bracke")
        for one in session.exec(select(Contact).where(Contact.organisation_id == place.id)):
            one.is_removed = True
    ran = desk(*EARLY[:-1], "2020-09-18", "--receipt")
    assert "Bräcke kommun har ingen adress, så inget kvitto mejlas." in ran.lines
    assert receipts(started) == []
