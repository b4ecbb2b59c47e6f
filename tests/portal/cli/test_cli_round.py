"""`agenda round` and `agenda plan`: from a file to a round that runs, and to its end."""

import shutil

import pytest

from agenda.plan.reading import bundled_plan
from agenda.register import What
from tests.rounds_under_way import PLAN, RoundUnderWay


@pytest.fixture
def plan_file(tmp_path):
    """The bundled plan as a file of one's own."""
    return shutil.copyfile(bundled_plan(), tmp_path / "plan.yaml")


def test_a_round_of_the_bundled_plan_is_started_in_another_year(desk):
    desk.at("2026-11-20 10:00")

    ran = desk("round", "start", "--first-day", "2027-04-06", "--name", "2027")

    assert (ran.code, ran.err) == (0, "")
    assert ran.lines == [
        f"Omgång 2027 är startad: {PLAN.title}",
        "Härnäst:",
        "  fre 2027-04-09 08.00  Formulera förslag till struktur av länsgemensam "
        "påverkansagenda: påminnelse till ansvarig, 10 arbetsdagar kvar",
        "  mån 2027-04-12 08.00  Genomförandeplan skickas till Regionens Samverkansråd (RSR): "
        "påminnelse till ansvarig, 10 arbetsdagar kvar",
        "  tors 2027-04-15 08.00  Förslaget presenteras för RUN:s presidium: påminnelse till "
        "ansvarig, 10 arbetsdagar kvar",
        "  mån 2027-04-19 08.00  Förslaget till struktur av agenda behandlas på RSR: påminnelse "
        "till ansvarig, 10 arbetsdagar kvar",
        "  fre 2027-05-07 08.00  Förfrågan om inspel från kommunerna: inbjudan",
        f"Körningar i Prefect: {len(desk.prefect.planned)} nya, 0 borttagna.",
    ]
    assert desk.prefect.asked == ["Omgång 2027 startad"]
    assert [entry["name"] for entry in desk("round", "list", "--json").document["rounds"]] == [
        "2027"
    ]


def test_a_plan_under_way_says_what_is_never_sent_and_why(desk, plan_file):
    desk.at("2020-08-31 10:00")

    ran = desk("round", "start", "--plan", str(plan_file), "--tracked-from", "2020-08-31")

    assert ran.lines[1:4] == [
        "14 steg inföll före mån 2020-08-31, då omgången börjar följas, och skickas aldrig "
        "(struktur 3, plan-till-rsr 3, presidiet 3, rsr 3, inspel 2).",
        "4 steg ska gå ut genast. Se dem med: agenda preview --days 1",
        "Räknas som försenade tills de är markerade som klara: struktur, plan-till-rsr, "
        "presidiet, rsr. Markera dem med: agenda activity done NYCKEL",
    ]


def test_a_plan_whose_days_have_all_been_is_not_started_by_mistake(desk):
    desk.at("2026-11-20 10:00")

    ran = desk("round", "start")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "Planens alla dagar har redan varit, den sista 2021-03-31. Flytta den med --first-day "
        "ÅÅÅÅ-MM-DD, eller ange --tracked-from ÅÅÅÅ-MM-DD om det är meningen.\n"
    )
    assert desk("round", "list").out == (
        "Det finns ingen omgång än. Starta en med: agenda round start --plan FIL\n"
    )


def test_no_command_makes_a_database_or_a_key_but_the_first_start_of_the_product(
    empty_desk, tmp_path, monkeypatch
):
    empty_desk.at("2020-04-01 10:00")
    monkeypatch.delenv("AGENDA_SECRET_KEY")
    for command in (("round", "start"), ("status",), ("attend", "--all"), ("link", "rekey")):
        ran = empty_desk(*command)
        assert (ran.code, ran.out) == (4, "")
        assert ran.err.startswith("Det finns ingen databas än (")
        assert ran.err.endswith("Starta programmet med: agenda up\n")
    assert not (tmp_path / "var").exists()


def test_what_could_not_simply_be_moved_is_said(desk):
    desk.at("2026-05-20 10:00")

    lines = desk("round", "start", "--first-day", "2026-06-29").lines

    assert lines[1] == (
        "  Sista dagen för ”Förfrågan om inspel från kommunerna” flyttas från fredag 25 december "
        "2026 till måndag 28 december 2026 (Juldagen)."
    )


@pytest.mark.parametrize("name", ["", " ", "a\nb", "x" * 201])
def test_a_name_that_could_not_stand_in_a_subject_is_refused(desk, name):
    desk.at("2020-04-01 10:00")

    assert desk("round", "start", "--name", name).err == (
        "Namnet på omgången ska vara en rad med 1 till 200 tecken.\n"
    )


def test_two_rounds_cannot_have_one_name(desk):
    desk.at("2020-04-01 10:00")
    desk("round", "start")

    ran = desk("round", "start")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "Det finns redan en omgång som heter 2020. Ge den nya ett eget namn: --name\n"
    )


def test_a_closed_round_sends_nothing_more_and_can_still_be_read(desk, started):
    ran = desk("round", "close")

    assert ran.lines[0] == (
        "Omgång 2020 är avslutad. Inget mer skickas i den; allt ligger kvar att läsa."
    )
    assert desk.prefect.planned == []
    assert desk("preview", "--all", "--round", "2020").lines[-1] == (
        "Inget går ut under den tiden."
    )
    assert desk("round", "close").err == (
        "Ingen omgång är igång. Starta en med: agenda round start --plan FIL\n"
    )


def test_a_paused_round_is_resumed_and_the_register_says_by_whom(desk, started):
    started.pause("2020-09-20 09:00")

    assert desk("round", "resume").lines[0] == "Utskicken i omgång 2020 är igång igen."
    assert desk("round", "resume").err == "Utskicken i omgång 2020 är inte pausade.\n"
    last = desk("register", "list", "--json").document["entries"][-1]
    assert (last["what"], last["who"], last["before"]) == (
        What.SENDING_RESUMED,
        "Asta Samordnare",
        "2020-09-20T07:00:00+00:00",
    )


def test_the_rounds_are_listed_with_how_they_stand(desk, engine):
    known = RoundUnderWay(engine)
    known.close("2020-09-20 09:00")

    assert desk("round", "list", "--json").document["rounds"] == [
        {
            "name": "2020",
            "title": known.plan.title,
            "is_example": False,
            "started_at": "2020-03-01T12:00:00+01:00",
            "tracked_from": "2020-03-01T00:00:00+01:00",
            "attended_at": None,
            "sending_paused_at": None,
            "closed_at": "2020-09-20T09:00:00+02:00",
        }
    ]
    assert desk("round", "list").lines[2].startswith("2020     sön 2020-03-01 12.00   avslutad   L")


def test_a_good_plan_is_called_good_with_its_oddities_as_warnings(desk, plan_file):
    ran = desk("plan", "check", "plan.yaml")

    assert (ran.code, ran.err) == (0, "")
    assert ran.lines == [
        "plan.yaml:171: Varning: Sista dagen för ”Formulering av länsgemensam påverkansagenda”, "
        "lördag 19 december 2020, är ingen arbetsdag (lördag).",
        "Planen går att använda, 1 varning.",
    ]


def test_every_fault_is_told_with_its_line_and_the_exit_code_is_2(desk, plan_file):
    text = plan_file.read_text(encoding="utf-8")
    plan_file.write_text(
        text.replace("2020-04-24", "2020-04-31", 1).replace("key: rsr", "kay: rsr")
    )

    ran = desk("plan", "check", "plan.yaml")

    assert (ran.code, ran.err) == (2, "")
    assert [line.partition(" ")[0] for line in ran.lines] == [
        "plan.yaml:38:",
        "plan.yaml:57:",
        "plan.yaml:57:",
        "plan.yaml:73:",
        "Planen",
    ]
    assert ran.lines[1] == (
        "plan.yaml:57: ”kay” i aktivitet nummer 4: okänd nyckel. Menar du ”key”?"
    )
    assert ran.lines[-1] == "Planen går inte att använda: 4 fel."
    assert desk("plan", "check", "plan.yaml", "--json").document["is_usable"] is False
    assert desk("round", "start", "--plan", "plan.yaml").code == 2


def test_a_plan_file_that_is_not_there_is_told_in_one_sentence(desk):
    assert desk("plan", "check", "saknas.yaml").err == (
        "saknas.yaml går inte att läsa: filen finns inte.\n"
    )


def test_a_plan_is_shown_in_the_order_of_the_file(desk, plan_file):
    lines = desk("plan", "show", "plan.yaml").lines

    at = lines.index("Förfrågan om inspel från kommunerna (inspel)")
    assert lines[at + 1] == ("  Inspel, fre 2020-05-08 – fre 2020-10-02, 8 tillfrågade, efter rsr")
    assert desk("plan", "show", "plan.yaml", "--json").document["activities"][4]["due_on"] == (
        "2020-10-02"
    )
