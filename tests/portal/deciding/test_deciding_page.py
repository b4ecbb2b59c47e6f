"""The coordinator's page: what it shows of a request, and how that is granted or denied."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlmodel import col

from agenda.models import Contact, Invitation
from agenda.people.coordinators import coordinators_at_work
from agenda.register import entries
from agenda.storage.store import reading, transaction
from agenda.words.errors import BadInput
from agenda.words.sentence import Sentence
from tests.door import Door, Reader, a_proposal
from tests.portal.deciding.asked import COORDINATOR, WHY, ask, choose, decide, request

WHO = f"{COORDINATOR} (paverkansagenda@regionjh.example)"


def test_the_page_shows_what_there_is_to_know(door: Door) -> None:
    home = ask(door)
    said = door.page(home).text
    for words in (
        "Bräcke kommun ber om mer tid.",
        "Förfrågan om inspel från kommunerna",
        "fredag 16 oktober 2020 , 10 arbetsdagar till",
        "Nuvarande sista svarsdag fredag 2 oktober 2020",
        "Deras svar Inget är skrivet än.",
        "Sammanställning av inspel , börjar måndag 5 oktober 2020",
        "Så här skriver de Nämnden möts den 14:e. <b>Då</b> hinner vi.",
        "Sammanställning av inspel börjar måndag 5 oktober 2020. Med fredag 16 oktober 2020 som "
        "sista svarsdag kan svaret komma när det arbetet redan pågår.",
    ):
        assert words in said
    assert dict(door.form(home).pairs)["dag"] == "2020-10-16"


def test_the_reason_is_shown_exactly_as_it_was_written(door: Door) -> None:
    home = ask(door, why=WHY)
    assert "Nämnden möts den 14:e.\n&lt;b&gt;Då&lt;/b&gt; hinner vi." in door.client.get(home).text


def test_a_draft_and_an_answer_are_told_of(door: Door) -> None:
    home = ask(door)
    door.save(door.link(), fragor__0__titel="Påbörjad")
    assert "De har ett utkast, sparat i dag kl. 10.00." in door.page(home).text
    door.send(door.link(), **a_proposal())
    said = door.page(home).text
    assert "De har redan svarat, i dag kl. 10.00." in said
    assert "utkast" not in said


def test_a_day_that_reaches_into_nothing_is_not_warned_of_and_a_day_off_is(door: Door) -> None:
    home = ask(door, until="2020-10-04")
    said = door.page(home).text
    assert "Observera att söndag 4 oktober 2020 inte är en arbetsdag (söndag)." in said
    assert "redan pågår" not in said


def test_a_day_after_the_next_activity_is_over_is_warned_of_in_other_words(door: Door) -> None:
    home = ask(door)
    asked = Reader(choose(door, home, "bevilja", dag="2020-11-02").text)
    assert (
        "Sammanställning av inspel ska vara klar torsdag 29 oktober 2020. Med måndag 2 november "
        "2020 som sista svarsdag kan svaret komma efter det."
    ) in asked.text


def test_granting_is_confirmed_and_then_holds_at_the_municipality(
    door: Door, triggered: list[dict], planned: list[str]
) -> None:
    home = ask(door)
    before = door.digest()
    asked = Reader(choose(door, home, "bevilja", dag="2020-10-14", besked="Snö & is").text)
    assert "Bräcke kommun får svara till och med onsdag 14 oktober 2020 kl. 24.00." in asked.text
    assert "Snö & is" in asked.text
    assert "Registrator, Bräcke kommun <kommun@bracke.example>" in asked.text
    assert door.digest() == before
    answer = door.post(home, [*asked.forms[0].pairs, ("_bekraftat", "1")])
    assert (answer.status_code, answer.headers["location"]) == (303, home)
    decided = request(door)
    assert (decided.is_granted, decided.granted_until) == (True, date(2020, 10, 14))
    assert (decided.decided_by, decided.note) == (WHO, "Snö & is")
    with reading(door.engine) as session:
        [asta] = coordinators_at_work(session)
        line = entries(session)[-1]
        assert (line.who, line.actor_kind, line.actor_id) == (WHO, "person", asta.id)
    said = door.page(home).text
    for words in (
        "Anståndet är beviljat",
        "Beslutat. Bräcke kommun får svara till och med onsdag 14 oktober 2020 kl. 24.00. "
        "De bad om fredag 16 oktober 2020.",
        f"Av {WHO}",
        "Till Registrator, Bräcke kommun <kommun@bracke.example>",
        "Ämne Ni har fått mer tid: Förfrågan om inspel från kommunerna – svar senast 14 oktober "
        "2020 Läge På väg.",
    ):
        assert words in said
    assert "Till och med onsdag 14 oktober 2020 kl. 24.00 Ni har fått anstånd." in (
        door.page(door.link()).text
    )
    assert door.mails("extension") == [("extension", "kommun@bracke.example")]
    assert [run["name"] for run in triggered] == [
        "Förfrågan om inspel från kommunerna · anstånd för Bräcke kommun · omgång 2020"
    ]
    assert planned == ["anew"]


def test_denying_needs_a_reason_and_leaves_the_day_as_it_was(
    door: Door, triggered: list[dict], planned: list[str]
) -> None:
    home = ask(door)
    refused = choose(door, home, "avsla", besked=" \n ")
    assert refused.status_code == 422
    assert "Skriv varför du avslår. Det står i mejlet till dem." in Reader(refused.text).text
    assert decide(door, home, "avsla", besked="Sammanställningen väntar.").status_code == 303
    said = door.page(home).text
    assert "Begäran är avslagen" in said
    assert "Bräcke kommun får inte anstånd till fredag 16 oktober 2020." in said
    assert "Sammanställningen väntar." in said
    assert "Till och med fredag 2 oktober 2020" in door.page(door.link()).text
    assert door.mails("extension_denied") == [("extension_denied", "kommun@bracke.example")]
    with reading(door.engine) as session:
        [line] = [one for one in entries(session) if one.what == "extension_denied"]
    assert (line.who, line.subject) == (WHO, "inspel/bracke")
    assert [run["name"] for run in triggered] == [
        "Förfrågan om inspel från kommunerna · anstånd avslaget för Bräcke kommun · omgång 2020"
    ]
    assert planned == []


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "Skriv den nya sista svarsdagen som år-månad-dag, till exempel 2020-10-16."),
        ("i morgon", "Skriv den nya sista svarsdagen som år-månad-dag, till exempel 2020-10-16."),
        ("2020-02-30", "Skriv den nya sista svarsdagen som år-månad-dag, till exempel 2020-10-16."),
        ("2020-10-02", "Välj en dag efter fredag 2 oktober 2020, som är deras sista svarsdag nu."),
        ("9999-12-31", "Den dagen ligger för långt fram. Välj en dag till och med 2099-12-31."),
    ],
)
def test_a_day_that_cannot_be_granted_is_said_at_its_field_and_nothing_is_lost(
    door: Door, written: str, said: str
) -> None:
    home = ask(door)
    answer = choose(door, home, "bevilja", dag=written, besked="Det här skrev jag.")
    page = Reader(answer.text)
    assert answer.status_code == 422
    assert page.title.startswith("Fel: ")
    assert page.links.count("#falt-dag") == 1
    assert page.text.count(said) == 2
    kept = dict(page.forms[0].pairs)
    assert (kept["dag"], kept["besked"]) == (written, "Det här skrev jag.")
    assert request(door).decided_at is None


def test_a_date_without_hyphens_is_understood(door: Door) -> None:
    home = ask(door)
    decide(door, home, "bevilja", dag="20201012")
    assert request(door).granted_until == date(2020, 10, 12)


def test_who_changes_their_mind_comes_back_to_what_was_filled_in(door: Door) -> None:
    home = ask(door)
    asked = Reader(choose(door, home, "bevilja", dag="2020-10-12", besked="Hej").text)
    back = door.post(home, [*asked.forms[0].pairs, ("_andra", "1")])
    kept = dict(Reader(back.text).forms[0].pairs)
    assert (back.status_code, kept["dag"], kept["besked"]) == (200, "2020-10-12", "Hej")
    assert request(door).decided_at is None


def test_pressing_enter_or_a_button_that_is_not_there_decides_nothing(door: Door) -> None:
    home = ask(door)
    before = door.digest()
    for more in ([], [("_beslut", "x")], [("_bekraftat", "1")], [("_beslut", "bevilja")]):
        assert door.post(home, [*door.form(home).pairs, *more]).status_code == 200
    assert door.digest() == before


def test_pressing_twice_is_deciding_once(door: Door) -> None:
    home = ask(door)
    asked = Reader(choose(door, home, "bevilja").text)
    pressed = [*asked.forms[0].pairs, ("_bekraftat", "1")]
    answers = [door.post(home, pressed) for _ in range(3)]
    assert [(a.status_code, a.headers["location"]) for a in answers] == [(303, home)] * 3
    assert door.mails("extension") == [("extension", "kommun@bracke.example")]
    with reading(door.engine) as session:
        assert session.get_one(Invitation, request(door).invitation_id).revision == 1


def test_a_municipality_without_an_address_has_to_be_told_in_another_way(door: Door) -> None:
    home = ask(door)
    with transaction(door.engine) as session:
        organisation = door.invitation(session, "bracke", "inspel").organisation_id
        for contact in session.scalars(
            select(Contact).where(col(Contact.organisation_id) == organisation)
        ):
            contact.bounced_at = door.now
    assert "Vi har ingen e-postadress till Bräcke kommun." in door.page(home).text
    decide(door, home, "bevilja")
    assert "Vi har ingen e-postadress till Bräcke kommun." in door.page(home).text


def test_the_page_speaks_english_a_click_away(door: Door) -> None:
    home = ask(door)
    said = door.page(f"{home}?lang=en").text
    assert "asks for more time." in said
    assert "Grant more time?" in choose(door, home, "bevilja").text
    assert "That day is too far ahead." in choose(door, home, "bevilja", dag="2100-01-01").text


@pytest.mark.parametrize(
    ("choice", "act"), [("bevilja", "grant_extension"), ("avsla", "deny_extension")]
)
def test_what_the_agenda_itself_refuses_is_said_at_the_field(
    door: Door, choice: str, act: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise BadInput(Sentence("no", ("Det <går> inte.", "It <cannot> be."), {}))

    monkeypatch.setattr(f"portal.deciding.pages.{act}", refuse)
    home = ask(door)
    door.page(f"{home}?lang=en")
    refused = decide(door, home, choice, besked="Mina ord")
    field = "dag" if choice == "bevilja" else "besked"
    assert refused.status_code == 422
    assert f'<a href="#falt-{field}">It &lt;cannot&gt; be.</a>' in refused.text
    assert dict(Reader(refused.text).forms[0].pairs)["besked"] == "Mina ord"
    assert request(door).decided_at is None
