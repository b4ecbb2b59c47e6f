"""`agenda activity`, `extension` and `step`: what the coordinator decides, and what follows."""

import re

import pytest

from tests.rounds_under_way import RoundUnderWay, a_plan

ANSWERED = "0 av 8 har svarat"
ADOPTION = "Fastställande av länsgemensam påverkansagenda"
MOVE = ("activity", "move", "inspel", "--to", "2020-10-09", "--yes")

GRANT = ("extension", "grant", "bracke", "inspel", "--yes")


def cells(lines):
    """A table's cells, row by row; its columns are three blanks apart."""
    return [re.split(r" {3,}", line) for line in lines[2:]]


def test_a_move_says_who_is_told_and_which_steps_are_left(desk, under_way):
    ran = desk(*MOVE, "--note", "Fler vill ha mer tid.")

    assert (ran.code, ran.err) == (0, "")
    assert ran.lines == [
        "Sista dag för inspel är flyttad från fre 2020-10-02 till fre 2020-10-09.",
        "8 organisationer får besked om den nya dagen.",
        "Steg som återstår:",
        "  fre 2020-09-25 08.00  påminnelse, 10 arbetsdagar kvar",
        "  fre 2020-10-02 08.00  påminnelse, 5 arbetsdagar kvar",
        "  tors 2020-10-08 08.00  sista påminnelsen, 1 arbetsdag kvar",
        "  fre 2020-10-09 24.00  stänger",
        "  mån 2020-10-12 08.00  svar saknas, 1 arbetsdag efter sista dagen",
        "  ons 2020-10-14 08.00  eskalering, 3 arbetsdagar efter sista dagen",
        "  fre 2020-10-16 08.00  svar saknas, 5 arbetsdagar efter sista dagen",
        "Körningar i Prefect: 7 nya, 0 borttagna.",
    ]
    assert [message.step for message in under_way.messages("moved")] == ["moved"] * 8


def test_prefects_upcoming_runs_follow_a_move_at_once(desk, started):
    desk(*MOVE)

    assert desk.prefect.planned[0] == "2020-09-25 inspel"
    assert desk.prefect.asked == [
        "Förfrågan om inspel från kommunerna · sista dag flyttad · omgång 2020"
    ]


def test_with_prefect_away_the_move_stands_and_the_way_on_is_said(desk, under_way):
    desk.prefect.is_away = True

    ran = desk(*MOVE)

    assert (ran.code, ran.err) == (0, "")
    assert ran.lines[-1] == (
        "Prefect är inte igång just nu. Ändringen är sparad, och körningarna rättas när "
        "programmet är igång igen (agenda up). Ska breven gå iväg redan nu: agenda attend inspel"
    )
    assert desk("activity", "list", "--json").document["activities"][0]["due_on"] == "2020-10-09"


def test_a_day_off_is_warned_of(desk, started):
    assert desk(*["activity", "move", "inspel", "--to", "2020-12-19", "--yes"]).err == (
        "Observera: lör 2020-12-19 är ingen arbetsdag (lördag).\n"
    )


def test_before_anybody_is_invited_nobody_has_to_be_told(desk, engine):
    RoundUnderWay(engine, a_plan("bracke"))
    desk.at("2020-04-01 10:00")

    assert desk(*MOVE).lines[1] == ("Ingen behöver besked: ingen har hunnit få den gamla dagen.")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("inspel --to 2020-10-02", "Sista dag för inspel är redan 2020-10-02."),
        ("inspel --to 2020-09-01", "2020-09-01 har redan varit. Välj en dag från och med"),
        ("inspel", "--to saknas. Se agenda activity move --help"),
        ("nix --to 2020-10-09", "Omgång 2020 har ingen aktivitet nix. Den har: inspel."),
    ],
)
def test_a_move_that_cannot_be_made_is_told_in_one_sentence(desk, started, typed, sentence):
    ran = desk("activity", "move", *typed.split())

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(sentence)
    assert ran.err.count("\n") == 1


def test_done_and_reopened_are_opposites(desk, engine):
    RoundUnderWay(engine, a_plan(only=("struktur", "inspel")))

    assert desk("activity", "done", "struktur", "--yes").lines[0] == (
        "struktur är markerad som klar. Inget mer skickas om den."
    )
    assert (
        desk("activity", "done", "struktur", "--yes").err
        == "struktur är redan markerad som klar.\n"
    )
    assert desk("activity", "reopen", "struktur", "--yes").lines[0] == "struktur är öppen igen."
    assert (
        desk("activity", "reopen", "struktur", "--yes").err
        == "struktur är inte markerad som klar.\n"
    )


def test_the_activities_are_listed_with_their_keys(desk, engine):
    RoundUnderWay(engine, a_plan(only=("inspel", "faststallande")))

    first, last = cells(desk("activity", "list").lines)

    assert first == ["inspel", "Förfrågan om inspel från kommunerna", "fre 2020-10-02", ANSWERED]
    assert last == ["faststallande", ADOPTION, "2021 kv. 1", "inte klar"]


def test_an_extension_is_granted_and_told(desk, under_way):
    ran = desk(*GRANT, "--to", "2020-10-12", "--note", "Snö")

    assert ran.lines[0] == (
        "Bräcke kommun har anstånd i inspel till mån 2020-10-12 och får besked om det."
    )
    assert [message.recipient for message in under_way.messages("extension")] == [
        "kommun@bracke.example"
    ]
    assert desk(*GRANT, "--to", "2020-10-01").err == (
        "Anståndet måste gå längre än sista dag för alla, 2020-10-02. Du angav 2020-10-01.\n"
    )


def test_a_held_step_waits_until_it_is_released(desk, started):
    held = desk("step", "hold", "inspel", "reminder-5", "--reason", "Valrörelse")
    during = desk("explain", "bracke", "--on", "2020-09-25", "--json").document["steps"]
    released = desk("step", "release", "inspel", "reminder-5")
    after = desk("explain", "bracke", "--on", "2020-09-25", "--json").document["steps"]

    assert held.out == "reminder-5 i inspel hålls inne för alla tills det släpps.\n"
    assert released.lines[0] == "reminder-5 i inspel är släppt för alla."
    assert [step["status"] for step in during + after] == ["held", "waiting"]


def test_a_step_can_be_held_for_one_alone(desk, started):
    ran = desk(*["step", "hold", "inspel", "reminder-5", "--organisation", "bracke"])

    assert ran.out == "reminder-5 i inspel hålls inne för Bräcke kommun tills det släpps.\n"
    for key, status in (("bracke", "held"), ("are", "waiting")):
        found = desk("explain", key, "--on", "2020-09-25", "--json").document["steps"]
        assert [step["status"] for step in found] == [status]


def test_an_unknown_step_is_answered_with_the_known_ones(desk, started):
    assert desk("step", "hold", "inspel", "reminder-7").err == (
        "inspel har inget steg reminder-7. Den har: invitation, reminder-30, reminder-10, "
        "reminder-5, reminder-1, closed, overdue-1, escalation-3, overdue-5.\n"
    )


def test_who_decided_stands_in_the_register(desk, started):
    desk("--as", "Åsa Öberg", "activity", "move", "inspel", "--to", "2020-10-09", "--yes")

    assert desk("register", "list", "--subject", "inspel").lines[-1] == (
        "mån 2020-09-21 10.00  Åsa Öberg: sista dag flyttad, inspel (2020-10-02 → 2020-10-09)"
    )


def test_a_step_is_sent_now_to_one_and_not_again_on_its_day(desk, under_way):
    ran = desk(*["step", "send", "inspel", "reminder-5", "--organisation", "bracke", "--yes"])
    assert (ran.code, ran.lines[0]) == (0, "Brev som går i förväg: 1.")
    [step] = desk("explain", "bracke", "--on", "2020-09-25", "--json").document["steps"]
    assert (step["status"], step["because"]) == ("done", "ahead")
    again = desk("step", "send", "inspel", "reminder-5", "--organisation", "bracke", "--yes")
    assert (again.code, "Skickades" in again.err) == (2, True)


def test_those_who_have_not_answered_are_reminded_now_once_a_day(desk, under_way):
    ran = desk("activity", "remind", "inspel", "--organisation", "Bräcke kommun", "--yes")
    assert (ran.code, ran.lines[0]) == (0, "Organisationer som påminns: 1.")
    again = desk("activity", "remind", "inspel", "--organisation", "bracke", "--yes")
    assert (again.code, again.err.strip()) == (
        2,
        "Bräcke kommun har redan fått en påminnelse samma dag.",
    )


ASKS = (
    ("activity", "remind", "inspel"),
    ("step", "send", "inspel", "reminder-5"),
    ("activity", "move", "inspel", "--to", "2020-10-09"),
    ("activity", "cancel", "inspel"),
    ("activity", "lock", "inspel"),
    ("activity", "done", "inspel"),
    ("extension", "grant", "bracke", "inspel", "--to", "2020-10-12"),
)


@pytest.mark.parametrize("typed", ASKS, ids=" ".join)
def test_what_reaches_somebody_is_not_done_unless_somebody_says_yes(desk, under_way, typed):
    before = [(m.key, m.state) for m in under_way.messages()]

    ran = desk(*typed)

    assert ran.code == 2
    assert ran.err == (
        "Inget är ändrat, för ingen är här och kan svara på frågan. Lägg till --yes för att göra "
        "det, eller --dry-run för att bara se vad som händer.\n"
    )
    assert desk(*typed, "--dry-run").lines[-1] == (
        "Inget är ändrat: det här var bara en titt framåt."
    )
    assert [(m.key, m.state) for m in under_way.messages()] == before
    assert desk.prefect.asked == []


@pytest.mark.parametrize(("answer", "moved"), [("ja", 8), ("J", 8), ("nej", 0), ("", 0)])
def test_a_person_is_shown_what_follows_and_asked(desk, under_way, monkeypatch, answer, moved):
    asked = []
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda question: asked.append(question) or answer)

    ran = desk("activity", "move", "inspel", "--to", "2020-10-09")

    assert asked == ["Flytta inspel från fre 2020-10-02 till fre 2020-10-09? [ja/nej] "]
    assert ran.lines[:2] == [
        "Brev som går ut:",
        "  Nytt datum: Förfrågan om inspel från kommunerna – svar senast 9 oktober 2020, "
        "inte 2 oktober 2020",
    ]
    assert min(ran.lines[2:10]) == (
        "    till Bergs kommun, Registrator, Bergs kommun <kommun@berg.example>"
    )
    assert "Steg som inte blir av:" in ran.lines
    assert "  fre 2020-09-25 08.00  påminnelse, 10 arbetsdagar kvar: 6 mottagare" in ran.lines
    assert len(under_way.messages("moved")) == moved
