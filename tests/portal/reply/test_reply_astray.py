"""Mistyped addresses and faults at the door: a kind page with the way on, in both languages."""

import logging

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from agenda.words.errors import AgendaError
from portal.reply import form as writing
from tests.door import Door, Reader


@pytest.mark.parametrize("path", ["", "/", "/a/b/c", "/ny-lank/x"])
def test_a_mistyped_address_below_the_door_leads_to_a_new_link(door: Door, path: str) -> None:
    page = door.page(f"/svar{path}", status=404)
    assert page.links[-2] == "/svar/ny-lank"
    assert page.title.endswith("– Region Jämtland Härjedalen")


@pytest.mark.parametrize("path", ["/finns-inte", "/fil/abc", "/versioner/ett", "/kvitto/x/y"])
def test_a_mistyped_address_below_a_link_leads_back_to_the_reply(door: Door, path: str) -> None:
    home = door.link()
    page = door.page(home + path, status=404)
    assert "Sidan finns inte" in page.text
    assert {home, "/svar/ny-lank"} <= set(page.links)
    english = door.page(f"{home}{path}?lang=en", status=404)
    assert "The page does not exist" in english.text
    assert "Open the reply" in english.text


def test_a_way_of_asking_that_a_page_does_not_know_gets_the_same_page(door: Door) -> None:
    home = door.link()
    answer = door.client.delete(home)
    assert (answer.status_code, Reader(answer.text).title[:16]) == (405, "Sidan finns inte")


@pytest.mark.parametrize(
    ("language", "said"),
    [("sv", "och uppge numret {}."), ("en", "and give the number {}.")],
)
def test_a_fault_is_told_with_the_number_that_stands_in_the_log(
    door: Door,
    language: str,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    home = door.link()
    form = [*door.form(home).with_(fragor__0__titel="x"), ("_spara", "1")]
    answer, fault = fail(door, home, form, RuntimeError("hemligt"), language, monkeypatch, caplog)
    assert answer.status_code == 500
    assert said.format(fault.removeprefix("Fault ")) in answer.text
    assert "hemligt" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"


def test_what_only_the_region_can_mend_is_not_told_the_municipality(
    door: Door, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    home = door.link()
    form = [*door.form(home).with_(fragor__0__titel="x"), ("_spara", "1")]
    error = AgendaError("Databasen är inte uppgraderad.")
    answer, fault = fail(door, home, form, error, "sv", monkeypatch, caplog)
    assert answer.status_code == 503
    assert f"och uppge numret {fault.removeprefix('Fault ')}." in answer.text
    assert "det ni har skrivit finns kvar där" in answer.text
    assert "Databasen" not in answer.text


def fail(
    door: Door,
    home: str,
    form: list[tuple[str, str]],
    error: Exception,
    language: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> tuple[Response, str]:
    """Post a form to a portal in which saving fails: its answer, and what its log says."""

    def broken(*_: object) -> None:
        raise error

    monkeypatch.setattr(writing, "save", broken)
    caplog.set_level(logging.ERROR, "portal.faults")
    browser = TestClient(
        door.client.app, base_url=door.settings.portal_url, raise_server_exceptions=False
    )
    answer = browser.post(f"{home}?lang={language}", data=dict(form), headers=door.headers)
    [fault] = [r.getMessage() for r in caplog.records if r.name == "portal.faults"]
    return answer, fault
