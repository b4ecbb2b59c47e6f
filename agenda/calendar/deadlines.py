"""A round's deadlines and meetings as calendar entries: for everybody, or for one organisation."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Protocol

from agenda import models
from agenda.calendar.rendering import Entry
from agenda.kinds import KINDS
from agenda.plan.meeting_hours import hours_of
from agenda.plan.model import PlanHead, PlannedActivity
from agenda.plan.words import quarter_in_words
from agenda.rounds.facts import Situation
from agenda.rounds.parties import Party
from agenda.words.addresses import channel_schema
from agenda.workdays import Workdays


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
    def activity(self) -> PlannedActivity:
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
    everything else; `has_spans` makes the last day's entry that banner. A meeting of several
    days is all of them.
    """
    for dated in found:
        activity = dated.activity
        whole = replace(_entry(dated, "due", activity.title), url=f"{portal_url}/")
        whole = replace(whole, description=_paragraphs(activity.description, *_who(dated)))
        is_long = activity.starts_on != activity.due_on
        if _is_meeting(activity) or activity.is_quarter or not is_long:
            yield whole
        elif has_spans and not dated.row.was_quarter:
            yield replace(whole, first_on=activity.starts_on)
        else:
            if not dated.row.was_quarter:
                yield _opening(whole, dated)
            yield replace(whole, title=f"{activity.title} – sista dag")
        if not is_long and not has_spans and dated.row.single_day_since is not None:
            # It is not the work that is called off.
            title = f"{activity.title} – öppnar (nu en enda dag)"
            yield replace(_opening(whole, dated), title=title, is_cancelled=True)


def organisation_entries(
    situation: Situation, organisation_id: int, *, portal_url: str
) -> Iterator[Entry]:
    """What an activity asks of one organisation, for its own calendar; nothing if not asked."""
    for party in situation.parties.values():
        if party.organisation.id == organisation_id:
            yield organisation_entry(situation, party, portal_url=portal_url, shows_answer=True)


def organisation_entry(
    situation: Situation, party: Party, *, portal_url: str, shows_answer: bool = False
) -> Entry:
    """The last day that holds for one organisation, or a meeting; goes with mails and feed.

    It leads to where one asks for the personal link, which is not for all who see a calendar.

    Args:
        situation: The activity.
        party: The organisation in it.
        portal_url: Where the portal is reached.
        shows_answer: Whether the title says that it has answered.
    """
    answer = party.answer if shows_answer else None
    changes = (
        situation.row.changed_at,
        party.invitation.changed_at,
        answer.recorded_at if answer else None,
    )
    entry = _own_day(situation, party)
    return replace(
        entry,
        title=f"Besvarad: {entry.title}" if answer else entry.title,
        description=_paragraphs(situation.activity.description, *_whose(situation, party)),
        url=f"{portal_url}/svar/ny-lank",
        changed_at=max(change for change in changes if change is not None),
        revision=entry.revision + party.invitation.revision + (answer.version if answer else 0),
    )


def _own_day(situation: Situation, party: Party) -> Entry:
    """A meeting, a quarter, or the last day that holds for one organisation."""
    activity, due_on = situation.activity, party.due_on(situation.activity)
    entry = _entry(situation, party.organisation.key, activity.title)
    if _is_meeting(activity) or (activity.is_quarter and due_on == activity.due_on):
        return entry
    return replace(
        entry,
        title=activity.title
        if activity.starts_on == due_on
        else f"{activity.title} – sista svarsdag",
        first_on=due_on,
        last_on=due_on,
        is_tentative=False,
        alarm_on=_workday_before(situation, due_on),
    )


def _who(dated: Dated) -> Iterator[str]:
    """Who answers for the work, and who is asked."""
    activity = dated.activity
    yield f"Ansvarig: {(activity.responsible or dated.head.responsible).name}"
    if activity.asks:
        asked = dict.fromkeys(_ASKED.get(key, "enskilda organisationer") for key in activity.asks)
        yield f"Tillfrågade: {' och '.join(asked)}"


def _whose(situation: Situation, party: Party) -> Iterator[str]:
    """Whose answer it is about, and who knows more."""
    yield f"Svar från: {party.organisation.name}"
    coordinator = situation.head.coordinator
    # The URL of another channel than mail holds the key to it.
    address = "" if channel_schema(coordinator.address) else f", {coordinator.address}"
    yield f"Frågor: {coordinator.name}{address}"


def _paragraphs(first: str, *lines: str) -> str:
    return "\n\n".join(filter(None, (first, "\n".join(lines))))


def _uid(dated: Dated, part: str) -> str:
    return f"{dated.round.uid}-{dated.activity.key}-{part}@paverkansagenda"


def _is_meeting(activity: PlannedActivity) -> bool:
    """Whether it is a meeting whose days are settled: in a whole quarter nobody meets."""
    return KINDS[activity.kind].is_meeting and not activity.is_quarter


def _entry(dated: Dated, part: str, title: str) -> Entry:
    """A meeting's days, a quarter, or the last day of other work."""
    activity, hours = dated.activity, hours_of(dated.activity)
    is_whole = activity.is_quarter or _is_meeting(activity)
    return Entry(
        uid=_uid(dated, part),
        title=f"{title} – {_quarter(activity)}" if activity.is_quarter else title,
        first_on=activity.starts_on if is_whole else activity.due_on,
        last_on=activity.due_on,
        changed_at=dated.row.changed_at,
        revision=dated.row.revision,
        category=KINDS[activity.kind].label["sv"],
        starts_at=hours.starts_at if hours else None,
        ends_at=hours.ends_at if hours else None,
        place=activity.place or "",
        is_tentative=activity.is_quarter,
        is_cancelled=dated.row.cancelled_at is not None,
        alarm_on=_alarm_on(dated),
    )


def _opening(whole: Entry, dated: Dated) -> Entry:
    """The first day of a long activity."""
    starts_on = dated.activity.starts_on
    return replace(
        whole,
        uid=_uid(dated, "opens"),
        title=f"{dated.activity.title} – öppnar",
        first_on=starts_on,
        last_on=starts_on,
        alarm_on=None,
    )


def _alarm_on(dated: Dated) -> date | None:
    """The workday before the last day, or before a meeting's first; none for a whole quarter."""
    activity = dated.activity
    if activity.is_quarter:
        return None
    return _workday_before(dated, activity.starts_on if _is_meeting(activity) else activity.due_on)


def _workday_before(dated: Dated, day: date) -> date:
    return Workdays(dated.head.closed_days).before(day, 1)


def _quarter(activity: PlannedActivity) -> str:
    return f"{quarter_in_words(activity.due_on, 'sv')}, dag inte bestämd"
