"""Verdicts to messages: who is told what when a step is due, each rendered and queued."""

import logging
from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any, Unpack

from sqlalchemy.exc import SQLAlchemyError

from agenda.models import Link, identity
from agenda.rounds.facts import Situation
from agenda.rounds.parties import Party, all_answered_since
from agenda.steps.kinds import Audience, StepKind
from agenda.steps.timetable import Step
from agenda.steps.verdicts import Status, Verdict, due
from agenda.words.addresses import mailbox_of
from agenda.words.errors import AgendaError
from agenda.workdays import midnight_after
from notifications.letters.kinds import MESSAGES
from notifications.letters.letter import Letter, Trouble
from notifications.letters.said import Said, kept
from notifications.notices.making import Wanted, make
from notifications.notices.own_work import queue_together
from notifications.notices.telling import letter
from notifications.outbox.hours import leaves_at
from notifications.outbox.queue import Cause, Recipient, Worded, last_queued, queue
from notifications.outbox.recipients import (
    Turn,
    coordinators,
    organisation_recipients,
    step_recipients,
)

__all__ = ["letter", "queue_due", "queue_step", "tell", "wanted_by"]

_log = logging.getLogger(__name__)


def queue_due(turn: Turn) -> list[int]:
    """Queue everything that is due about an activity now; the new messages' ids."""
    found = turn.known.verdicts(turn.now)
    queued = [message for verdict in due(found) for message in queue_unless_faulty(turn, verdict)]
    queued += _all_answered(turn)
    queued += [m for party in _without_address(turn, found) for m in _no_address(turn, party)]
    return queued


def queue_unless_faulty(turn: Turn, verdict: Verdict) -> list[int]:
    """Queue a due step; one that trips our own code does not hold the others, and is told."""
    try:
        return _queue_due_step(turn, verdict)
    except SQLAlchemyError:
        raise
    except Exception as error:
        _log.exception("step %s could not be queued", verdict.step.key)
        why = f"Programmet gjorde fel när brevet skulle skrivas ({type(error).__name__})."
        whose = turn.known.parties[verdict.organisation] if verdict.organisation else None
        name = whose.organisation.name if whose else turn.known.activity.title
        return tell(
            turn,
            "set_aside",
            subject_key=f"{verdict.step.key}:{verdict.organisation or ''}",
            recipients=coordinators(turn),
            is_prompt=True,
            troubles=(Trouble(name, "", str(error) if isinstance(error, AgendaError) else why),),
        )


def _queue_due_step(turn: Turn, verdict: Verdict) -> list[int]:
    """A step's messages; of somebody's own work the one letter with all of it."""
    is_own_work = verdict.step.audience is Audience.RESPONSIBLE
    together = queue_together(turn, verdict.step) if is_own_work else None
    return queue_step(turn, verdict) if together is None else together


def queue_step(
    turn: Turn, verdict: Verdict, *, to: Collection[str] | None = None, is_ahead: bool = False
) -> list[int]:
    """Queue one due step's messages, one for each address that it goes to.

    With `to` only for those mailboxes, as `mailbox_of` gives them; ahead when a person has it
    leave before its day.
    """
    step, known = verdict.step, turn.known
    party = known.parties[verdict.organisation] if verdict.organisation else None
    cause = _cause(
        known,
        party,
        audience=step.audience.value,
        step_key=step.key,
        step=step.name,
        template=step.kind.value,
        due_on=step.due_on,
        ahead_at=turn.now if is_ahead else None,
        leaves_by=_leaves_by(turn, step),
        link=_organisation_link(turn, party, step.kind.value),
    )
    leaves = _leaves_at(turn, cause)
    letters = _letters_of(turn, verdict, party, leaves)
    if to is not None:
        letters = [(who, words) for who, words in letters if mailbox_of(who.address) in to]
    return _queue_all(turn, cause, letters, leaves, party)


def wanted_by(turn: Turn, verdict: Verdict) -> Iterator[Wanted]:
    """A due step's messages, before they are made."""
    step, known = verdict.step, turn.known
    party = known.parties[verdict.organisation] if verdict.organisation else None
    leaves = leaves_at(turn.now, known.head.sending, known.workdays, by=_leaves_by(turn, step))
    for recipient, words in _letters_of(turn, verdict, party, leaves):
        yield Wanted(turn, recipient, words, party)


def _leaves_by(turn: Turn, step: Step) -> datetime | None:
    """Only whose last day would else pass unseen is written to when people are free."""
    end = midnight_after(step.due_on)
    return end if step.audience is Audience.ORGANISATION and turn.now < end else None


def _letters_of(
    turn: Turn, verdict: Verdict, party: Party | None, leaves: datetime
) -> list[tuple[Recipient, Letter]]:
    template, step = verdict.step.kind.value, verdict.step.name
    return [
        (to, letter(turn, to, template, leaves, party=party, is_copy=is_copy, step=step))
        for to, is_copy in step_recipients(turn, verdict, party)
    ]


def tell(
    turn: Turn,
    template: str,
    *,
    subject_key: str,
    party: Party | None = None,
    is_prompt: bool = False,
    recipients: list[Recipient] | None = None,
    audience: Audience | None = None,
    leaves_by: datetime | None = None,
    link: Link | None = None,
    **said: Unpack[Said],
) -> list[int]:
    """Queue what something other than a dated step causes.

    Without recipients it goes to the organisation, or to the coordinator if there is none.
    `subject_key` tells one such message about the activity from the next. A colleague's own
    link, or one to a decision, stands in it instead of the organisation's when it is given.
    """
    known = turn.known
    due_on = party.due_on(known.activity) if party else known.activity.due_on
    to_organisation = party is not None and recipients is None
    cause = _cause(
        known,
        party,
        audience=(
            audience or (Audience.ORGANISATION if to_organisation else Audience.COORDINATOR)
        ).value,
        step_key=f"{known.activity.key}:{template}:{subject_key}",
        step=template,
        template=template,
        due_on=due_on,
        is_prompt=is_prompt,
        leaves_by=leaves_by,
        link=link or _organisation_link(turn, party, template),
    )
    if recipients is None:
        recipients = organisation_recipients(party) if party else coordinators(turn)
    leaves = _leaves_at(turn, cause)
    letters = [(to, letter(turn, to, template, leaves, party=party, **said)) for to in recipients]
    return _queue_all(turn, cause, letters, leaves, party, said=kept(said))


def _queue_all(
    turn: Turn,
    cause: Cause,
    letters: list[tuple[Recipient, Letter]],
    leaves: datetime,
    party: Party | None,
    *,
    said: dict[str, Any] | None = None,
) -> list[int]:
    queued = []
    for recipient, words in letters:
        wanted = Wanted(turn, recipient, words, party)
        key = wanted.key
        made = make(wanted, key)
        queued.append(
            queue(
                turn.session,
                cause,
                recipient,
                made.rendered,
                now=turn.now,
                leaves_at=leaves,
                domain=turn.office.domain,
                calendar=made.calendar,
                in_reply_to=_thread(turn, cause, recipient),
                worded=Worded(key.digest, said),
            )
        )
    return [message for message in queued if message is not None]


def _thread(turn: Turn, cause: Cause, recipient: Recipient) -> str | None:
    """The invitation under which a message to an organisation is shown."""
    if cause.organisation_id is None or cause.template == StepKind.INVITATION:
        return None
    return turn.invited.threads.get((cause.organisation_id, recipient.address))


def _leaves_at(turn: Turn, cause: Cause) -> datetime:
    if cause.is_prompt:
        return turn.now
    known = turn.known
    return leaves_at(turn.now, known.head.sending, known.workdays, by=cause.leaves_by)


def _cause(
    known: Situation,
    party: Party | None,
    *,
    audience: str,
    step_key: str,
    step: str,
    template: str,
    due_on: date | None,
    ahead_at: datetime | None = None,
    is_prompt: bool = False,
    leaves_by: datetime | None = None,
    link: Link | None = None,
) -> Cause:
    return Cause(
        round_id=identity(known.round),
        activity_id=known.row.id,
        organisation_id=party.organisation.id if party else None,
        audience=audience,
        step_key=step_key,
        step=step,
        template=template,
        due_on=due_on,
        ahead_at=ahead_at,
        is_prompt=is_prompt,
        leaves_by=leaves_by,
        link_id=link.id if link else None,
    )


def _organisation_link(turn: Turn, party: Party | None, template: str) -> Link | None:
    """The organisation's personal link, where its message leads to an answer."""
    if party is None or not MESSAGES[template].has_link:
        return None
    return turn.link_of(party)


def _all_answered(turn: Turn) -> list[int]:
    """Once for each time that the last answer came in, whatever happens to the dates after it."""
    known, facts = turn.known, turn.known.facts
    is_asking = facts.asked and known.activity.steps.closes and not facts.stage.is_over
    if facts.outstanding or not is_asking:
        return []
    since = all_answered_since(turn.session, identity(known.row))
    told_at = last_queued(turn.session, identity(known.row), "all_answered")
    if told_at is not None and told_at >= since:
        return []
    due_on = known.activity.due_on.isoformat()
    key = due_on if told_at is None else f"{due_on}:{since.isoformat()}"
    return tell(turn, "all_answered", subject_key=key)


def _without_address(turn: Turn, found: list[Verdict]) -> Iterator[Party]:
    """The organisations that something is due to now and that no address is known of."""
    keys = {
        verdict.organisation
        for verdict in found
        if verdict.status is Status.NO_ADDRESS and verdict.step.at <= turn.now
    }
    return (party for key, party in turn.known.parties.items() if key in keys)


def _no_address(turn: Turn, party: Party) -> list[int]:
    return tell(turn, "no_address", subject_key="", party=party, recipients=coordinators(turn))
