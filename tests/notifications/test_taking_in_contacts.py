"""A corrected address: what its forerunner refused is said there, if it still holds."""

from sqlalchemy import Engine

from agenda.models import MessageState
from notifications.post.outgoing import Outcome, Result
from tests.notifications.contact_files import take_in
from tests.obedient_server import NEVER
from tests.rounds_under_way import COORDINATOR, RoundUnderWay, a_plan, address

NEW = "ny@berg.example"


def never_reached(engine: Engine) -> RoundUnderWay:
    """Bergs kommun's address has refused the invitation; Krokoms kommun got its own."""
    under_way = RoundUnderWay(engine, a_plan("berg", "krokom"))
    under_way.server.always(address("berg"), NEVER)
    under_way.attend("2020-05-08 08:00")
    under_way.post("2020-05-08 08:01")
    return under_way


def test_who_never_got_the_invitation_gets_it_at_the_corrected_address(engine: Engine):
    under_way = never_reached(engine)
    assert take_in(under_way, f"berg;Registrator;{NEW};\n", "2020-06-01 10:00").told_anew == (
        "Bergs kommun",
    )
    under_way.attend("2020-06-01 10:01")
    under_way.attend("2020-06-01 10:02")
    assert under_way.mails == [
        f"2020-05-08 08:00 invitation {address('krokom')}",
        f"2020-05-08 08:01 trouble {COORDINATOR}",
        f"2020-06-01 10:01 invitation {NEW}",
    ]
    assert under_way.verdicts("2020-06-02 08:00", "berg")["invitation 2020-10-02"] == "done"
    assert under_way.states("invitation") == {
        address("berg"): MessageState.WITHDRAWN,
        address("krokom"): MessageState.SENT,
        NEW: MessageState.SENT,
    }
    assert under_way.register("message_withdrawn") == [
        "Kom inte fram. Organisationen har fått en adress att försöka med."
    ]


def test_an_address_that_is_tried_again_gets_the_same_message_again(engine: Engine):
    under_way = never_reached(engine)
    [refused] = [m for m in under_way.messages("invitation") if m.recipient == address("berg")]
    under_way.server.always(address("berg"), None)
    row = f"berg;Registrator, Bergs kommun;{address('berg')};\n"
    assert take_in(under_way, row, "2020-06-01 10:00").told_anew == ()
    assert take_in(under_way, row, "2020-06-01 10:00", resets=True).told_anew == ("Bergs kommun",)
    under_way.attend("2020-06-01 10:01")
    assert under_way.outgoing[-1].message_id == refused.message_id
    assert under_way.outgoing[-1].recipient == address("berg")


def test_after_refused_reminders_the_invitation_alone_is_said_at_the_new_address(engine: Engine):
    under_way = never_reached(engine)
    under_way.change_contact(address("berg"), bounced_at=None)
    under_way.attend("2020-09-18 08:00")
    take_in(under_way, f"berg;Registrator;{NEW};\n", "2020-09-21 10:00")
    under_way.attend("2020-09-21 10:01")
    under_way.attend("2020-09-22 08:00")
    assert [line for line in under_way.mails if line.endswith(NEW)] == [
        f"2020-09-21 10:01 invitation {NEW}"
    ]


def test_what_somebody_at_the_organisation_got_is_said_to_who_is_new_alone(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    take_in(
        under_way,
        f"berg;Registrator;{address('berg')};\nberg;Handläggare;asa@berg.example;\n",
        "2020-04-01 10:00",
    )
    under_way.server.always(address("berg"), NEVER)
    under_way.attend("2020-05-08 08:00")
    assert take_in(under_way, f"berg;Registrator;{NEW};\n", "2020-06-01 10:00").told_anew == ()
    under_way.attend("2020-06-01 10:01")
    assert under_way.messages("invitation")[0].state is MessageState.FAILED
    assert [line for line in under_way.mails if " invitation " in line] == [
        "2020-05-08 08:00 invitation asa@berg.example",
        f"2020-06-01 10:01 invitation {NEW}",
    ]


def test_a_manager_more_is_no_address_to_try(engine: Engine):
    under_way = never_reached(engine)
    rows = f"berg;Registrator;{address('berg')};\nberg;Chef;chef@berg.example;eskalering\n"
    assert take_in(under_way, rows, "2020-06-01 10:00").told_anew == ()
    found = under_way.verdicts("2020-06-02 08:00", "berg")
    assert found["invitation 2020-10-02"] == "bounced"


def test_what_was_answered_meanwhile_is_not_asked_for_at_the_new_address(engine: Engine):
    under_way = never_reached(engine)
    under_way.answer("berg", "2020-05-20 10:00")
    take_in(under_way, f"berg;Registrator;{NEW};\n", "2020-06-01 10:00")
    under_way.attend("2020-06-01 10:01")
    assert NEW not in [outgoing.recipient for outgoing in under_way.outgoing]


def test_a_message_refused_for_its_content_waits_for_an_address_too(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.server.answer(address("berg"), Outcome(Result.NEVER, 554, "5.7.1 Message rejected"))
    under_way.attend("2020-05-08 08:00")
    take_in(under_way, f"berg;Registrator;{NEW};\n", "2020-06-01 10:00")
    under_way.attend("2020-06-01 10:01")
    assert under_way.mails[-1] == f"2020-06-01 10:01 invitation {NEW}"
