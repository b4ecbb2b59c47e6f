"""Verdicts to messages: who is told what when a step is due, each rendered and queued."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Unpack

from agenda.facts import Situation
from agenda.links import PLACEHOLDER
from agenda.models import ExtensionLink, Link, identity
from agenda.places import Place
from agenda.plan.model import Role
from agenda.timetable import Audience, StepKind
from agenda.verdicts import Status, Verdict, due
from agenda.workdays import midnight_after, swedish_date
from notifications.hours import leaves_at
from notifications.invitations import calendar_file
from notifications.letters import Letter, render
from notifications.occasions import occasion_of
from notifications.outbox import Cause, Recipient, Worded, queue
from notifications.own_work import queue_together
from notifications.recipients import Turn, coordinators, organisation_recipients, step_recipients
from notifications.said import Said, digest, kept

WITH_LINK = (
    "invitation",
    "reminder",
    "last_reminder",
    "overdue",
    "moved",
    "extension",
    "extension_denied",
    "receipt",
    "new_link",
    "same_link",
    "colleague",
)


def queue_due(turn: Turn) -> list[int]:
    """Queue everything that is due about an activity now; the new messages' ids."""
    found = turn.known.verdicts(turn.now)
    queued = [message for verdict in due(found) for message in _queue_due_step(turn, verdict)]
    queued += _all_answered(turn)
    queued += [m for place in _without_address(turn, found) for m in _no_address(turn, place)]
    return queued


def _queue_due_step(turn: Turn, verdict: Verdict) -> list[int]:
    """A step's messages; of somebody's own work the one letter with all of it."""
    is_own_work = verdict.step.audience is Audience.RESPONSIBLE
    together = queue_together(turn, verdict.step) if is_own_work else None
    return queue_step(turn, verdict) if together is None else together


def queue_step(turn: Turn, verdict: Verdict) -> list[int]:
    """Queue one due step's messages, one for each address that it goes to."""
    step, known = verdict.step, turn.known
    place = known.places[verdict.organisation] if verdict.organisation else None
    is_in_time = turn.now < midnight_after(step.due_on)
    speaks_to_it = step.audience is Audience.ORGANISATION
    cause = _cause(
        known,
        place,
        audience=step.audience.value,
        step_key=step.key,
        step=step.name,
        template=step.kind.value,
        due_on=step.due_on,
        # Only whose last day would else pass unseen is written to when people are free.
        leaves_by=midnight_after(step.due_on) if is_in_time and speaks_to_it else None,
        link=_organisation_link(turn, place, step.kind.value),
    )
    leaves = _leaves_at(turn, cause)
    letters = [
        (recipient, letter(turn, recipient, cause.template, leaves, place=place, is_copy=is_copy))
        for recipient, is_copy in step_recipients(turn, verdict, place)
    ]
    return _queue_all(turn, cause, letters, leaves, place)


def tell(
    turn: Turn,
    template: str,
    *,
    subject_key: str,
    place: Place | None = None,
    is_prompt: bool = False,
    recipients: list[Recipient] | None = None,
    link: Link | ExtensionLink | None = None,
    **said: Unpack[Said],
) -> list[int]:
    """Queue what something other than a dated step causes.

    Without recipients it goes to the organisation, or to the coordinator if there is none.
    `subject_key` tells one such message about the activity from the next. A colleague's own
    link, or one to a decision, stands in it instead of the organisation's when it is given.
    """
    known = turn.known
    due_on = place.due_on(known.activity) if place else known.activity.due_on
    to_organisation = place is not None and recipients is None
    cause = _cause(
        known,
        place,
        audience=(Audience.ORGANISATION if to_organisation else Audience.COORDINATOR).value,
        step_key=f"{known.activity.key}:{template}:{subject_key}",
        step=template,
        template=template,
        due_on=due_on,
        is_prompt=is_prompt,
        link=link or _organisation_link(turn, place, template),
    )
    if recipients is None:
        recipients = organisation_recipients(place) if place else coordinators(turn)
    leaves = _leaves_at(turn, cause)
    letters = [(to, letter(turn, to, template, leaves, place=place, **said)) for to in recipients]
    return _queue_all(turn, cause, letters, leaves, place, said=kept(said))


def letter(
    turn: Turn,
    recipient: Recipient,
    template: str,
    leaves: datetime,
    *,
    place: Place | None = None,
    is_copy: bool = False,
    **said: Unpack[Said],
) -> Letter:
    """What a message says, before it is put into words; "tomorrow" counts from when it leaves."""
    known, today = turn.known, swedish_date(leaves)
    activity = known.activity
    due_on = place.due_on(activity) if place else activity.due_on
    return Letter(
        template=template,
        language=recipient.language,
        round_name=known.round.name,
        plan_title=known.head.title,
        activity_title=activity.title,
        activity_kind=activity.kind,
        description=activity.description,
        starts_on=activity.starts_on,
        due_on=due_on,
        is_quarter=activity.is_quarter,
        occasion=occasion_of(activity),
        today=today,
        workdays_left=_workdays_left(known, today, due_on),
        coordinator=known.head.coordinator,
        recipient_name=recipient.name,
        organisation_name=place.organisation.name if place else None,
        is_locked=bool(known.row.locked_at or known.row.done_at),
        answered=tuple(_names(known, place, answered=True)),
        outstanding=tuple(_names(known, place, answered=False)),
        answer_url=PLACEHOLDER if place and template in WITH_LINK and not is_copy else None,
        asked_at=turn.invited.asked_at.get(place.organisation.id) if place else None,
        is_copy=is_copy,
        intended_for=_escalated_to(place) if place and is_copy else None,
        **said,
    )


def _workdays_left(known: Situation, today: date, due_on: date) -> int:
    if today <= due_on:
        return known.workdays.between(today, due_on)
    return -known.workdays.between(due_on, today)


def _escalated_to(place: Place) -> str | None:
    """Who the original of a copied escalation goes to."""
    originals = place.reached(Role.ESCALATION)
    return originals[0].name if originals else None


def _queue_all(
    turn: Turn,
    cause: Cause,
    letters: list[tuple[Recipient, Letter]],
    leaves: datetime,
    place: Place | None,
    *,
    said: dict[str, Any] | None = None,
) -> list[int]:
    queued = []
    for recipient, words in letters:
        queued.append(
            queue(
                turn.session,
                cause,
                recipient,
                render(words),
                now=turn.now,
                leaves_at=leaves,
                domain=turn.office.domain,
                calendar=calendar_file(turn, cause.template, recipient, place),
                in_reply_to=_thread(turn, cause, recipient),
                worded=Worded(digest(words), said),
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
    place: Place | None,
    *,
    audience: str,
    step_key: str,
    step: str,
    template: str,
    due_on: date | None,
    is_prompt: bool = False,
    leaves_by: datetime | None = None,
    link: Link | ExtensionLink | None = None,
) -> Cause:
    return Cause(
        round_id=identity(known.round),
        activity_id=known.row.id,
        organisation_id=place.organisation.id if place else None,
        audience=audience,
        step_key=step_key,
        step=step,
        template=template,
        due_on=due_on,
        is_prompt=is_prompt,
        leaves_by=leaves_by,
        link_id=link.id if isinstance(link, Link) else None,
        extension_link_id=link.id if isinstance(link, ExtensionLink) else None,
    )


def _organisation_link(turn: Turn, place: Place | None, template: str) -> Link | None:
    """The organisation's personal link, where its message leads to an answer."""
    if place is None or template not in WITH_LINK:
        return None
    return turn.link_of(place)


def _all_answered(turn: Turn) -> list[int]:
    facts = turn.known.facts
    ended = facts.done_at or facts.cancelled_at or facts.round_closed_at
    if ended or not facts.asked or facts.outstanding or not turn.known.activity.steps.closes:
        return []
    return tell(turn, "all_answered", subject_key=turn.known.activity.due_on.isoformat())


def _without_address(turn: Turn, found: list[Verdict]) -> Iterator[Place]:
    """The organisations that something is due to now and that no address is known of."""
    keys = {
        verdict.organisation
        for verdict in found
        if verdict.status is Status.NO_ADDRESS and verdict.step.at <= turn.now
    }
    return (place for key, place in turn.known.places.items() if key in keys)


def _no_address(turn: Turn, place: Place) -> list[int]:
    return tell(turn, "no_address", subject_key="", place=place, recipients=coordinators(turn))


def _names(known: Situation, place: Place | None, *, answered: bool) -> Iterator[str]:
    """Who has answered, or has not; a letter about one organisation says it of that one."""
    for asked in known.facts.asked:
        whose = known.places[asked.organisation]
        if (asked.answer is not None) == answered and place in (None, whose):
            yield whose.organisation.name
