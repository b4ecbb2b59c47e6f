"""The command line itself: its help, wrong typing, signals, and what it does not load."""

import os
import subprocess
import sys

import pytest

from portal.cli.app import command
from portal.cli.commands import COMMANDS

AGENDA = "import sys; from portal.cli import main; main()"
EVERYTHING = command(tuple(COMMANDS))


def every_command(group=None, path=()):
    """Every command there is, as it is typed."""
    for name, found in (group or EVERYTHING).commands.items():
        if hasattr(found, "commands"):
            yield from every_command(found, (*path, name))
        else:
            yield (*path, name)


def test_the_table_names_every_command_and_is_what_the_help_lists():
    listed, loaded = command().commands, EVERYTHING.commands
    assert list(COMMANDS) == list(listed)
    assert set(COMMANDS) == set(loaded)
    for name, entry in COMMANDS.items():
        assert listed[name].help == entry.summary
        assert loaded[name].help.startswith(entry.summary)


@pytest.mark.parametrize("path", list(every_command()), ids=" ".join)
def test_every_command_has_a_swedish_help_with_examples(empty_desk, path):
    ran = empty_desk(*path, "--help")

    assert ran.code == 0
    assert f"Användning: agenda {' '.join(path)}" in ran.out
    assert f"agenda {' '.join(path)}" in ran.out.partition("Exempel:")[2]
    assert "Visa den här hjälpen." in ran.out
    for english in ("Usage", "Options", "Arguments", "Show this message", "[required]"):
        assert english not in ran.out


@pytest.mark.parametrize("typed", ["", "answer"])
def test_without_a_command_the_help_is_shown(empty_desk, typed):
    ran = empty_desk(*typed.split())

    assert (ran.code, ran.err) == (2, "")
    assert "Kommandon" in ran.out


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("statu", "Kommandot agenda statu finns inte. Menar du agenda status?"),
        ("xyz", "Kommandot agenda xyz finns inte. Se agenda --help"),
        ("round strat", "Kommandot agenda round strat finns inte. Menar du agenda round start?"),
        ("status --jsno", "Flaggan --jsno finns inte. Menar du --json. Se agenda status --help"),
        ("status --round", "Flaggan --round behöver ett värde."),
        ("status --json=ja", "Flaggan --json tar inget värde."),
        ("status nu", "Det är för mycket på raden: nu. Se agenda status --help"),
        ("explain", "ORGANISATION saknas. Se agenda explain --help"),
        (
            "preview --days noll",
            "--days: noll är inget antal dagar. Skriv ett heltal från 1 till 3660. "
            "Se agenda preview --help",
        ),
        (
            "explain bracke --language no",
            "--language: språket no finns inte. Välj sv eller en. Se agenda explain --help",
        ),
    ],
)
def test_wrong_typing_is_told_in_one_swedish_sentence(empty_desk, typed, sentence):
    ran = empty_desk(*typed.split())

    assert (ran.code, ran.out, ran.err) == (2, "", f"{sentence}\n")


def test_ctrl_c_ends_a_command_quietly(desk, started, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("portal.cli.rounds.status.overview", interrupted)

    ran = desk("status")

    assert (ran.code, ran.out, ran.err) == (130, "", "")


def test_a_reader_that_leaves_early_gets_no_traceback(tmp_path):
    environment = os.environ | {"AGENDA_VAR": str(tmp_path)}
    command_line = [sys.executable, "-c", AGENDA, "--help"]
    with subprocess.Popen(
        command_line, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        running.stdout.close()
        complaints = running.stderr.read()

    assert (complaints, running.returncode) == (b"", 141)


@pytest.mark.parametrize("arguments", [["--help"], ["status", "--json"], ["round", "list"]])
def test_reading_commands_load_nothing_heavy(own_desk, tmp_path, arguments):
    own_desk.at("2020-04-01 10:00")
    own_desk("round", "start")
    environment = os.environ | {"AGENDA_VAR": str(tmp_path / "var")}
    code = (
        "import sys; from portal.cli import run; run(sys.argv[1:]);"
        "heavy = 'prefect apprise fastapi alembic icalendar babel httpx'.split();"
        "sys.stderr.write(' '.join(name for name in heavy if name in sys.modules))"
    )

    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stderr == ""
    assert len(done.stdout) > 0


def test_a_command_that_has_ended_leaves_nothing_for_python_to_walk_through(tmp_path):
    count = "import atexit, gc; atexit.register(lambda: print('left', len(gc.get_objects())))"

    done = subprocess.run(
        [sys.executable, "-c", f"{count}; {AGENDA}", "--help"],
        env=os.environ | {"AGENDA_VAR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )

    words, _, left = done.stdout.rpartition("left ")
    assert "Kommandon" in words
    assert int(left) < 1000


@pytest.mark.parametrize(
    ("typed", "proposed"),
    [("agenda ac", "activity"), ("agenda activity mo", "move"), ("agenda rou", "round")],
)
def test_the_shell_proposes_commands_of_every_level(tmp_path, typed, proposed):
    environment = os.environ | {
        "AGENDA_VAR": str(tmp_path),
        "_AGENDA_COMPLETE": "complete_bash",
        "COMP_WORDS": typed,
        "COMP_CWORD": str(len(typed.split()) - 1),
    }
    done = subprocess.run(
        [sys.executable, "-c", AGENDA], env=environment, capture_output=True, text=True, check=True
    )
    assert (done.stdout.split(), done.stderr) == ([proposed], "")


def test_what_the_shell_proposes_comes_from_the_database(desk, started):
    from portal.cli.terminal.completing import activity_keys, organisation_keys, round_names

    assert (activity_keys("in"), organisation_keys("b"), round_names("")) == (
        ["inspel"],
        ["berg", "bracke"],
        ["2020"],
    )


def test_the_shell_gets_no_complaint_where_there_is_no_database(empty_desk, capsys):
    from portal.cli.terminal.completing import activity_keys

    assert activity_keys("in") == []
    assert capsys.readouterr() == ("", "")


def test_the_computers_user_acts_when_nobody_is_named(desk, started, monkeypatch):
    monkeypatch.delenv("AGENDA_USER")
    monkeypatch.setattr("getpass.getuser", lambda: "asta")

    desk("activity", "done", "inspel", "--yes")

    assert desk("register", "list", "--json").document["entries"][-1]["who"] == "asta"
