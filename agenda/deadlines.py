"""A round's deadlines and meetings as calendar entries: for everybody, or for one organisation."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from agenda import models
from agenda.addresses import channel_schema
from agenda.calendar import Entry
from agenda.facts import Situation
from agenda.kinds import KINDS
from agenda.places import Place
from agenda.plan.model import Activity, PlanHead
from agenda.workdays import swedish_instant


class Dated(Protocol):
    """An activity as far as its own days go: a `Situation`, or less."""

    @property
    def round(self) -> models.Round:
        """The round it belongs to."""

    @property
    def row(self) -> models.Activity:
        """What is stored of it."""

    @property
    def head(self) -> PlanHead:
        """What the plan says besides its activities."""

    @property
    def activity(self) -> Activity:
        """The plan's own value, with the dates that hold now."""


_ASKED = {
    "municipality": "kommunerna",
    "consultee": "remissinstanserna",
    "body": "organen",
}
"""The kinds of organisation, as those who are asked are called in a sentence."""


def round_entries(
    found: Iterable[Dated], *, portal_url: str, has_spans: bool = False
) -> Iterator[Entry]:
    """Every activity of a round, for the region's staff; each leads to the portal's first page.

    A long activity is its first and its last day, because a banner of five months hides
    everything else; `has_spans` gives the banner. A meeting of several days is all of them.
    """
    for dated in found:
        activity = dated.activity
        whole = replace(_entry(dated, "due", activity.title), url=f"{portal_url}/")
        whole = replace(whole, description=_paragraphs(activity.description, *_who(dated)))
        is_long = activity.starts_on != activity.due_on
        if _is_meeting(activity):
            yield replace(whole, first_on=activity.starts_on)
            continue
        if is_long and has_spans and not activity.is_quarter:
            span = _uid(dated, "span")
            yield replace(whole, uid=span, first_on=activity.starts_on)
            continue
        if is_long and not activity.is_quarter:
            yield replace(
                whole,
                uid=_uid(dated, "opens"),
                title=f"{activity.title} – öppnar",
                first_on=activity.starts_on,
                last_on=activity.starts_on,
                alarm_days_before=None,
            )
        yield replace(whole, title=f"{activity.title} – sista dag") if is_long else whole


def organisation_entries(
    situation: Situation, organisation_id: int, *, portal_url: str
) -> Iterator[Entry]:
    """What an activity asks of one organisation, for its own calendar; nothing if not asked."""
    for place in situation.places.values():
        if place.organisation.id == organisation_id:
            yield organisation_entry(situation, place, portal_url=portal_url, shows_answer=True)


def organisation_entry(
    situation: Situation, place: Place, *, portal_url: str, shows_answer: bool = False
) -> Entry:
    """The last day that holds for one organisation, or a meeting; goes with mails and feed.

    It leads to where one asks for the personal link, which is not for all who see a calendar.

    Args:
        situation: The activity.
        place: The organisation in it.
        portal_url: Where the portal is reached.
        shows_answer: Whether the title says that it has answered.
    """
    activity = situation.activity
    due_on = place.due_on(activity)
    is_meeting = _is_meeting(activity)
    is_a_day = activity.starts_on == due_on or is_meeting
    title = activity.title if is_a_day else f"{activity.title} – sista svarsdag"
    if shows_answer and place.answer is not None:
        title = f"Besvarad: {title}"
    answered_at = place.answer.recorded_at if shows_answer and place.answer else None
    answers = place.answer.version if shows_answer and place.answer else 0
    changes = (situation.row.changed_at, place.invitation.changed_at, answered_at)
    return replace(
        _entry(situation, place.organisation.key, title),
        description=_paragraphs(activity.description, *_whose(situation, place)),
        url=f"{portal_url}/svar/ny-lank",
        first_on=activity.starts_on if is_meeting else due_on,
        last_on=activity.due_on if is_meeting else due_on,
        changed_at=max(change for change in changes if change is not None),
        revision=situation.row.revision + place.invitation.revision + answers,
    )


def _who(dated: Dated) -> Iterator[str]:
    """Who answers for the work, and who is asked."""
    activity = dated.activity
    yield f"Ansvarig: {(activity.responsible or dated.head.responsible).name}"
    if activity.asks:
        asked = dict.fromkeys(_ASKED.get(key, "enskilda organisationer") for key in activity.asks)
        yield f"Tillfrågade: {' och '.join(asked)}"


def _whose(situation: Situation, place: Place) -> Iterator[str]:
    """Whose answer it is about, and who knows more."""
    yield f"Svar från: {place.organisation.name}"
    coordinator = situation.head.coordinator
    # The URL of another channel than mail holds the key to it.
    address = "" if channel_schema(coordinator.address) else f", {coordinator.address}"
    yield f"Frågor: {coordinator.name}{address}"


def _paragraphs(first: str, *lines: str) -> str:
    return "\n\n".join(filter(None, (first, "\n".join(lines))))


def _uid(dated: Dated, part: str) -> str:
    return f"{dated.round.uid}-{dated.activity.key}-{part}@paverkansagenda"


def _is_meeting(activity: Activity) -> bool:
    """Whether it is a meeting whose days are settled: in a whole quarter nobody meets."""
    return KINDS[activity.kind].is_meeting and not activity.is_quarter


def _entry(dated: Dated, part: str, title: str) -> Entry:
    activity = dated.activity
    starts_at, ends_at = _times(dated)
    return Entry(
        uid=_uid(dated, part),
        title=title,
        first_on=activity.starts_on if activity.is_quarter else activity.due_on,
        last_on=activity.due_on,
        changed_at=dated.row.changed_at,
        revision=dated.row.revision,
        category=KINDS[activity.kind].label["sv"],
        starts_at=starts_at,
        ends_at=ends_at,
        place=activity.place or "",
        is_tentative=activity.is_quarter,
        is_cancelled=dated.row.cancelled_at is not None,
    )


def _times(dated: Dated) -> tuple[datetime | None, datetime | None]:
    """When a meeting of one day begins and ends, if its plan says so."""
    activity = dated.activity
    if activity.from_time is None or activity.starts_on != activity.due_on:
        return None, None
    until = activity.until_time
    return (
        swedish_instant(activity.due_on, activity.from_time),
        swedish_instant(activity.due_on, until) if until else None,
    )
