"""Calendar feeds: what each subscriber gets, when the bytes change, and when they do not."""

from datetime import date, timedelta

import icalendar
import pytest
import vobject
from sqlalchemy import Engine

from agenda.calendar.feeds import render_feed, subscribe
from agenda.links.links import Found, find, renew, revoke
from agenda.models import Link, Purpose, Round
from agenda.register import By, What, entries
from agenda.replies.course import cancel
from agenda.rounds.finding import find_activity, find_organisation
from agenda.storage.store import reading, transaction
from agenda.words.errors import BadInput
from tests.rounds_under_way import OFFICE, PLAN, PORTAL, WHO, RoundUnderWay, a_plan, sv

KEYS = OFFICE.keyring
NOW = sv("2020-09-01 09:00")


def subscribed(under_way: RoundUnderWay, *, organisation: str | None = None, **how) -> int:
    with transaction(under_way.engine) as session:
        known = session.get_one(Round, under_way.id)
        place = find_organisation(session, known, organisation) if organisation else None
        link = subscribe(session, known, KEYS, by=By.person(WHO, NOW), organisation=place, **how)
        return link.id


def rendered(under_way: RoundUnderWay, link_id: int, *, now=NOW, has_spans=False):
    with reading(under_way.engine) as session:
        link = session.get_one(Link, link_id)
        return render_feed(session, link, portal_url=PORTAL, now=now, has_spans=has_spans)


def titles(feed) -> list[str]:
    parsed = icalendar.Calendar.from_ical(feed.content)
    return [str(event["SUMMARY"]) for event in parsed.walk("VEVENT")]


def event(feed, title: str):
    parsed = icalendar.Calendar.from_ical(feed.content)
    return next(e for e in parsed.walk("VEVENT") if str(e["SUMMARY"]) == title)


@pytest.fixture
def whole(engine: Engine) -> RoundUnderWay:
    return RoundUnderWay(engine, PLAN)


def test_the_staffs_feed_holds_every_activity_and_long_ones_by_their_first_and_last_day(whole):
    found = titles(rendered(whole, subscribed(whole)))
    assert len(found) == 12 + 5
    assert [title for title in found if "inspel från" in title] == [
        "Förfrågan om inspel från kommunerna – öppnar",
        "Förfrågan om inspel från kommunerna – sista dag",
    ]


def test_spans_give_long_activities_as_one_entry(whole):
    feed = rendered(whole, subscribed(whole), has_spans=True)
    assert len(titles(feed)) == 12
    span = event(feed, "Förfrågan om inspel från kommunerna")
    assert (span["DTSTART"].dt, span["DTEND"].dt) == (date(2020, 5, 8), date(2020, 10, 3))


def test_a_feed_of_one_kind_holds_nothing_else(whole):
    assert titles(rendered(whole, subscribed(whole, kinds=("workshop",)))) == [
        "Workshop för att prioritera inspel"
    ]


def test_an_unknown_kind_is_refused_with_those_there_are(whole):
    with pytest.raises(BadInput, match="Det finns ingen sorts aktivitet fest"):
        subscribed(whole, kinds=("fest",))


def test_an_organisations_feed_holds_its_own_extension_and_whether_it_has_answered(engine):
    under_way = RoundUnderWay(engine, a_plan("bracke", "krokom"))
    link = subscribed(under_way, organisation="bracke")
    title = "Förfrågan om inspel från kommunerna – sista svarsdag"
    before = event(rendered(under_way, link), title)
    under_way.extend("bracke", date(2020, 10, 9), "2020-09-02 10:00")
    under_way.answer("bracke", "2020-09-03 10:00")
    after = event(rendered(under_way, link), f"Besvarad: {title}")
    assert (before["DTSTART"].dt, after["DTSTART"].dt) == (date(2020, 10, 2), date(2020, 10, 9))
    assert before["UID"] == after["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["DTSTAMP"].dt > before["DTSTAMP"].dt


def test_the_same_facts_are_the_same_bytes_and_a_move_is_another_sequence(whole):
    link = subscribed(whole)
    first, again = rendered(whole, link), rendered(whole, link, now=NOW + timedelta(days=3))
    whole.move(date(2020, 10, 9), "2020-09-04 10:00")
    moved = rendered(whole, link)
    title = "Förfrågan om inspel från kommunerna – sista dag"
    assert (first.content, first.etag) == (again.content, again.etag)
    assert moved.etag != first.etag
    assert moved.changed_at == sv("2020-09-04 10:00")
    assert [event(f, title)["SEQUENCE"] for f in (first, moved)] == [0, 1]


def test_what_is_cancelled_stays_six_weeks_as_cancelled_and_is_then_gone(whole):
    link = subscribed(whole)
    with transaction(whole.engine) as session:
        known = session.get_one(Round, whole.id)
        cancel(session, find_activity(session, known, "workshop"), by=By.person(WHO, NOW))
    still = event(rendered(whole, link), "INSTÄLLT: Workshop för att prioritera inspel")
    assert (still["STATUS"], still["SEQUENCE"]) == ("CANCELLED", 1)
    assert not still.walk("VALARM")
    later = titles(rendered(whole, link, now=NOW + timedelta(days=43)))
    assert [title for title in later if "Workshop" in title] == []


def test_a_quarter_without_a_day_is_tentative(whole):
    title = (
        "Fastställande av länsgemensam påverkansagenda – första kvartalet 2021, dag inte bestämd"
    )
    adoption = event(rendered(whole, subscribed(whole)), title)
    assert (adoption["STATUS"], adoption["DTSTART"].dt) == ("TENTATIVE", date(2021, 1, 1))


def test_a_first_day_that_is_no_more_stays_six_weeks_as_cancelled_and_is_then_gone(engine):
    under_way = RoundUnderWay(engine, a_plan("bracke"))
    link, spans = subscribed(under_way), subscribed(under_way)
    under_way.move(date(2020, 5, 8), "2020-04-01 12:00")
    title = "Förfrågan om inspel från kommunerna"
    now, later = sv("2020-05-12 12:00"), sv("2020-05-14 12:00")
    feed = rendered(under_way, link, now=now)
    opened = event(feed, f"INSTÄLLT: {title} – öppnar (nu en enda dag)")
    assert (opened["STATUS"], opened["SEQUENCE"], opened.walk("VALARM")) == ("CANCELLED", 1, [])
    assert titles(feed) == [title, f"INSTÄLLT: {title} – öppnar (nu en enda dag)"]
    assert feed.holds_until == sv("2020-05-13 12:00")
    assert titles(rendered(under_way, link, now=later)) == [title]
    assert titles(rendered(under_way, spans, now=now, has_spans=True)) == [title]


def test_feeds_of_different_reach_have_different_names(whole):
    reaches = [
        {},
        {"organisation": "bracke"},
        {"organisation": "berg"},
        {"kinds": ("workshop",)},
        {"kinds": ("meeting",)},
        {"kinds": ("meeting", "workshop")},
        {"organisation": "bracke", "kinds": ("workshop",)},
    ]
    found = [rendered(whole, subscribed(whole, **reach)) for reach in reaches]
    calendars = [icalendar.Calendar.from_ical(feed.content) for feed in found]
    assert [str(calendar["X-WR-CALNAME"]) for calendar in calendars] == [
        "Påverkansagendan – 2020",
        "Påverkansagendan – 2020 – Bräcke kommun",
        "Påverkansagendan – 2020 – Bergs kommun",
        "Påverkansagendan – 2020 – Workshop",
        "Påverkansagendan – 2020 – Möte",
        "Påverkansagendan – 2020 – Möte och Workshop",
        "Påverkansagendan – 2020 – Bräcke kommun – Workshop",
    ]
    assert all(calendar["NAME"] == calendar["X-WR-CALNAME"] for calendar in calendars)


def test_a_feed_is_named_alike_in_whatever_order_its_kinds_are_given(whole):
    kinds = [("meeting", "workshop"), ("workshop", "meeting", "workshop")]
    found = [rendered(whole, subscribed(whole, kinds=given)) for given in kinds]
    assert found[0].content == found[1].content


def test_another_parser_reads_the_same_days(whole):
    content = rendered(whole, subscribed(whole)).content.decode()
    parsed = vobject.readOne(content)
    assert len(list(parsed.vevent_list)) == len(titles(rendered(whole, subscribed(whole))))


def test_only_the_hash_of_a_feeds_token_is_stored_and_renewing_closes_the_old_one(engine):
    under_way = RoundUnderWay(engine, a_plan("bracke"))
    link_id = subscribed(under_way)
    with transaction(engine) as session:
        link = session.get_one(Link, link_id)
        old = KEYS.token(link)
        assert old not in {link.token_hash, link.uid}
        assert find(session, Purpose.FEED, old) == Found(link, is_former=False)
        renew(session, link, KEYS, by=By.person(WHO, NOW))
        assert not find(session, Purpose.FEED, old).is_open
        assert find(session, Purpose.FEED, KEYS.token(link)).is_open


def test_a_feed_that_was_closed_is_closed_once(engine):
    under_way = RoundUnderWay(engine, a_plan("bracke"))
    link_id = subscribed(under_way)
    with transaction(engine) as session:
        link = session.get_one(Link, link_id)
        for _ in range(2):
            revoke(session, link, by=By.person(WHO, NOW))
        closed = [line for line in entries(session) if line.what == What.FEED_REVOKED]
        assert [line.subject for line in closed] == [f"kalender {link_id}"]
