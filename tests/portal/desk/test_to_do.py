"""What waits for a decision: each kind said in words, with a way to where it is done."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from agenda.links.links import find
from agenda.models import Contact, DeskRole, Message, MessageState, Organisation, Purpose, Round
from agenda.storage.store import reading, transaction
from notifications.acts.extensions import request_extension
from notifications.office import Office
from notifications.readings.to_do import ToDoKind
from notifications.weekly import tell_of_the_week
from tests.notifications.incoming.inbox import letter
from tests.portal.desk.desk import ASTA, BO, Desk
from tests.portal.desk.test_mail import come_in, sender_of

AFTER_THE_LAST_DAY = timedelta(days=34)
"""From the first of September, when the tests begin, to the fifth of October."""


def pause(desk: Desk) -> None:
    with transaction(desk.engine) as session:
        session.scalars(select(Round)).one().sending_paused_at = desk.now


def ask_for_more_time(desk: Desk) -> None:
    token = desk.link("bracke").rpartition("/")[2]
    with transaction(desk.engine) as session:
        own = find(session, Purpose.REPLY, token)
        assert own is not None
        until, office = date(2020, 10, 16), Office.of(desk.settings)
        request_extension(session, office, own.link, until=until, reason="Nämnden", now=desk.now)


def give_up_a_letter(desk: Desk) -> None:
    desk.do(f"{desk.home}/plan/inspel/flytta", dag="2020-10-09")
    with transaction(desk.engine) as session:
        message = session.scalars(select(Message).order_by(col(Message.id))).first()
        assert message is not None
        message.state, message.outcome = MessageState.SET_ASIDE, "Brevet gick inte att skriva."


def refuse_an_address(desk: Desk) -> None:
    _contact_of_bracke(desk, bounced_at=desk.now, bounce_reason="5.1.1 okänd")


def remove_the_only_address(desk: Desk) -> None:
    _contact_of_bracke(desk, is_removed=True)


def answer_late(desk: Desk) -> None:
    desk.now += AFTER_THE_LAST_DAY
    desk.sign_in(ASTA)
    desk.press(f"{desk.home}/svar/inspel/bracke/registrera", text="Väg 87.")


def let_the_last_day_pass(desk: Desk) -> None:
    desk.now += AFTER_THE_LAST_DAY


def come_to_the_day_before_a_reminder(desk: Desk) -> None:
    desk.now += timedelta(days=16)


def come_to_the_quarter_before(desk: Desk) -> None:
    desk.now += timedelta(days=62)


def _contact_of_bracke(desk: Desk, **changes: object) -> None:
    with transaction(desk.engine) as session:
        query = select(Contact).join(Organisation).where(Organisation.key == "bracke")
        for contact in session.scalars(query):
            for name, value in changes.items():
                setattr(contact, name, value)


def get_a_mail_from_krokom(desk: Desk) -> None:
    come_in(desk, letter(sender_of(desk, "krokom")))


def get_a_mail_from_nobody_known(desk: Desk) -> None:
    come_in(desk, letter("okand@annan.example"))


KINDS: dict[ToDoKind, tuple[Callable[[Desk], None], str, str]] = {
    ToDoKind.MAIL_PAUSED: (pause, "Utskicken är pausade", "/utskick"),
    ToDoKind.WISH: (
        ask_for_more_time,
        "Bräcke kommun ber om mer tid till fredag 16 oktober",
        "/plan/inspel/anstand?vem=bracke",
    ),
    ToDoKind.NOT_ARRIVED: (give_up_a_letter, "Kom inte fram till", "/utskick/"),
    ToDoKind.REFUSED: (refuse_an_address, "tar inte emot e-post", "/organisationer/bracke"),
    ToDoKind.REPLY_BY_MAIL: (
        get_a_mail_from_krokom,
        "Mejl från Krokoms kommun",
        "/inkommande/",
    ),
    ToDoKind.UNCLAIMED_MAIL: (
        get_a_mail_from_nobody_known,
        "1 mejl väntar som det inte framgår vems",
        "/inkommande",
    ),
    ToDoKind.NO_ADDRESS: (
        remove_the_only_address,
        "Bräcke kommun saknar adress",
        "/organisationer/bracke",
    ),
    ToDoKind.LATE: (answer_late, "Bräcke kommun svarade för sent", "/svar/inspel/bracke"),
    ToDoKind.MISSING: (let_the_last_day_pass, "8 har inte svarat", "/plan/inspel"),
    ToDoKind.OVERDUE: (lambda _: None, "Skulle ha varit klart", "/plan/struktur"),
    ToDoKind.LEAVES: (come_to_the_day_before_a_reminder, "Går ut", "/harnast"),
    ToDoKind.NO_DAY: (
        come_to_the_quarter_before,
        "Dagen är inte bestämd",
        "/plan/faststallande/flytta",
    ),
}


def test_every_kind_is_tried_here() -> None:
    assert set(KINDS) == set(ToDoKind)


@pytest.mark.parametrize("kind", KINDS)
def test_what_waits_is_said_and_leads_to_where_it_is_done(desk: Desk, kind: ToDoKind) -> None:
    comes_to_wait, words, way = KINDS[kind]
    comes_to_wait(desk)
    desk.sign_in(ASTA)

    page = desk.page(desk.home)

    assert words in page.text
    [link, *_] = [one for one in page.links if one.startswith(f"{desk.home}{way}")]
    assert desk.client.get(link).status_code == 200
    # In English too: no key is without its other half.
    english = desk.page(f"{desk.home}?lang=en").text
    assert words not in english
    assert "todo_" not in english


def test_the_letter_of_the_week_leads_to_pages_and_only_its_recipient_reads_it(desk: Desk) -> None:
    ask_for_more_time(desk)
    desk.now += timedelta(days=13)  # from a Tuesday to a Monday
    desk.let_see(BO, DeskRole.READER)
    tell_of_the_week(desk.engine, Office.of(desk.settings), now=desk.now)
    with reading(desk.engine) as session:
        message = session.scalars(select(Message).where(Message.template == "weekly")).one()
    portal = desk.settings.portal_url
    links = [line for line in message.text.splitlines() if line.startswith(portal)]
    assert f"{portal}{desk.home}/plan/inspel/anstand?vem=bracke" in links

    desk.sign_in(ASTA)

    paths = [link.removeprefix(portal) for link in links]
    assert [desk.client.get(path).status_code for path in paths] == [200] * len(paths)
    address = f"{desk.home}/utskick/{message.id}"
    assert "Bräcke kommun ber om mer tid" in desk.page(address).text
    desk.sign_in(BO)
    page = desk.page(address).text
    assert "Bara den det gick till kan läsa det här" in page
    assert "Bräcke kommun ber om mer tid" not in page
