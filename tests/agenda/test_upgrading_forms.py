"""From version 0005 on input asks for what its plan says; what is under way stays as it was."""

import json
from pathlib import Path

from sqlalchemy import text

from agenda.forms.fields import Form
from agenda.plan.model import ActivityTerms
from agenda.plan.reading import bundled_plan, read_plan
from agenda.storage.store import open_engine
from agenda.storage.upgrading import upgrade
from tests.agenda.upgrades import make_former

AT = "2020-09-01 08:00:00+00:00"
OWN = [{"type": "long_text", "key": "eget", "label": {"sv": "Eget"}}]
TERMS = {
    "inspel": {"kind": "input", "title": "Inspel", "key": "inspel", "form": None},
    "eget": {"kind": "input", "title": "Eget", "key": "eget", "form": OWN},
    "skrivande": {"kind": "drafting", "title": "Skriva", "key": "skrivande"},
}


def forms_after_the_upgrade(url: str, backups: Path) -> dict[str, Form | None]:
    engine = open_engine(url)
    make_former(
        engine,
        "0005",
        "INSERT INTO round (id, uid, name, plan, is_example, tracked_from, started_at) "
        f"VALUES (1, 'r', '2020', '{{}}', false, '{AT}', '{AT}')",
    )
    with engine.begin() as connection:
        activity = text(
            "INSERT INTO activity (round_id, key, position, starts_on, due_on, is_quarter, "
            "was_quarter, terms, revision, changed_at) VALUES "
            "(1, :key, 0, '2020-05-08', '2020-10-02', false, false, :terms, 0, :at)"
        )
        for key, terms in TERMS.items():
            connection.execute(activity, {"key": key, "terms": json.dumps(terms), "at": AT})
    upgrade(url, backups=backups)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT CAST(terms AS VARCHAR) FROM activity")).scalars()
        terms = [ActivityTerms.model_validate(json.loads(one)) for one in found]
    engine.dispose()
    return {one.key: one.form for one in terms}


def test_an_activity_that_had_no_form_of_its_own_asks_for_what_it_asked_for(
    empty_database_url: str, tmp_path: Path
) -> None:
    forms = forms_after_the_upgrade(empty_database_url, tmp_path / "backups")
    own = forms["eget"]
    assert own is not None
    assert [field.key for field in own] == ["eget"]
    assert forms["skrivande"] is None
    assert forms["inspel"] == read_plan(bundled_plan()).activity("inspel").form
