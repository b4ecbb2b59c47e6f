"""`agenda explain`: why did Bräcke (not) get a mail on 18 September?"""

from datetime import date

import pytest
from sqlmodel import select

from agenda.models import Message, MessageState
from agenda.storage.store import transaction
from tests.obedient_server import NEVER
from tests.rounds_under_way import RoundUnderWay, a_plan


def test_the_day_of_a_reminder_shows_that_it_was_sent_and_where(desk, under_way):
    ran = desk("explain", "Bräcke", "--on", "2020-09-18")

    assert (ran.code, ran.err) == (0, "")
    assert ran.lines == [
        "Bräcke kommun, omgång 2020",
        "",
        "Förfrågan om inspel från kommunerna (inspel)",
        "fre 2020-09-18 08.00  påminnelse, 10 arbetsdagar kvar",
        "    Skickades 18 september 2020 kl. 08.00.",
        "    kommun@bracke.example: skickat fre 2020-09-18 08.00. 2.0.0 OK.",
    ]


def test_the_same_day_tells_one_that_has_answered_why_not(desk, under_way):
    assert desk("explain", "krokom", "--on", "2020-09-18").lines[3:] == [
        "fre 2020-09-18 08.00  påminnelse, 10 arbetsdagar kvar",
        "    Skickas inte: Krokoms kommun svarade 1 juni 2020 kl. 10.00.",
    ]


def test_a_day_without_a_step_is_said_plainly_with_the_nearest(desk, under_way):
    assert desk("explain", "bracke", "--on", "2020-09-17").lines == [
        "Bräcke kommun, omgång 2020",
        "Bräcke kommun hade inget steg tors 2020-09-17 och fick inget brev den dagen.",
        "Närmast före: fre 2020-08-21 08.00, inspel, påminnelse, 30 arbetsdagar kvar. Skickades "
        "21 augusti 2020 kl. 08.00.",
        "Närmast efter: fre 2020-09-18 08.00, inspel, påminnelse, 10 arbetsdagar kvar. Skickades "
        "18 september 2020 kl. 08.00.",
    ]


def test_every_step_is_explained_in_the_order_of_the_days(desk, under_way):
    steps = desk("explain", "bracke", "--json").document["steps"]

    assert [(step["at"][:10], step["step"], step["status"]) for step in steps] == [
        ("2020-05-08", "invitation", "done"),
        ("2020-08-21", "reminder-30", "done"),
        ("2020-09-18", "reminder-10", "done"),
        ("2020-09-25", "reminder-5", "waiting"),
        ("2020-10-01", "reminder-1", "waiting"),
        ("2020-10-05", "overdue-1", "waiting"),
        ("2020-10-07", "escalation-3", "waiting"),
        ("2020-10-09", "overdue-5", "waiting"),
    ]
    assert steps[2] == {
        "activity": "inspel",
        "activity_title": "Förfrågan om inspel från kommunerna",
        "step": "reminder-10",
        "label": "påminnelse, 10 arbetsdagar kvar",
        "at": "2020-09-18T08:00:00+02:00",
        "due_on": "2020-10-02",
        "status": "done",
        "because": "",
        "decided_at": "2020-09-18T08:00:00+02:00",
        "reason": "Skickades 18 september 2020 kl. 08.00.",
        "messages": [
            {
                "to": "kommun@bracke.example",
                "subject": "Påminnelse: Förfrågan om inspel från kommunerna – svar senast 2 "
                "oktober 2020",
                "state": "sent",
                "queued_at": "2020-09-18T08:00:00+02:00",
                "sent_at": "2020-09-18T08:00:00+02:00",
                "outcome": "2.0.0 OK",
            }
        ],
    }


def test_the_answer_can_be_had_in_english(desk, under_way):
    assert desk("explain", "berg", "--on", "2020-09-18", "--language", "en").lines == [
        "Bergs kommun, round 2020",
        "",
        "Förfrågan om inspel från kommunerna (inspel)",
        "2020-09-18 08:00  reminder, 10 workdays left",
        "    Not sent: Bergs kommun answered on 3 September 2020 at 15:30 that it has nothing to "
        "report.",
    ]


def test_a_notice_of_a_moved_day_is_found_on_its_day(desk, under_way):
    under_way.move(date(2020, 10, 9), "2020-09-21 09:00")
    under_way.post("2020-09-21 09:00")

    found = desk("explain", "bracke", "--on", "2020-09-21", "--json").document["steps"]

    assert [(step["step"], [m["state"] for m in step["messages"]]) for step in found] == [
        ("moved", ["sent"])
    ]


def test_a_message_that_did_not_arrive_is_shown_with_the_servers_words(desk, under_way):
    under_way.server.always("kommun@bracke.example", NEVER)
    under_way.attend("2020-09-25 08:00")

    assert (
        "    kommun@bracke.example: kom inte fram. 5.1.1 No such user here."
        in desk("explain", "bracke", "--on", "2020-09-25").lines
    )


def test_a_queued_message_is_not_called_sent(desk, under_way):
    under_way.look("2020-09-25 08:00")

    assert desk("explain", "bracke", "--on", "2020-09-25").lines[-2:] == [
        "    Inte skickat än: brevet ligger i utkorgen.",
        "    kommun@bracke.example: väntar i utkorgen.",
    ]


def test_a_message_that_was_withdrawn_does_not_wait(desk, under_way):
    under_way.look("2020-09-25 19:00")
    under_way.answer("bracke", "2020-09-26 10:00")
    under_way.post("2020-09-28 07:00")

    assert desk("explain", "bracke", "--on", "2020-09-25").lines[3:5] == [
        "fre 2020-09-25 08.00  påminnelse, 5 arbetsdagar kvar",
        "    Skickas inte: Bräcke kommun svarade 26 september 2020 kl. 10.00.",
    ]


@pytest.mark.parametrize("state", MessageState)
def test_whatever_has_become_of_a_message_is_said_in_words(desk, under_way, engine, state):
    with transaction(engine) as session:
        for message in session.exec(select(Message).where(Message.step == "reminder-10")):
            message.state = state

    for language in ("sv", "en"):
        ran = desk("explain", "bracke", "--on", "2020-09-18", "--language", language)
        assert (ran.code, ran.err) == (0, "")
        assert any("kommun@bracke.example: " in line for line in ran.lines)
        was_sent = any(line.startswith(("    Skickades", "    Was sent")) for line in ran.lines)
        assert was_sent is (state is MessageState.SENT)


def test_why_a_reminder_was_not_sent_is_not_what_happened_after_it(desk, under_way):
    under_way.close("2020-12-11 09:00")
    desk.at("2021-01-11 09:00")

    assert desk("explain", "krokom", "--round", "2020", "--on", "2020-09-18").lines[3:] == [
        "fre 2020-09-18 08.00  påminnelse, 10 arbetsdagar kvar",
        "    Skickas inte: Krokoms kommun svarade 1 juni 2020 kl. 10.00.",
    ]


def test_an_activity_that_does_not_ask_it_is_said_plainly(desk, engine):
    RoundUnderWay(engine, a_plan(only=("struktur", "inspel")))

    assert desk("explain", "bracke", "--activity", "struktur").lines == [
        "Bräcke kommun, omgång 2020",
        "Tillfrågas inte i struktur.",
    ]


def test_an_unknown_organisation_is_answered_with_the_known_ones(desk, engine):
    RoundUnderWay(engine, a_plan("bracke", "krokom"))

    ran = desk("explain", "malmö")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "Omgång 2020 har ingen organisation malmö. Den har: krokom, bracke.\n"
