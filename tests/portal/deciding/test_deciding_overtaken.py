"""A request for more time that something has overtaken: decided, locked, cancelled, too late."""

from datetime import UTC, date, datetime, timedelta

from sqlmodel import col, select

from agenda.models import Message
from agenda.register import By
from agenda.replies.course import cancel, lock_answers
from agenda.rounds.finding import find_activity
from agenda.rounds.round import find_round
from agenda.storage.store import reading, transaction
from notifications.acts.extensions import grant_extension
from notifications.delivery.judges import Objection
from notifications.delivery.still_true import objection
from notifications.office import Office
from tests.door import Door, Reader
from tests.portal.deciding.asked import COORDINATOR, addresses, ask, choose, decide, request


def test_the_first_decision_holds_and_the_second_coordinator_is_shown_it(door: Door) -> None:
    door.client.app.state.settings = door.settings.model_copy(
        update={"alerts": ("chef@regionjh.example",)}
    )
    ask(door)
    first, second = addresses(door)
    assert door.mails("extension_requested") == [
        ("extension_requested", "paverkansagenda@regionjh.example"),
        ("extension_requested", "chef@regionjh.example"),
    ]
    waiting = Reader(choose(door, first, "avsla", besked="Nej.").text)
    decide(door, second, "bevilja")
    late = door.post(first, [*waiting.forms[0].pairs, ("_bekraftat", "1")])
    assert late.headers["location"] == f"{first}?redan=1"
    said = door.page(late.headers["location"]).text
    assert "Begäran var redan beslutad när du tryckte. Ditt val gäller inte." in said
    assert f"Av {COORDINATOR} (chef@regionjh.example)" in said
    assert door.mails("extension_denied") == []


def test_what_was_decided_at_the_command_line_is_shown(door: Door) -> None:
    home = ask(door)
    with transaction(door.engine) as session:
        invitation = door.invitation(session, "bracke", "inspel")
        office = Office.of(door.settings)
        to = date(2020, 10, 9)
        grant_extension(session, office, invitation, to=to, by=By.person("Asta", door.now))
    said = door.page(home).text
    assert "Anståndet är beviljat" in said
    assert "fredag 9 oktober 2020" in said
    assert "Av Asta" in said


def test_the_mail_about_a_request_that_has_been_decided_no_longer_leaves(door: Door) -> None:
    home = ask(door)
    with reading(door.engine) as session:
        mail = session.exec(select(Message).order_by(col(Message.id))).first()
        assert (mail.template, objection(session, mail, now=door.now)) == (
            "extension_requested",
            None,
        )
    decide(door, home, "bevilja")
    with reading(door.engine) as session:
        mail = session.exec(select(Message).order_by(col(Message.id))).first()
        assert objection(session, mail, now=door.now) == Objection("Begäran är redan besvarad.")


def test_a_later_change_of_the_day_is_told_beside_what_was_decided(door: Door) -> None:
    home = ask(door)
    decide(door, home, "bevilja")
    with transaction(door.engine) as session:
        invitation = door.invitation(session, "bracke", "inspel")
        office = Office.of(door.settings)
        to = date(2020, 10, 23)
        grant_extension(session, office, invitation, to=to, by=By.person("Asta", door.now))
    said = door.page(home).text
    assert "till och med fredag 16 oktober 2020 kl. 24.00." in said
    assert "Dagen har ändrats sedan dess. Nu gäller fredag 23 oktober 2020." in said


def test_with_the_answers_locked_there_is_only_a_no_to_give(door: Door) -> None:
    home = ask(door)
    waiting = Reader(choose(door, home, "bevilja", besked="Gärna").text)
    with transaction(door.engine) as session:
        row = find_activity(session, find_round(session, None), "inspel")
        lock_answers(session, row, by=By.person("x", door.now))
    page = door.page(home)
    assert "Svaren är låsta, eftersom arbetet med dem har börjat." in page.text
    assert "dag" not in dict(page.forms[0].pairs)
    refused = door.post(home, [*waiting.forms[0].pairs, ("_bekraftat", "1")])
    assert (refused.status_code, "Gärna" in refused.text) == (409, True)
    assert decide(door, home, "avsla", besked="För sent.").status_code == 303
    with reading(door.engine) as session:
        mail = session.exec(select(Message).order_by(col(Message.id).desc())).first()
    assert mail.template == "extension_denied"
    assert "det går inte längre att svara" in " ".join(mail.text.split())
    assert "Svara här" not in mail.text


def test_of_a_cancelled_activity_there_is_nothing_to_decide_and_nothing_written_is_lost(
    door: Door,
) -> None:
    home = ask(door)
    waiting = Reader(choose(door, home, "avsla", besked="Mitt svar").text)
    with transaction(door.engine) as session:
        row = find_activity(session, find_round(session, None), "inspel")
        cancel(session, row, by=By.person("x", door.now))
    page = door.page(home)
    assert "det finns inget att besluta" in page.text
    assert page.forms == []
    refused = door.post(home, [*waiting.forms[0].pairs, ("_bekraftat", "1")])
    assert (refused.status_code, "Mitt svar" in refused.text) == (409, True)
    assert request(door).decided_at is None


def test_a_day_that_has_passed_while_the_request_lay_is_not_offered(door: Door) -> None:
    home = ask(door, until="2020-10-05")
    door.now = datetime(2020, 10, 6, 8, 0, tzinfo=UTC)
    page = door.page(home)
    assert "Dagen som de bad om har passerat." in page.text
    assert dict(page.forms[0].pairs)["dag"] == ""
    refused = choose(door, home, "bevilja", dag="2020-10-05")
    assert "Välj en dag från och med tisdag 6 oktober 2020." in Reader(refused.text).text
    assert decide(door, home, "bevilja", dag="2020-10-06").status_code == 303


def test_a_request_that_a_moved_last_day_has_overtaken_says_so(door: Door) -> None:
    home = ask(door, until="2020-10-05")
    door.change(due_on=date(2020, 10, 9))
    page = door.page(home)
    assert "Sista svarsdagen är redan fredag 9 oktober 2020" in page.text
    assert dict(page.forms[0].pairs)["dag"] == ""


def test_who_is_late_is_told_of_and_can_be_given_a_new_day(door: Door) -> None:
    home = ask(door)
    door.now += timedelta(days=34)
    assert "Deras sista svarsdag har passerat." in door.page(home).text
    assert decide(door, home, "bevilja").status_code == 303
