"""Contacts from a spreadsheet: as Excel saves them, and every fault of the file at once."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agenda.contacts.spreadsheet import MOST_BYTES, ContactRow, key_from_name, read_contacts
from agenda.plan.model import Role
from agenda.words.errors import BadInput
from agenda.words.faults import FaultyFile

SWEDISH = (
    "Kommun;Namn;E-post;Roll\r\n"
    "Östersunds kommun;Registrator;kommun@ostersund.example;primär\r\n"
    "krokom;Åsa Öberg;asa@krokom.example;kopia\r\n"
    "krokom;Kommundirektör;kommundirektor@krokom.example;eskalering\r\n"
    "are;Registrator;kommun@are.example;\r\n"
)
ROWS = (
    ContactRow(
        organisation="Östersunds kommun",
        name="Registrator",
        address="kommun@ostersund.example",
        role=Role.PRIMARY,
    ),
    ContactRow(
        organisation="krokom", name="Åsa Öberg", address="asa@krokom.example", role=Role.COPY
    ),
    ContactRow(
        organisation="krokom",
        name="Kommundirektör",
        address="kommundirektor@krokom.example",
        role=Role.ESCALATION,
    ),
    ContactRow(organisation="are", name="Registrator", address="kommun@are.example"),
)


def faults(content):
    with pytest.raises(FaultyFile) as caught:
        read_contacts(content if isinstance(content, bytes) else content.encode(), file="k.csv")
    return str(caught.value).splitlines()


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "cp1252", "cp850", "mac_roman", "utf-16", "utf-16-le", "utf-16-be"],
)
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n"])
def test_every_way_a_spreadsheet_saves_a_file_reads_the_same(encoding, delimiter, line_end):
    text = SWEDISH.replace(";", delimiter).replace("\r\n", line_end)

    assert read_contacts(text.encode(encoding)) == ROWS


def test_excels_own_hint_at_the_separator_is_no_heading():
    assert read_contacts(f"sep=;\r\n{SWEDISH}".encode()) == ROWS


def test_empty_rows_and_a_missing_last_line_end_do_no_harm():
    text = SWEDISH.replace("\r\nkrokom;Åsa", "\r\n;;;\r\n\r\nkrokom;Åsa").rstrip()

    assert read_contacts(text.encode()) == ROWS


def test_english_headings_in_another_order_tell_all_of_an_organisation():
    text = (
        "address,role,name,organisation,organisation_name,kind,language\n"
        "remiss@foretagarna.example,primary,Kansli,foretagarna,Företagarna,remissinstans,engelska\n"
    )

    assert read_contacts(text.encode()) == (
        ContactRow(
            organisation="foretagarna",
            organisation_name="Företagarna",
            kind="consultee",
            name="Kansli",
            address="remiss@foretagarna.example",
            role=Role.PRIMARY,
            language="en",
        ),
    )


OUTLOOK_SV = (
    '"Titel","Förnamn","Mellannamn","Efternamn","Företag","Avdelning","Befattning","Hemgata",'
    '"E-postadress","E-posttyp","E-postnamn","E-postadress 2","Webbsida"\r\n'
    '"","Åsa","","Öberg, jr","Krokoms kommun","Kansli","Registrator","",'
    '"Åsa Öberg <asa@krokom.example>","SMTP","Åsa Öberg","",""\r\n'
    '"","","","","Krokoms kommun","","","","kommun@krokom.example","SMTP","","",""\r\n'
)
OUTLOOK_EN = (
    "First Name,Middle Name,Last Name,Company,Job Title,E-mail Address,E-mail Type,Home Phone\n"
    '"Åsa",,"Öberg, jr",Krokoms kommun,Registrator,mailto:asa@krokom.example,SMTP,\n'
    ",,,Krokoms kommun,,kommun@krokom.example,SMTP,\n"
)


@pytest.mark.parametrize("text", [OUTLOOK_SV, OUTLOOK_EN])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_an_address_book_of_outlooks_is_read_for_what_concerns_us(text, encoding):
    assert read_contacts(text.encode(encoding)) == (
        ContactRow(
            organisation="Krokoms kommun", name="Åsa Öberg, jr", address="asa@krokom.example"
        ),
        ContactRow(
            organisation="Krokoms kommun", name="Krokoms kommun", address="kommun@krokom.example"
        ),
    )


@pytest.mark.parametrize(
    "heading",
    [
        "Organisation;Namn;E-post",
        "KOMMUN;Kontaktperson;Mail",
        "Nyckel;Visningsnamn;E-postadress",
        "kommun;kontakt;Kolumn1;E\u2011post".replace("\u2011", "-"),
        unicodedata.normalize("NFD", "företag;namn;e-post"),
        "organisation\N{NO-BREAK SPACE};namn;\N{ZERO WIDTH SPACE}e-post",
    ],
)
def test_headings_are_known_as_people_and_excel_write_them(heading):
    cells = ["krokom", "Åsa", "asa@krokom.example"]
    if "Kolumn1" in heading:
        cells.insert(2, "x")

    [row] = read_contacts(f"{heading}\n{';'.join(cells)}\n".encode())

    assert (row.organisation, row.name, row.address) == ("krokom", "Åsa", "asa@krokom.example")


@pytest.mark.parametrize(
    "word", ["PRIMÄR", unicodedata.normalize("NFD", "primär"), " primär\u00a0"]
)
def test_a_role_is_read_as_a_person_reads_it(word):
    text = f"organisation;namn;e-post;roll\nkrokom;Åsa;asa@krokom.example;{word}\n"

    assert read_contacts(text.encode())[0].role is Role.PRIMARY


def test_a_name_is_kept_in_composed_letters_and_usual_blanks():
    name = unicodedata.normalize("NFD", "Björn\u00a0Åkerström")

    [row] = read_contacts(f"organisation;namn;e-post\nkrokom;{name};b@krokom.example\n".encode())

    assert row.name == "Björn Åkerström"


@pytest.mark.parametrize("beginning", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_a_workbook_is_told_from_a_csv(beginning):
    assert faults(beginning + bytes(100)) == [
        "k.csv:1: Filen är en Excel-bok. Spara den som CSV (UTF-8) och läs in den i stället."
    ]


def test_one_odd_line_in_a_file_of_utf8_is_refused_by_its_line():
    content = "kommun;namn;e-post\nare;Åsa;a@are.example\n".encode() + (
        "ragunda;Göran Öst;goran@ragunda.example\n".encode("cp1252")
    )

    assert faults(content)[0] == (
        "k.csv:3: Raden har tecken som inte är UTF-8, som resten av filen är. Rätta raden, eller "
        "spara hela filen som UTF-8."
    )


def test_a_quoted_name_keeps_its_separators_and_quotes():
    text = 'organisation;namn;adress\nkrokom;"Härjedalen; ""södra"" <x>";a@krokom.example\n'

    assert read_contacts(text.encode())[0].name == 'Härjedalen; "södra" <x>'


def test_a_channels_url_is_an_address():
    text = "organisation;namn;adress\nkrokom;Teams;workflows://host.example/a/b/c\n"

    assert read_contacts(text.encode())[0].address == "workflows://host.example/a/b/c"


def test_every_fault_of_every_row_is_told_with_its_line():
    assert faults(
        "organisation;namn;adress;roll;sort\n"
        'krokom;"Bo\nBcc: alla@x.example";bo@krokom;chef;kommmun\n'
        ";Bo;bo@krokom.example;;\n"
        "krokom;Bo;bo@krokom.example;primär;\n"
        "Krokom;Bo igen;BO@krokom.example;;\n"
        "krokom;Bo;bo@krokom.example;kopia;\n"
        "krokom;Bo;bo2@krokom.example;;;;\n"
        "krokom;Bo;;;\n"
        "krokom;Bo;bo3@krokom.example;;municipalty\n"
    ) == [
        "k.csv:3: ”adress: bo@krokom”: ingen giltig e-postadress "
        "(efter @ ska en hel domän stå, som kommunen.se).",
        "k.csv:3: ”namn: Bo\\x0aBcc: alla@x.example”: innehåller en radbrytning; "
        "skriv allt på en rad.",
        "k.csv:3: ”roll: chef”: okänt värde. Det som går är: primär, kopia, eskalering.",
        "k.csv:3: ”sort: kommmun”: okänd sorts organisation. Menar du ”kommun”?",
        "k.csv:4: ”organisation”: värdet saknas.",
        "k.csv:8: Raden har 7 kolumner men rubrikerna är 5.",
        "k.csv:9: ”adress”: värdet saknas.",
        "k.csv:10: ”sort: municipalty”: okänd sorts organisation. Menar du ”kommun”?",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            "",
            [
                "k.csv:1: Kolumner saknas: ”organisation”, ”namn”, ”e-post”. "
                "Första raden ska ha rubriker."
            ],
        ),
        (
            "kommun;namn;adres\n",
            [
                "k.csv:1: Kolumner saknas: ”e-post”. Första raden ska ha rubriker.",
                "k.csv:1: ”adres” är ingen känd kolumn. Menar du ”adress”?",
            ],
        ),
        (
            "kommun;organisation;namn;adress\n",
            ["k.csv:1: Kolumnerna ”kommun” och ”organisation” betyder samma sak. Ta bort den ena."],
        ),
        (
            "kommun;namn;adress\n",
            ["k.csv:1: Filen innehåller inga kontakter: raderna under rubrikerna saknas."],
        ),
        (
            'kommun;namn;adress\nkrokom;"Bo;bo@krokom.example\n',
            [
                "k.csv:2: Raden går inte att dela i kolumner: ett citattecken står fel eller "
                "stängs aldrig."
            ],
        ),
    ],
)
def test_a_file_that_is_no_table_of_contacts_says_why(content, said):
    assert faults(content) == said


def test_signs_that_no_encoding_explains_are_told_instead_of_guessed():
    assert faults(b"kommun;namn;adress\nkrokom;B\xb3;bo@krokom.example\n") == [
        "k.csv:2: Raden har tecken som inte går att läsa. Rätta dem och spara filen som UTF-8."
    ]


def test_a_control_character_in_a_name_is_refused():
    assert faults("kommun;namn;adress\nkrokom;B\x00o;bo@krokom.example\n") == [
        "k.csv:2: ”namn: B\\x00o”: innehåller ett styrtecken; ta bort det."
    ]


def test_a_file_too_large_is_refused(tmp_path):
    file = tmp_path / "stor.csv"
    file.write_bytes(SWEDISH.encode() + b"x" * MOST_BYTES)

    with pytest.raises(FaultyFile, match=r"stor\.csv:1: Filen är för stor: högst 5 MB\.$"):
        read_contacts(file)


def test_a_file_that_is_not_there_is_said_in_one_sentence(tmp_path):
    with pytest.raises(BadInput, match=r"saknas\.csv går inte att läsa: filen finns inte\.$"):
        read_contacts(tmp_path / "saknas.csv")


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_after_the_headings_are_contacts_or_faults_with_lines(content):
    try:
        told = [row.address for row in read_contacts(b"kommun;namn;adress\n" + content)]
    except FaultyFile as refused:
        told = [fault.sentence for fault in refused.faults if fault.line >= 1]

    assert told


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Östersunds kommun", "ostersunds-kommun"),
        ("krokom", "krokom"),
        ('  Härjedalen, "södra" <x>', "harjedalen-sodra-x"),
    ],
)
def test_a_new_organisations_key_is_made_of_its_name(name, key):
    assert key_from_name(name) == key
