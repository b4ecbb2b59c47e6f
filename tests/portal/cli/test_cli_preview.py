"""`agenda preview`: what will go out, when, to whom, in which words, and nothing stored."""

import re
from datetime import date

from notifications.letters.link_places import PLACEHOLDER
from tests.rounds_under_way import OFFICE, PLAN, RoundUnderWay, a_plan

LATE = ("ostersund", "are", "harjedalen", "ragunda", "bracke", "stromsund")


def test_each_coming_step_is_named_with_those_it_goes_to(desk, under_way):
    ran = desk("preview", "--until", "2020-09-25")

    assert (ran.code, ran.err) == (0, "")
    assert ran.lines == [
        "Omgång 2020, till och med fre 2020-09-25, som läget är nu",
        "",
        "fre 2020-09-25 08.00  Förfrågan om inspel från kommunerna",
        "  påminnelse, 5 arbetsdagar kvar  (inspel reminder-5)",
        "  Östersunds kommun: kommun@ostersund.example",
        "  Åre kommun: kommun@are.example",
        "  Härjedalens kommun: kommun@harjedalen.example",
        "  Ragunda kommun: kommun@ragunda.example",
        "  Bräcke kommun: kommun@bracke.example",
        "  Strömsunds kommun: kommun@stromsund.example",
    ]


def test_the_whole_round_is_shown_with_who_hears_at_last(desk, under_way):
    ahead = desk("preview", "--all", "--json").document["ahead"]

    assert sorted({(entry["leaves_at"], entry["step"]) for entry in ahead}) == [
        ("2020-09-25T08:00:00+02:00", "reminder-5"),
        ("2020-10-01T08:00:00+02:00", "reminder-1"),
        ("2020-10-05T07:00:00+02:00", "closed"),
        ("2020-10-05T08:00:00+02:00", "overdue-1"),
        ("2020-10-07T08:00:00+02:00", "escalation-3"),
        ("2020-10-09T08:00:00+02:00", "overdue-5"),
    ]
    assert [entry["to"] for entry in ahead if entry["step"] == "escalation-3"] == [
        [f"kommundirektor@{key}.example", under_way.plan.coordinator.address] for key in LATE
    ]


LINK = re.compile(re.escape(OFFICE.keyring.portal_url) + r"/svar/[\w-]{43}")


def test_what_is_rendered_is_what_then_leaves_to_the_letter(desk, under_way):
    ahead = desk("preview", "--days", "7", "--render", "--json").document["ahead"]
    shown = {m["to"]: (m["subject"], m["text"]) for entry in ahead for m in entry["messages"]}

    under_way.attend("2020-09-25 08:00")

    left = under_way.outgoing[-6:]
    # The personal link is put in when a letter leaves: nobody reads it off a preview.
    assert shown == {
        mail.recipient: (mail.subject, LINK.sub(PLACEHOLDER, mail.text)) for mail in left
    }


def test_own_work_of_a_day_is_shown_step_by_step_with_the_one_letter_that_leaves(desk, engine):
    work = ("struktur", "plan-till-rsr", "presidiet", "rsr")
    round_ = RoundUnderWay(engine, a_plan(only=work), since="2020-04-25 12:00")
    desk.at("2020-04-27 18:00")

    ahead = desk("preview", "--until", "2020-04-28", "--render", "--json").document["ahead"]
    ahead = [entry for entry in ahead if entry["leaves_at"].startswith("2020-04-28T08")]

    assert [(e["activity"], e["step"], e["in_letter_of"], len(e["messages"])) for e in ahead] == [
        ("struktur", "nag-2", None, 1),
        ("plan-till-rsr", "nag-1", "struktur", 0),
        ("presidiet", "internal-2", "struktur", 0),
    ]
    line = desk("preview", "--until", "2020-04-28").lines[-1]
    assert line == (
        "  Samordnare för påverkansagendan: paverkansagenda@regionjh.example, i samma brev som "
        "struktur"
    )

    round_.attend("2020-04-28 08:00", "presidiet")

    (shown,) = ahead[0]["messages"]
    assert [(mail.subject, mail.text) for mail in round_.outgoing] == [
        (shown["subject"], shown["text"])
    ]


def test_a_rendered_message_is_shown_whole(desk, under_way):
    out = desk("preview", "--days", "7", "--render").out

    assert out.count("    Ämne: Påminnelse: Förfrågan om inspel från kommunerna") == 6
    assert "    Till: kommun@bracke.example\n" in out


def test_nothing_is_stored_by_looking(desk, under_way):
    before = [message.id for message in under_way.messages()]

    desk("preview", "--all", "--render")

    assert [message.id for message in under_way.messages()] == before


def test_what_waits_in_the_outbox_is_shown_with_its_hour(desk, under_way):
    desk.at("2020-09-25 19:00")
    under_way.look("2020-09-25 19:00")

    ahead = desk("preview", "--days", "3", "--json").document["ahead"]

    assert [(e["leaves_at"], e["recipient"], e["is_queued"]) for e in ahead[:1]] == [
        ("2020-09-28T07:00:00+02:00", "Åre kommun", True)
    ]
    assert len(ahead) == len(LATE)


def test_what_is_due_in_the_evening_leaves_the_next_morning(desk, engine):
    RoundUnderWay(engine, a_plan("bracke"), tracked_from=date(2020, 5, 1))
    desk.at("2020-09-18 20:00")

    ahead = desk("preview", "--days", "3", "--json").document["ahead"]

    assert [(e["leaves_at"], e["step"]) for e in ahead] == [
        ("2020-09-21T07:00:00+02:00", "invitation")
    ]


def test_a_time_in_which_nothing_leaves_is_said_plainly(desk, under_way):
    assert desk("preview", "--days", "1").lines[-1] == "Inget går ut under den tiden."


def test_a_paused_round_is_told_of(desk, started):
    started.pause("2020-09-20 09:00")

    assert desk("preview").err == (
        "Utskicken är pausade: inget går iväg förrän agenda round resume.\n"
    )


def test_only_one_end_can_be_chosen(desk, started):
    ran = desk("preview", "--days", "3", "--all")

    assert (ran.code, ran.err) == (2, "Välj ett av --days, --until och --all.\n")


def test_a_channels_address_is_never_shown_because_it_is_its_key(desk, engine):
    known = RoundUnderWay(engine, a_plan("bracke"), tracked_from=date(2020, 5, 1))
    known.change_contact("kommun@bracke.example", address="workflows://secret/token")

    out = desk("preview", "--render").out

    assert "workflows://…" in out
    assert "secret" not in out


def headings(lines: list[str]) -> list[str]:
    """The lines that name a step."""
    return [line for line in lines if re.fullmatch(r"  .*\((inspel|workshop) [a-z0-9-]+\)", line)]


def test_steps_of_the_same_morning_have_one_heading_each_whoever_they_go_to(desk, under_way):
    under_way.extend("harjedalen", date(2020, 10, 12), "2020-09-21 09:00")
    under_way.extend("bracke", date(2020, 10, 12), "2020-09-21 09:00")
    under_way.post("2020-09-21 09:00")
    desk.at("2020-10-05 07:30")

    found = headings(desk("preview", "--days", "1").lines)

    assert len(found) == len(set(found))
    assert set(found) >= {
        "  svar saknas, 1 arbetsdag efter sista dagen  (inspel overdue-1)",
        "  påminnelse, 5 arbetsdagar kvar  (inspel reminder-5)",
    }


def test_what_waits_in_the_outbox_has_its_steps_own_heading_in_every_language(desk, engine):
    plan = a_plan("bracke", "berg", "krokom")
    english = [
        one.model_copy(update={"language": "en"} if one.key == "berg" else {})
        for one in plan.organisations
    ]
    under_way = RoundUnderWay(
        engine,
        plan.model_copy(update={"organisations": tuple(english)}),
        tracked_from=date(2020, 5, 1),
    )
    desk.at("2020-05-08 19:00")
    under_way.look("2020-05-08 19:00")

    lines = desk("preview", "--days", "3").lines

    assert headings(lines) == ["  inbjudan  (inspel invitation)"]
    assert sorted(lines[4:]) == [
        "  Bergs kommun: kommun@berg.example (i utkorgen)",
        "  Bräcke kommun: kommun@bracke.example (i utkorgen)",
        "  Krokoms kommun: kommun@krokom.example (i utkorgen)",
    ]


def test_a_link_that_is_put_in_later_is_explained_where_it_will_stand(desk, under_way):
    ran = desk("preview", "--days", "7", "--render")
    explained = "[mottagarens egen länk: den sätts in när brevet går iväg]"

    assert PLACEHOLDER not in ran.out
    assert ran.out.count(f"    Svara här:\n    {explained}\n") == 6
    assert f"{explained}/inget" in ran.out

    under_way.look("2020-09-25 08:00")
    desk.at("2020-09-25 08:00")
    assert desk("preview", "--days", "1", "--render").out.count(f"    {explained}\n") == 6


def test_what_somebody_wrote_is_not_taken_for_a_link(desk, engine):
    inspel = PLAN.activity("inspel").model_copy(update={"description": f"Se {PLACEHOLDER} i dag."})
    plan = a_plan("bracke").model_copy(update={"activities": (inspel,)})
    RoundUnderWay(engine, plan, tracked_from=date(2020, 5, 1))

    out = desk("preview", "--render").out

    assert out.count(f"Se {PLACEHOLDER} i dag.") == out.count("Vad det gäller") > 0
