"""The calendars that the readers are tried on: the product's own bytes, and what they mean."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple

from sqlalchemy import Engine

from agenda.calendar.deadlines import organisation_entries, round_entries
from agenda.calendar.feeds import render_feed, subscribe
from agenda.calendar.rendering import CalendarUser, Entry, render_calendar, render_invitation
from agenda.models import Round, identity
from agenda.register import By
from agenda.replies.course import cancel
from agenda.rounds.facts import Situation, situations
from agenda.rounds.finding import find_activity, find_organisation
from agenda.storage.store import reading, transaction
from tests.calendar_readers.telling import meant_by, meant_by_invitation
from tests.rounds_under_way import OFFICE, PLAN, PORTAL, WHO, RoundUnderWay, a_plan, sv

NOW = sv("2020-09-01 09:00")
ROUND = "Påverkansagendan – 2020"


class Made(NamedTuple):
    """A calendar as the product writes it, and what it shall say."""

    content: bytes
    meant: dict[str, Any]


def _feed(
    under_way: RoundUnderWay,
    meant: Callable[[list[Situation]], Iterable[Entry]],
    *,
    name: str = ROUND,
    organisation: str | None = None,
    kinds: tuple[str, ...] = (),
    has_spans: bool = False,
) -> Made:
    """A subscriber's feed, and the entries that it is meant to have."""
    with transaction(under_way.engine) as session:
        known = session.get_one(Round, under_way.id)
        whose = find_organisation(session, known, organisation) if organisation else None
        link = subscribe(
            session, known, OFFICE.keyring, by=By.person(WHO, NOW), organisation=whose, kinds=kinds
        )
    with reading(under_way.engine) as session:
        content = render_feed(
            session, link, portal_url=PORTAL, now=NOW, has_spans=has_spans
        ).content
        return Made(content, meant_by(meant(situations(session, under_way.id)), name=name))


def the_whole_round(engine: Engine) -> Made:
    return _feed(RoundUnderWay(engine, PLAN), lambda found: round_entries(found, portal_url=PORTAL))


def long_activities_as_spans(engine: Engine) -> Made:
    return _feed(
        RoundUnderWay(engine, PLAN),
        lambda found: round_entries(found, portal_url=PORTAL, has_spans=True),
        has_spans=True,
    )


def two_kinds_only(engine: Engine) -> Made:
    kinds = ("workshop", "meeting")
    return _feed(
        RoundUnderWay(engine, PLAN),
        lambda found: round_entries(
            (one for one in found if one.activity.kind in kinds), portal_url=PORTAL
        ),
        name=f"{ROUND} – Möte och Workshop",
        kinds=kinds,
    )


def an_organisation_that_was_given_time_and_answered(engine: Engine) -> Made:
    under_way = RoundUnderWay(engine, PLAN)
    under_way.extend("bracke", date(2020, 10, 9), "2020-08-02 10:00")
    under_way.answer("bracke", "2020-08-03 10:00")

    def meant(found: list[Situation]) -> Iterable[Entry]:
        parties = [one.parties["bracke"] for one in found if "bracke" in one.parties]
        bracke = identity(parties[0].organisation)
        return [
            entry for one in found for entry in organisation_entries(one, bracke, portal_url=PORTAL)
        ]

    return _feed(under_way, meant, organisation="bracke", name=f"{ROUND} – Bräcke kommun")


def something_moved_and_something_cancelled(engine: Engine) -> Made:
    under_way = RoundUnderWay(engine, PLAN)
    under_way.move(date(2020, 10, 9), "2020-08-04 10:00")
    with transaction(engine) as session:
        known = session.get_one(Round, under_way.id)
        cancel(session, find_activity(session, known, "workshop"), by=By.person(WHO, NOW))
    return _feed(under_way, lambda found: round_entries(found, portal_url=PORTAL))


def a_meeting_with_a_clock_time(engine: Engine) -> Made:
    """Winter time: nine in the morning is eight in UTC."""
    day = {"starts_on": date(2020, 11, 9), "due_on": date(2020, 11, 9)}
    hours = {"from_time": time(9), "until_time": time(16, 30), "place": "Residenset, Östersund"}
    workshop = PLAN.activity("workshop").model_copy(update=day | hours)
    plan = a_plan("bracke").model_copy(update={"activities": (workshop,)})
    made = _feed(RoundUnderWay(engine, plan), lambda found: round_entries(found, portal_url=PORTAL))
    (meant,) = made.meant["entries"].values()
    assert (meant["starts"], meant["ends"]) == ("2020-11-09T08:00:00Z", "2020-11-09T15:30:00Z")
    return made


def nothing(engine: Engine) -> Made:
    return Made(render_calendar([], name=ROUND), meant_by([], name=ROUND))


DUE = Entry(
    uid="2020-inspel-due@paverkansagenda",
    title="Inspel – sista dag",
    first_on=date(2020, 10, 2),
    last_on=date(2020, 10, 2),
    changed_at=datetime(2020, 5, 8, 6, tzinfo=UTC),
    revision=3,
    alarm_on=date(2020, 10, 1),
    category="Inspel",
    url="https://paverkansagenda.regionen.example/omgang/2020?visa=inspel,alla;sv",
)
TEXTS = (
    "Åre, Härjedalen och Östersund; även Älvdalen",
    "Renar 🦌, familjer 👩‍👩‍👧‍👦 och flaggor 🇸🇪",
    "a,b;c:d \"e\" 'f', ;, ;; ,,: ^n ^^",
    "\u202bשלום\u202c och \u200fمرحبا\u200e och \u202egnikcab\u202c",
    "BEGIN:VEVENT UID:x END:VCALENDAR ;VALUE=DATE:20200101",
    "<script>alert(1)</script> =cmd|'/c calc'!A1 &amp; %0d%0a {{ 7*7 }}",
)
BACKSLASHES = (r"C:\agenda\2020 \, \; \\ och sist \\", r"C:\nytt eller C:\Nytt, \\n \\N \\\n")
LINES = "Först.\nSedan en rad:\n\n  indragen\tmed tabb,\nEND:VEVENT\nBEGIN:VALARM"
LONG = ("Mötesspår på Mittbanan, " + "åäö " * 7 + "🦌; \\ ") * 400


def every_kind_of_text(engine: Engine) -> Made:
    return _telling(TEXTS)


def backslashes(engine: Engine) -> Made:
    return _telling(BACKSLASHES)


def _telling(texts: Iterable[str]) -> Made:
    """Each text in a title, a place and a description, which has line feeds too."""
    return _rendered(
        replace(
            DUE,
            uid=f"{number}@paverkansagenda",
            title=text,
            place=text,
            description=f"{text}\n{LINES}\n{text}",
        )
        for number, text in enumerate(texts)
    )


def twenty_thousand_characters(engine: Engine) -> Made:
    text = LONG[:20_000]
    assert len(text) == 20_000
    return _rendered([replace(DUE, description=text.strip())])


def _rendered(entries: Iterable[Entry]) -> Made:
    found = list(entries)
    return Made(render_calendar(found, name=ROUND), meant_by(found, name=ROUND))


WORKSHOP = Entry(
    uid="2020-workshop-bracke@paverkansagenda",
    title="Workshop för att prioritera inspel",
    first_on=date(2020, 11, 9),
    last_on=date(2020, 11, 10),
    changed_at=datetime(2020, 3, 1, 11, tzinfo=UTC),
    revision=0,
    description="Inkomna inspel diskuteras, och prioriteras.\nEfter det: lunch; kaffe.",
    category="Workshop",
    place="Östersund, Residenset",
)
MOVED = replace(
    WORKSHOP,
    starts_at=datetime(2020, 11, 16, 8, tzinfo=UTC),
    ends_at=datetime(2020, 11, 16, 15, 30, tzinfo=UTC),
    revision=1,
)


def an_invitation(engine: Engine) -> Made:
    return _invitation(WORKSHOP, "REQUEST")


def a_meeting_that_was_moved_to_an_hour(engine: Engine) -> Made:
    return _invitation(MOVED, "REQUEST")


def a_meeting_that_was_called_off(engine: Engine) -> Made:
    return _invitation(replace(MOVED, revision=2, is_cancelled=True), "CANCEL")


def _invitation(entry: Entry, method: str) -> Made:
    organizer = CalendarUser(
        "Åsa Samordnare, Region Jämtland Härjedalen", "samordnare@regionen.example"
    )
    attendee = CalendarUser("Registratorn; Bräcke kommun", "kommun@bracke.example")
    sent_by, at = "agendan@regionen.example", datetime(2020, 10, 12, 6, tzinfo=UTC)
    made = render_invitation(
        entry, organizer=organizer, attendee=attendee, sent_by=sent_by, made_at=at
    )
    meant = meant_by_invitation(
        entry, method=method, organizer=organizer, attendee=attendee, sent_by=sent_by, at=at
    )
    return Made(made.content, meant)


CALENDARS: dict[str, Callable[[Engine], Made]] = {
    made.__name__.replace("_", " "): made
    for made in (
        the_whole_round,
        long_activities_as_spans,
        two_kinds_only,
        an_organisation_that_was_given_time_and_answered,
        something_moved_and_something_cancelled,
        a_meeting_with_a_clock_time,
        nothing,
        every_kind_of_text,
        backslashes,
        twenty_thousand_characters,
        an_invitation,
        a_meeting_that_was_moved_to_an_hour,
        a_meeting_that_was_called_off,
    )
}
