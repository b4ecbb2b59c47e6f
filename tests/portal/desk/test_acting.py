"""Acts on the desk: what the page lists is what happens, and nothing that it did not list."""

from datetime import date

import pytest
from sqlmodel import col, select

from agenda.models import Activity, Invitation, Message, MessageState, Organisation
from agenda.storage.store import reading
from portal.desk.acts.rows import ACTS
from portal.desk.words import speaker
from tests.door import Reader
from tests.portal.desk.desk import Desk

INPUT = "/plan/inspel"


def activity(desk: Desk, key: str = "inspel") -> Activity:
    with reading(desk.engine) as session:
        return session.scalars(select(Activity).where(col(Activity.key) == key)).one()


def queued(desk: Desk) -> dict[str, list[str]]:
    """What waits in the outbox: by subject, to whom."""
    found: dict[str, list[str]] = {}
    with reading(desk.engine) as session:
        query = select(Message).where(col(Message.state) == MessageState.QUEUED)
        for message in session.scalars(query.order_by(col(Message.id))):
            found.setdefault(message.subject, []).append(message.recipient)
    return found


def test_the_first_press_changes_nothing_and_the_second_does_what_was_listed(desk: Desk) -> None:
    address = f"{desk.home}{INPUT}/flytta"
    before = desk.digest()
    asked = desk.press(address, dag="2020-10-09", meddelande="Nämnden möts senare.")
    page = desk.confirm_page(asked)
    assert desk.digest() == before
    assert "Flytta sista dagen till fredag 9 oktober 2020?" in page.text

    done = desk.confirmed(address, asked)

    assert done.headers["location"] == f"{desk.home}{INPUT}?gjort=move"
    assert activity(desk).due_on == date(2020, 10, 9)
    for subject, whom in queued(desk).items():
        assert subject in page.text
        for one in whom:
            assert one in page.text
    assert desk.register("deadline_moved") == ["Samordnare för påverkansagendan"]
    assert "Sista dagen är flyttad." in desk.page(done.headers["location"]).text


def test_what_follows_moves_along_by_as_many_workdays_if_somebody_wishes(desk: Desk) -> None:
    address = f"{desk.home}{INPUT}/flytta"
    before = {key: activity(desk, key).due_on for key in ("sammanstallning", "workshop")}
    asked = desk.press(address, dag="2020-10-09", foljande="1")
    page = Reader(asked.text).text
    assert f"{activity(desk, 'samrad').title}: första dag" in page
    assert f"{activity(desk, 'workshop').title}: sista dag" in page
    assert desk.confirmed(address, asked).status_code == 303
    after = {key: activity(desk, key).due_on for key in before}
    assert {key: (after[key] - before[key]).days for key in before} == dict.fromkeys(before, 7)

    began = date(2020, 12, 19)
    assert activity(desk, "samrad").starts_on > began, "nobody is consulted before what is written"
    assert activity(desk, "inspel").starts_on == date(2020, 5, 8), "what has begun has begun"
    assert desk.register("start_moved")

    back = desk.press(address, dag="2020-10-02", foljande="1")
    assert desk.confirmed(address, back).status_code == 303
    assert {key: activity(desk, key).due_on for key in before} == before


def test_what_follows_stays_where_it_is_unless_somebody_wishes(desk: Desk) -> None:
    before = activity(desk, "workshop").due_on
    desk.do(f"{desk.home}{INPUT}/flytta", dag="2020-10-09")
    assert activity(desk, "workshop").due_on == before


def test_of_two_at_once_the_second_is_told_and_nothing_is_lost(desk: Desk) -> None:
    address = f"{desk.home}{INPUT}/flytta"
    first, second = (desk.press(address, dag=day) for day in ("2020-10-09", "2020-10-16"))
    assert desk.confirmed(address, first).status_code == 303

    told = desk.post(address, [*Reader(second.text).forms[-1].pairs, ("_bekraftat", "1")])

    assert told.status_code == 409
    assert "Något har ändrats sedan du såg sidan" in told.text
    assert activity(desk).due_on == date(2020, 10, 9)
    again = desk.post(address, [*Reader(told.text).forms[-1].pairs, ("_bekraftat", "1")])
    assert again.status_code == 303
    assert activity(desk).due_on == date(2020, 10, 16)


def test_going_back_keeps_what_was_written(desk: Desk) -> None:
    address = f"{desk.home}{INPUT}/flytta"
    asked = desk.press(address, dag="2020-10-09", meddelande="Å\r\nÄ", foljande="1")
    back = desk.post(address, [*Reader(asked.text).forms[-1].pairs, ("_andra", "1")])
    form = dict(Reader(back.text).forms[-1].pairs)
    assert (form["dag"], form["meddelande"], form["foljande"]) == ("2020-10-09", "Å\r\nÄ", "1")


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("", "Skriv en dag som finns"),
        ("nästa vecka", "Skriv en dag som finns"),
        ("2020-10-02", "är redan 2020-10-02"),
        ("2019-10-02", "har redan varit"),
        ("2020-13-45", "Skriv en dag som finns"),
    ],
)
def test_a_day_that_cannot_be_is_said_and_what_was_written_stays(
    desk: Desk, day: str, said: str
) -> None:
    before = desk.digest()
    answer = desk.press(f"{desk.home}{INPUT}/flytta", dag=day, meddelande="Varför.")
    assert answer.status_code == 422
    page = Reader(answer.text)
    assert said in page.text
    assert dict(page.forms[-1].pairs)["meddelande"] == "Varför."
    assert dict(page.forms[-1].pairs)["dag"] == day
    assert desk.digest() == before


def test_more_time_is_granted_to_those_who_are_chosen(desk: Desk) -> None:
    address = f"{desk.home}{INPUT}/anstand"
    form = desk.form(address)
    chosen = [*form.with_(dag="2020-10-16"), ("vem", "bracke"), ("vem", "berg")]
    asked = desk.post(address, chosen)
    assert "Bergs kommun" in desk.confirm_page(asked).text
    assert desk.confirmed(address, asked).status_code == 303
    with reading(desk.engine) as session:
        rows = session.execute(
            select(Organisation.key, Invitation.extended_to)
            .join(Invitation, col(Invitation.organisation_id) == col(Organisation.id))
            .where(col(Invitation.extended_to).is_not(None))
        ).all()
    assert dict(rows) == {"bracke": date(2020, 10, 16), "berg": date(2020, 10, 16)}


def test_a_wish_for_more_time_is_on_the_first_page_and_answered_from_it(desk: Desk) -> None:
    home = desk.link("bracke")
    desk.post(f"{home}/anstand", desk.form(f"{home}/anstand").with_(dag="2020-10-16", skal="Möte."))
    first = desk.page(desk.home)
    assert "Bräcke kommun ber om mer tid till fredag 16 oktober 2020" in first.text
    address = f"{desk.home}{INPUT}/anstand?vem=bracke"
    assert address in first.links
    form = dict(desk.form(address).pairs)
    assert (form["vem"], form["dag"]) == ("bracke", "2020-10-16")

    desk.do(address)

    assert "ber om mer tid" not in desk.page(desk.home).text


def test_a_wish_that_is_denied_needs_a_reason_which_is_mailed(desk: Desk) -> None:
    home = desk.link("bracke")
    desk.post(f"{home}/anstand", desk.form(f"{home}/anstand").with_(dag="2020-10-16", skal="Möte."))
    address = f"{desk.home}{INPUT}/avsla?vem=bracke"
    assert desk.press(address).status_code == 422
    desk.do(address, meddelande="Workshopen är bokad.")
    assert ("extension_denied", "kommun@bracke.example") in desk.mails()


@pytest.mark.parametrize(
    ("there", "back"),
    [("las", "las-upp"), ("klar", "oppna-igen"), ("stall-in", "ateruppta")],
)
def test_what_is_done_is_undone_and_offered_only_where_it_is_possible(
    desk: Desk, there: str, back: str
) -> None:
    page = f"{desk.home}{INPUT}"
    assert f"{page}/{there}" in desk.page(page).links
    assert f"{page}/{back}" not in desk.page(page).links
    desk.do(f"{page}/{there}")
    assert f"{page}/{there}" not in desk.page(page).links
    # Whoever has the address from before is told why, and gets no button.
    assert [form for form in desk.page(f"{page}/{there}").forms if form.pairs] == []
    desk.do(f"{page}/{back}")
    assert f"{page}/{there}" in desk.page(page).links


def test_every_act_has_all_its_sentences_in_both_languages() -> None:
    for act in ACTS.values():
        for part in ("act", "about", "ask", "do", "done"):
            for language in ("sv", "en"):
                assert speaker(language)(f"{part}_{act.name}", title="", day="", names="")
