"""A plan moved to another year: weekdays, holidays, the quarter and the order."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agenda.plan.model import Plan
from agenda.plan.reading import bundled_plan, read_plan
from agenda.plan.redating import redate, redate_so_that
from agenda.words.errors import BadInput
from agenda.workdays import Workdays

PLAN = read_plan(bundled_plan())
WORKDAYS = Workdays()
WEEKENDS = (None, "lördag", "söndag")


def with_dates(**dates):
    """The bundled plan with other dates for some activities: key="2020-10-02/2020-10-05"."""
    activities = []
    for activity in PLAN.activities:
        if text := dates.get(activity.key.replace("-", "_")):
            first, _, last = text.partition("/")
            activity = activity.model_copy(
                update={
                    "starts_on": date.fromisoformat(first),
                    "due_on": date.fromisoformat(last or first),
                }
            )
        activities.append(activity)
    return PLAN.model_copy(update={"activities": tuple(activities)})


def days(redated):
    return {one.key: (str(one.starts_on), str(one.due_on)) for one in redated.plan.activities}


def test_seven_years_later_every_weekday_stays_and_the_quarter_stays_a_quarter():
    moved = redate(PLAN, first_day=date(2027, 4, 5))

    assert moved.remarks == ()
    assert moved.plan.name == "2027"
    assert days(moved) == {
        "struktur": ("2027-04-06", "2027-04-23"),
        "plan-till-rsr": ("2027-04-26", "2027-04-26"),
        "presidiet": ("2027-04-29", "2027-04-29"),
        "rsr": ("2027-05-03", "2027-05-03"),
        "inspel": ("2027-05-07", "2027-10-01"),
        "sammanstallning": ("2027-10-04", "2027-10-28"),
        "sammanstallning-till-rsr": ("2027-10-29", "2027-10-29"),
        "workshop": ("2027-11-08", "2027-11-08"),
        "skrivande": ("2027-11-08", "2027-12-18"),
        "lanspartnerskapet": ("2027-11-26", "2027-11-26"),
        "samrad": ("2027-12-18", "2028-01-28"),
        "faststallande": ("2028-01-01", "2028-03-31"),
    }


@pytest.mark.parametrize("day", range(5, 12))
def test_every_day_of_a_week_means_that_week(day):
    assert redate(PLAN, first_day=date(2027, 4, day)).plan.activities[0].starts_on == (
        date(2027, 4, 6)
    )


def test_in_its_own_week_the_plan_stays_as_it_is():
    assert redate(PLAN, first_day=date(2020, 4, 7)).plan == PLAN


def test_deadlines_that_land_on_holidays_move_to_the_next_workday_and_say_so():
    moved = redate(PLAN, first_day=date(2026, 9, 1))

    assert moved.remarks == (
        "Dagen för ”Sammanställning skickas till RSR” flyttas från fredag 26 mars 2027 till "
        "tisdag 30 mars 2027 (Långfredagen).",
        "Sista dagen för ”Samråd med näringsliv, organisationer aktörer” flyttas från fredag "
        "25 juni 2027 till måndag 28 juni 2027 (Midsommarafton).",
    )
    assert days(moved)["sammanstallning-till-rsr"] == ("2027-03-30", "2027-03-30")
    assert days(moved)["samrad"] == ("2027-05-15", "2027-06-28")


def test_a_saturday_that_was_one_stays_but_not_on_a_holiday():
    # The consultation begins on the same Saturday, which must stay the same day.
    moved = redate(PLAN, first_day=date(2020, 4, 14))

    assert days(moved)["skrivande"] == ("2020-11-16", "2020-12-28")
    assert days(moved)["samrad"] == ("2020-12-28", "2021-02-05")
    assert moved.remarks[-2:] == (
        "Sista dagen för ”Formulering av länsgemensam påverkansagenda” flyttas från lördag "
        "26 december 2020 till måndag 28 december 2020 (Annandag jul).",
        "Första dagen för ”Samråd med näringsliv, organisationer aktörer” flyttas från lördag "
        "26 december 2020 till måndag 28 december 2020 (Annandag jul).",
    )


def test_what_a_moved_deadline_has_caught_up_with_moves_on_too():
    # Twenty-eight weeks later the compilation ends on Ascension Day, a day before its dispatch.
    moved = redate(PLAN, first_day=PLAN.activities[0].starts_on + timedelta(weeks=28))

    assert days(moved)["sammanstallning"] == ("2021-04-19", "2021-05-14")
    assert days(moved)["sammanstallning-till-rsr"] == ("2021-05-17", "2021-05-17")
    assert moved.remarks[-1] == (
        "Dagen för ”Sammanställning skickas till RSR” flyttas från fredag 14 maj 2021 till "
        "måndag 17 maj 2021 (så att ordningen mellan aktiviteterna består)."
    )


def test_a_deadline_that_was_on_a_holiday_already_moves_from_the_one_it_lands_on_and_says_so():
    moved = redate(with_dates(rsr="2020-05-01"), first_day=date(2026, 4, 7))

    assert days(moved)["rsr"] == ("2026-05-04", "2026-05-04")
    assert (
        "Dagen för ”Förslaget till struktur av agenda behandlas på RSR” flyttas från fredag "
        "1 maj 2026 till måndag 4 maj 2026 (Första maj)." in moved.remarks
    )


def test_a_deadline_on_one_of_the_plans_own_closed_days_moves_with_it_and_then_away_from_it():
    plan = PLAN.model_copy(update={"closed_days": (PLAN.activity("rsr").due_on,)})

    moved = redate(plan, first_day=date(2027, 4, 5))

    assert (moved.plan.closed_days, days(moved)["rsr"][1]) == ((date(2027, 5, 3),), "2027-05-04")
    assert "(stängd dag enligt planen)." in moved.remarks[0]


def test_a_plan_that_is_not_moved_keeps_the_holiday_its_author_chose():
    plan = with_dates(rsr="2020-05-01")

    assert redate(plan, first_day=date(2020, 4, 7)).plan == plan


def test_the_name_can_be_given():
    assert redate(PLAN, first_day=date(2027, 4, 5), name="prov").plan.name == "prov"


def test_the_plans_own_closed_days_move_along_and_say_so():
    plan = PLAN.model_copy(update={"closed_days": (date(2020, 5, 22),)})
    moved = redate(plan, first_day=date(2027, 4, 5))

    assert moved.plan.closed_days == (date(2027, 5, 21),)
    assert moved.remarks == (
        "Planens egna stängda dagar har flyttats lika många veckor som aktiviteterna. "
        "Se efter att de stämmer.",
    )


@pytest.mark.parametrize("year", [1, 1999, 2000, 2098, 2099, 9999])
def test_a_year_that_no_plan_can_hold_is_refused_in_one_sentence(year):
    with pytest.raises(BadInput, match=r"^Planen kan inte flyttas dit: .* 2001 och 2098\.$"):
        redate(PLAN, first_day=date(year, 12, 31))


def test_one_activity_gets_exactly_the_day_asked_for_and_the_others_keep_their_weekdays():
    moved = redate_so_that(PLAN, activity="inspel", due_on=date(2026, 11, 17))

    assert moved.remarks == ()
    assert days(moved)["inspel"] == ("2026-06-26", "2026-11-17")
    assert days(moved)["sammanstallning"] == ("2026-11-23", "2026-12-17")
    assert days(moved)["rsr"] == ("2026-06-22", "2026-06-22")


def test_what_comes_after_the_day_asked_for_gives_way_to_it():
    # The nearest Friday is three days earlier, so the Monday in between has been caught up with.
    moved = redate_so_that(PLAN, activity="inspel", due_on=date(2026, 11, 16))

    assert days(moved)["inspel"][1] == "2026-11-16"
    assert days(moved)["sammanstallning"][0] == "2026-11-17"


def test_what_comes_before_the_day_asked_for_gives_way_to_it():
    plan = with_dates(rsr="2020-10-01")
    # The nearest Friday is three days later, and the Thursday before it two days later.
    moved = redate_so_that(plan, activity="inspel", due_on=date(2026, 11, 17))

    assert days(moved)["rsr"] == ("2026-11-16", "2026-11-16")


def test_an_activity_that_only_names_a_quarter_gets_no_exact_day():
    with pytest.raises(KeyError):
        redate_so_that(PLAN, activity="faststallande", due_on=date(2027, 3, 1))


def ends(plan: Plan) -> list[date]:
    return [
        day for one in plan.activities if not one.is_quarter for day in (one.starts_on, one.due_on)
    ]


def assert_order_is_kept(plan: Plan) -> None:
    before, after = ends(PLAN), ends(plan)
    pairs = [(m, n) for m in range(len(before)) for n in range(len(before))]
    assert [(m, n) for m, n in pairs if (before[m] < before[n]) != (after[m] < after[n])] == []
    adoption = plan.activity("faststallande")
    assert adoption.due_on >= max(after)
    assert (adoption.starts_on.day, (adoption.due_on + timedelta(days=1)).day) == (1, 1)
    assert adoption.starts_on.month in (1, 4, 7, 10)


@settings(deadline=None)
@given(first_day=st.dates(date(2003, 1, 1), date(2096, 12, 31)))
def test_whatever_the_year_order_stays_and_no_new_deadline_is_on_a_holiday(first_day):
    moved = redate(PLAN, first_day=first_day).plan

    assert_order_is_kept(moved)
    assert moved.activities[0].starts_on.isocalendar()[:2] == first_day.isocalendar()[:2]
    dated = [one for one in moved.activities if not one.is_quarter]
    assert [one.key for one in dated if WORKDAYS.why_not(one.due_on) not in WEEKENDS] == []


@settings(deadline=None)
@given(due_on=st.dates(date(2003, 1, 1), date(2096, 12, 31)))
def test_whatever_the_exact_day_order_stays(due_on):
    moved = redate_so_that(PLAN, activity="inspel", due_on=due_on).plan

    assert_order_is_kept(moved)
    assert moved.activity("inspel").due_on == due_on
