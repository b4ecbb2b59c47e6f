"""A draft rehearsed on the desk: begun once, looked at day by day, and nothing real is touched."""

import logging
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from html import unescape
from threading import Event

import pytest

from agenda.plan.drafts.changes import with_activity
from agenda.register import By
from agenda.rounds.plan_drafts import change_draft
from agenda.storage.store import transaction
from notifications.letters.link_places import PLACEHOLDER
from notifications.replay.answering import Answering, simulated
from notifications.replay.rehearsal import Rehearsal
from notifications.replay.replay import replay
from portal.desk.starting import rehearsal as rehearsal_pages
from portal.desk.starting.rehearsing import KEPT, Rehearsals, Rehearsed, TooManyRehearsals
from tests.door import Reader
from tests.portal.desk.desk import Desk
from tests.portal.desk.test_starting import begun, plan_at, save

FRESH = Rehearsal((), (), (), ())


def settle(desk: Desk) -> None:
    """Wait until what is to be rehearsed has been."""
    desk.client.app.state.rehearsals._turns.submit(int).result(300)


def rehearsed(desk: Desk, draft: str, how: str = "in_time") -> str:
    """Have a draft rehearsed; the address of the rehearsal."""
    answer = desk.press(f"{draft}/ova?svar={how}", -1)
    assert answer.status_code == 303, answer.text[:2000]
    settle(desk)
    return answer.headers["location"]


def subjects(page: str) -> list[str]:
    return re.findall(r"<summary>.*?<strong[^>]*>(.*?)</strong>", page, re.DOTALL)


@pytest.fixture
def draft(desk: Desk) -> str:
    return begun(desk, forsta="2021-04-06")


@pytest.mark.slow
def test_it_shows_the_letters_that_a_replay_of_the_same_plan_tells_and_touches_nothing(
    desk: Desk, draft: str
) -> None:
    before = desk.digest()
    address = rehearsed(desk, draft, "some_late")
    plan = plan_at(desk, draft)
    rows = list(replay(plan, simulated(plan, Answering.SOME_LATE)))
    told: list[str] = []
    stand_ins = 0
    page = desk.page(f"{address}&dag=2999-01-01")
    assert f"{len(rows)} brev sedan början" in page.text
    assert "Här slutar övningen." in page.text
    for number in range(1, -(-len(rows) // 25) + 1):
        shown = desk.client.get(f"{address}&dag=2999-01-01&sida={number}").text
        told += subjects(shown)
        assert not re.search(r"/(svar|anstand|kalender)/[\w-]{30,}", shown), "a personal link"
        stand_ins += shown.count(PLACEHOLDER)
    assert [unescape(one) for one in told] == [row.subject for row in rows]
    assert stand_ins > 0
    assert desk.digest() == before


@pytest.mark.slow
def test_the_clock_is_pulled_forward_by_links_and_the_matrix_fills(desk: Desk, draft: str) -> None:
    address = rehearsed(desk, draft)
    plan = plan_at(desk, draft)
    page = desk.page(address)
    total = 0
    for _ in range(3):
        following = next(link for link in page.links if "dag=" in link and "lang=" not in link)
        page = desk.page(following)
        assert "brev efter" in page.text
        found = int(re.search(r"brev efter [^,]+, (\d+) sedan", page.text)[1])
        assert found >= total
        total = found
    due = plan.activity("inspel").due_on
    begun_on = plan.activity("inspel").starts_on
    none = desk.page(f"{address}&dag={begun_on}").text
    all_in = desk.page(f"{address}&dag={due}").text
    assert "0 av 8 har svarat" in none
    assert "8 av 8 har svarat" in all_in
    week = desk.page(f"{address}&dag={due}")
    assert any(f"dag={due + timedelta(days=7)}&fran={due}" in link for link in week.links)


@pytest.mark.slow
def test_what_is_chosen_on_the_page_is_what_one_press_rehearses(desk: Desk, draft: str) -> None:
    answer = desk.press(f"{draft}/ova", svar="nobody")
    assert "svar=nobody" in answer.headers["location"]
    settle(desk)
    [only] = desk.client.app.state.rehearsals._runs
    assert only.answering is Answering.NOBODY


@pytest.mark.slow
def test_a_second_visitor_sees_the_same_run_and_a_changed_draft_is_another(
    desk: Desk, draft: str
) -> None:
    address = rehearsed(desk, draft)
    kept = dict(desk.client.app.state.rehearsals._runs)
    assert rehearsed_again(desk, draft) == address
    assert desk.client.app.state.rehearsals._runs == kept
    save(desk, f"{draft}/aktivitet/rsr", titel="Annan titel")
    assert "Kvällen" not in desk.page(address).text
    rehearsed(desk, draft)
    assert "Kvällen" in desk.page(address).text
    [only] = desk.client.app.state.rehearsals._runs
    assert only.version == 2


def rehearsed_again(desk: Desk, draft: str) -> str:
    form = desk.form(f"{draft}/grund")
    proof = [(name, value) for name, value in form.pairs if name.startswith("_")]
    answer = desk.post(f"{draft}/ova", [*proof, ("svar", "in_time")])
    assert answer.status_code == 303, answer.text[:500]
    return answer.headers["location"]


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Rehearsals that come half of the way and stay there until they are let go."""
    let_go = Event()

    def half(*_: object, progress: Callable[[float], None], **__: object) -> Rehearsal:
        progress(0.5)
        assert let_go.wait(60)
        return FRESH

    monkeypatch.setattr(rehearsal_pages, "rehearse", half)
    yield let_go
    let_go.set()


def test_it_says_how_far_it_is_and_loads_again_until_somebody_stops_that(
    desk: Desk, draft: str, held: Event, wait_until
) -> None:
    address = desk.press(f"{draft}/ova", -1).headers["location"]
    wait_until(lambda: "50 %" in desk.client.get(address).text, what="half of the rehearsal")
    answer = desk.client.get(address)
    assert answer.headers["refresh"] == "2"
    assert '<progress max="100" value="50"' in answer.text
    still = next(link for link in Reader(answer.text).links if "stilla" in link)
    stopped = desk.client.get(still)
    assert "refresh" not in stopped.headers
    assert "Hämta sidan nu" in stopped.text
    # Another way to answer waits for its turn, and says so.
    second = desk.press(f"{draft}/ova?svar=nobody", -1).headers["location"]
    assert "Någon annan övar just nu" in desk.page(second).text


def test_an_error_is_said_in_words_and_logged_and_it_can_be_tried_again(
    desk: Desk, draft: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object, **__: object) -> Rehearsal:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(rehearsal_pages, "rehearse", fails)
    with caplog.at_level(logging.ERROR):
        address = rehearsed(desk, draft)
    assert "a fault of ours" in caplog.text
    answer = desk.client.get(address)
    assert "Övningen avbröts av ett fel" in answer.text
    assert "refresh" not in answer.headers
    monkeypatch.setattr(rehearsal_pages, "rehearse", lambda *_, **__: FRESH)
    again = desk.press(address, -1)
    assert again.status_code == 303
    settle(desk)
    assert [run.found for run in desk.client.app.state.rehearsals._runs.values()] == [FRESH]


def test_a_plan_with_faults_is_not_rehearsed_and_the_page_says_which(
    desk: Desk, draft: str
) -> None:
    form = desk.form(f"{draft}/ova", -1)
    faulty = with_activity(plan_at(desk, draft), "inspel", due_on=date(2021, 1, 1))
    with transaction(desk.engine) as session:
        change_draft(
            session,
            int(draft.rpartition("/")[2]),
            faulty,
            version=1,
            by=By.person("Asta", desk.now),
        )
    page = desk.page(f"{draft}/ova")
    assert "kan inte övas" in page.text
    answer = desk.post(f"{draft}/ova", form.pairs)
    assert answer.status_code == 409
    assert "kan inte övas" in answer.text
    assert not desk.client.app.state.rehearsals._runs


def test_the_overview_leads_to_it(desk: Desk, draft: str) -> None:
    assert f"{draft}/ova" in desk.page(draft).links


def test_no_more_are_kept_than_that_and_those_that_wait_are_never_lost() -> None:
    kept, let_go = Rehearsals(), Event()

    def make(progress: Callable[[float], None]) -> Rehearsal:
        assert let_go.wait(60)
        return FRESH

    for number in range(KEPT):
        kept.begin(Rehearsed(number, 1, Answering.IN_TIME), make)
    with pytest.raises(TooManyRehearsals):
        kept.begin(Rehearsed(KEPT, 1, Answering.IN_TIME), make)
    let_go.set()
    kept._turns.submit(int).result(60)
    kept.begin(Rehearsed(KEPT, 1, Answering.IN_TIME), make)
    assert kept.find(Rehearsed(0, 1, Answering.IN_TIME)) is None
    assert len(kept._runs) == KEPT
    kept.close()


def test_one_that_is_being_made_is_left_off_when_the_portal_closes() -> None:
    kept, begun_with, told = Rehearsals(), Event(), []

    def make(progress: Callable[[float], None]) -> Rehearsal:
        begun_with.set()
        while True:
            progress(0.1)
            told.append(1)

    run = kept.begin(Rehearsed(1, 1, Answering.NOBODY), make)
    assert begun_with.wait(60)
    kept.close()
    assert run.has_failed
