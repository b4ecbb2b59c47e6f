"""The aims for bounces, over our own samples and over any folder that is named."""

import csv
import os
from pathlib import Path

import pytest

from notifications.incoming.judging import Sort
from notifications.incoming.refused import Return
from tests.notifications.incoming.measuring import DEAD, KEPT, NONE, measure, samples

SAMPLES = Path(__file__).parent / "samples"
OTHERS = os.environ.get("AGENDA_TEST_BOUNCES")
OURS = "<8c1f0d52e6b94a3f7d20b1c95e8a4476f01b23cd@regionen.example>"


def rows() -> list[dict[str, str]]:
    with (SAMPLES / "outcomes.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.skipif(OTHERS is None, reason="AGENDA_TEST_BOUNCES names no folder of bounces")
def test_the_aims_hold_over_a_folder_that_is_named() -> None:
    found = measure(Path(OTHERS or ""))
    print(found)
    assert found.unreadable == []
    assert found.taken_for_bounces == []
    assert found.matched >= 0.95
    assert found.right_of_dead >= 0.95


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["file"])
def test_each_sample_comes_out_as_it_should(row: dict[str, str]) -> None:
    [judged] = [judged for one, judged, _ in samples(SAMPLES) if one["file"] == row["file"]]
    reasons = [why for _, why in judged.reports]
    assert (judged.sort is Sort.BOUNCE) == (row["outcome"] != NONE)
    assert (Return.DEAD in reasons) == (row["outcome"] == DEAD)
    if row["reason"] == "delayed":
        assert reasons == [Return.DELAYED]
    if row["id"]:
        assert judged.ids[0] == OURS


def test_the_samples_know_every_outcome_and_every_way_of_finding_the_message() -> None:
    assert {row["outcome"] for row in rows()} == {DEAD, KEPT, NONE}
    found = measure(SAMPLES)
    assert (found.matched, found.right_of_dead) == (1, 1)
    assert found.by_address_alone == 1
