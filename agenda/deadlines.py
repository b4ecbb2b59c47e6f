"""A round's deadlines and meetings as calendar entries: for everybody, or for one organisation."""

from collections.abc import Iterable, Iterator

from agenda.calendar import Entry
from agenda.facts import Place, Situation
from agenda.kinds import KINDS


def round_entries(situations: Iterable[Situation]) -> Iterator[Entry]:
    """Every activity of a round, for the region's staff."""
    for situation in situations:
        activity = situation.activity
        if activity.starts_on != activity.due_on and not activity.is_quarter:
            yield _entry(situation, "opens", f"{activity.title} – öppnar", is_first_day=True)
        title = activity.title
        if activity.starts_on != activity.due_on:
            title += " – sista dag"
        yield _entry(situation, "due", title)


def organisation_entry(situation: Situation, place: Place) -> Entry:
    """The last day that holds for one organisation; goes with its mails."""
    activity = situation.activity
    due_on = place.due_on(activity)
    title = activity.title if activity.starts_on == due_on else f"{activity.title} – sista svarsdag"
    return Entry(
        uid=f"{situation.round.uid}-{activity.key}-{place.organisation.key}@paverkansagenda",
        title=title,
        first_on=due_on,
        last_on=due_on,
        changed_at=max(
            situation.row.changed_at, place.invitation.changed_at or situation.row.changed_at
        ),
        revision=situation.row.revision + place.invitation.revision,
        description=activity.description,
        category=KINDS[activity.kind].label["sv"],
    )


def _entry(situation: Situation, part: str, title: str, *, is_first_day: bool = False) -> Entry:
    activity = situation.activity
    first_on = activity.starts_on if is_first_day or activity.is_quarter else activity.due_on
    return Entry(
        uid=f"{situation.round.uid}-{activity.key}-{part}@paverkansagenda",
        title=title,
        first_on=first_on,
        last_on=activity.due_on if activity.is_quarter else first_on,
        changed_at=situation.row.changed_at,
        revision=situation.row.revision,
        description=activity.description,
        category=KINDS[activity.kind].label["sv"],
        is_tentative=activity.is_quarter,
        alarm_days_before=None if is_first_day else 1,
    )
