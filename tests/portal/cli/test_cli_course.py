"""Locking, cancelling, voting, saying no to more time, and calendar links, as commands."""

import re

from agenda.models import MessageState
from tests.rounds_under_way import address


def test_answers_are_locked_once(desk, under_way):
    ran = desk("activity", "lock", "inspel", "--yes")
    assert (ran.code, ran.lines[0]) == (
        0,
        "Svaren i inspel är låsta. De går att läsa men inte att ändra.",
    )
    ran = desk("activity", "lock", "inspel", "--yes")
    assert (ran.code, ran.err.strip()) == (2, "Svaren i inspel är redan låsta.")
    assert len(under_way.register("answers_locked")) == 1


def test_a_ballot_opens_and_closes_and_says_when_it_is_not_open(desk, under_way):
    assert desk("ballot", "close", "inspel").err.strip() == "Omröstningen i inspel är inte öppen."
    assert desk("ballot", "open", "inspel").code == 0
    assert desk("ballot", "open", "inspel").err.strip() == "Omröstningen i inspel är redan öppen."
    assert desk("ballot", "close", "inspel").lines == ["Omröstningen i inspel är stängd."]


def test_a_cancelled_activity_sends_nothing_more_but_that_it_is_cancelled(desk, under_way):
    ran = desk("activity", "cancel", "inspel", "--yes", "--note", "Vi återkommer.")
    assert (ran.code, ran.lines[0]) == (0, "inspel är inställd. Inbjudna som får besked: 8.")
    under_way.attend("2020-09-25 08:00")
    under_way.attend("2020-10-05 08:00")
    assert set(under_way.states("cancelled")) == {address(key) for key in ALL}
    assert set(under_way.states("cancelled").values()) == {MessageState.SENT}
    assert (under_way.messages("reminder-5"), under_way.messages("overdue-1")) == ([], [])
    ran = desk("activity", "cancel", "inspel", "--yes")
    assert (ran.code, ran.err.strip()) == (2, "inspel är redan inställd.")


def test_there_is_nothing_to_deny_when_nobody_has_asked_for_more_time(desk, under_way):
    ran = desk("extension", "deny", "bracke", "inspel", "--note", "Nej.")
    assert (ran.code, ran.err.strip()) == (
        2,
        "Det finns ingen begäran om anstånd att svara på.",
    )


def test_a_calendar_link_is_made_listed_renewed_and_closed(desk, under_way):
    made = desk("calendar", "subscribe", "--organisation", "bracke", "--label", "Staben")
    (number,) = re.findall(r"Prenumeration (\d+)\.", made.out)
    renewed = desk("calendar", "renew", number)
    addresses = [re.findall(r"/kalender/([\w-]{43})\.ics", ran.out) for ran in (made, renewed)]
    assert [len(found) for found in addresses] == [1, 1]
    assert addresses[0] != addresses[1]
    (feed,) = desk("calendar", "list", "--json").document["feeds"]
    assert (feed["name"], feed["label"]) == ("Påverkansagendan – 2020 – Bräcke kommun", "Staben")
    closed = desk("calendar", "revoke", number)
    assert closed.lines == [f"Prenumeration {number} är avslutad."]
    ran = desk("calendar", "revoke", number)
    assert (ran.code, ran.err.strip()) == (
        2,
        f"Det finns ingen prenumeration {number}. Se: agenda calendar list",
    )


def test_a_calendar_of_a_kind_that_is_not_there_is_refused(desk, under_way):
    ran = desk("calendar", "subscribe", "--kind", "fest")
    assert ran.code == 2
    assert "Det finns ingen sorts aktivitet fest" in ran.err


ALL = (
    "ostersund",
    "krokom",
    "are",
    "berg",
    "harjedalen",
    "ragunda",
    "bracke",
    "stromsund",
)


def test_a_lock_and_a_cancelled_activity_have_ways_back(desk, under_way):
    assert desk("activity", "unlock", "inspel", "--yes").err == "Svaren i inspel är inte låsta.\n"
    desk("activity", "lock", "inspel", "--yes")
    assert desk("activity", "list").lines[-1].endswith("2 av 8 har svarat, låst")
    assert desk("activity", "unlock", "inspel", "--yes").lines[0] == (
        "Svaren i inspel är inte längre låsta. De går att lämna och ändra igen."
    )
    desk("activity", "cancel", "inspel", "--yes")
    under_way.post("2020-09-21 10:01")
    assert desk("activity", "list").lines[-1].endswith("inställd")
    refused = desk("activity", "done", "inspel", "--yes")
    assert (refused.code, refused.err) == (
        2,
        "inspel är inställd, så det går inte att markera den som klar. "
        "Återuppta den först: agenda activity reinstate inspel\n",
    )
    desk.at("2020-09-21 10:05")
    assert desk("activity", "reinstate", "inspel", "--yes").lines[0] == (
        "inspel är återupptagen. Inbjudna som får besked: 8."
    )
    assert desk("activity", "list").lines[-1].endswith("2 av 8 har svarat")


def test_a_preview_after_a_lock_shows_nothing_to_those_who_are_asked(desk, under_way):
    desk("activity", "lock", "inspel", "--yes")
    ahead = desk("preview", "--all", "--json").document["ahead"]
    assert [one["step"] for one in ahead if one["organisation"]] == []
