"""`agenda contacts`: a file taken in, all of it or nothing, as often as one likes."""

import pytest

from tests.obedient_server import NEVER

HEAD = "organisation;namn;adress;roll;sort\n"


@pytest.fixture
def file(tmp_path):
    """Writes the contacts' file that the tests take in."""

    def write(rows):
        (tmp_path / "k.csv").write_text(HEAD + rows, encoding="utf-8")

    return write


def test_an_import_says_what_was_added_changed_and_removed(desk, started, file):
    file(
        "bracke;Ny registrator;kommun@bracke.example;;\n"
        'bracke;"Anna [bold], ""södra""";anna@bracke.example;kopia;\n'
        "Sollefteå kommun;Registrator;kommun@solleftea.example;;kommun\n"
    )

    ran = desk("contacts", "import", "k.csv")

    assert (ran.code, ran.err) == (0, "")
    assert ran.lines[:6] == [
        "Ny organisation: Sollefteå kommun",
        'Ny: Anna [bold], "södra", anna@bracke.example (kopia)',
        "Ny: Registrator, kommun@solleftea.example",
        "Ändrad: Ny registrator, kommun@bracke.example",
        "Borttagen: Kommundirektör, Bräcke kommun, kommundirektor@bracke.example (eskalering)",
        "3 rader lästa i omgång 2020: 2 nya, 1 ändrade, 1 borttagna, 0 oförändrade.",
    ]
    assert desk.prefect.asked == ["Kontakter inlästa"]


def test_who_never_got_the_invitation_is_named_when_its_address_is_corrected(desk, started, file):
    started.server.always("kommun@bracke.example", NEVER)
    started.attend("2020-05-08 08:00")
    file("bracke;Registrator, Bräcke kommun;ny@bracke.example;;\n")

    assert desk("contacts", "import", "k.csv").lines[-3:-1] == [
        "1 rad lästa i omgång 2020: 1 nya, 0 ändrade, 2 borttagna, 0 oförändrade.",
        "Bräcke kommun fick inte det som skickades, och får nu det som fortfarande gäller.",
    ]
    assert desk.prefect.asked[-1] == "Kontakter inlästa"


def test_the_same_file_again_changes_nothing(desk, started, file):
    file("bracke;Registrator, Bräcke kommun;kommun@bracke.example;;\n")
    desk("contacts", "import", "k.csv")
    before = len(desk("register", "list", "--json").document["entries"])

    assert desk("contacts", "import", "k.csv").out == (
        "1 rad lästa i omgång 2020: 0 nya, 0 ändrade, 0 borttagna, 1 oförändrade.\n"
    )
    assert len(desk("register", "list", "--json").document["entries"]) == before


def test_one_bad_row_and_nothing_is_taken_in(desk, started, file):
    before = desk("contacts", "list", "--json").document
    file(
        "bracke;Anna;anna@bracke.example;kopia;\n"
        "Nyköping;Registrator;kommun@nykoping.example;;\n"
        "krokom;Larm;json://hemligt/nyckel;;\n"
    )

    ran = desk("contacts", "import", "k.csv")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "krokom: kanalen json är inte tillåten. Tillåtna är workflows, msteams, slack, 46elks, "
        "se AGENDA_CHANNELS.\n"
        "Nyköping finns inte i omgång 2020. Rätta stavningen eller, om den är ny, ange dess sort "
        "i kolumnen kind på dess första rad.\n"
    )
    assert desk("contacts", "list", "--json").document == before


def test_faults_of_the_file_come_with_their_lines(desk, started, file):
    file("bracke;Anna;anna.bracke.example;;\n")

    ran = desk("contacts", "import", "k.csv")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("k.csv:2: ”address: anna.bracke.example”: ")


def test_the_contacts_are_listed_by_organisation(desk, started):
    started.change_contact(
        "kommun@bracke.example", bounced_at=desk.now, bounce_reason="5.1.1 No such user"
    )

    assert desk("contacts", "list", "--organisation", "bracke").lines == [
        "Bräcke kommun (bracke)",
        "  huvudkontakt: Registrator, Bräcke kommun, kommun@bracke.example",
        "    tar inte emot: 5.1.1 No such user",
        "  eskalering: Kommundirektör, Bräcke kommun, kommundirektor@bracke.example",
    ]
