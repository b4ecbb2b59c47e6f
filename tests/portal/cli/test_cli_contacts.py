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


MANAGER = "Kommundirektör, Bräcke kommun, kommundirektor@bracke.example (eskalering)"
REGISTRAR = "Registrator, Bräcke kommun, kommun@bracke.example"


@pytest.fixture
def answering(monkeypatch):
    """Somebody at a terminal who answers every question with these words."""

    def with_words(words):
        asked = []

        def answer(question):
            asked.append(question)
            return words

        monkeypatch.setattr("sys.stdin.isatty", lambda: True)
        monkeypatch.setattr("builtins.input", answer)
        return asked

    return with_words


def test_an_import_says_what_was_added_and_changed_and_what_it_left(desk, started, file):
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
        f"Kvar, fast filen inte nämner den: {MANAGER}",
        "3 rader lästa i omgång 2020: 2 nya, 1 ändrade, 0 borttagna, 0 oförändrade.",
    ]
    assert desk.prefect.asked == ["Kontakter inlästa"]


def test_only_replace_makes_the_file_the_whole_truth_and_only_when_somebody_says_so(
    desk, started, file, answering
):
    file("bracke;Ny;ny@bracke.example;;\n")
    before = desk("contacts", "list", "--json").document

    refused = desk("contacts", "import", "k.csv", "--replace")
    assert (refused.code, refused.err) == (
        2,
        "Inget är ändrat, för ingen är här och kan svara på frågan. Lägg till --yes för att göra "
        "det, eller --dry-run för att bara se vad som händer.\n",
    )
    asked = answering("nej")
    shown = desk("contacts", "import", "k.csv", "--replace").lines
    assert shown[:5] == [
        "Det här skulle hända:",
        "Ny: Ny, ny@bracke.example",
        f"Borttagen: {REGISTRAR}",
        f"Borttagen: {MANAGER}",
        "1 rad läst i omgång 2020: 1 nya, 0 ändrade, 2 borttagna, 0 oförändrade.",
    ]
    assert "    till Bräcke kommun, Ny <ny@bracke.example>" in shown
    assert f"Observera: {MANAGER} tas bort." in shown
    assert shown[-1] == "Inget är ändrat."
    assert asked == ["Ta bort 2 kontakter? [ja/nej] "]
    assert desk("contacts", "list", "--json").document == before
    assert desk.prefect.asked == []

    answering("Ja")
    assert desk("contacts", "import", "k.csv", "--replace").code == 0
    assert desk("contacts", "list", "--organisation", "bracke").lines == [
        "Bräcke kommun (bracke)",
        "  huvudkontakt: Ny, ny@bracke.example",
    ]


@pytest.mark.parametrize("choices", [(), ("--replace",), ("--replace", "--yes")])
def test_a_dry_run_shows_what_would_come_and_changes_nothing(desk, started, file, choices):
    file("bracke;Registrator, Bräcke kommun;ny@bracke.example;;\nNyby;R;r@nyby.example;;organ\n")
    before = desk("contacts", "list", "--json").document
    written = len(desk("register", "list", "--json").document["entries"])

    ran = desk("contacts", "import", "k.csv", "--dry-run", *choices)

    assert (ran.code, ran.lines[1]) == (0, "Ny organisation: Nyby")
    assert f"Borttagen: {REGISTRAR}" in ran.lines
    assert ran.lines[-1] == "Inget är ändrat: det här var bara en titt framåt."
    assert desk("contacts", "list", "--json").document == before
    assert len(desk("register", "list", "--json").document["entries"]) == written


def test_what_changed_while_the_question_stood_is_not_done(
    desk, started, file, answering, monkeypatch
):
    file("bracke;Ny;ny@bracke.example;;\n")
    answering("ja")

    asked = []

    def somebody_else_is_quicker(question):
        asked.append(question)
        started.change_contact("kommun@bracke.example", is_removed=True)
        return "ja" if len(asked) == 1 else "nej"

    monkeypatch.setattr("builtins.input", somebody_else_is_quicker)

    ran = desk("contacts", "import", "k.csv", "--replace")

    assert (len(asked), ran.lines[-1]) == (2, "Inget är ändrat.")
    assert ran.err == "Något har ändrats medan frågan stod här. Nu skulle det här hända:\n"
    listed = desk("contacts", "list", "--organisation", "bracke").lines
    assert [line.split(",")[-1] for line in listed[1:]] == [" kommundirektor@bracke.example"]


def test_who_never_got_the_invitation_is_named_when_its_address_is_corrected(desk, started, file):
    started.server.always("kommun@bracke.example", NEVER)
    started.attend("2020-05-08 08:00")
    file("bracke;Registrator, Bräcke kommun;ny@bracke.example;;\n")

    assert desk("contacts", "import", "k.csv", "--yes").lines[:5] == [
        "Ny: Registrator, Bräcke kommun, ny@bracke.example",
        f"Borttagen: {REGISTRAR}",
        f"Kvar, fast filen inte nämner den: {MANAGER}",
        "1 rad läst i omgång 2020: 1 nya, 0 ändrade, 1 borttagna, 0 oförändrade.",
        "Bräcke kommun fick inte det som skickades, och får nu det som fortfarande gäller.",
    ]
    assert desk.prefect.asked[-1] == "Kontakter inlästa"


def test_who_comes_after_the_invitation_is_invited_when_somebody_has_said_yes(desk, started, file):
    started.attend("2020-05-08 08:00")
    file("bracke;Anna Åström;anna@bracke.example;kopia;\n")

    refused = desk("contacts", "import", "k.csv")

    assert (refused.code, "ingen är här och kan svara" in refused.err) == (2, True)
    assert any("anna@bracke.example" in line for line in refused.lines)
    assert len(started.messages("invitation")) == 8
    ran = desk("contacts", "import", "k.csv", "--yes")
    told = "Bräcke kommun har en ny mottagare, som får de inbjudningar som gäller."
    assert told in ran.lines
    assert len(started.messages("invitation")) == 9


def test_the_same_file_again_changes_nothing(desk, started, file):
    file("bracke;Registrator, Bräcke kommun;kommun@bracke.example;;\n")
    desk("contacts", "import", "k.csv")
    before = len(desk("register", "list", "--json").document["entries"])

    assert desk("contacts", "import", "k.csv").lines == [
        f"Kvar, fast filen inte nämner den: {MANAGER}",
        "1 rad läst i omgång 2020: 0 nya, 0 ändrade, 0 borttagna, 1 oförändrade.",
    ]
    assert len(desk("register", "list", "--json").document["entries"]) == before


def test_an_address_in_two_roles_is_told(desk, started, file):
    file("bracke;Registrator, Bräcke kommun;Kommun@Bracke.example;kopia;\n")

    assert desk("contacts", "import", "k.csv").lines[3:5] == [
        "kommun@bracke.example är både huvudkontakt och kopia: den får ett brev för varje steg, "
        "som huvudkontakt.",
        "1 rad läst i omgång 2020: 1 nya, 0 ändrade, 0 borttagna, 0 oförändrade.",
    ]


def test_every_fault_is_told_at_once_and_nothing_is_taken_in(desk, started, file):
    before = desk("contacts", "list", "--json").document
    file(
        "bracke;Anna;anna.bracke.example;kopiera;\n"
        "Nyköping;Registrator;kommun@nykoping.example;;\n"
        "krokom;Larm;json://hemligt/nyckel;;\n"
        "Tidaholm;R;r.tidaholm.example;;kommuun\n"
        "Bräcke kommun;A;a@bracke.example;;\n"
        "bracke;A;A@bracke.example;;\n"
    )

    ran = desk("contacts", "import", "k.csv")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines() == [
        "k.csv:2: ”adress: anna.bracke.example”: ingen giltig e-postadress (@ saknas).",
        "k.csv:2: ”roll: kopiera”: okänt värde. Menar du ”kopia”?",
        "k.csv:3: Nyköping finns inte i omgång 2020. Rätta stavningen eller, om den är ny, ange "
        "dess sort i kolumnen sort på dess första rad.",
        "k.csv:4: krokom: kanalen json är inte tillåten. Tillåtna är workflows, msteams, slack, "
        "46elks, se AGENDA_CHANNELS.",
        "k.csv:5: ”adress: r.tidaholm.example”: ingen giltig e-postadress (@ saknas).",
        "k.csv:5: ”sort: kommuun”: okänd sorts organisation. Menar du ”kommun”?",
        "k.csv:7: bracke har A@bracke.example som primär redan på rad 6. Ta bort den ena raden.",
    ]
    assert desk("contacts", "list", "--json").document == before


def test_the_help_names_the_columns_and_the_roles(desk):
    shown = " ".join(desk("contacts", "import", "--help").out.split())

    for word in ("organisation", "namn", "e-post", "roll", "primär", "kopia", "eskalering", "sort"):
        assert word in shown


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
