"""The bundled plan is the region's own of 2020, whole and in its words."""

from datetime import date

from agenda.kinds import KINDS
from agenda.plan.model import Plan, Role
from agenda.plan.reading import bundled_plan, check, read_plan
from agenda.words.addresses import channel_schema
from agenda.words.faults import Fault

PLAN = read_plan(bundled_plan())


def test_the_twelve_activities_have_the_plans_own_dates_and_order():
    assert [
        f"{activity.key} {activity.kind} {activity.starts_on} {activity.due_on}"
        for activity in PLAN.activities
    ] == [
        "struktur drafting 2020-04-07 2020-04-24",
        "plan-till-rsr dispatch 2020-04-27 2020-04-27",
        "presidiet meeting 2020-04-30 2020-04-30",
        "rsr meeting 2020-05-04 2020-05-04",
        "inspel input 2020-05-08 2020-10-02",
        "sammanstallning compilation 2020-10-05 2020-10-29",
        "sammanstallning-till-rsr dispatch 2020-10-30 2020-10-30",
        "workshop workshop 2020-11-09 2020-11-09",
        "skrivande drafting 2020-11-09 2020-12-19",
        "lanspartnerskapet meeting 2020-11-27 2020-11-27",
        "samrad consultation 2020-12-19 2021-01-29",
        "faststallande adoption 2021-01-01 2021-03-31",
    ]


def test_the_activities_carry_the_plans_own_titles():
    assert [activity.title for activity in PLAN.activities] == [
        "Formulera förslag till struktur av länsgemensam påverkansagenda",
        "Genomförandeplan skickas till Regionens Samverkansråd (RSR)",
        "Förslaget presenteras för RUN:s presidium",
        "Förslaget till struktur av agenda behandlas på RSR",
        "Förfrågan om inspel från kommunerna",
        "Sammanställning av inspel",
        "Sammanställning skickas till RSR",
        "Workshop för att prioritera inspel",
        "Formulering av länsgemensam påverkansagenda",
        "Arbetet förankras i Länspartnerskapet",
        "Samråd med näringsliv, organisationer aktörer",
        "Fastställande av länsgemensam påverkansagenda",
    ]


def test_the_activities_carry_the_plans_own_descriptions():
    assert [activity.description for activity in PLAN.activities] == [
        "Utformning av PM som redogör för hur en länsgemensam påverkansagenda skulle kunna "
        "utformas och fungera",
        "Dokumentet skickas ut med kallelsen till RSR",
        "PM presenteras och stäms av på presidieberedningen",
        "Redogörelse för PM och eventuella frågeställningar. Förslaget skickas ut efter "
        "presidieberedningsavstämningen",
        "Länets primärkommuner ombes inkomma med förslag till frågor aktuella för agendan",
        "Inspelade förslag sammanställs och underlag skickas ut till primärkommunerna",
        "",
        "Inkomna inspel diskuteras och prioriteras. Eventuellt begränsas antalet punkter för att "
        "nå bättre genomförandekapacitet",
        "Skrivande av agendan",
        "Länspartnerskapet informeras om arbetet och det kommande samrådet",
        "Förslaget skickas ut för möjlighet till yttranden innan beslut fattas",
        "Region Jämtland Härjedalen fastställer agendan politiskt",
    ]


def test_only_the_adoption_is_no_more_precise_than_a_quarter():
    assert [activity.key for activity in PLAN.activities if activity.is_quarter] == [
        "faststallande"
    ]


def test_the_goal_and_the_people_are_the_plans():
    assert PLAN.goal.startswith("Formulering i den regionala utvecklingsnämndens verksamhetsplan")
    assert PLAN.goal.endswith(
        "bästa sätt skapa förutsättningar för hållbar tillväxt och utveckling."
    )
    assert (PLAN.responsible.name, PLAN.responsible.title) == (
        "Anna Omberg",
        "Regional utvecklingsdirektör",
    )
    assert PLAN.steering_group == (
        "RUN:s presidium är styrgrupp. Genomförandet förankras löpande med presidiet."
    )
    assert PLAN.reference_groups == (
        "Referensgrupp/er formas när inspelade förslag från primärkommunerna är sammanställda. "
        "Gruppen samlar relevant kompetens för sakfrågorna som samlas i agendan."
    )


def test_the_input_and_the_workshop_ask_the_eight_municipalities():
    eight = ["ostersund", "krokom", "are", "berg", "harjedalen", "ragunda", "bracke", "stromsund"]

    for key in ("inspel", "workshop"):
        assert [one.key for one in PLAN.asked(PLAN.activity(key))] == eight


def test_the_consultation_asks_placeholders_until_the_real_ones_are_imported():
    assert [one.name for one in PLAN.asked(PLAN.activity("samrad"))] == [
        "Näringslivet (platshållare)",
        "Organisationerna (platshållare)",
        "Övriga aktörer (platshållare)",
    ]


def test_every_municipality_has_a_mailbox_and_somebody_to_escalate_to():
    assert {
        one.key: [(contact.role, contact.address) for contact in one.contacts]
        for one in PLAN.asked(PLAN.activity("inspel"))
    } == {
        key: [
            (Role.PRIMARY, f"kommun@{key}.example"),
            (Role.ESCALATION, f"kommundirektor@{key}.example"),
        ]
        for key in (one.key for one in PLAN.asked(PLAN.activity("inspel")))
    }


def test_nothing_in_a_bundled_file_can_reach_anybody():
    for file in bundled_plan().parent.glob("*.yaml"):
        plan = read_plan(file)
        people = [plan.responsible, plan.coordinator]
        people += [one.responsible for one in plan.activities if one.responsible]
        contacts = [contact for one in plan.organisations for contact in one.contacts]
        addresses = [reached.address for reached in (*people, *contacts)]

        assert addresses
        assert [
            one for one in addresses if channel_schema(one) or not one.endswith(".example")
        ] == []


def test_its_only_oddity_is_the_saturday_on_which_the_writing_ends():
    report = check(bundled_plan())
    line = next(
        number
        for number, text in enumerate(
            bundled_plan().read_text(encoding="utf-8").splitlines(), start=1
        )
        if text == "    due_on: 2020-12-19"
    )

    assert (report.faults, report.warnings) == (
        (),
        (
            Fault(
                line,
                "Sista dagen för ”Formulering av länsgemensam påverkansagenda”, "
                "lördag 19 december 2020, är ingen arbetsdag (lördag).",
            ),
        ),
    )


def test_what_the_file_leaves_out_comes_from_the_kind():
    for activity in PLAN.activities:
        kind = KINDS[activity.kind]
        assert (activity.asks, activity.closing, activity.steps) == (
            kind.asks,
            kind.closing,
            kind.ladder,
        )


def test_a_plan_survives_being_stored_as_json():
    assert Plan.model_validate(PLAN.model_dump(mode="json")) == PLAN
    assert Plan.model_validate_json(PLAN.model_dump_json()) == PLAN


def test_the_dates_survive_too_when_an_activity_is_a_single_day():
    assert (PLAN.activity("rsr").starts_on, PLAN.activity("rsr").due_on) == (
        date(2020, 5, 4),
        date(2020, 5, 4),
    )
