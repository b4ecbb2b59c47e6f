"""Contacts taken in from a file: what becomes of those that were there before."""

import unicodedata
from datetime import date

import pytest
from sqlmodel import col, select

from agenda.contacts.spreadsheet import read_contacts
from agenda.contacts.taking_in import import_contacts
from agenda.models import Activity, Contact, Invitation, Organisation, Round
from agenda.register import By, entries
from agenda.storage.store import reading, transaction
from agenda.words.errors import BadInput
from tests.rounds_under_way import RoundUnderWay, a_plan, address, manager, sv

NOW = sv("2020-09-21 10:00")
HEAD = "organisation;name;address;role;kind;language\n"


@pytest.fixture
def bracke(engine):
    """A round that asks Bräcke and Krokom for input, and consults others later."""
    plan = a_plan("bracke", "krokom", only=("inspel", "samrad"))
    return RoundUnderWay(engine, plan)


@pytest.fixture
def take_in(engine):
    """Takes in rows of a file at NOW."""

    def taking(rows, *, now=NOW, **choices):
        with transaction(engine) as session:
            known = session.exec(select(Round)).one()
            return import_contacts(
                session,
                known,
                read_contacts((HEAD + rows).encode()),
                channels=("workflows",),
                by=By.person("Asta", now),
                **choices,
            )

    return taking


def contacts(engine, organisation):
    """An organisation's contacts: role, address and whether it is written to."""
    with reading(engine) as session:
        rows = session.exec(
            select(Contact)
            .join(Organisation)
            .where(Organisation.key == organisation)
            .order_by(col(Contact.id))
        )
        return [
            (row.role.value, row.address, not row.is_removed and row.bounced_at is None)
            for row in rows
        ]


def invited(engine, organisation):
    """The activities that an organisation is asked in."""
    with reading(engine) as session:
        rows = session.exec(
            select(Activity.key)
            .join(Invitation)
            .join(Organisation)
            .where(Organisation.key == organisation)
        )
        return sorted(rows)


REGISTRAR = f"Registrator, Bräcke kommun, {address('bracke')}"
MANAGER = f"Kommundirektör, Bräcke kommun, {manager('bracke')} (eskalering)"


def test_an_organisation_in_a_file_that_replaces_has_the_contacts_of_the_file(
    engine, bracke, take_in
):
    result = take_in("bracke;Ny;ny@bracke.example;;;\n", replaces=True)

    assert (result.added, result.removed) == (["Ny, ny@bracke.example"], [REGISTRAR, MANAGER])
    assert contacts(engine, "bracke") == [
        ("primary", address("bracke"), False),
        ("escalation", manager("bracke"), False),
        ("primary", "ny@bracke.example", True),
    ]


def test_what_a_file_does_not_name_stays_and_is_told(engine, bracke, take_in):
    result = take_in("bracke;Ny;ny@bracke.example;;;\n")

    assert (result.added, result.removed) == (["Ny, ny@bracke.example"], [])
    assert result.kept == [REGISTRAR, MANAGER]
    assert contacts(engine, "bracke") == [
        ("primary", address("bracke"), True),
        ("escalation", manager("bracke"), True),
        ("primary", "ny@bracke.example", True),
    ]


@pytest.mark.parametrize(
    "name",
    [
        "Registrator, Bräcke kommun",
        "registrator,  Bräcke KOMMUN",
        unicodedata.normalize("NFD", "Registrator, Bräcke\N{NO-BREAK SPACE}kommun"),
    ],
)
def test_a_contact_who_is_named_with_another_address_is_reached_there(
    engine, bracke, take_in, name
):
    result = take_in(f'bracke;"{name}";ny@bracke.example;;;\n')

    assert (result.removed, result.kept) == ([REGISTRAR], [MANAGER])
    assert contacts(engine, "bracke") == [
        ("primary", address("bracke"), False),
        ("escalation", manager("bracke"), True),
        ("primary", "ny@bracke.example", True),
    ]


def test_the_same_name_in_another_role_replaces_nobody(engine, bracke, take_in):
    result = take_in('bracke;"Registrator, Bräcke kommun";ny@bracke.example;kopia;;\n')

    assert result.removed == []


@pytest.mark.parametrize(
    "written",
    [
        "bracke",
        "BRÄCKE KOMMUN",
        "Bräcke",
        unicodedata.normalize("NFD", "Bräcke kommun"),
        "Bräcke\N{NO-BREAK SPACE}kommun",
        " Bräcke  kommun ",
        "Bräcke\N{ZERO WIDTH SPACE} kommun",
    ],
)
def test_an_organisation_is_found_as_a_person_reads_its_name(engine, bracke, take_in, written):
    result = take_in(f"{written};Ny;ny@bracke.example;;kommun;\n")

    assert (result.organisations, result.added) == ([], ["Ny, ny@bracke.example"])
    assert contacts(engine, "bracke")[-1] == ("primary", "ny@bracke.example", True)


@pytest.mark.parametrize(
    "typed", ["registrator@strömsund.example", "R <registrator@Strömsund.example>"]
)
def test_an_address_is_read_as_people_type_it(engine, bracke, take_in, typed):
    take_in(f"bracke;Registrator;{typed};;;\n")

    assert contacts(engine, "bracke")[-1] == (
        "primary",
        "registrator@xn--strmsund-p4a.example",
        True,
    )


def test_the_same_contact_under_two_names_of_its_organisation_is_a_fault(engine, bracke, take_in):
    with pytest.raises(BadInput) as refused:
        take_in("bracke;A;a@bracke.example;;;\nBräcke kommun;B;A@bracke.example;;;\n")

    assert str(refused.value) == (
        "Bräcke kommun har A@bracke.example som primär redan på rad 1. Ta bort den ena raden."
    )


def test_an_address_in_several_roles_is_told_with_the_role_that_counts(engine, bracke, take_in):
    result = take_in(
        f"bracke;K;{address('bracke').upper()};kopia;;\nbracke;E;ny@bracke.example;eskalering;;\n"
        "bracke;E;NY@bracke.example;kopia;;\n"
    )

    assert result.doubled == [
        f"{address('bracke')} är både huvudkontakt och kopia: den får ett brev för varje steg, "
        "som huvudkontakt.",
        "NY@bracke.example är både kopia och eskalering: den får ett brev för varje steg, "
        "som kopia.",
    ]


def test_an_organisation_that_the_file_does_not_name_is_left_alone(engine, bracke, take_in):
    before = contacts(engine, "krokom")

    take_in("bracke;Ny;ny@bracke.example;;;\n")

    assert contacts(engine, "krokom") == before


def test_an_address_that_comes_back_is_the_same_contact_again(engine, bracke, take_in):
    take_in("bracke;Ny;ny@bracke.example;;;\n", replaces=True)
    result = take_in(f"Bräcke kommun;Åter;{address('bracke').upper()};;;\n", replaces=True)

    assert result.added == [f"Åter, {address('bracke')}"]
    assert contacts(engine, "bracke") == [
        ("primary", address("bracke"), True),
        ("escalation", manager("bracke"), False),
        ("primary", "ny@bracke.example", False),
    ]


def test_a_refused_address_stays_refused_until_it_is_reset(engine, bracke, take_in):
    bracke.change_contact(address("bracke"), bounced_at=NOW, bounce_reason="550")
    row = f"bracke;Registrator, Bräcke kommun;{address('bracke')};;;\n"

    assert take_in(row).changed == []
    assert contacts(engine, "bracke")[0] == ("primary", address("bracke"), False)
    assert take_in(row, resets=True).changed == [f"Registrator, Bräcke kommun, {address('bracke')}"]
    assert contacts(engine, "bracke")[0] == ("primary", address("bracke"), True)


def test_a_new_municipality_is_asked_where_municipalities_are(engine, bracke, take_in):
    result = take_in("Sollefteå kommun;Registrator;kommun@solleftea.example;;municipality;en\n")

    assert result.organisations == ["Sollefteå kommun"]
    assert invited(engine, "solleftea-kommun") == ["inspel"]
    bracke.attend("2020-09-21 10:00")
    assert bracke.mails[-1] == "2020-09-21 10:00 invitation kommun@solleftea.example"


def test_a_new_one_is_not_asked_for_what_has_closed(engine, bracke, take_in):
    take_in(
        "Sollefteå;Registrator;kommun@solleftea.example;;municipality;\n",
        now=sv("2020-10-03 10:00"),
    )

    assert invited(engine, "solleftea") == []


def test_a_moved_last_day_is_the_one_that_counts(engine, bracke, take_in):
    bracke.move(date(2020, 10, 9), "2020-10-01 10:00")

    take_in(
        "Sollefteå;Registrator;kommun@solleftea.example;;municipality;\n",
        now=sv("2020-10-03 10:00"),
    )

    assert invited(engine, "solleftea") == ["inspel"]


def test_another_language_is_a_change(engine, bracke, take_in):
    row = f"bracke;Registrator, Bräcke kommun;{address('bracke')};;;en\n"

    assert take_in(row).changed == ["Bräcke kommun, språk en"]
    assert take_in(row).changed == []


def test_what_an_import_changed_stands_in_the_register(engine, bracke, take_in):
    take_in("bracke;Ny;ny@bracke.example;;;\n", replaces=True)
    take_in("bracke;Ny;ny@bracke.example;;;\n", replaces=True)

    assert bracke.register("contacts_imported") == ["ny: Ny, ny@bracke.example"]
    with reading(engine) as session:
        assert entries(session)[-1].before == (
            f"borttagen: Registrator, Bräcke kommun, {address('bracke')}; "
            f"borttagen: Kommundirektör, Bräcke kommun, {manager('bracke')} (eskalering)"
        )


def test_a_channels_address_is_in_the_register_without_its_key(engine, bracke, take_in):
    take_in("bracke;Teams;workflows://hemligt/nyckel;;;\n")

    assert bracke.register("contacts_imported") == ["ny: Teams, workflows://…"]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            "Nyköping;R;r@nykoping.example;;;\n",
            "Nyköping finns inte i omgång 2020. Rätta stavningen eller, om den är ny, ange dess "
            "sort i kolumnen sort på dess första rad.",
        ),
        (
            "Ny;R;r@ny.example;;municipality;\nNy;S;s@ny.example;copy;body;\n",
            "Ny: är både kommun och organ i filen.",
        ),
        (
            "Ny;R;r@ny.example;;bolag;\n",
            "Ny: sorten bolag finns inte. Välj kommun, remissinstans, organ.",
        ),
        (
            "+++;R;r@ny.example;;body;\n",
            "+++: namnet behöver minst en bokstav a–z eller en siffra.",
        ),
        (
            "bracke;R;tgram://nyckel;;;\n",
            "bracke: kanalen tgram är inte tillåten. Tillåtna är workflows, se AGENDA_CHANNELS.",
        ),
    ],
)
def test_a_row_that_cannot_be_used_stops_the_whole_file(engine, bracke, take_in, rows, sentence):
    before = contacts(engine, "bracke")

    with pytest.raises(BadInput) as refused:
        take_in(f"bracke;Ny;ny@bracke.example;;;\n{rows}")

    assert str(refused.value) == sentence
    assert contacts(engine, "bracke") == before
