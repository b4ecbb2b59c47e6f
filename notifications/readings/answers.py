"""Every version of every answer, as rows for a list or a JSON document."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from agenda.models import (
    Activity,
    Answer,
    AnswerFile,
    FormName,
    Invitation,
    Organisation,
    identity,
)


def answer_lines(
    session: Session,
    round_id: int | None,
    *,
    activity_id: int | None = None,
    organisation_id: int | None = None,
) -> list[dict[str, Any]]:
    """The answers of a round, in the order they came in; withdrawn ones too."""
    query = (
        select(Answer, Activity, Organisation)
        .join(Invitation, col(Invitation.id) == Answer.invitation_id)
        .join(Activity, col(Activity.id) == Invitation.activity_id)
        .join(Organisation, col(Organisation.id) == Invitation.organisation_id)
        .where(Activity.round_id == round_id)
        .order_by(col(Answer.received_at), col(Answer.id))
    )
    if activity_id is not None:
        query = query.where(Activity.id == activity_id)
    if organisation_id is not None:
        query = query.where(Organisation.id == organisation_id)
    rows = list(session.exec(query))
    files = _file_names(session, [identity(answer) for answer, _, _ in rows])
    return [
        {"activity": activity.key, "organisation": organisation.key, "name": organisation.name}
        | _line(answer, files.get(identity(answer), []))
        for answer, activity, organisation in rows
    ]


@dataclass(frozen=True, slots=True)
class AskedAnswer:
    """One organisation that is asked in an activity, and its answer that holds."""

    activity: Activity
    organisation: Organisation
    answer: Answer | None
    files: int
    """How many went with it."""


def asked_answers(session: Session, round_id: int) -> list[AskedAnswer]:
    """Everybody who is asked in a round, with the answers that hold, in the plan's order."""
    answers = select(Answer).where(
        col(Answer.withdrawn_at).is_(None), Answer.form == FormName.REPLY
    )
    holding = {
        one.invitation_id: one
        for one in session.exec(
            answers.join(Invitation)
            .join(Activity, col(Activity.id) == col(Invitation.activity_id))
            .where(Activity.round_id == round_id)
            .order_by(col(Answer.version))
        )
    }
    files = _file_names(session, [identity(answer) for answer in holding.values()])
    query = (
        select(Invitation, Activity, Organisation)
        .join(Activity, col(Activity.id) == col(Invitation.activity_id))
        .join(Organisation, col(Organisation.id) == col(Invitation.organisation_id))
        .where(Activity.round_id == round_id)
        .order_by(col(Activity.position), col(Organisation.position))
    )
    return [
        AskedAnswer(
            activity,
            organisation,
            answer := holding.get(identity(invitation)),
            len(files.get(identity(answer), ())) if answer else 0,
        )
        for invitation, activity, organisation in session.exec(query)
    ]


def versions_of(session: Session, invitation: Invitation) -> list[Answer]:
    """Every version of an organisation's answer, the newest first; its ballots after them."""
    query = select(Answer).where(Answer.invitation_id == invitation.id)
    order = (col(Answer.form).desc(), col(Answer.version).desc())
    return list(session.exec(query.order_by(*order)))


def file_of(session: Session, invitation: Invitation, number: int) -> AnswerFile | None:
    """A file of an organisation's answer; never another's."""
    found = session.get(AnswerFile, number)
    if found is None:
        return None
    answer = session.get_one(Answer, found.answer_id)
    return found if answer.invitation_id == invitation.id else None


def _line(answer: Answer, files: Sequence[str]) -> dict[str, Any]:
    return {
        "version": answer.version,
        "kind": answer.kind.value,
        "text": answer.text,
        "content": answer.content,
        "files": files,
        "received_at": answer.received_at,
        "recorded_at": answer.recorded_at,
        "recorded_by": answer.recorded_by,
        "is_late": answer.is_late,
        "registry_no": answer.registry_no,
        "withdrawn_at": answer.withdrawn_at,
    }


def _file_names(session: Session, answer_ids: Sequence[int]) -> dict[int, list[str]]:
    query = select(AnswerFile.answer_id, AnswerFile.name).where(
        col(AnswerFile.answer_id).in_(answer_ids)
    )
    names: dict[int, list[str]] = {}
    for answer_id, name in session.exec(query.order_by(col(AnswerFile.id))):
        names.setdefault(answer_id, []).append(name)
    return names
