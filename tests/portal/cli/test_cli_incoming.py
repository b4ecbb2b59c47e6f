"""`agenda mail`: what has come in is listed, read, registered and set aside in a terminal."""

import pytest
from sqlalchemy import Engine

from tests.notifications.incoming.inbox import Inbox, bounce, letter, look_into
from tests.rounds_under_way import RoundUnderWay, a_plan, address

CAME = "2020-05-12 09:17"


@pytest.fixture
def come_in(desk, engine: Engine) -> RoundUnderWay:
    """Berg's letter came back, Bräcke has answered by mail, and so has somebody unknown."""
    known = RoundUnderWay(engine, a_plan("berg", "bracke"))
    known.attend("2020-05-08 08:00")
    invited = {one.recipient: one for one in known.messages("invitation")}
    inbox = Inbox()
    inbox.put(bounce(invited[address("berg")]), CAME)
    attached = (
        '--L\nContent-Type: application/pdf; name="karta.pdf"\n\n%PDF-1.7 karta\n'
        '--L\nContent-Type: application/octet-stream; name="program.exe"\n\nMZ\n'
    )
    text = "Vi föreslår Väg 84.\n\x1b[31mRött"
    inbox.put(letter(address("bracke"), text, parts=attached), CAME)
    inbox.put(letter("okand@annan.example", "Hej"), CAME)
    look_into(known, inbox, CAME)
    desk.at("2020-05-12 10:00")
    return known


def test_what_waits_is_listed_and_all_of_it_on_request(desk, come_in) -> None:
    ran = desk("mail", "list")
    assert (ran.code, ran.err) == (0, "")
    assert "mejl; Bräcke kommun, inspel" in ran.out
    assert "mejl; okänt vems" in ran.out
    assert "studs" not in ran.out
    everything = desk("mail", "list", "--all").out
    assert "studs; adressen finns inte; Bergs kommun, inspel; åtgärdad" in everything
    assert [one["sort"] for one in desk("mail", "list", "--all", "--json").document["mails"]] == [
        *("bounce", "ordinary", "ordinary")
    ]
    assert "2 inkomna mejl väntar på dig." in desk("status").out


def test_one_is_read_as_text_that_steers_no_terminal(desk, come_in, tmp_path) -> None:
    ran = desk("mail", "show", "2")
    assert ran.code == 0
    assert "Vi föreslår Väg 84." in ran.out
    assert "\x1b[31m" not in ran.out
    assert "Bilaga: karta.pdf" in ran.out
    assert "Bilaga: program.exe (2 byte). Tas inte emot: program.exe" in ran.out
    assert desk("mail", "show", "2", "--save", str(tmp_path / "brev.eml")).code == 0
    assert b"In-Reply-To" not in (tmp_path / "brev.eml").read_bytes()
    assert b"%PDF-1.7 karta" in (tmp_path / "brev.eml").read_bytes()
    assert desk("mail", "show", "2", "--save", str(tmp_path / "brev.eml")).code == 2


def test_one_is_registered_as_the_answer_once(desk, come_in) -> None:
    ran = desk("mail", "register", "2", "--registry-no", "RUN/12/2020")
    assert (ran.code, ran.err) == (0, "")
    assert "registrerat som svar från Bräcke kommun i inspel" in ran.out
    assert "2020-05-12 09.17" in ran.out
    assert "Följde inte med: program.exe" in ran.out
    answers = desk("answer", "list", "--json").document["answers"]
    [answer] = [one for one in answers if one["organisation"] == "bracke"]
    assert answer["registry_no"] == "RUN/12/2020"
    again = desk("mail", "register", "2")
    assert (again.code, "redan registrerat" in again.err) == (2, True)


def test_of_one_that_nobody_knows_whose_it_is_that_is_asked(desk, come_in) -> None:
    ran = desk("mail", "register", "3")
    assert (ran.code, "agenda mail register 3 bracke inspel" in ran.err) == (2, True)
    assert desk("mail", "register", "3", "bracke", "inspel", "--kind", "declined").code == 0


def test_status_says_that_the_mailbox_is_not_read(desk, come_in) -> None:
    look_into(come_in, Inbox(away="Brevlådans server svarade inte i tid."), CAME)
    desk.at("2020-05-12 10:30")
    ran = desk("status")
    assert "Inkommande e-post läses inte sedan tis 2020-05-12 09.17." in ran.err
    assert "Brevlådans server svarade inte i tid." in ran.err


def test_one_is_set_aside(desk, come_in) -> None:
    assert "åt sidan" in desk("mail", "set-aside", "3").out
    assert "okand@annan.example" not in desk("mail", "list").out
    assert desk("mail", "set-aside", "3").code == 2
    assert "Det finns inget inkommet mejl med nummer 99." in desk("mail", "show", "99").err
    assert "mejl lagt åt sidan" in desk("register", "list").out + desk("register").out
