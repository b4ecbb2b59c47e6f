"""Scenario files: what they can say, and every fault of one at once with its line."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from agenda.words.errors import BadInput
from notifications.replay.scenario import Deed, ScenarioLine, read_scenario
from tests.rounds_under_way import PLAN, sv

HEAD = "at,organisation,activity,what,until\n"


def written(folder: Path, text: str | bytes) -> Path:
    file = folder / "s.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def faults(folder: Path, text: str | bytes) -> list[str]:
    file = written(folder, text)
    with pytest.raises(BadInput) as raised:
        read_scenario(file, PLAN)
    return str(raised.value).replace(f"{file}:", "").splitlines()


def test_acts_come_in_the_order_of_time_whatever_the_order_of_the_lines(tmp_path: Path):
    found = read_scenario(
        written(
            tmp_path,
            HEAD
            + "2020-09-24T15:30,stromsund,inspel,extension,2020-10-09\n"
            + "2020-06-11 10:20,krokom,inspel,submission,\n"
            + "2020-06-01,,inspel,move,2020-10-16\n"
            + "2020-06-11T08:20:00+00:00,berg,inspel,declined,\n",
        ),
        PLAN,
    )
    assert found == (
        ScenarioLine(4, sv("2020-06-01 12:00"), "", "inspel", Deed.MOVE, date(2020, 10, 16)),
        ScenarioLine(3, sv("2020-06-11 10:20"), "krokom", "inspel", Deed.SUBMISSION),
        ScenarioLine(5, sv("2020-06-11 10:20"), "berg", "inspel", Deed.DECLINED),
        ScenarioLine(
            2, sv("2020-09-24 15:30"), "stromsund", "inspel", Deed.EXTENSION, date(2020, 10, 9)
        ),
    )


def test_a_file_from_excel_with_a_byte_order_mark_and_no_last_column_is_read(tmp_path: Path):
    text = "\ufeffat,organisation,activity,what\r\n2020-06-11,berg,inspel,submission\r\n"
    assert [act.organisation for act in read_scenario(written(tmp_path, text), PLAN)] == ["berg"]


def test_every_fault_of_a_file_is_told_at_once_with_its_line(tmp_path: Path):
    found = faults(
        tmp_path,
        HEAD
        + "i går,berg,inspel,submission,\n"
        + "2020-06-11,bergen,inspel,submission,\n"
        + "2020-06-11,berg,inspelning,submission,\n"
        + "2020-06-11,berg,inspel,submitted,\n"
        + "2020-06-11,berg,inspel,extension,snart\n"
        + "2020-06-11,,inspel,move,\n",
    )
    assert [line.partition(" Det finns: ")[0] for line in found] == [
        "2: 'i går' är ingen tid. Skriv till exempel 2020-09-18T10:30.",
        "3: organisationen 'bergen' finns inte i planen.",
        "4: aktiviteten 'inspelning' finns inte.",
        "5: 'submitted' finns inte.",
        "6: extension behöver ett datum i kolumnen until, till exempel 2020-10-09.",
        "7: move behöver ett datum i kolumnen until, till exempel 2020-10-09.",
    ]


@pytest.mark.parametrize("at", ["0001-01-01", "9999-12-31", "0001-01-01T00:00", "9999-12-31T23:59"])
def test_a_time_beyond_the_calendar_is_a_fault_and_no_crash(tmp_path: Path, at: str):
    [found] = faults(tmp_path, HEAD + f"{at},berg,inspel,submission,\n")
    assert found.startswith("2: ")


def test_missing_columns_are_named(tmp_path: Path):
    assert faults(tmp_path, "at,what\n") == [
        "1: kolumnerna organisation, activity saknas i första raden."
    ]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00\xd8", b"at,organisation,activity,what\n\xe5"])
def test_what_is_no_text_in_utf8_is_said_to_be_none(tmp_path: Path, content: bytes):
    [found] = faults(tmp_path, content)
    assert "går inte att läsa som text i UTF-8" in found


def test_a_file_that_does_not_exist_is_said_to_be_unreadable(tmp_path: Path):
    with pytest.raises(BadInput, match="går inte att läsa"):
        read_scenario(tmp_path / "none.csv", PLAN)


def test_a_field_longer_than_any_csv_takes_is_a_fault_and_no_crash(tmp_path: Path):
    [found] = faults(tmp_path, HEAD + f"2020-06-11,{'b' * 200_000},inspel,submission,\n")
    assert "går inte att dela i kolumner" in found


def test_an_act_moves_with_its_plan_by_whole_days_and_keeps_its_hour_over_the_clocks_change():
    act = ScenarioLine(
        2, sv("2020-09-24 15:30"), "berg", "inspel", Deed.EXTENSION, date(2020, 10, 9)
    )
    assert act.later(timedelta(weeks=9)) == ScenarioLine(
        2, sv("2020-11-26 15:30"), "berg", "inspel", Deed.EXTENSION, date(2020, 12, 11)
    )
