"""`agenda status`: the matrix, for eight and for many, in words and as JSON."""

import pytest

from agenda.plan.model import ContactEntry, OrganisationEntry
from tests.obedient_server import NEVER
from tests.rounds_under_way import RoundUnderWay, a_plan, many

ODD = OrganisationEntry(
    key="harjedalen",
    name='Härjedalen, "södra" <x> [bold]',
    kind="municipality",
    contacts=(ContactEntry(name="Åsa", address="kommun@harjedalen.example"),),
)


def test_the_matrix_says_who_has_answered_and_what_comes_next(desk, under_way):
    ran = desk("status")

    assert (ran.code, ran.err) == (0, "")
    assert ran.lines == [
        f"Omgång 2020: {under_way.plan.title}",
        "Läget mån 2020-09-21 10.00",
        "",
        "Organisation         Förfrågan om inspel från kommunerna",
        "────────────────────────────────────────────────────────",
        "Östersunds kommun    Inte än",
        "Krokoms kommun       Svarat 2020-06-01",
        "Åre kommun           Inte än",
        "Bergs kommun         Inget att framföra 2020-09-03",
        "Härjedalens kommun   Inte än",
        "Ragunda kommun       Inte än",
        "Bräcke kommun        Inte än",
        "Strömsunds kommun    Inte än",
        "",
        "Aktivitet   Sista dag    Läge          Härnäst",
        "─" * 86,
        "inspel      2020-10-02   2 av 8 svar   2020-09-25 08.00 påminnelse, 5 arbetsdagar kvar",
    ]


def test_the_json_holds_the_whole_matrix_with_swedish_offsets(desk, under_way):
    document = desk("status", "--json").document

    assert list(document) == [
        "round_name",
        "plan_title",
        "is_example",
        "now",
        "activities",
        "organisations",
        "coming",
        "troubles",
        "begun",
    ]
    assert document["now"] == "2020-09-21T10:00:00+02:00"
    assert document["organisations"][1] == {
        "key": "krokom",
        "name": "Krokoms kommun",
        "cells": {
            "inspel": {
                "standing": "answered",
                "due_on": "2020-10-02",
                "is_extended": False,
                "is_late": False,
                "answered_at": "2020-06-01T10:00:00+02:00",
                "last_told_at": "2020-05-08T08:00:00+02:00",
                "next_at": None,
            }
        },
    }
    assert [cell["cells"]["inspel"]["standing"] for cell in document["organisations"]] == [
        "not_yet",
        "answered",
        "not_yet",
        "nothing_to_report",
        "not_yet",
        "not_yet",
        "not_yet",
        "not_yet",
    ]


def test_a_name_is_shown_as_it_is_written_however_odd(desk, engine):
    RoundUnderWay(engine, a_plan(organisations=(ODD,)))

    lines = desk("status").lines

    assert lines[5] == 'Härjedalen, "södra" <x> [bold]   Inte än'
    assert desk("status", "--json").document["organisations"][0]["name"] == ODD.name


def test_hundreds_are_summed_up_unless_all_are_asked_for(desk, engine):
    RoundUnderWay(engine, a_plan(organisations=many(290)))

    assert desk("status").lines[3:8] == [
        "290 organisationer   Förfrågan om inspel från kommunerna",
        "────────────────────────────────────────────────────────",
        "Inte än              290",
        "Visa var och en med: agenda status --all",
        "",
    ]
    assert sum(line.startswith("Kommun ") for line in desk("status", "--all").lines) == 290


def test_a_paused_round_says_so_on_stderr(desk, started):
    started.pause("2020-09-20 09:00")

    assert desk("status").err == (
        "Utskicken är pausade sedan sön 2020-09-20 09.00. Starta dem igen med: agenda round "
        "resume\n"
    )


def test_what_never_arrived_is_named(desk, under_way):
    under_way.server.always("kommun@bracke.example", NEVER)
    under_way.attend("2020-09-25 08:00")

    assert desk("status").err == (
        "Kom aldrig fram till Bräcke kommun: Påminnelse: Förfrågan om inspel från kommunerna – "
        "svar senast 2 oktober 2020. 5.1.1 No such user here\n"
    )


def test_without_a_round_the_sentence_says_how_to_start_one(desk):
    ran = desk("status")

    assert (ran.code, ran.out, ran.err) == (
        2,
        "",
        "Ingen omgång är igång. Starta en med: agenda round start --plan FIL\n",
    )


def test_with_several_rounds_the_sentence_asks_which(desk, engine):
    RoundUnderWay(engine, a_plan(name="2020"))
    RoundUnderWay(engine, a_plan(name="Översyn"))

    assert desk("status").err == (
        "Flera omgångar är igång: 2020, Översyn. Välj en med --round NAMN.\n"
    )
    assert desk("status", "--round", "Översyn").lines[0].startswith("Omgång Översyn: ")


def test_without_a_database_the_sentence_names_the_way_to_one(empty_desk, tmp_path):
    ran = empty_desk("status")

    assert (ran.code, ran.out) == (4, "")
    assert ran.err == (
        f"Det finns ingen databas än ({tmp_path}/var/agenda.db). Starta programmet med: agenda up\n"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("port", ["0", "åtta"])
def test_settings_that_cannot_be_used_are_told_in_one_sentence(empty_desk, monkeypatch, port):
    monkeypatch.setenv("AGENDA_PORTAL_PORT", port)

    ran = empty_desk("status")

    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("Inställningarna går inte att använda: AGENDA_PORTAL_PORT: ")
    assert ran.err.count("\n") == 1
