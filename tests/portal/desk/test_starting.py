"""A round made ready on the desk: begun in three ways, changed without YAML, then started."""

from datetime import date

import pytest
from sqlmodel import col, select

from agenda.models import Activity, Contact, DeskRole, Message, Organisation, PlanDraft, Round
from agenda.models.people import RoundCoordinator
from agenda.people.roles import add_person
from agenda.people.sessions import FRESH
from agenda.plan.model import Plan
from agenda.plan.reading import read_plan
from agenda.register import By
from agenda.rounds.plan_drafts import plan_of
from agenda.rounds.round import close_round
from agenda.storage.store import reading, transaction
from tests.door import Reader
from tests.portal.desk.desk import ASTA, BO, Desk
from tests.rounds_under_way import PLAN

START = "/samordna/ny-omgang"
TABLE = "organisation;namn;e-post\n" + "\n".join(
    f"{one.key};Registrator;registrator@{one.key}.example"
    for one in PLAN.organisations
    if one.kind == "municipality"
)


def begun(desk: Desk, **chosen: str) -> str:
    """Begin a draft; the address of its first page."""
    form = desk.form(START, -1)
    answer = desk.post(START, form.with_(**({"vag": "bundled"} | chosen)))
    assert answer.status_code == 303, answer.text[:3000]
    return answer.headers["location"].partition("?")[0]


def plan_at(desk: Desk, address: str) -> Plan:
    with reading(desk.engine) as session:
        return plan_of(session.get_one(PlanDraft, int(address.rpartition("/")[2])))


def save(desk: Desk, address: str, number: int = 0, **changes: str) -> None:
    answer = desk.press(address, number, **changes)
    assert answer.status_code == 303, Reader(answer.text).text


@pytest.fixture
def draft(desk: Desk) -> str:
    return begun(desk, forsta="2021-04-06")


def test_it_begins_with_the_bundled_plan_a_year_ahead_and_who_begins_coordinates(
    desk: Desk,
) -> None:
    address = begun(desk)
    plan = plan_at(desk, address)
    assert 30 <= (plan.activities[0].starts_on - desk.now.date()).days <= 401
    assert plan.coordinator.address == ASTA
    assert [one.key for one in plan.activities] == [one.key for one in PLAN.activities]
    page = desk.page(address)
    for one in plan.activities:
        assert one.title in page.text
    assert address in desk.page(START).links


def test_a_plan_whose_days_have_been_is_said_to_be_so_at_once(desk: Desk) -> None:
    page = desk.page(begun(desk, forsta="2012-04-03"))
    assert "Planens alla dagar har redan varit" in page.text
    assert "Flytta planens dagar först." in page.text
    assert "har redan varit" not in desk.page(begun(desk)).text


def test_it_begins_with_an_earlier_round_its_contacts_and_the_days_it_had(desk: Desk) -> None:
    desk.do(f"{desk.home}/plan/inspel/flytta", dag="2020-10-09")
    with transaction(desk.engine) as session:
        session.scalars(select(Contact).order_by(col(Contact.id))).first().address = "ny@r.example"
    plan = plan_at(desk, begun(desk, vag="round", omgang=desk.home.rpartition("/")[2]))
    assert plan.activity("inspel").due_on == date(2021, 10, 8)
    assert plan.activities[0].starts_on == date(2021, 4, 6)
    assert plan.name == "2021"
    assert plan.organisations[0].contacts[0].address == "ny@r.example"


def test_it_begins_with_a_file_as_it_was_saved_and_says_each_fault_of_another(
    desk: Desk, draft: str
) -> None:
    saved = desk.client.get(f"{draft}/planfil")
    assert saved.headers["content-disposition"].startswith("attachment")
    assert read_plan(saved.content) == plan_at(desk, draft)
    pairs = desk.form(START, -1).with_(vag="file")
    answer = desk.post(START, pairs, files=[("fil", ("plan.yaml", saved.content))])
    assert plan_at(desk, answer.headers["location"].partition("?")[0]) == plan_at(desk, draft)

    before = desk.digest()
    faulty = saved.content.replace(b"kind: workshop", b"kind: verkstad").replace(b"on'", b"onn'")
    told = desk.post(START, pairs, files=[("fil", ("plan.yaml", faulty))])
    assert told.status_code == 422
    assert "Rad " in told.text
    assert "verkstad" in told.text
    assert desk.digest() == before


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"vag": ""}, "Välj vad omgången ska utgå från"),
        ({"vag": "round", "omgang": "99"}, "Välj en omgång som finns"),
        ({"vag": "file"}, "Välj en planfil"),
        ({"vag": "bundled", "forsta": "snart"}, "Skriv en dag som finns"),
        ({"vag": "bundled", "forsta": "1999-01-01"}, "2001"),
    ],
)
def test_what_it_cannot_begin_with_is_said(desk: Desk, chosen: dict, said: str) -> None:
    before = desk.digest()
    answer = desk.post(START, desk.form(START, -1).with_(**chosen))
    assert answer.status_code == 422
    assert said in Reader(answer.text).text
    assert desk.digest() == before


def test_a_day_off_is_flagged_with_the_next_working_day_which_a_press_takes(
    desk: Desk, draft: str
) -> None:
    save(desk, f"{draft}/aktivitet/rsr", forsta="2021-05-13", sista="2021-05-13")
    page = desk.page(draft)
    assert "ingen arbetsdag" in page.text
    [better] = {link for link in page.links if "/rsr?sista=" in link}
    form = desk.form(better.partition("#")[0])
    assert (dict(form.pairs)["forsta"], dict(form.pairs)["sista"]) == ("2021-05-14", "2021-05-14")
    assert desk.post(f"{draft}/aktivitet/rsr", form.pairs).status_code == 303
    assert plan_at(desk, draft).activity("rsr").due_on == date(2021, 5, 14)


def test_everything_on_an_activitys_page_is_what_the_plan_then_says(desk: Desk, draft: str) -> None:
    address = f"{draft}/aktivitet/workshop"
    before = plan_at(desk, draft)
    save(desk, address)
    assert plan_at(desk, draft) == before, "a page that is saved as it stands changes nothing"
    save(
        desk,
        address,
        titel="Träff",
        beskrivning="Rad 1\r\nRad 2",
        fran="10:00",
        till="15:00",
        plats="Residenset",
        paminner="8, 3",
        eskalerar="",
        ansvarig="Eva",
        ansvarig_epost="eva@r.example",
    )
    found = plan_at(desk, draft).activity("workshop")
    assert (found.title, found.description, found.place) == ("Träff", "Rad 1\nRad 2", "Residenset")
    assert f"{found.from_time:%H:%M}-{found.until_time:%H:%M}" == "10:00-15:00"
    assert found.steps.reminders_workdays_before == (8, 3)
    assert found.responsible is not None
    assert found.responsible.address == "eva@r.example"
    save(desk, f"{draft}/aktivitet/inspel", kvartal="2021-Q3")
    moved = plan_at(desk, draft).activity("inspel")
    assert (moved.is_quarter, moved.due_on) == (True, date(2021, 9, 30))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"titel": " "}, "text"),
        ({"forsta": "2021-02-30"}, "Skriv en dag som finns"),
        ({"sista": "2021-01-01"}, "är före den första"),
        ({"paminner": "tio"}, "Skriv hela antal arbetsdagar"),
        ({"paminner": "200"}, "påminnelsen"),
        ({"kvartal": "hösten"}, "2027-Q1"),
        ({"ansvarig": "Eva", "ansvarig_epost": "eva"}, "adress"),
    ],
)
def test_what_an_activity_cannot_be_is_said_and_what_was_written_stays(
    desk: Desk, draft: str, changes: dict, said: str
) -> None:
    before = desk.digest()
    answer = desk.press(f"{draft}/aktivitet/inspel", 0, plats="Här", **changes)
    page = Reader(answer.text)
    assert answer.status_code == 422, page.text
    assert "Inte sparat" in page.text
    assert said.lower() in page.text.lower()
    kept = dict(page.forms[0].pairs)
    assert all(kept[name].strip() == text.strip() for name, text in changes.items())
    assert desk.digest() == before


def test_an_activity_is_added_and_taken_away(desk: Desk, draft: str) -> None:
    answer = desk.press(
        f"{draft}/aktivitet", sort="meeting", titel="Avstämning i nämnden", forsta="2021-06-01"
    )
    assert answer.headers["location"].startswith(f"{draft}/aktivitet/avstamning-i-namnden")
    assert plan_at(desk, draft).activity("avstamning-i-namnden").steps.nags
    save(desk, f"{draft}/aktivitet/workshop/bort")
    keys = [one.key for one in plan_at(desk, draft).activities]
    assert ("workshop" in keys, "avstamning-i-namnden" in keys) == (False, True)
    assert desk.client.get(f"{draft}/aktivitet/workshop").status_code == 404


def test_the_whole_plan_is_moved_past_the_holidays(desk: Desk, draft: str) -> None:
    save(desk, draft, forsta="2022-04-05", version="1")
    plan = plan_at(desk, draft)
    assert plan.activities[0].starts_on == date(2022, 4, 5)
    assert plan.name == "2021"


def test_the_head_is_changed_and_saved_as_it_stands_changes_nothing(desk: Desk, draft: str) -> None:
    before = plan_at(desk, draft)
    save(desk, f"{draft}/grund")
    assert plan_at(desk, draft) == before
    save(
        desk,
        f"{draft}/grund",
        namn="Hösten",
        samordnare_namn="Cilla",
        samordnare_epost="cilla@r.example",
        stangt="2021-05-14\r\n2021-06-07",
        omraden="Väg\r\n\r\nJärnväg",
        tidigast="08:00",
    )
    plan = plan_at(desk, draft)
    assert (plan.name, plan.coordinator.name) == ("Hösten", "Cilla")
    assert plan.closed_days == (date(2021, 5, 14), date(2021, 6, 7))
    assert plan.policy_areas == ("Väg", "Järnväg")
    before = desk.digest()
    for changes in ({"samordnare_epost": "x"}, {"tidigast": "19:00"}, {"stangt": "i maj"}):
        refused = desk.press(f"{draft}/grund", **changes)
        assert (refused.status_code, "Inte sparat" in refused.text) == (422, True)
    assert desk.digest() == before


def test_a_form_is_changed_as_far_as_that_needs_no_plan_file(desk: Desk, draft: str) -> None:
    address = f"{draft}/aktivitet/inspel/formular"
    before = plan_at(desk, draft)
    save(desk, address)
    assert plan_at(desk, draft).activity("inspel").form == before.activity("inspel").form
    changes = {
        "text:fragor/titel": "Vad gäller det?",
        "plats:fragor/mal": "1",
        "plats:fragor/titel": "2",
        "bort:fragor/kontakt_epost": "1",
        "ny": "Något mer?",
        "ny_lang": "1",
    }
    save(desk, address, **changes)
    form = plan_at(desk, draft).activity("inspel").form
    assert form is not None
    group = form[0]
    assert [one.key for one in group.fields][:2] == ["mal", "titel"]
    assert group.fields[1].label.sv == "Vad gäller det?"
    assert "kontakt_epost" not in [one.key for one in group.fields]
    assert (form[-1].key, form[-1].type, form[-1].label.sv) == (
        "nagot_mer",
        "long_text",
        "Något mer?",
    )
    asked = desk.press(address, **{"text:fragor/titel": " "})
    assert (asked.status_code, "Rätta" in asked.text) == (422, True)
    # What another question hangs on cannot go alone.
    refused = desk.press(address, **{"bort:fragor/vem_beslutar": "1"})
    assert refused.status_code == 422
    assert "annan_beslutar" in Reader(refused.text).text


def test_who_is_asked_is_added_and_taken_away(desk: Desk, draft: str) -> None:
    address = f"{draft}/tillfragade"
    save(desk, address, namn="Länsstyrelsen", sort="consultee", sprak="en")
    added = plan_at(desk, draft).organisations[-1]
    assert (added.key, added.kind, added.language) == ("lansstyrelsen", "consultee", "en")
    save(desk, address, bort="lansstyrelsen")
    assert plan_at(desk, draft).organisations == PLAN.organisations


def test_contacts_are_pasted_seen_and_then_taken_in(desk: Desk, draft: str) -> None:
    address = f"{draft}/kontakter"
    before = desk.digest()
    asked = desk.press(address, rader=TABLE, ersatt="1")
    page = Reader(asked.text)
    assert "registrator@bracke.example" in page.text
    assert "Kommundirektör, Bräcke kommun" in page.text
    assert desk.digest() == before
    done = desk.post(address, [*page.forms[-1].pairs, ("_bekraftat", "1")])
    assert done.headers["location"] == f"{address}?gjort=contacts"
    plan = plan_at(desk, draft)
    found = {one.key: [c.address for c in one.contacts] for one in plan.organisations}
    assert found["bracke"] == ["registrator@bracke.example"]
    wrong = desk.press(address, rader="organisation;namn;e-post\nfinns inte;Eva;x")
    assert wrong.status_code == 422
    assert "Rad 2" in wrong.text
    with reading(desk.engine) as session:
        assert len(session.scalars(select(Round)).all()) == 1

    form = desk.form(address, 1)
    own = [*form.pairs, ("omgang", desk.home.rpartition("/")[2])]
    assert desk.post(address, own).status_code == 303
    assert plan_at(desk, draft).organisations == PLAN.organisations


def test_of_two_who_change_it_the_second_is_told_and_nothing_is_lost(
    desk: Desk, draft: str
) -> None:
    address = f"{draft}/aktivitet/inspel"
    mine = desk.form(address).with_(titel="Mitt")
    save(desk, address, beskrivning="Den andras")
    told = desk.post(address, mine)
    assert told.status_code == 409
    page = Reader(told.text)
    assert "har ändrat utkastet sedan" in page.text
    assert dict(page.forms[0].pairs)["titel"] == "Mitt"
    assert plan_at(desk, draft).activity("inspel").description == "Den andras"
    assert desk.post(address, page.forms[0].pairs).status_code == 303
    assert plan_at(desk, draft).activity("inspel").title == "Mitt"


def test_the_second_press_starts_what_was_shown_once_and_its_runs_are_planned(
    desk: Desk, draft: str, planned: list[str]
) -> None:
    address = f"{draft}/starta"
    before = desk.digest()
    asked = desk.press(address)
    page = desk.confirm_page(asked)
    assert desk.digest() == before
    assert "Starta omgång 2021?" in page.text
    assert "Omgången 2020 är också igång" in page.text
    assert "Det första som går ut" in page.text
    assert "Formulera förslag till struktur" in page.text
    back = desk.post(address, [*page.forms[-1].pairs, ("_andra", "1")])
    assert back.headers["location"] == draft
    for one in PLAN.organisations:
        assert one.name in page.text

    done = desk.confirmed(address, asked)
    assert done.status_code == 303
    way = desk.client.get(done.headers["location"].partition("?")[0])
    with reading(desk.engine) as session:
        new = session.scalars(select(Round).where(col(Round.name) == "2021")).one()
        mine = session.get_one(RoundCoordinator, (new.id, desk.person(ASTA).id))
    assert mine.role is DeskRole.COORDINATOR
    assert way.headers["location"] == f"/samordna/{new.id}"
    assert desk.page(f"/samordna/{new.id}").text
    again = desk.confirmed(address, asked)
    assert (again.status_code, again.headers["location"]) == (303, f"/samordna/{new.id}")
    assert desk.register("round_started").count("Samordnare för påverkansagendan") == 1
    assert planned == ["anew", "Omgång 2021 startad"]


def test_what_leaves_at_once_is_listed_and_leaves(desk: Desk) -> None:
    today = desk.now.date()
    draft = begun(desk, forsta="2020-08-03")
    save(
        desk,
        f"{draft}/aktivitet/inspel",
        forsta=today.isoformat(),
        sista="2020-10-30",
    )
    address = f"{draft}/starta"
    asked = desk.press(address)
    page = desk.confirm_page(asked)
    assert "Brev som går ut" in page.text
    assert "aldrig skickas" in page.text
    assert desk.confirmed(address, asked).status_code == 303
    with reading(desk.engine) as session:
        new = session.scalars(select(Round).order_by(col(Round.id).desc())).first()
        messages = session.scalars(select(Message).where(Message.round_id == new.id)).all()
    assert messages
    for one in messages:
        assert one.subject in page.text
        assert one.recipient in page.text


def test_a_plan_that_somebody_has_changed_meanwhile_is_not_started(desk: Desk, draft: str) -> None:
    asked = desk.press(f"{draft}/starta")
    save(desk, f"{draft}/aktivitet/inspel", titel="Annat")
    told = desk.confirmed(f"{draft}/starta", asked)
    assert told.status_code == 409
    assert "har ändrat utkastet" in told.text
    with reading(desk.engine) as session:
        assert len(session.scalars(select(Round)).all()) == 1


def test_a_draft_is_thrown_away_once_that_is_confirmed(desk: Desk, draft: str) -> None:
    assert desk.press(f"{draft}/kasta").headers["location"] == START
    assert desk.client.get(draft).status_code == 404
    assert desk.register("draft_discarded") == ["Samordnare för påverkansagendan"]
    assert draft not in desk.page(START).links


def test_only_those_who_may_start_rounds_see_any_of_it(outside: Desk) -> None:
    outside.sign_in(ASTA)
    address = begun(outside)
    outside.let_see(BO, DeskRole.COORDINATOR)
    outside.sign_in(BO)
    for path in (START, address, f"{address}/starta", f"{address}/planfil", f"{START}/personer"):
        assert outside.client.get(path).status_code == 404
    assert START not in outside.page("/samordna/omgangar").links


def test_who_may_start_rounds_is_given_and_taken_by_those_who_may(outside: Desk) -> None:
    outside.let_see(BO, DeskRole.READER)
    outside.sign_in(ASTA)
    address = f"{START}/personer"
    form = next(
        form
        for form in outside.page(address).forms
        if dict(form.pairs).get("vem") == str(outside.person(BO).id)
    )
    assert outside.post(address, [*form.pairs, ("far", "1")]).status_code == 303
    assert outside.person(BO).may_start_rounds
    assert outside.post(address, [*form.pairs, ("far", "")]).status_code == 303
    assert not outside.person(BO).may_start_rounds
    own = [(name, str(outside.person(ASTA).id) if name == "vem" else v) for name, v in form.pairs]
    assert outside.post(address, [*own, ("far", "")]).status_code == 422
    save(outside, address, -1, namn="Cilla Ny", epost="cilla@r.example")
    assert outside.person("cilla@r.example").may_start_rounds
    outside.now += FRESH
    assert outside.post(address, form.pairs).status_code == 403


def test_starting_and_closing_need_that_somebody_has_just_signed_in(desk: Desk, draft: str) -> None:
    forms = {path: desk.form(path) for path in (f"{draft}/starta", f"{desk.home}/avsluta")}
    desk.now += FRESH
    for path, form in forms.items():
        assert desk.post(path, form.pairs).status_code == 403


def test_a_round_is_closed_in_two_presses(desk: Desk) -> None:
    address = f"{desk.home}/avsluta"
    before = desk.digest()
    page = desk.confirm_page(desk.press(address))
    assert desk.digest() == before
    assert "Avsluta omgången?" in page.text
    done = desk.do(address)
    assert done.headers["location"] == f"{desk.home}/plan?gjort=close_round"
    assert "Omgången är avslutad" in desk.page(done.headers["location"]).text
    assert "redan avslutad" in desk.page(address).text
    assert desk.register("round_closed") == ["Samordnare för påverkansagendan"]
    assert START in desk.page("/samordna/omgangar").links


def test_with_no_round_at_all_the_first_page_leads_to_starting_one(outside: Desk) -> None:
    with transaction(outside.engine) as session:
        close_round(session, session.scalars(select(Round)).one(), by=By.person("x", outside.now))
        add_person(
            session,
            name="Cilla",
            address="cilla@r.example",
            by=By.person("x", outside.now),
            may_start_rounds=True,
        )
    outside.sign_in("cilla@r.example")
    page = outside.page("/samordna")
    assert "Ingen omgång är igång" in page.text
    assert START in page.links
    draft = begun(outside, forsta="2021-04-06")
    assert "round" not in [pair[1] for pair in outside.form(START, -1).pairs]
    assert outside.do(f"{draft}/starta").status_code == 303
    with reading(outside.engine) as session:
        new = session.scalars(select(Round).order_by(col(Round.id).desc())).first()
        assert session.scalars(select(Activity).where(Activity.round_id == new.id)).all()
        assert session.scalars(select(Organisation).where(Organisation.round_id == new.id)).all()
    assert outside.client.get("/samordna").headers["location"] == f"/samordna/{new.id}"
