"""What was known of an activity and of one organisation in it before what is known now.

Answers are kept in every version; what else has been taken back or replaced stands in the
register alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from sqlmodel import Session, col, select

from agenda.models import Answer, FormName, RegisterEntry
from agenda.plan.model import Role
from agenda.register import What
from agenda.rounds.facts import ANSWERED_AS, Situation
from agenda.rounds.parties import Party
from agenda.steps.verdicts.as_of import Answered, Granted, Past, Spell

_ENDED_BY = {
    What.ACTIVITY_DONE: (What.ACTIVITY_REOPENED, "done_at"),
    What.ACTIVITY_CANCELLED: (What.ACTIVITY_REINSTATED, "cancelled_at"),
    What.ANSWERS_LOCKED: (What.ANSWERS_UNLOCKED, "locked_at"),
    What.STEP_HELD: (What.STEP_RELEASED, "held"),
}
"""What ends each state that can be taken back, and what is known of the state."""


def past_of(session: Session, known: Situation, party: Party) -> Past:
    """What the database remembers."""
    lines = _lines(session, known, party)
    return Past(
        answers=[*_answers(session, party)],
        extensions=[
            Granted(date.fromisoformat(line.after), line.at)
            for line in lines
            if line.what == What.EXTENSION_GRANTED
        ],
        bounces=[contact.bounced_at for contact in party.contacts if contact.role is Role.PRIMARY],
        spells=[*_spells(lines)],
    )


def _lines(session: Session, known: Situation, party: Party) -> Sequence[RegisterEntry]:
    """The register's lines about the activity as a whole and about the organisation in it."""
    key = known.activity.key
    query = select(RegisterEntry).where(
        RegisterEntry.round_id == known.round.id,
        col(RegisterEntry.subject).in_((key, f"{key}/{party.organisation.key}")),
    )
    return session.exec(query.order_by(col(RegisterEntry.id))).all()


def _answers(session: Session, party: Party) -> Iterator[Answered]:
    query = select(Answer).where(
        Answer.invitation_id == party.invitation.id, Answer.form == FormName.REPLY
    )
    for answer in session.exec(query.order_by(col(Answer.version))):
        yield Answered(
            ANSWERED_AS[answer.kind], answer.received_at, answer.recorded_at, answer.withdrawn_at
        )


def _spells(lines: Iterable[RegisterEntry]) -> Iterator[Spell]:
    begun: dict[tuple[str, str, str], RegisterEntry] = {}
    ends = {end: (begin, name) for begin, (end, name) in _ENDED_BY.items()}
    for line in lines:
        is_about_a_step = line.what in (What.STEP_HELD, What.STEP_RELEASED)
        step = line.after.partition(" ")[0] if is_about_a_step else ""
        if line.what in _ENDED_BY:
            begun[line.what, line.subject, step] = line
        elif line.what in ends:
            begin, name = ends[What(line.what)]
            if (since := begun.pop((begin, line.subject, step), None)) is not None:
                yield Spell(name, since.at, line.at, step)
