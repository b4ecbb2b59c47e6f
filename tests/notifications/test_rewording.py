"""A letter says what is so when it leaves, whatever was so when it was written."""

from datetime import date

from sqlalchemy import Engine

from notifications.delivery import rewording
from notifications.letters.letter import Letter, Trouble
from notifications.letters.said import kept, taken_up
from tests.notifications.contact_files import take_in
from tests.notifications.letter_cases import CASES
from tests.notifications.test_notices import an_organisation
from tests.obedient_server import LATER, NEVER
from tests.rounds_under_way import COORDINATOR, RoundUnderWay, a_plan, address, sv

FRIDAY, SATURDAY, MONDAY = "2020-10-02", "2020-10-03", "2020-10-05"


def words(outgoing) -> str:
    """A letter's text on one line."""
    return " ".join(outgoing.text.split())


def test_a_closing_notice_held_over_a_weekend_counts_who_answered_on_saturday(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg", "krokom"))
    under_way.attend("2020-05-08 08:00")
    under_way.look(f"{SATURDAY} 00:00")
    under_way.answer("berg", f"{SATURDAY} 12:00")
    under_way.post(f"{MONDAY} 07:00")
    [told] = [o for o in under_way.outgoing if ":closed:" in o.key]
    assert "1 av 2 har svarat" in told.subject
    assert "1 av 2 har svarat." in words(told)
    assert "Har svarat - Bergs kommun Har inte svarat - Krokoms kommun" in words(told)


def test_a_closing_notice_is_withdrawn_when_all_answered_while_it_was_held(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.attend("2020-05-08 08:00")
    under_way.look(f"{SATURDAY} 00:00")
    under_way.answer("berg", f"{SATURDAY} 12:00")
    under_way.post(f"{MONDAY} 07:00")
    told = [line for line in under_way.mails if COORDINATOR in line]
    assert told == [f"{MONDAY} 07:00 all_answered {COORDINATOR}"]


def test_a_notice_of_a_moved_day_asks_nobody_who_answered_meanwhile(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg", "krokom"))
    under_way.attend("2020-05-08 08:00")
    under_way.move(date(2020, 10, 9), f"{FRIDAY} 19:00")
    under_way.answer("berg", f"{SATURDAY} 12:00")
    under_way.post(f"{MONDAY} 07:00")
    berg, krokom = sorted(
        (o for o in under_way.outgoing if ":moved:" in o.key), key=lambda o: o.recipient
    )
    assert (berg.recipient, krokom.recipient) == (address("berg"), address("krokom"))
    assert "Bergs kommun har redan svarat" in words(berg)
    assert "har redan svarat" not in words(krokom)
    assert "fredag 2 oktober 2020" in words(berg), "the former day, kept beside the letter"


def test_a_missing_address_is_not_complained_of_when_it_has_come(engine: Engine):
    under_way = RoundUnderWay(
        engine, a_plan(organisations=(an_organisation(("chef@berg.example", "escalation")),))
    )
    under_way.look("2020-05-08 19:00")
    take_in(under_way, "berg;Registrator;ny@berg.example;\n", "2020-05-09 12:00")
    under_way.post("2020-05-11 07:00")
    assert [line for line in under_way.mails if "no_address" in line] == []


def test_what_is_said_of_a_refused_letter_is_as_true_the_day_after(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.server.always(address("berg"), NEVER)
    under_way.server.always(COORDINATOR, LATER)
    under_way.look(f"{FRIDAY} 08:00")
    under_way.post(f"{FRIDAY} 08:00")
    under_way.post(f"{FRIDAY} 08:01")
    under_way.server.always(COORDINATOR, None)
    under_way.post(f"{MONDAY} 08:00")
    [told] = [o for o in under_way.outgoing if ":trouble:" in o.key]
    assert ("5 oktober 2020" in told.subject, "Sista dag för" in words(told)) == (True, False)
    assert "5.1.1 No such user here" in words(told)


def test_a_letter_whose_facts_are_the_same_is_not_rendered_again(engine: Engine, monkeypatch):
    under_way = RoundUnderWay(engine, a_plan("berg", "krokom"))
    under_way.attend("2020-05-08 08:00")
    under_way.move(date(2020, 10, 9), "2020-08-21 12:00")
    rendered = []
    monkeypatch.setattr(rewording, "render", lambda letter: rendered.append(letter))
    under_way.post("2020-08-21 12:01")
    assert (len(under_way.mails), rendered) == (4, [])


def test_what_is_kept_of_a_letter_comes_back_as_it_was():
    said = {
        "former_due_on": date(2020, 10, 2),
        "requested_until": date(2020, 10, 16),
        "note": "Två rader\noch en till \ud800",
        "decided_by": None,
        "troubles": (Trouble("Bergs kommun", "a@berg.example", "5.1.1"),),
    }
    found = taken_up(kept(said))
    assert found == {name: value for name, value in said.items() if value is not None}
    assert kept({"receipt": CASES["receipt"].receipt}) is None
    assert isinstance(CASES["moved"], Letter)


def test_an_internal_letter_and_a_notice_of_an_act_wait_for_the_next_sending_hour(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg", only=("inspel", "skrivande")))
    under_way.attend("2020-05-08 08:00")
    under_way.extend("berg", date(2020, 10, 4), f"{FRIDAY} 19:00")
    under_way.post("2020-10-04 12:00")
    assert [line for line in under_way.mails if "extension" in line] == []
    under_way.post(f"{MONDAY} 07:00")
    assert [line for line in under_way.mails if "extension" in line] == [
        f"{MONDAY} 07:00 extension {address('berg')}"
    ]


def test_an_internal_reminder_of_a_day_that_ends_on_a_sunday_leaves_on_monday(engine: Engine):
    plan = a_plan("berg", only=["skrivande"])
    activity = plan.activities[0].model_copy(update={"due_on": date(2020, 12, 20)})
    under_way = RoundUnderWay(engine, plan.model_copy(update={"activities": (activity,)}))
    under_way.attend("2020-12-20 05:28", "skrivande")
    assert [(m.template, m.leaves_by) for m in under_way.messages()] == [
        ("internal_reminder", None)
    ]
    assert under_way.mails == []


def test_a_last_day_that_would_pass_unseen_is_told_on_the_day_off_from_eight(engine: Engine):
    plan = a_plan("berg")
    activity = plan.activities[0].model_copy(update={"due_on": date(2020, 10, 4)})
    under_way = RoundUnderWay(engine, plan.model_copy(update={"activities": (activity,)}))
    under_way.look("2020-10-04 05:28")
    for hour in ("05:28", "07:59", "08:00"):
        under_way.post(f"2020-10-04 {hour}")
    assert under_way.mails == [f"2020-10-04 08:00 invitation {address('berg')}"]
    assert sv("2020-10-04 08:00") == under_way.server.taken[0][0]
