"""What is known, put into a letter: the facts that its message may name. No words yet."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import TypedDict, Unpack

from agenda.plan.model import Role
from agenda.rounds.facts import Situation
from agenda.rounds.parties import Party
from agenda.workdays import swedish_date
from notifications.letters.kinds import MESSAGES
from notifications.letters.letter import Letter
from notifications.letters.link_places import PLACEHOLDER
from notifications.letters.occasions import occasion_of
from notifications.letters.said import Said
from notifications.outbox.queue import Recipient
from notifications.outbox.recipients import Turn


def letter(
    turn: Turn,
    recipient: Recipient,
    template: str,
    leaves: datetime,
    *,
    party: Party | None = None,
    is_copy: bool = False,
    step: str = "",
    **said: Unpack[Said],
) -> Letter:
    """What a message says, before it is put into words; "tomorrow" counts from when it leaves.

    The letter of a dated step, named, says the coordinator's own words of it if there are any.
    """
    known, today = turn.known, swedish_date(leaves)
    activity = known.activity
    due_on = party.due_on(activity) if party else activity.due_on
    occasion = occasion_of(activity)
    # More time to answer is until a day; a meeting's own day is as unsettled as it was.
    is_quarter = activity.is_quarter and (occasion is not None or due_on == activity.due_on)
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
        is_quarter=is_quarter,
        occasion=occasion,
        today=today,
        workdays_left=_workdays_left(known, today, due_on),
        coordinator=known.head.coordinator,
        recipient_name=recipient.name,
        organisation_name=party.organisation.name if party else None,
        is_locked=bool(known.row.locked_at or known.row.done_at),
        answered=tuple(_names(known, party, answered=True)),
        outstanding=tuple(_names(known, party, answered=False)),
        answer_url=PLACEHOLDER if party and MESSAGES[template].has_link and not is_copy else None,
        asked_at=turn.invited.asked_at.get(party.organisation.id) if party else None,
        is_copy=is_copy,
        intended_for=_escalated_to(party) if party and is_copy else None,
        **_own_words(turn, recipient, step, party),
        **said,
    )


class _InOwnWords(TypedDict, total=False):
    own_words: str
    own_lines: tuple[str, ...]


def _own_words(turn: Turn, recipient: Recipient, step: str, party: Party | None) -> _InOwnWords:
    if not step or party is None:
        return {}
    own = turn.own_words.said_to(step, party.organisation.id, recipient.language)
    return {"own_words": own.words, "own_lines": own.lines}


def _workdays_left(known: Situation, today: date, due_on: date) -> int:
    if today <= due_on:
        return known.workdays.between(today, due_on)
    return -known.workdays.between(due_on, today)


def _escalated_to(party: Party) -> str | None:
    """Who the original of a copied escalation goes to."""
    originals = party.reached(Role.ESCALATION)
    return originals[0].name if originals else None


def _names(known: Situation, party: Party | None, *, answered: bool) -> Iterator[str]:
    """Who has answered, or has not; a letter about one organisation says it of that one."""
    only = party.organisation.key if party else None
    for asked in known.facts.asked:
        if (asked.answer is not None) == answered and only in (None, asked.organisation):
            yield known.parties[asked.organisation].organisation.name
