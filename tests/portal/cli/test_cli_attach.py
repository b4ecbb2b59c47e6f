"""`agenda activity attach`: what those who are asked need to read."""

from pathlib import Path

import pytest
from sqlalchemy import select

from agenda.models import ActivityFile
from agenda.storage.store import reading
from tests.door import PDF


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    file = tmp_path / "utkast.pdf"
    file.write_bytes(PDF)
    return file


def kept(under_way) -> list[tuple[str, bool]]:
    with reading(under_way.engine) as session:
        rows = session.scalars(select(ActivityFile).order_by(ActivityFile.id))
        return [(row.name, row.removed_at is None) for row in rows]


def test_a_file_is_attached_replaced_and_taken_away_again(desk, under_way, draft):
    said = "utkast.pdf finns nu på svarssidan för alla som är tillfrågade i inspel."
    for _ in range(2):
        ran = desk("activity", "attach", "inspel", str(draft))
        assert (ran.code, ran.lines, ran.err) == (0, [said], "")
    ran = desk("activity", "attach", "inspel", str(draft), "--remove")
    assert (ran.code, ran.lines) == (0, ["utkast.pdf är borttagen från inspel."])
    assert kept(under_way) == [("utkast.pdf", False), ("utkast.pdf", False)]


def test_a_file_that_is_not_there_is_said_in_a_sentence(desk, under_way, draft):
    ran = desk("activity", "attach", "inspel", str(draft.with_name("borta.pdf")))
    assert ran.code == 2
    assert "borta.pdf går inte att läsa (filen eller mappen finns inte)" in " ".join(
        ran.err.split()
    )
    ran = desk("activity", "attach", "inspel", "borta.pdf", "--remove")
    assert ran.code == 2
    assert "inspel har ingen fil som heter borta.pdf. Den har: inga filer." in " ".join(
        ran.err.split()
    )


def test_a_kind_of_file_that_nobody_could_open_safely_is_refused(desk, under_way, draft):
    ran = desk("activity", "attach", "inspel", str(draft.rename(draft.with_suffix(".exe"))))
    assert ran.code == 2
    assert "har en filtyp som inte tas emot" in " ".join(ran.err.split())
    assert kept(under_way) == []
