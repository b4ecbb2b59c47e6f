"""A round's deadlines as calendar entries: for everybody, or for one organisation."""

from datetime import date

import pytest
from sqlalchemy import Engine

from agenda.calendar.deadlines import organisation_entry, round_entries
from agenda.calendar.rendering import Entry
from agenda.rounds.facts import situation, situations
from agenda.storage.store import reading
from tests.rounds_under_way import PLAN, PORTAL, RoundUnderWay, a_plan, sv

SINCE = sv("2020-03-01 12:00")
THURSDAY = date(2020, 10, 1)


def entries(under_way: RoundUnderWay, *, has_spans: bool = False) -> dict[str, Entry]:
    """The round's entries, by the part of the identifier that is not the round's."""
    with reading(under_way.engine) as session:
        found = situations(session, under_way.id)
        uid = found[0].round.uid
        return {
            e.uid.removeprefix(f"{uid}-").removesuffix("@paverkansagenda"): e
            for e in round_entries(found, portal_url=PORTAL, has_spans=has_spans)
        }


def test_every_activity_has_its_last_day_and_those_of_several_days_their_first(engine: Engine):
    found = entries(RoundUnderWay(engine, PLAN))
    days = {key: (entry.first_on, entry.last_on) for key, entry in found.items()}
    several = ("struktur", "inspel", "sammanstallning", "skrivande", "samrad")
    assert [key for key in days if key.endswith("opens")] == [f"{key}-opens" for key in several]
    for activity in PLAN.activities:
        first = activity.starts_on if activity.is_quarter else activity.due_on
        assert days[f"{activity.key}-due"] == (first, activity.due_on)


def test_the_input_says_when_it_opens_and_when_it_ends(engine: Engine):
    found = entries(RoundUnderWay(engine, a_plan("berg")))
    assert [(e.title, e.first_on, e.alarm_on, e.category) for e in found.values()] == [
        ("Förfrågan om inspel från kommunerna – öppnar", date(2020, 5, 8), None, "Inspel"),
        ("Förfrågan om inspel från kommunerna – sista dag", date(2020, 10, 2), THURSDAY, "Inspel"),
    ]


def test_a_meeting_of_two_days_is_both_of_them_for_everybody(engine: Engine):
    plan = a_plan("berg", only=["workshop"])
    two_days = plan.activities[0].model_copy(update={"due_on": date(2020, 11, 10)})
    under_way = RoundUnderWay(engine, plan.model_copy(update={"activities": [two_days]}))
    with reading(engine) as session:
        known = situation(session, under_way.activity_id("workshop"))
        [region] = round_entries([known], portal_url=PORTAL)
        [berg] = [
            organisation_entry(known, party, portal_url=PORTAL) for party in known.parties.values()
        ]
    both = ("Workshop för att prioritera inspel", date(2020, 11, 9), date(2020, 11, 10))
    assert [(e.title, e.first_on, e.last_on) for e in (region, berg)] == [both, both]
    under_way.move(date(2020, 11, 17), "2020-09-01 12:00", "workshop")
    with reading(engine) as session:
        after = situation(session, under_way.activity_id("workshop"))
        [moved] = round_entries([after], portal_url=PORTAL)
    assert (moved.first_on, moved.last_on) == (date(2020, 11, 16), date(2020, 11, 17))


def test_a_quarter_is_one_tentative_entry_until_its_day_is_set(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan(only=["faststallande"]))
    [quarter] = entries(under_way).values()
    assert (quarter.is_tentative, quarter.first_on, quarter.last_on, quarter.revision) == (
        True,
        date(2021, 1, 1),
        date(2021, 3, 31),
        0,
    )
    under_way.move(date(2021, 3, 17), "2020-12-01 12:00", "faststallande")
    [due] = entries(under_way).values()
    assert (due.uid, due.is_tentative, due.first_on, due.revision) == (
        quarter.uid,
        False,
        date(2021, 3, 17),
        1,
    )


QUARTER = "första kvartalet 2021, dag inte bestämd"


@pytest.mark.parametrize("key", ["faststallande", "workshop", "samrad", "inspel"])
def test_a_quarter_is_told_alike_in_every_feed_and_rings_in_none(engine: Engine, key: str):
    days = {"starts_on": date(2021, 1, 1), "due_on": date(2021, 3, 31), "is_quarter": True}
    quarter = PLAN.activity(key).model_copy(update=days | {"asks": ("municipality",)})
    plan = a_plan("berg", only=()).model_copy(update={"activities": (quarter,)})
    under_way = RoundUnderWay(engine, plan)
    with reading(engine) as session:
        known = situation(session, under_way.activity_id(key))
        [party] = known.parties.values()
        found = [
            *round_entries([known], portal_url=PORTAL),
            *round_entries([known], portal_url=PORTAL, has_spans=True),
            organisation_entry(known, party, portal_url=PORTAL),
        ]
    told = {(e.title, e.first_on, e.last_on, e.is_tentative, e.alarm_on) for e in found}
    assert len(found) == 3
    assert told == {
        (f"{quarter.title} – {QUARTER}", date(2021, 1, 1), date(2021, 3, 31), True, None)
    }


@pytest.mark.parametrize(
    ("key", "ending"),
    [
        ("faststallande", ""),
        ("workshop", ""),
        ("skrivande", ""),
        # Those asked were asked when the quarter began, which no calendar has shown as a day.
        ("inspel", " – sista dag"),
        ("samrad", " – sista dag"),
    ],
)
@pytest.mark.parametrize("has_spans", [False, True])
def test_a_quarter_whose_day_is_settled_is_that_day_alone(
    engine: Engine, key: str, ending: str, has_spans: bool
):
    days = {"starts_on": date(2021, 1, 1), "due_on": date(2021, 3, 31), "is_quarter": True}
    quarter = PLAN.activity(key).model_copy(update=days)
    plan = a_plan("berg", only=()).model_copy(update={"activities": (quarter,)})
    under_way = RoundUnderWay(engine, plan)
    [before] = entries(under_way, has_spans=has_spans).values()
    under_way.move(date(2021, 3, 15), "2020-12-01 12:00", key)
    [after] = entries(under_way, has_spans=has_spans).values()
    assert (after.uid, after.title, after.revision) == (before.uid, f"{quarter.title}{ending}", 1)
    assert (after.first_on, after.last_on) == (date(2021, 3, 15), date(2021, 3, 15))
    assert (after.is_tentative, after.alarm_on) == (False, date(2021, 3, 12))
    under_way.move(date(2021, 1, 1), "2020-12-02 12:00", key)
    under_way.move(date(2021, 3, 15), "2020-12-03 12:00", key)
    assert list(entries(under_way, has_spans=has_spans)) == [f"{key}-due"]


def test_a_quarter_in_which_one_was_given_a_later_day_is_that_day_to_them(engine: Engine):
    days = {"starts_on": date(2021, 1, 1), "due_on": date(2021, 3, 31), "is_quarter": True}
    quarter = PLAN.activity("inspel").model_copy(update=days)
    plan = a_plan("berg", "krokom", only=()).model_copy(update={"activities": (quarter,)})
    under_way = RoundUnderWay(engine, plan)
    under_way.extend("berg", date(2021, 4, 6), "2021-03-01 12:00")
    with reading(engine) as session:
        known = situation(session, under_way.activity_id())
        berg, krokom = (
            organisation_entry(known, known.parties[key], portal_url=PORTAL)
            for key in ("berg", "krokom")
        )
    assert (berg.title, berg.first_on, berg.is_tentative, berg.alarm_on) == (
        f"{quarter.title} – sista svarsdag",
        date(2021, 4, 6),
        False,
        date(2021, 4, 1),
    )
    assert krokom.title == f"{quarter.title} – {QUARTER}"


@pytest.mark.parametrize(
    ("due_on", "closed", "rings_on"),
    [
        (date(2020, 10, 5), (), date(2020, 10, 2)),
        (date(2020, 10, 4), (), date(2020, 10, 2)),
        (date(2020, 10, 6), (), date(2020, 10, 5)),
        (date(2020, 6, 22), (), date(2020, 6, 18)),
        (date(2020, 10, 6), (date(2020, 10, 5), date(2020, 10, 2)), date(2020, 10, 1)),
    ],
    ids=["a Monday", "a Sunday", "a Tuesday", "after Midsummer", "after days the plan closes"],
)
def test_the_last_day_rings_on_the_workday_before_it_however_long_the_work_is(
    engine: Engine, due_on: date, closed: tuple[date, ...], rings_on: date
):
    asked = PLAN.activity("inspel").model_copy(update={"due_on": due_on})
    changes = {"activities": (asked,), "closed_days": closed}
    under_way = RoundUnderWay(engine, a_plan("berg", only=()).model_copy(update=changes))
    with reading(engine) as session:
        known = situation(session, under_way.activity_id())
        opens, due = round_entries([known], portal_url=PORTAL)
        [span] = round_entries([known], portal_url=PORTAL, has_spans=True)
        own = organisation_entry(known, known.parties["berg"], portal_url=PORTAL)
    assert opens.alarm_on is None
    assert [entry.alarm_on for entry in (due, span, own)] == [rings_on] * 3


def test_a_meeting_of_two_days_rings_before_the_first_of_them(engine: Engine):
    days = {"starts_on": date(2020, 11, 9), "due_on": date(2020, 11, 10)}
    workshop = PLAN.activity("workshop").model_copy(update=days)
    plan = a_plan("berg", only=()).model_copy(update={"activities": (workshop,)})
    [entry] = entries(RoundUnderWay(engine, plan)).values()
    assert entry.alarm_on == date(2020, 11, 6)


def test_an_extension_rings_before_its_own_last_day(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.extend("berg", date(2020, 10, 19), "2020-06-01 12:00")
    with reading(engine) as session:
        known = situation(session, under_way.activity_id())
        own = organisation_entry(known, known.parties["berg"], portal_url=PORTAL)
    assert (own.first_on, own.alarm_on) == (date(2020, 10, 19), date(2020, 10, 16))


def test_long_work_that_becomes_a_single_day_cancels_its_first(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    before = entries(under_way)
    assert list(before) == ["inspel-opens", "inspel-due"]
    under_way.move(date(2020, 5, 8), "2020-04-01 12:00")
    after = entries(under_way)
    opens, due = after["inspel-opens"], after["inspel-due"]
    assert (opens.is_cancelled, opens.revision, opens.first_on) == (True, 1, date(2020, 5, 8))
    assert (due.is_cancelled, due.title) == (False, "Förfrågan om inspel från kommunerna")
    under_way.move(date(2020, 5, 11), "2020-04-02 12:00")
    again = entries(under_way)
    assert set(again) == set(before)
    assert (again["inspel-opens"].is_cancelled, again["inspel-opens"].revision) == (True, 2)


def test_a_single_day_that_is_moved_has_no_first_day_to_cancel(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg", only=["sammanstallning-till-rsr"]))
    under_way.move(date(2020, 11, 2), "2020-04-01 12:00", "sammanstallning-till-rsr")
    assert list(entries(under_way)) == ["sammanstallning-till-rsr-due"]


def test_spans_change_no_identifier(engine: Engine):
    under_way = RoundUnderWay(engine, PLAN)
    with reading(engine) as session:
        found = situations(session, under_way.id)
        plain = {e.uid: e for e in round_entries(found, portal_url=PORTAL)}
        spans = {e.uid: e for e in round_entries(found, portal_url=PORTAL, has_spans=True)}
    firsts = {uid for uid in plain if uid.endswith("-opens@paverkansagenda")}
    assert len(firsts) == 5
    assert set(spans) == set(plain) - firsts
    assert {uid: entry.last_on for uid, entry in spans.items()} == {
        uid: plain[uid].last_on for uid in spans
    }


def test_a_moved_day_is_the_same_entry_with_a_higher_revision(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    before = entries(under_way)["inspel-due"]
    under_way.move(date(2020, 10, 9), "2020-06-01 12:00")
    after = entries(under_way)["inspel-due"]
    assert (after.uid, after.first_on, after.revision, after.changed_at) == (
        before.uid,
        date(2020, 10, 9),
        before.revision + 1,
        sv("2020-06-01 12:00"),
    )


def test_an_organisations_entry_follows_its_own_last_day(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg", "krokom"))

    def entry(key: str) -> Entry:
        with reading(engine) as session:
            found = situation(session, under_way.activity_id())
            return organisation_entry(found, found.parties[key], portal_url=PORTAL)

    before, other = entry("berg"), entry("krokom")
    assert (before.title, before.first_on, before.changed_at) == (
        "Förfrågan om inspel från kommunerna – sista svarsdag",
        date(2020, 10, 2),
        SINCE,
    )
    under_way.extend("berg", date(2020, 10, 16), "2020-06-01 12:00")
    after = entry("berg")
    assert (after.uid, after.first_on, after.revision, after.changed_at) == (
        before.uid,
        date(2020, 10, 16),
        1,
        sv("2020-06-01 12:00"),
    )
    assert entry("krokom") == other
    under_way.move(date(2020, 10, 9), "2020-06-02 12:00")
    assert (entry("berg").first_on, entry("berg").revision) == (date(2020, 10, 16), 2)


def test_an_entry_says_who_answers_for_it_and_who_is_asked_and_leads_to_the_portal(engine: Engine):
    found = entries(RoundUnderWay(engine, PLAN))
    inspel = found["inspel-due"]
    assert inspel.description.split("\n\n") == [
        PLAN.activity("inspel").description,
        f"Ansvarig: {PLAN.responsible.name}\nTillfrågade: kommunerna",
    ]
    assert found["struktur-due"].description.endswith(f"Ansvarig: {PLAN.responsible.name}")
    assert {entry.url for entry in found.values()} == {f"{PORTAL}/"}


def test_an_organisations_entry_says_whom_to_ask_and_never_holds_the_personal_link(engine: Engine):
    under_way = RoundUnderWay(engine, a_plan("berg"))
    with reading(engine) as session:
        known = situation(session, under_way.activity_id())
        entry = organisation_entry(known, known.parties["berg"], portal_url=PORTAL)
    coordinator = PLAN.coordinator
    assert entry.description.split("\n\n")[-1].splitlines() == [
        "Svar från: Bergs kommun",
        f"Frågor: {coordinator.name}, {coordinator.address}",
    ]
    assert entry.url == f"{PORTAL}/svar/ny-lank"


def test_a_coordinator_who_is_reached_by_a_channel_is_named_without_its_key(engine: Engine):
    channel = PLAN.coordinator.model_copy(update={"address": "msteams://a/b/c/d"})
    plan = a_plan("berg").model_copy(update={"coordinator": channel})
    under_way = RoundUnderWay(engine, plan)
    with reading(engine) as session:
        known = situation(session, under_way.activity_id())
        entry = organisation_entry(known, known.parties["berg"], portal_url=PORTAL)
    assert entry.description.endswith(f"Frågor: {channel.name}")
