"""What has been told about activities: each message's step, to whom, when, how it went."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, CompoundSelect, bindparam, literal, or_, union_all
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from agenda.models import Message, MessageState, MessageStep
from agenda.steps.kinds import Audience
from agenda.steps.timetable import is_invitation

# Columns, not objects: there is a row for every mail that ever was, bodies and all. Made
# once: making a statement takes as long as running it.
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_ABOUT = (
    col(Message.organisation_id),
    col(Message.audience),
    col(Message.queued_at),
    col(Message.state),
    col(Message.id),
    col(Message.ahead_at),
)
_ALONE = select_columns(
    literal(False).label("is_beside"), col(Message.activity_id), col(Message.step_key), *_ABOUT
).where(col(Message.activity_id).in_(_IDS), col(Message.state) != MessageState.WITHDRAWN)
_ALONE_TO_ONE = _ALONE.where(
    or_(col(Message.organisation_id) == bindparam("whose"), col(Message.organisation_id).is_(None))
)
_TOGETHER = (
    select_columns(
        literal(True).label("is_beside"),
        col(MessageStep.activity_id),
        col(MessageStep.step_key),
        *_ABOUT,
    )
    .join(Message, col(Message.id) == col(MessageStep.message_id))
    .where(col(MessageStep.activity_id).in_(_IDS), col(Message.state) != MessageState.WITHDRAWN)
)
_TOLD: CompoundSelect[Any] = union_all(_ALONE, _TOGETHER)
_TOLD_ONE: CompoundSelect[Any] = union_all(_ALONE_TO_ONE, _TOGETHER)


class ToldAbout(NamedTuple):
    """The messages about activities that were not withdrawn, by activity, oldest first."""

    messages: dict[Any, list[Any]]
    ahead: dict[Any, list[Any]]
    """Those that a person had leave before their day; the ignored ones too, as that is why they
    may leave."""


def told_about(
    session: Session,
    ids: list[int],
    organisation_id: int | None,
    ignoring: str | None,
    ignoring_letter: int | None,
) -> ToldAbout:
    """What has been told about activities.

    Args:
        session: An open session.
        ids: The activities.
        organisation_id: Only those to this organisation, and to the region's own people.
        ignoring: The key of a step whose messages are left out; that it was foretold is not.
        ignoring_letter: The id of one message that is left out.
    """
    told, who = _TOLD, dict[str, Any](ids=ids)
    if organisation_id is not None:
        told, who = _TOLD_ONE, who | {"whose": organisation_id}
    found = [row for row in session.execute(told, who) if row.id != ignoring_letter]
    found.sort(key=lambda row: (row.queued_at, row.id))
    ahead = [row for row in found if row.ahead_at is not None]
    rows = [row for row in found if row.step_key != ignoring or _foretells(row)]
    return ToldAbout(grouped(rows, "activity_id"), grouped(ahead, "activity_id"))


def _foretells(row: Any) -> bool:
    """Whether it tells the coordinator of what others are about to get."""
    return bool(row.is_beside) and row.audience == Audience.COORDINATOR


def told_when(messages: list[Any], audience: Audience) -> dict[str, datetime]:
    """When each step was queued for an audience; the newest where a copy came later.

    Of the invitation the first: sent to a new contact as well, it makes no reminder that the
    others have missed superfluous.
    """
    told: dict[str, datetime] = {}
    for m in messages:
        if m.audience == audience and not (m.step_key in told and is_invitation(m.step_key)):
            told[m.step_key] = m.queued_at
    return told


def refused_when(messages: list[Any]) -> dict[str, datetime]:
    """The steps of which no message could be delivered to anybody."""
    told = [m for m in messages if m.audience == Audience.ORGANISATION]
    arrived = {m.step_key for m in told if m.state != MessageState.FAILED}
    return {m.step_key: m.queued_at for m in told if m.step_key not in arrived}


def grouped(rows: Iterable[Any], name: str) -> dict[Any, list[Any]]:
    """Rows by the value that they have under a name."""
    found: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found
