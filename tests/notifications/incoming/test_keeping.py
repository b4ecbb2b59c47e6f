"""Every mail is kept as it came, once; whose it is; what waits for somebody."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from agenda.models import AnswerKind, FileContent, Mailbox, Message
from agenda.register import By
from agenda.storage.store import reading, transaction
from agenda.words.errors import BadInput, NotFound
from notifications.acts.incoming import register_reply, set_aside
from notifications.erasing import erase_what_is_old
from notifications.incoming.judging import judge
from notifications.readings.answers import answer_lines
from notifications.readings.incoming import mail_lines, one_mail, raw_mail, waiting_mails
from tests.notifications.incoming.inbox import Inbox, bounce, letter, look_into, mails_in
from tests.rounds_under_way import INPUT, OFFICE, WHO, RoundUnderWay, a_plan, address, sv

INVITED, CAME, LATER = "2020-05-08 08:00", "2020-05-12 09:17", "2020-05-13 09:00"


@pytest.fixture
def under_way(engine: Engine) -> RoundUnderWay:
    found = RoundUnderWay(engine, a_plan("berg", "bracke"))
    found.attend(INVITED)
    return found


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


def invitation_to(under_way: RoundUnderWay, organisation: str) -> Message:
    return next(
        one for one in under_way.messages("invitation") if one.recipient == address(organisation)
    )


def register(under_way: RoundUnderWay, mail_id: int, organisation: str, at: str = LATER) -> int:
    with reading(under_way.engine) as session:
        files = one_mail(session, mail_id).files
    with transaction(under_way.engine) as session:
        invitation = under_way.invitation(session, organisation)
        answer = register_reply(
            session,
            OFFICE,
            mail_id,
            invitation=invitation,
            files=files,
            by=By.person(WHO, sv(at)),
        )
        return answer.id or 0


def test_a_mail_is_kept_to_the_byte_with_the_instant_it_arrived(under_way, inbox) -> None:
    raw = letter(address("berg"), "å\r\n", answers=invitation_to(under_way, "berg").message_id)
    inbox.put(raw, CAME)
    look_into(under_way, inbox, LATER)
    [mail] = mails_in(under_way)
    with reading(under_way.engine) as session:
        assert raw_mail(session, mail.id or 0) == raw
    assert (mail.arrived_at, mail.read_at) == (sv(CAME), sv(LATER))


def test_a_mail_is_read_once_however_often_its_mailbox_is_looked_into(under_way, inbox) -> None:
    inbox.put(letter(address("berg")), CAME)
    assert [look_into(under_way, inbox, LATER) for _ in range(3)] == [1, 0, 0]
    inbox.validity = 2
    assert look_into(under_way, inbox, LATER) == 0
    inbox.put(letter(address("berg"), "En till."), LATER)
    assert look_into(under_way, inbox, LATER) == 1
    with reading(under_way.engine) as session:
        [box] = session.exec(select(Mailbox))
    assert (box.validity, box.read_to, box.read_at) == (2, 2, sv(LATER))


def test_nothing_is_missed_and_nothing_doubled_after_a_crash(under_way, inbox) -> None:
    for number in range(4):
        inbox.put(letter(address("berg"), f"Mejl {number}"), CAME)
    inbox.breaks_after = 2
    with pytest.raises(KeyboardInterrupt):
        look_into(under_way, inbox, LATER)
    inbox.breaks_after = None
    assert look_into(under_way, inbox, LATER) == 2
    assert [mail.text.strip() for mail in mails_in(under_way)] == [
        f"Mejl {number}" for number in range(4)
    ]


def test_what_cannot_be_taken_apart_is_kept_and_waits_for_somebody(under_way, inbox) -> None:
    inbox.put(b"Content-Type: message/rfc822\n\n" * 3000, CAME)
    inbox.put(b"\x00\xff\xfe garbage", CAME)
    look_into(under_way, inbox, LATER)
    assert [mail.sort for mail in mails_in(under_way)] == ["unreadable", "ordinary"]
    with reading(under_way.engine) as session:
        assert waiting_mails(session, round_id=under_way.id) == 2


def test_a_mail_that_trips_our_own_code_is_kept_and_stands_in_nobodys_way(
    under_way, inbox, monkeypatch
) -> None:
    def judged(mail):
        if "snubbla" in mail.text:
            raise ZeroDivisionError
        return judge(mail)

    monkeypatch.setattr("notifications.incoming.keeping.judge", judged)
    for text in ("snubbla", "Vi föreslår Väg 84."):
        inbox.put(letter(address("berg"), text), CAME)
    assert look_into(under_way, inbox, LATER) == 2
    assert [mail.sort for mail in mails_in(under_way)] == ["unreadable", "ordinary"]


def test_an_answer_is_matched_by_what_it_answers_whoever_wrote_it(under_way, inbox) -> None:
    message = invitation_to(under_way, "berg")
    inbox.put(letter("nagon.annan@berg.example", answers=message.message_id), CAME)
    look_into(under_way, inbox, LATER)
    with reading(under_way.engine) as session:
        [line] = mail_lines(session, round_id=under_way.id, waits=True)
    assert (line.organisation, line.activity) == ("berg", INPUT)
    assert (line.sender, line.sender_name) == ("nagon.annan@berg.example", "Anna Ek")
    assert line.about == message.subject


def test_without_that_it_is_the_contacts_whose_address_it_comes_from(under_way, inbox) -> None:
    inbox.put(letter(address("bracke").upper()), CAME)
    inbox.put(letter("okand@annan.example"), CAME)
    look_into(under_way, inbox, LATER)
    with reading(under_way.engine) as session:
        known, unknown = mail_lines(session, round_id=under_way.id)
    assert (known.organisation, known.activity) == ("bracke", INPUT)
    assert (unknown.organisation, unknown.activity, unknown.round_name) == (None, None, None)


def test_an_address_of_two_open_rounds_settles_nothing(under_way, inbox, engine) -> None:
    RoundUnderWay(engine, a_plan("berg", name="2021"))
    inbox.put(letter(address("berg")), CAME)
    look_into(under_way, inbox, LATER)
    assert mails_in(under_way)[0].organisation_id is None


AUTOMATIC = ["Auto-Submitted: auto-replied\n", "Auto-Submitted: auto-generated; owner=x\n"]
ORDINARY = [
    "",
    "Auto-Submitted: no\n",
    "X-Auto-Response-Suppress: All\n",
    "Precedence: bulk\n",
    "X-Autoreply: yes\n",
]


@pytest.mark.parametrize("header", AUTOMATIC)
def test_an_automatic_answer_is_set_aside(under_way, inbox, header) -> None:
    inbox.put(letter(address("berg"), "Jag är ledig.", more=header), CAME)
    look_into(under_way, inbox, LATER)
    [mail] = mails_in(under_way)
    assert (mail.sort, mail.settled_how) == ("automatic", "set_aside")


@pytest.mark.parametrize("header", ORDINARY)
def test_no_header_of_ordinary_mail_makes_it_automatic(under_way, inbox, header) -> None:
    inbox.put(letter(address("berg"), more=header), CAME)
    look_into(under_way, inbox, LATER)
    [mail] = mails_in(under_way)
    assert (mail.sort, mail.settled_at) == ("ordinary", None)


def test_a_mail_is_registered_as_the_answer_with_its_files_received_when_it_came(
    under_way, inbox
) -> None:
    attached = "".join(
        f'--L\nContent-Type: application/octet-stream; name="{name}"\n'
        f"Content-Disposition: attachment\n\n{content}\n"
        for name, content in (("förslag.pdf", "%PDF-1.7 karta"), ("virus.exe", "MZ"))
    )
    raw = letter(address("berg"), parts=attached).replace("förslag".encode(), b"forslag")
    inbox.put(raw, CAME)
    look_into(under_way, inbox, LATER)
    [mail] = mails_in(under_way)
    with reading(under_way.engine) as session:
        files = one_mail(session, mail.id or 0).files
    assert [(file.name, bool(file.fault)) for file in files] == [
        ("forslag.pdf", False),
        ("virus.exe", True),
    ]
    answer_id = register(under_way, mail.id or 0, "berg")
    with reading(under_way.engine) as session:
        [line] = [
            one for one in answer_lines(session, under_way.id) if one["organisation"] == "berg"
        ]
    assert line["received_at"] == sv(CAME)
    [mail] = mails_in(under_way)
    assert (mail.answer_id, mail.settled_how, mail.settled_by) == (answer_id, "registered", WHO)
    assert under_way.register("mail_registered") == [
        f"mejl {mail.id} från {address('berg')}, inkommet {sv(CAME).isoformat()}"
    ]


def test_a_mail_is_registered_once(under_way, inbox) -> None:
    inbox.put(letter(address("berg")), CAME)
    look_into(under_way, inbox, LATER)
    [mail] = mails_in(under_way)
    register(under_way, mail.id or 0, "berg")
    with pytest.raises(BadInput, match="redan registrerat"):
        register(under_way, mail.id or 0, "bracke")


def test_a_bounce_is_nobodys_answer(under_way, inbox) -> None:
    inbox.put(bounce(invitation_to(under_way, "berg")), CAME)
    look_into(under_way, inbox, LATER)
    with pytest.raises(BadInput, match="inget svar"):
        register(under_way, mails_in(under_way)[0].id or 0, "berg")


def test_what_was_set_aside_waits_no_longer_and_can_still_be_registered(under_way, inbox) -> None:
    inbox.put(letter(address("berg")), CAME)
    look_into(under_way, inbox, LATER)
    [mail] = mails_in(under_way)
    with transaction(under_way.engine) as session:
        set_aside(session, mail.id or 0, by=By.person(WHO, sv(LATER)))
    with reading(under_way.engine) as session:
        assert waiting_mails(session, round_id=under_way.id) == 0
        assert [line.id for line in mail_lines(session, waits=False)] == [mail.id]
    with pytest.raises(BadInput), transaction(under_way.engine) as session:
        set_aside(session, mail.id or 0, by=By.person(WHO, sv(LATER)))
    assert register(under_way, mail.id or 0, "berg")


def test_a_mail_that_is_not_there_is_said_by_its_number(under_way) -> None:
    with reading(under_way.engine) as session, pytest.raises(NotFound, match="nummer 99"):
        one_mail(session, 99)


def test_a_mailbox_that_is_away_for_an_hour_is_told_once_a_day_and_not_when_it_is_back(
    under_way, inbox
) -> None:
    inbox.away = "Brevlådans server svarade inte i tid."
    for at in ("2020-05-12 09:00", "2020-05-12 09:55"):
        look_into(under_way, inbox, at)
    assert [one for one in under_way.messages() if one.template == "mailbox_away"] == []
    for at in ("2020-05-12 10:05", "2020-05-12 11:00"):
        look_into(under_way, inbox, at)
    [told] = [one for one in under_way.messages() if one.template == "mailbox_away"]
    assert inbox.away in told.text
    inbox.away = ""
    look_into(under_way, inbox, "2020-05-12 11:05")
    under_way.post("2020-05-12 11:06")
    [told] = [one for one in under_way.messages() if one.template == "mailbox_away"]
    assert (told.state, told.outcome) == ("withdrawn", "Brevlådan läses igen.")


def test_kind_of_answer_can_be_said(under_way, inbox) -> None:
    inbox.put(letter(address("berg"), "Vi avstår."), CAME)
    look_into(under_way, inbox, LATER)
    [mail] = mails_in(under_way)
    with transaction(under_way.engine) as session:
        answer = register_reply(
            session,
            OFFICE,
            mail.id or 0,
            invitation=under_way.invitation(session, "berg"),
            files=(),
            kind=AnswerKind.DECLINED,
            by=By.person(WHO, sv(LATER)),
        )
        assert answer.kind is AnswerKind.DECLINED


def test_what_needs_nothing_is_erased_after_its_days_and_not_taken_in_anew(
    under_way, inbox
) -> None:
    inbox.put(letter("reklam@annan.example", "Hemligt."), CAME)
    inbox.put(bounce(invitation_to(under_way, "bracke")), CAME)
    inbox.put(letter(address("berg"), "Vi svarar."), CAME)
    inbox.put(letter("okand@annan.example", "Väntar."), CAME)
    look_into(under_way, inbox, LATER)
    aside, returned, answer, waiting = (mail.id or 0 for mail in mails_in(under_way))
    with transaction(under_way.engine) as session:
        set_aside(session, aside, by=By.person(WHO, sv(LATER)))
    register(under_way, answer, "berg")
    days = timedelta(days=30)
    erase_what_is_old(under_way.engine, days=30, now=sv(LATER) + days - timedelta(seconds=1))
    with reading(under_way.engine) as session:
        assert raw_mail(session, aside) == inbox.mails[0][0]
    erase_what_is_old(under_way.engine, days=30, now=sv(LATER) + days)
    with reading(under_way.engine) as session:
        assert [line.id for line in mail_lines(session)] == [answer, waiting]
        for gone in (aside, returned):
            with pytest.raises(NotFound):
                raw_mail(session, gone)
        kept = b"".join(session.exec(select(FileContent.octets)).all())
    assert b"Hemligt." not in kept
    assert b"User unknown" not in kept
    assert (mails_in(under_way)[0].sender, mails_in(under_way)[0].text) == ("", "")
    inbox.validity = 2
    assert look_into(under_way, inbox, "2020-06-30 09:00") == 0
