"""Letters that a person has leave: a step ahead of its day, a reminder outside the plan's steps."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session

from agenda.models import Activity, Organisation
from agenda.register import By, What, record, subject_of
from agenda.rounds.activities import refuse_act
from agenda.rounds.facts import Situation
from agenda.rounds.parties import Party
from agenda.rounds.sentences import SENTENCES
from agenda.steps.by_hand import REMINDER_NOW, why_not_reminded
from agenda.steps.reasons import reason
from agenda.steps.stages import Act
from agenda.steps.verdicts import Status, Verdict
from agenda.steps.verdicts.ahead import sent_ahead
from agenda.words.errors import BadInput
from agenda.workdays import midnight_after, swedish_date
from notifications.acts.turns import turn_of
from notifications.notices.queueing import queue_step, tell
from notifications.office import Office
from notifications.outbox.hours import leaves_at
from notifications.outbox.recipients import Turn

MOST_NAMED = 12
"""How many that get no letter are named, each with why."""
_NO_NEWS = (Status.ANSWERED, Status.NOTHING_TO_REPORT, Status.DECLINED, Status.DONE)
"""Why somebody gets no letter, where nobody expects that they do."""


def send_ahead(
    session: Session,
    office: Office,
    activity: Activity,
    step: str,
    *,
    by: By,
    organisation: Organisation | None = None,
) -> None:
    """Have a step that lies ahead leave at once; it does not leave again on its day.

    Raises:
        BadInput: nobody would get it; says why not.
    """
    refuse_act(session, activity, Act.SEND_AHEAD)
    turn = turn_of(session, office, activity, by.at)
    found = judged(turn.known, step, by.at, organisation)
    leaving = [verdict for verdict in found if verdict.status is Status.DUE]
    if not leaving:
        raise BadInput(_why_nobody(turn.known, step, found))
    for verdict in leaving:
        queue_step(turn, verdict, is_ahead=True)
    subject = subject_of(activity, organisation)
    record(session, by, What.STEP_SENT_AHEAD, subject, after=step)


def judged(
    known: Situation, step: str, now: datetime, organisation: Organisation | None
) -> list[Verdict]:
    """The verdict on a step for those whom it is about, were it to leave now."""
    only = organisation.key if organisation else None
    found = sent_ahead(known.timetables(now), known.facts, step, now)
    return [verdict for verdict in found if only in (None, verdict.organisation)]


def left_out(
    known: Situation, step: str, now: datetime, organisation: Organisation | None
) -> list[str]:
    """Why others do not get a step that is sent ahead, a sentence each."""
    why = [
        _reason(known, verdict)
        for verdict in judged(known, step, now, organisation)
        if verdict.status not in (Status.DUE, *_NO_NEWS)
    ]
    return _named(why)


def _named(why: Sequence[str]) -> list[str]:
    more = len(why) - MOST_NAMED
    named = list(why[:MOST_NAMED])
    return [*named, SENTENCES("and_more", count=more)] if more > 0 else named


def _reason(known: Situation, verdict: Verdict) -> str:
    name = known.parties[verdict.organisation or ""].organisation.name
    sentence = reason(verdict, name, "sv")
    return sentence if name in sentence else f"{name}: {sentence}"


def _why_nobody(known: Situation, step: str, found: Sequence[Verdict]) -> str:
    """Of one, why not; of all, why not the first, or that there is no such step ahead."""
    if not found:
        return SENTENCES("not_ahead", key=known.activity.key, step=step)
    telling = next((one for one in found if one.status not in _NO_NEWS), found[0])
    sentence = _reason(known, telling)
    return sentence if len(found) == 1 else SENTENCES("nobody_gets_it", why=sentence)


class Reminding(NamedTuple):
    """Whom a reminder by hand would go to, and why not to others."""

    leaves_at: datetime
    whom: list[Party]
    why_not: list[str]


def reminding(turn: Turn, keys: Collection[str]) -> Reminding:
    """Who would be reminded now; of no keys all who have not answered."""
    known, now = turn.known, turn.now
    timetables, whom, why_not = known.timetables(now), list[Party](), list[str]()
    leaves = leaves_at(now, known.head.sending, known.workdays)
    for asked in known.facts.asked:
        if (keys and asked.organisation not in keys) or (not keys and asked.answer is not None):
            continue
        party = known.parties[asked.organisation]
        name = party.organisation.name
        found = why_not_reminded(timetables, known.facts, asked, who=name, at=leaves, now=now)
        if found is None:
            whom.append(party)
        else:
            why_not.append(found)
    return Reminding(leaves, whom, why_not)


def remind_now(
    session: Session,
    office: Office,
    activity: Activity,
    *,
    keys: Collection[str] = (),
    by: By,
    note: str = "",
) -> None:
    """Remind those who have not answered, outside the plan's own steps.

    Args:
        session: A transaction.
        office: The office that letters are sent from.
        activity: What they have not answered.
        keys: Only these organisations; none: all who have not answered.
        by: Who has them reminded, and when.
        note: A person's own words to them.

    Raises:
        BadInput: nobody can be reminded; says why not.
    """
    refuse_act(session, activity, Act.REMIND)
    turn = turn_of(session, office, activity, by.at)
    found = reminding(turn, keys)
    if not found.whom:
        raise BadInput(_nobody_reminded(activity, found))
    for party in found.whom:
        _remind(turn, party, found.leaves_at, note)
        subject = subject_of(activity, party.organisation)
        record(session, by, What.REMINDED_NOW, subject, after=note)


def _nobody_reminded(activity: Activity, found: Reminding) -> str:
    if not found.why_not:
        return SENTENCES("nobody_to_remind", key=activity.key)
    [first, *others] = found.why_not
    return SENTENCES("nobody_gets_it", why=first) if others else first


def _remind(turn: Turn, party: Party, leaves: datetime, note: str) -> None:
    end = midnight_after(party.due_on(turn.known.activity))
    tell(
        turn,
        REMINDER_NOW,
        subject_key=swedish_date(leaves).isoformat(),
        party=party,
        # A last day on a day off would else pass before anybody reads of it.
        leaves_by=end if turn.now < end else None,
        note=note,
    )


def not_reminded(turn: Turn, keys: Collection[str]) -> Iterator[str]:
    """Why others are not reminded, a sentence each."""
    found = reminding(turn, keys)
    if found.whom:
        yield from _named(found.why_not)
