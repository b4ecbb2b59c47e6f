"""`agenda attend`, `mail test`, `outbox`, `register`: the work itself and its traces."""

from types import SimpleNamespace

import pytest

from notifications.erasing import Erased
from notifications.post.outgoing import FailedAt, Outcome, Result
from tests.obedient_server import NEVER, ObedientServer
from tests.rounds_under_way import RoundUnderWay, a_plan


@pytest.fixture
def server(monkeypatch):
    """The mail server that the commands reach."""
    made = ObedientServer()

    class Channels(SimpleNamespace):
        def __init__(self, settings):
            super().__init__(send=made.send)

        def __enter__(self):
            return self

        def __exit__(self, *raised):
            return None

    for command in ("mail", "rounds.attend"):
        monkeypatch.setattr(f"portal.cli.{command}.Channels", Channels)
    return made


def test_attending_sends_what_is_due_and_says_so(desk, under_way, server):
    desk.at("2020-09-25 08:00")

    ran = desk("attend", "inspel")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "Förfrågan om inspel från kommunerna (omgång 2020): 2 av 8 har svarat, 6 nya brev, "
        "6 skickade.\n"
    )
    assert len(server.taken) == 6


def test_attending_again_sends_nothing(desk, under_way, server):
    desk.at("2020-09-25 08:00")
    desk("attend", "--all")

    assert desk("attend", "--all").out == (
        "Förfrågan om inspel från kommunerna (omgång 2020): 2 av 8 har svarat, inget att skicka.\n"
    )
    assert len(server.taken) == 6


def test_a_refusal_is_named_and_the_exit_code_tells_it(desk, under_way, server):
    desk.at("2020-09-25 08:00")
    server.always("kommun@bracke.example", NEVER)

    ran = desk("attend", "inspel")

    assert ran.code == 1
    assert ran.out == (
        "Förfrågan om inspel från kommunerna (omgång 2020): 2 av 8 har svarat, 6 nya brev, "
        "5 skickade, 1 kom inte fram.\n"
    )
    assert ran.err == "Kom inte fram: Bräcke kommun: 5.1.1 No such user here\n"


def test_in_the_evening_letters_wait_for_the_morning(desk, under_way, server):
    desk.at("2020-09-25 19:00")

    assert desk("attend", "inspel").out == (
        "Förfrågan om inspel från kommunerna (omgång 2020): 2 av 8 har svarat, 6 nya brev, "
        "0 skickade, 6 väntar på sändningstiden.\n"
    )


def test_a_mail_server_that_is_away_is_told_once_and_everything_is_kept(desk, under_way, server):
    desk.at("2020-09-25 08:00")
    server.always("*", Outcome(Result.LATER, None, "Servern svarar inte.", FailedAt.CONNECTION))

    ran = desk("attend", "--all")

    assert (ran.code, ran.err) == (
        0,
        "Mailservern går inte att nå. Breven ligger kvar i utkorgen och skickas senare.\n",
    )
    assert len(desk("outbox", "list", "--state", "queued", "--json").document["messages"]) == 6


@pytest.mark.parametrize("typed", [(), ("inspel", "--all")])
def test_one_activity_or_all_must_be_chosen(desk, started, typed):
    ran = desk("attend", *typed)

    assert (ran.code, ran.err) == (2, "Ange en aktivitet, eller --all för alla.\n")


def test_without_a_round_there_is_nothing_to_attend(desk, server):
    assert desk("attend", "--all").out == ("Ingen omgång är igång, så det finns inget att göra.\n")


def test_the_outbox_says_to_whom_when_and_how_it_went(desk, under_way):
    lines = desk("outbox", "list").lines

    assert lines[:2] == [
        "fre 2020-05-08 08.00  kommun@are.example: Förfrågan om inspel från kommunerna – svar "
        "senast 2 oktober 2020",
        "    skickat fre 2020-05-08 08.00",
    ]
    assert len(desk("outbox", "list", "--json").document["messages"]) == len(under_way.messages())


def test_the_outbox_can_be_asked_for_one_state_in_either_language(desk, under_way):
    for typed in ("sent", "skickat"):
        found = desk("outbox", "list", "--state", typed, "--json").document["messages"]
        assert {line["state"] for line in found} == {"sent"}
    assert desk("outbox", "list", "--state", "failed").out == (
        "Det finns inga brev i läget ”misslyckades”.\n"
    )
    assert desk("outbox", "list", "--state", "borta").err == (
        "--state: läget borta finns inte. Välj queued, sending, sent, failed, "
        "withdrawn, set_aside. Se agenda outbox list --help\n"
    )


def test_only_the_newest_are_listed_unless_all_are_asked_for(desk, engine):
    known = RoundUnderWay(engine, a_plan())
    for on in ("05-08", "08-21", "09-18", "09-25", "10-01", "10-05", "10-06", "10-07"):
        known.look(f"2020-{on} 08:00")
    count = len(known.messages())

    assert desk("outbox", "list").lines[-1] == (
        f"De senaste 50 av {count}. Visa alla med: agenda outbox list --all"
    )
    assert len(desk("outbox", "list", "--all").lines) == 2 * count


def test_a_mail_servers_words_cannot_steer_the_terminal(desk, under_way):
    refusal = Outcome(Result.NEVER, 554, "\x1b[31mNej\x1b[0m", FailedAt.CONTENT)
    under_way.server.always("kommun@bracke.example", refusal)
    under_way.attend("2020-09-25 08:00")

    assert "\x1b" not in desk("outbox", "list").out
    assert "\ufffd[31mNej" in desk("outbox", "list").out


def test_the_register_says_who_did_what_in_swedish(desk, under_way):
    assert desk("register", "list", "--subject", "inspel/berg").lines == [
        "tors 2020-09-03 15.30  Asta Samordnare: svar registrerat, inspel/berg "
        "(inget att framföra, version 1, inkommet tors 2020-09-03 15.30)"
    ]
    assert desk("register", "list", "--subject", "inspel/berg", "--json").document == {
        "entries": [
            {
                "at": "2020-09-03T15:30:00+02:00",
                "who": "Asta Samordnare",
                "actor_kind": "person",
                "actor_id": None,
                "what": "answer_recorded",
                "round_id": 1,
                "subject": "inspel/berg",
                "before": "",
                "after": "nothing_to_report, version 1, inkommet 2020-09-03T13:30:00+00:00",
            }
        ]
    }
    assert desk("register", "list", "--subject", "x").out == "Diariet har inget om x.\n"


def test_a_test_mail_is_sent_outside_the_outbox(desk, started, server):
    before = len(started.messages())

    ran = desk("mail", "test", "--to", "asa@kommunen.example")

    assert (ran.code, ran.out) == (0, "Brevet är mottaget. Svaret var: 250 2.0.0 OK\n")
    assert [mail.recipient for _, mail in server.taken] == ["asa@kommunen.example"]
    assert len(started.messages()) == before


def test_a_test_mail_makes_no_key(desk, started, server, monkeypatch):
    made = []
    monkeypatch.setattr("agenda.installation.secret.secret_key", made.append)
    monkeypatch.setattr("notifications.office.secret_key", made.append)
    assert desk("mail", "test", "--to", "asa@kommunen.example").code == 0
    assert made == []


def test_a_test_mail_that_fails_is_explained(desk, server):
    server.always(
        "*", Outcome(Result.LATER, None, "Det går inte att ansluta.", FailedAt.CONNECTION)
    )

    ran = desk("mail", "test", "--to", "asa@kommunen.example")

    assert (ran.code, ran.out, ran.err) == (
        1,
        "",
        "Det går inte att ansluta. Den lokala brevlådan är inte i gång: starta den med agenda up, "
        "eller ange en mailserver i AGENDA_MAIL_SERVER.\n",
    )


def test_an_address_that_is_none_is_refused_before_anything_is_sent(desk, server):
    assert desk("mail", "test", "--to", "asa").err == (
        "--to: asa är ingen giltig e-postadress (@ saknas). Se agenda mail test --help\n"
    )
    assert server.asked == []


def test_attending_everything_erases_what_has_had_its_time(desk, under_way, monkeypatch):
    asked = []

    def erase(engine, *, days, now):
        asked.append((days, now))
        return Erased(files=1, addresses=2)

    monkeypatch.setattr("portal.cli.rounds.attend.erase_what_is_old", erase)
    monkeypatch.setenv("AGENDA_ERASE_AFTER_DAYS", "45")

    assert desk("attend", "--all").lines[-1] == "Raderat: 1 fil och 2 adresser."
    assert desk("attend", "inspel").code == 0
    assert asked == [(45, desk.now)]
