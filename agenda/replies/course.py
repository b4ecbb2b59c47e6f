"""The course of an activity that asks: its answers locked, its ballot opened, it cancelled."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlmodel import Session

from agenda.kinds.base import BALLOT_CLOSED, BALLOT_OPENED
from agenda.models import Activity, FormName
from agenda.register import By, What, record, subject_of
from agenda.replies.drafts import draft_of
from agenda.replies.extensions import open_request
from agenda.replies.sentences import SENTENCES
from agenda.rounds.activities import refuse_act
from agenda.rounds.facts import Situation
from agenda.steps.stages import Act
from agenda.words.errors import BadInput
from agenda.words.sentence import Sentence
from agenda.workdays import swedish_date


def lock_answers(session: Session, activity: Activity, *, by: By) -> None:
    """Lock an activity's answers, because the work with them begins.

    Raises:
        BadInput: they are locked already, or the activity is over.
    """
    refuse_act(session, activity, Act.LOCK)
    activity.locked_at = by.at
    record(session, by, What.ANSWERS_LOCKED, subject_of(activity))


def unlock_answers(session: Session, activity: Activity, *, by: By) -> None:
    """Take back that an activity's answers were locked.

    Raises:
        BadInput: they are not locked, or the activity is over.
    """
    refuse_act(session, activity, Act.UNLOCK)
    before, activity.locked_at = activity.locked_at, None
    record(session, by, What.ANSWERS_UNLOCKED, subject_of(activity), before=_instant(before))


def shut_out(session: Session, known: Situation) -> Iterator[Sentence]:
    """Who can no longer answer when the answers are locked, one sentence each."""
    parties = list(known.parties.values())
    if missing := [party.organisation.name for party in parties if party.answer is None]:
        yield SENTENCES("not_answered", names=_listed(missing))
    for party in parties:
        if party.answer is not None:
            continue
        name, invitation = party.organisation.name, party.invitation
        if (until := party.due_on(known.activity)) != known.activity.due_on:
            yield SENTENCES("extension_in_vain", name=name, until=until)
        if (asked := open_request(session, invitation)) is not None:
            yield SENTENCES("waits_for_decision", name=name, until=asked.until)
        if (draft := draft_of(session, invitation, FormName.REPLY)) is not None:
            yield SENTENCES("draft_not_sent", name=name, day=swedish_date(draft.saved_at))


def _listed(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    return SENTENCES("several", names=", ".join(names[:-1]), last=names[-1])


def open_ballot(session: Session, activity: Activity, *, by: By) -> None:
    """Open an activity's ballot; one that was closed is opened again.

    Raises:
        BadInput: it is open already.
    """
    if _is_ballot_open(activity):
        raise BadInput(SENTENCES("ballot_open_already", key=activity.key))
    activity.enter(BALLOT_OPENED, by.at)
    activity.leave(BALLOT_CLOSED)
    record(session, by, What.BALLOT_OPENED, subject_of(activity))


def close_ballot(session: Session, activity: Activity, *, by: By) -> None:
    """Close an activity's ballot.

    Raises:
        BadInput: it is not open.
    """
    if not _is_ballot_open(activity):
        raise BadInput(SENTENCES("ballot_not_open", key=activity.key))
    activity.enter(BALLOT_CLOSED, by.at)
    record(session, by, What.BALLOT_CLOSED, subject_of(activity))


def _is_ballot_open(activity: Activity) -> bool:
    return BALLOT_OPENED in activity.since and BALLOT_CLOSED not in activity.since


def cancel(session: Session, activity: Activity, *, by: By) -> None:
    """Cancel an activity: nothing more of it is sent but that it is cancelled.

    Raises:
        BadInput: it is cancelled or done already.
    """
    refuse_act(session, activity, Act.CANCEL)
    activity.cancelled_at = by.at
    activity.revision += 1
    activity.changed_at = by.at
    record(session, by, What.ACTIVITY_CANCELLED, subject_of(activity))


def reinstate(session: Session, activity: Activity, *, by: By) -> None:
    """Take back that an activity was cancelled: it is on again, as it was.

    Raises:
        BadInput: it is not cancelled.
    """
    refuse_act(session, activity, Act.REINSTATE)
    before, activity.cancelled_at = activity.cancelled_at, None
    activity.revision += 1
    activity.changed_at = by.at
    record(session, by, What.ACTIVITY_REINSTATED, subject_of(activity), before=_instant(before))


def _instant(before: datetime | None) -> str:
    return before.isoformat() if before else ""
