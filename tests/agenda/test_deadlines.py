"""A round's deadlines as calendar entries: for everybody, or for one organisation."""

from datetime import date

from sqlalchemy import Engine

from agenda.calendar import Entry
from agenda.deadlines import organisation_entry, round_entries
from agenda.facts import situation, situations
from agenda.store import reading
from tests.rounds_under_way import PLAN, PORTAL, RoundUnderWay, a_plan, sv

SINCE = sv("2020-03-01 12:00")


def entries(under_way: RoundUnderWay) -> dict[str, Entry]:
    """The round's entries, by the part of the identifier that is not the round's."""
    with reading(under_way.engine) as session:
        found = situations(session, under_way.id)
        uid = found[0].round.uid
        return {
            e.uid.removeprefix(f"{uid}-").removesuffix("@paverkansagenda"): e
            for e in round_entries(found, portal_url=PORTAL)
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
    assert [(e.title, e.first_on, e.alarm_days_before, e.category) for e in found.values()] == [
        ("Förfrågan om inspel från kommunerna – öppnar", date(2020, 5, 8), None, "Inspel"),
        ("Förfrågan om inspel från kommunerna – sista dag", date(2020, 10, 2), 1, "Inspel"),
    ]


def test_a_meeting_of_two_days_is_both_of_them_for_everybody(engine: Engine):
    plan = a_plan("berg", only=["workshop"])
    two_days = plan.activities[0].model_copy(update={"due_on": date(2020, 11, 10)})
    under_way = RoundUnderWay(engine, plan.model_copy(update={"activities": [two_days]}))
    with reading(engine) as session:
        known = situation(session, under_way.activity_id("workshop"))
        [region] = round_entries([known], portal_url=PORTAL)
        [berg] = [
            organisation_entry(known, place, portal_url=PORTAL) for place in known.places.values()
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
    [due] = [e for key, e in entries(under_way).items() if key.endswith("due")]
    assert (due.uid, due.is_tentative, due.first_on, due.revision) == (
        quarter.uid,
        False,
        date(2021, 3, 17),
        1,
    )


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
            return organisation_entry(found, found.places[key], portal_url=PORTAL)

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
        entry = organisation_entry(known, known.places["berg"], portal_url=PORTAL)
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
        entry = organisation_entry(known, known.places["berg"], portal_url=PORTAL)
    assert entry.description.endswith(f"Frågor: {channel.name}")
