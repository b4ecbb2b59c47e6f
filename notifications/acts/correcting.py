"""What an act makes untrue of what people have heard, told them once.

Each is told by the newest letter that they have: that it is off, that it is on again, or
that the day is another. Who has heard nothing is told nothing: the invitation is to come.
"""

from datetime import date

from agenda.plan.model import PlannedActivity
from agenda.rounds.parties import Party
from agenda.steps.kinds import Audience
from agenda.steps.stages import Stage
from notifications.notices.queueing import tell
from notifications.outbox.heard import News, heard_by_organisations, heard_by_the_region
from notifications.outbox.recipients import Turn, responsible


def tell_what_changed(turn: Turn, *, note: str = "", quarter_on: date | None = None) -> int:
    """Tell everybody what is not as they have heard; how many organisations are told.

    Args:
        turn: The activity, as it is after the act.
        note: The words of the person who decided.
        quarter_on: The last day of the quarter that one day has been settled of.
    """
    heard = heard_by_organisations(turn.session, turn.known)
    told = 0
    for party in turn.known.parties.values():
        news = heard.get(party.organisation.id)
        if news is None:
            continue
        news, day = _compared(turn.known.activity, party, news)
        was_quarter = quarter_on is not None and news.due_on == quarter_on
        if template := correction(turn.known.facts.stage, news, day, was_quarter=was_quarter):
            told += _correct(turn, template, news, party, note=note, was_quarter=was_quarter)
    _tell_the_region(turn, note, quarter_on)
    return told


def _compared(activity: PlannedActivity, party: Party, news: News) -> tuple[News, date]:
    """What an organisation has heard and what holds: of a meeting's day, else of its last day."""
    if news.meets_on is None:
        return news, party.due_on(activity)
    return news._replace(due_on=news.meets_on), activity.due_on


def correction(stage: Stage, news: News, due_on: date, *, was_quarter: bool) -> str | None:
    """The letter that puts right what somebody has heard; None when it is still so."""
    if stage is Stage.CANCELLED:
        return None if news.template == "cancelled" else "cancelled"
    if news.template == "cancelled":
        return "reinstated"
    is_another = news.due_on is not None and (news.due_on != due_on or was_quarter)
    return "moved" if is_another else None


def _correct(
    turn: Turn, template: str, news: News, party: Party, *, note: str, was_quarter: bool
) -> bool:
    organisation, revision = party.organisation.key, turn.known.row.revision
    keys = {"moved": f"{news.due_on}:{party.due_on(turn.known.activity)}:{revision}"}
    queued = tell(
        turn,
        template,
        subject_key=keys.get(template, f"{organisation}:{revision}"),
        party=party,
        former_due_on=news.due_on,
        former_is_quarter=was_quarter,
        note=note,
        decided_by=turn.known.head.coordinator.name,
    )
    return bool(queued)


def _tell_the_region(turn: Turn, note: str, quarter_on: date | None) -> None:
    """Tell the person responsible the same, unless it is the coordinator, who decided it."""
    known, person = turn.known, responsible(turn.known)
    coordinator = known.head.coordinator
    if person.address == coordinator.address:
        return
    news = heard_by_the_region(turn.session, known)
    if news is None:
        return
    was_quarter = quarter_on is not None and news.due_on == quarter_on
    day = known.activity.due_on
    template = correction(known.facts.stage, news, day, was_quarter=was_quarter)
    if template is None:
        return
    tell(
        turn,
        template,
        subject_key=f"{news.due_on}:{known.activity.due_on}:{known.row.revision}",
        recipients=[person],
        audience=Audience.RESPONSIBLE,
        former_due_on=news.due_on,
        former_is_quarter=was_quarter,
        note=note,
        decided_by=coordinator.name,
    )
