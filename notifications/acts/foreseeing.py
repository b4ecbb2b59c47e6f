"""What an act leads to: found by doing it and taking it back, then done if that still holds.

The same functions do both, so what a person is shown is what happens. An act is any function
of a transaction. Its letters, what it holds back and the steps that end or begin are the
difference between two looks at the activities it concerns, one without it and one with it.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from agenda.models import Activity, Message, MessageState, Organisation, Round
from agenda.rounds.facts import Situation, situation
from agenda.rounds.overview import recipient_name
from agenda.steps.labels import step_label
from agenda.steps.verdicts import Status
from agenda.storage.store import aside, transaction
from agenda.words.addresses import shown_address
from notifications.acts.trying import tried
from notifications.delivery.still_true import objections
from notifications.notices.making import use
from notifications.notices.queueing import queue_due
from notifications.office import Office
from notifications.outbox.recipients import Turn

UNWRITABLE = "(ett brev som inte gick att skriva)"
"""The subject of a letter that trips our own code; it is set aside, and told, when it is due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeseeableAct:
    """Something that a person is about to do."""

    does: Callable[[Session, datetime], object]
    """Does it, in a transaction at an instant; called to look ahead, and again in earnest."""
    activity_ids: Sequence[int]
    """The activities that something can follow in."""
    makes: Callable[[Session], Sequence[int]] = lambda _: ()
    """The activities that there are only once it is done, asked for then."""
    remarks: Callable[[Session], Iterable[str]] = lambda _: ()
    """What else there is to think of, in Swedish: what it clashes with, whom it shuts out."""
    remarks_at: Callable[[Session, datetime], Iterable[str]] = lambda _, __: ()
    """The same, where it hangs on the instant."""


class FutureLetter(NamedTuple):
    """One letter that leaves, or that no longer does."""

    activity: str
    step: str
    organisation: str
    """Its name; empty for the region's own people."""
    to: str
    """The name and the address; of another channel than mail only its kind."""
    subject: str
    is_paused: bool
    """Whether it stands still because the round's sending is paused."""
    leaves_at: datetime


class FutureStep(NamedTuple):
    """One dated step to one recipient that was to come and no longer is, or the other way."""

    activity: str
    at: datetime
    label: str
    key: str
    recipient: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequences:
    """What an act leads to, as pure data."""

    letters: tuple[FutureLetter, ...]
    """What is queued because of it, or stands still no longer."""
    withdrawn: tuple[FutureLetter, ...]
    """What waited in the outbox and does not leave any more, or stands still."""
    ends: tuple[FutureStep, ...]
    """The dated steps that would have come and will not."""
    begins: tuple[FutureStep, ...]
    """The dated steps that come instead."""
    remarks: tuple[str, ...]

    @property
    def token(self) -> str:
        """What is the same as long as the same follows, whenever it is looked at."""
        told = [[letter[:-1] for letter in letters] for letters in (self.letters, self.withdrawn)]
        steps = [
            sorted((step.activity, step.key, step.recipient) for step in found)
            for found in (self.ends, self.begins)
        ]
        said = repr((told, steps, self.remarks))
        return hashlib.sha256(said.encode()).hexdigest()


class Overtaken(Exception):  # it is no fault: something happened in between
    """What follows is no longer what was shown; nothing was done."""

    def __init__(self, consequences: Consequences) -> None:
        super().__init__("what follows has changed since it was shown")
        self.consequences = consequences


def foresee(engine: Engine, office: Office, act: ForeseeableAct, *, now: datetime) -> Consequences:
    """What an act would lead to. Nothing is changed.

    Raises:
        AgendaError: it cannot be done; the act's own sentence.
    """
    seen, ahead = tried(engine, lambda session: _done(session, office, act, now=now))
    return _consequences(seen, {key.digest: made.rendered.subject for key, made in ahead.items()})


def carry_out(
    engine: Engine, office: Office, act: ForeseeableAct, *, now: datetime, token: str | None = None
) -> Consequences:
    """Do it, and queue what follows in the same transaction; what followed.

    It is tried first, so that its letters are made before its turn to write.

    Args:
        engine: The database.
        office: The office that letters are sent from.
        act: What is done.
        now: When.
        token: Of the consequences that somebody was shown and said yes to.

    Raises:
        Overtaken: something else would follow than what was shown.
        AgendaError: it cannot be done; the act's own sentence.
    """

    def doing(session: Session) -> Consequences:
        return _consequences(_done(session, office, act, now=now))

    _, ahead = tried(engine, doing)
    with transaction(engine) as session:
        use(session, ahead)
        found = doing(session)
        if token is not None and found.token != token:
            raise Overtaken(found)
        return found


@dataclass(frozen=True, slots=True)
class _Outlook:
    """What is to leave and to come as things stand in a transaction."""

    queued: dict[str, FutureLetter]
    """What waits in the outbox and still holds, by the messages' keys."""
    not_made: dict[str, str]
    """Of those that are not made yet the digests of what they say, by the messages' keys."""
    steps: dict[tuple[str, str, str], FutureStep]
    told: set[tuple[str, str, str]]
    """The steps that are in the outbox or have left."""

    def letters(self, subjects: Mapping[str, str]) -> dict[str, FutureLetter]:
        """What waits, with the subjects of what has been made since."""
        made = {
            key: self.queued[key]._replace(subject=subjects.get(digest, UNWRITABLE))
            for key, digest in self.not_made.items()
        }
        return self.queued | made


class _Seen(NamedTuple):
    """How it stands without an act, and with it."""

    before: _Outlook
    anyway: _Outlook
    """After a look now if nothing were done: that is no consequence."""
    after: _Outlook
    remarks: tuple[str, ...]


def _done(session: Session, office: Office, act: ForeseeableAct, *, now: datetime) -> _Seen:
    ids = act.activity_ids
    before = _outlook(session, ids, now=now)
    anyway = _without(session, office, ids, now=now)
    remarks = (*act.remarks(session), *act.remarks_at(session, now))
    act.does(session, now)
    session.flush()
    ids = (*ids, *act.makes(session))
    _look(session, office, ids, now=now)
    return _Seen(before, anyway, _outlook(session, ids, now=now), remarks)


def _consequences(seen: _Seen, subjects: Mapping[str, str] = MappingProxyType({})) -> Consequences:
    """The difference; with the subjects of letters that had none yet, by their digests."""
    before, anyway, after = (outlook.letters(subjects) for outlook in seen[:3])
    usual = before | anyway
    told = seen.after.steps.keys() | seen.after.told
    return Consequences(
        letters=tuple(
            letter
            for key, letter in after.items()
            if key not in usual
            or letter.subject != usual[key].subject
            or (usual[key].is_paused and not letter.is_paused)
        ),
        withdrawn=tuple(
            one
            for key, one in before.items()
            if key not in after or (after[key].is_paused and not one.is_paused)
        ),
        ends=tuple(one for key, one in seen.before.steps.items() if key not in told),
        begins=tuple(one for key, one in seen.after.steps.items() if key not in seen.before.steps),
        remarks=seen.remarks,
    )


def _without(session: Session, office: Office, ids: Sequence[int], *, now: datetime) -> _Outlook:
    """How it would be after a look now if nothing were done."""
    with aside(session):
        _look(session, office, ids, now=now)
        return _outlook(session, ids, now=now)


def _look(session: Session, office: Office, ids: Sequence[int], *, now: datetime) -> None:
    """Queue what is due, as the activities' own runs do."""
    for activity_id in ids:
        queue_due(Turn(session, office, situation(session, activity_id), now))
    session.flush()


def _outlook(session: Session, ids: Sequence[int], *, now: datetime) -> _Outlook:
    found = _Outlook({}, {}, {}, set())
    for message, letter in _queued(session, ids, now):
        found.queued[message.key] = letter
        if not message.subject:
            # Of an act that is only tried the letters are made after it.
            found.not_made[message.key] = message.worded_of
    for activity_id in ids:
        for step, status in _steps(situation(session, activity_id), now):
            key = step.activity, step.key, step.recipient
            if status is Status.DONE:
                found.told.add(key)
            else:
                found.steps[key] = step
    return found


def _steps(known: Situation, now: datetime) -> Iterator[tuple[FutureStep, Status]]:
    for verdict in known.verdicts(now):
        if verdict.status in (Status.DUE, Status.WAITING, Status.HELD, Status.DONE):
            step = FutureStep(
                activity=known.activity.key,
                at=verdict.step.at,
                label=step_label(verdict.step, "sv"),
                key=verdict.step.key,
                recipient=recipient_name(known, verdict),
            )
            yield step, verdict.status


def _queued(
    session: Session, activity_ids: Sequence[int], now: datetime
) -> Iterator[tuple[Message, FutureLetter]]:
    rows = session.exec(
        select(Message, Activity, Round.sending_paused_at, Organisation)
        .join(Activity, col(Activity.id) == Message.activity_id)
        .join(Round, col(Round.id) == Activity.round_id)
        .join(Organisation, col(Organisation.id) == Message.organisation_id, isouter=True)
        .where(col(Message.activity_id).in_(activity_ids), Message.state == MessageState.QUEUED)
        .order_by(col(Activity.position), col(Message.id))
        .execution_options(populate_existing=True)
    ).all()
    judged = objections(session, [row[0] for row in rows], now=now)
    leaves = {message.key for message, found in judged if found is None or found.is_passing}
    for message, activity, paused_at, organisation in rows:
        if message.key in leaves:
            is_paused = paused_at is not None
            yield message, _letter(message, activity, organisation, is_paused=is_paused)


def _letter(
    message: Message, activity: Activity, organisation: Organisation | None, *, is_paused: bool
) -> FutureLetter:
    return FutureLetter(
        activity=activity.key,
        step=message.step,
        organisation=organisation.name if organisation else "",
        to=f"{message.recipient_name} <{shown_address(message.recipient)}>",
        subject=message.subject,
        is_paused=is_paused,
        leaves_at=message.next_attempt_at,
    )
