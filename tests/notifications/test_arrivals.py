"""The coordinator hears of answers that come in: once a workday, at once, or not."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from agenda.installation.settings import AnswerNotices, Settings
from agenda.links.personal import organisation_link
from agenda.models import AnswerKind
from agenda.register import By
from agenda.replies import reply_of
from agenda.replies.answers import NewAnswer
from agenda.storage.store import transaction
from notifications.acts.answers import record_answer, send_in
from notifications.attending import attend
from notifications.office import Office
from tests.rounds_under_way import COORDINATOR, KEY, OFFICE, WHO, RoundUnderWay, a_plan, sv

DAILY = replace(OFFICE, answer_notices=AnswerNotices.DAILY)
AT_ONCE = replace(OFFICE, answer_notices=AnswerNotices.IMMEDIATELY)


@pytest.fixture
def under_way(engine: Engine) -> RoundUnderWay:
    known = RoundUnderWay(engine, a_plan("berg", "bracke", "krokom"))
    known.attend("2020-05-08 08:00")
    known.server.taken.clear()
    return known


def look(known: RoundUnderWay, at: str, office: Office = DAILY) -> list[str]:
    """A whole run with this office; what it sent about answers."""
    before = len(known.server.taken)
    known.server.now = sv(at)
    attend(
        known.engine,
        known.server,
        office,
        activity_id=known.activity_id(),
        now=lambda: sv(at),
    )
    found = known.outgoing[before:]
    return [f"{one.recipient}: {one.subject}" for one in found if ":answers_in:" in one.key]


def answer(
    known: RoundUnderWay, organisation: str, at: str, office: Office = DAILY, *, key: str = "1"
) -> None:
    """Send an answer in through the organisation's link."""
    with transaction(known.engine) as session:
        invitation = known.invitation(session, organisation)
        link = organisation_link(session, invitation, OFFICE.keyring, now=sv(at))
        send_in(
            session,
            office,
            reply_of(session, link, now=sv(at)),
            (),
            kind=AnswerKind.NOTHING_TO_REPORT,
            submission_key=f"{organisation}:{key}",
            now=sv(at),
        )


def texts(known: RoundUnderWay) -> list[str]:
    return [one.text for one in known.outgoing if ":answers_in:" in one.key]


def test_what_came_in_during_a_day_is_one_notice_the_next_morning(under_way: RoundUnderWay):
    answer(under_way, "berg", "2020-06-01 10:00")
    answer(under_way, "krokom", "2020-06-01 23:59")

    assert look(under_way, "2020-06-01 23:59") == []
    assert look(under_way, "2020-06-02 08:00") == [
        f"{COORDINATOR}: 2 svar har kommit in: Förfrågan om inspel från kommunerna – 2 juni 2020"
    ]
    assert look(under_way, "2020-06-02 08:01") == []
    assert look(under_way, "2020-06-03 08:00") == []
    [said] = texts(under_way)
    assert said.index("Bergs kommun") < said.index("Krokoms kommun") < said.index("Har inte svarat")
    assert said.index("Har inte svarat") < said.index("Bräcke kommun")


def test_it_waits_for_the_sending_hours_of_a_workday(under_way: RoundUnderWay):
    answer(under_way, "berg", "2020-06-05 16:00")

    assert look(under_way, "2020-06-06 08:00") == []
    assert look(under_way, "2020-06-08 00:30") == []
    assert len(look(under_way, "2020-06-08 08:00")) == 1


def test_one_that_waited_says_who_is_missing_when_it_leaves(under_way: RoundUnderWay):
    answer(under_way, "berg", "2020-06-01 10:00")
    assert look(under_way, "2020-06-02 00:30") == []
    answer(under_way, "bracke", "2020-06-02 07:00")

    assert len(look(under_way, "2020-06-02 08:00")) == 1
    [said] = texts(under_way)
    assert "Bergs kommun" in said
    assert "Bräcke kommun" not in said
    assert said.index("Har inte svarat") < said.index("Krokoms kommun")


def test_days_when_everything_was_off_are_caught_up(under_way: RoundUnderWay):
    answer(under_way, "berg", "2020-06-01 10:00")
    look(under_way, "2020-06-02 08:00")
    answer(under_way, "krokom", "2020-06-02 10:00")
    answer(under_way, "bracke", "2020-06-03 10:00")

    assert len(look(under_way, "2020-06-11 08:00")) == 1
    assert "Krokoms kommun" in texts(under_way)[-1]
    assert "Bräcke kommun" in texts(under_way)[-1]
    assert "Bergs kommun" not in texts(under_way)[-1]


def test_a_day_without_answers_is_silent(under_way: RoundUnderWay):
    assert look(under_way, "2020-06-02 08:00") == []


@pytest.mark.parametrize("office", [DAILY, AT_ONCE])
def test_what_the_coordinator_recorded_is_no_news(under_way: RoundUnderWay, office: Office):
    with transaction(under_way.engine) as session:
        record_answer(
            session,
            office,
            under_way.invitation(session, "berg"),
            NewAnswer(kind=AnswerKind.DECLINED, received_at=sv("2020-06-01 10:00")),
            by=By.person(WHO, sv("2020-06-01 10:00")),
        )

    assert look(under_way, "2020-06-02 08:00", office) == []


def test_each_at_once_is_told_at_once_and_each_version_of_its_own(under_way: RoundUnderWay):
    answer(under_way, "berg", "2020-06-05 21:00", AT_ONCE)
    answer(under_way, "berg", "2020-06-05 21:05", AT_ONCE, key="2")

    assert look(under_way, "2020-06-05 21:06", AT_ONCE) == [
        f"{COORDINATOR}: Svar har kommit in: Förfrågan om inspel från kommunerna – 5 juni 2020",
        f"{COORDINATOR}: Svar har kommit in: Förfrågan om inspel från kommunerna – 5 juni 2020",
    ]
    assert look(under_way, "2020-06-08 08:00", AT_ONCE) == []


def test_on_a_day_off_nobody_is_disturbed_at_once(under_way: RoundUnderWay):
    answer(under_way, "berg", "2020-06-06 10:00", AT_ONCE)

    assert look(under_way, "2020-06-06 10:01", AT_ONCE) == []
    assert len(look(under_way, "2020-06-08 08:00", AT_ONCE)) == 1


def test_a_change_from_at_once_to_daily_tells_nothing_unseen(under_way: RoundUnderWay):
    answer(under_way, "berg", "2020-06-01 10:00", AT_ONCE)
    look(under_way, "2020-06-01 10:01", AT_ONCE)
    answer(under_way, "krokom", "2020-06-01 11:00", DAILY)

    look(under_way, "2020-06-02 08:00")

    assert "Krokoms kommun" in texts(under_way)[-1]


@pytest.mark.parametrize("office", [DAILY, AT_ONCE])
def test_a_late_answer_has_its_own_notice_and_no_other(under_way: RoundUnderWay, office: Office):
    answer(under_way, "berg", "2020-10-05 10:00", office)

    assert look(under_way, "2020-10-06 08:00", office) == []
    assert [m.step for m in under_way.messages("late_answer")] == ["late_answer"]


def test_without_the_notices_nothing_is_told(under_way: RoundUnderWay):
    answer(under_way, "berg", "2020-06-01 10:00", OFFICE)

    assert look(under_way, "2020-06-02 08:00", OFFICE) == []


@pytest.mark.parametrize(
    ("given", "how"),
    [
        (None, AnswerNotices.DAILY),
        ("immediately", AnswerNotices.IMMEDIATELY),
        ("no", AnswerNotices.NO),
    ],
)
def test_the_setting_says_how(monkeypatch: pytest.MonkeyPatch, given: str | None, how):
    monkeypatch.setenv("AGENDA_SECRET_KEY", KEY)
    if given:
        monkeypatch.setenv("AGENDA_ANSWER_NOTICES", given)

    assert Office.of(Settings(_env_file=None)).answer_notices is how
