"""What organisations answer: recorded on arrival, changed as a new version, never lost."""

import hashlib
import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from agenda.errors import BadInput, NotFound
from agenda.models import (
    Activity,
    Answer,
    AnswerFile,
    AnswerKind,
    Invitation,
    Organisation,
    Round,
    identity,
)
from agenda.register import What, record
from agenda.workdays import midnight_after


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file that came with an answer."""

    name: str
    content: bytes

    @property
    def media_type(self) -> str:
        """Guessed from the name; the file itself is never opened."""
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    @property
    def sha256(self) -> str:
        """The content's SHA-256, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


def find_invitation(
    session: Session, known: Round, *, organisation: str, activity: str
) -> tuple[Invitation, Activity, Organisation]:
    """What is expected of an organisation in an activity, by their keys.

    The invitation is locked until the transaction ends, so that an answer and the sending
    of a reminder to the same organisation take turns.

    Raises:
        NotFound: no such organisation or activity, or it is not asked there.
    """
    row = find_activity(session, known, activity)
    place = find_organisation(session, known, organisation)
    found = session.exec(
        select(Invitation)
        .where(Invitation.activity_id == row.id, Invitation.organisation_id == place.id)
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound(f"{place.name} är inte tillfrågad i aktiviteten {row.key}.")
    return found, row, place


def find_activity(session: Session, known: Round, key: str) -> Activity:
    """An activity of a round by its key; NotFound lists the keys there are."""
    query = select(Activity).where(Activity.round_id == known.id)
    rows = list(session.exec(query.order_by(col(Activity.position))))
    for row in rows:
        if row.key == key:
            return row
    keys = ", ".join(row.key for row in rows)
    raise NotFound(f"Omgång {known.name} har ingen aktivitet {key}. Den har: {keys}.")


def find_organisation(session: Session, known: Round, key: str) -> Organisation:
    """An organisation of a round by its key or name, or by the first word of its name.

    Raises:
        NotFound: there is none, or several; lists the keys there are.
    """
    query = select(Organisation).where(Organisation.round_id == known.id)
    rows = list(session.exec(query.order_by(col(Organisation.position))))
    wanted = key.casefold()
    exact = [row for row in rows if row.key == wanted]
    exact = exact or [row for row in rows if row.name.casefold() == wanted]
    found = exact or [row for row in rows if _begins_with(row, wanted)]
    if len(found) == 1:
        return found[0]
    keys = ", ".join(row.key for row in (found or rows)[:20])
    if found:
        raise NotFound(f"Flera organisationer kan vara {key}. Välj en av: {keys}.")
    raise NotFound(f"Omgång {known.name} har ingen organisation {key}. Den har: {keys}.")


def _begins_with(row: Organisation, wanted: str) -> bool:
    """Whether a name's first word is meant, in the genitive or not: "Berg" in "Bergs kommun"."""
    first = row.name.casefold().split()[0]
    return wanted.rstrip("s") in (first.rstrip("s"), row.key.rstrip("s"))


def record_answer(
    session: Session,
    invitation: Invitation,
    *,
    kind: AnswerKind,
    received_at: datetime,
    now: datetime,
    who: str,
    text: str = "",
    files: Sequence[GivenFile] = (),
    registry_no: str | None = None,
    form: str = "reply",
    content: dict[str, Any] | None = None,
    submission_key: str | None = None,
    sent_by_id: int | None = None,
) -> Answer:
    """Record an answer; an earlier one is kept as an earlier version.

    Args:
        session: A transaction.
        invitation: What is answered.
        kind: What was answered; "nothing to report" and "declined" are answers too.
        received_at: When it reached the region, which may be before now.
        now: The present instant.
        who: Who records it, for the register.
        text: The answer's own words, kept as written.
        files: What came with it.
        registry_no: Its number in the region's own register (diarienummer).
        form: Which of the activity's forms it fills in.
        content: The form's fields, as they were filled in.
        submission_key: What makes two sendings of the same answer the same.
        sent_by_id: The personal link it came through.

    Raises:
        BadInput: a submission without text or files, or received in the future.
    """
    if received_at > now:
        raise BadInput("Svaret kan inte ha kommit in i framtiden. Rätta datumet för när det kom.")
    if kind is AnswerKind.SUBMISSION and not (text.strip() or files or content):
        raise BadInput("Ett svar behöver en text eller en fil. Ange --text eller --file.")
    answer = Answer(
        invitation_id=identity(invitation),
        version=_next_version(session, invitation, form),
        kind=kind,
        text=text,
        received_at=received_at,
        recorded_at=now,
        recorded_by=who,
        is_late=_is_late(session, invitation, received_at),
        registry_no=registry_no,
        form=form,
        content=content or {},
        submission_key=submission_key,
        sent_by_id=sent_by_id,
    )
    session.add(answer)
    session.flush()
    _keep_files(session, answer, files)
    after = f"{kind.value}, version {answer.version}, inkommet {received_at.isoformat()}"
    _register(session, What.ANSWER_RECORDED, invitation, now=now, who=who, after=after)
    return answer


def withdraw_answer(session: Session, invitation: Invitation, *, now: datetime, who: str) -> None:
    """Withdraw an organisation's answer: all versions stay, none of them holds any longer.

    Raises:
        BadInput: there is no answer to withdraw.
    """
    versions = session.exec(
        select(Answer).where(
            Answer.invitation_id == invitation.id, col(Answer.withdrawn_at).is_(None)
        )
    ).all()
    if not versions:
        raise BadInput("Det finns inget svar att återkalla.")
    for answer in versions:
        answer.withdrawn_at = now
        session.add(answer)
    before = f"version {max(answer.version for answer in versions)}"
    _register(session, What.ANSWER_WITHDRAWN, invitation, now=now, who=who, before=before)


def _next_version(session: Session, invitation: Invitation, form: str) -> int:
    last = session.exec(
        select(func.max(Answer.version)).where(
            Answer.invitation_id == invitation.id, Answer.form == form
        )
    ).one()
    return (last or 0) + 1


def _is_late(session: Session, invitation: Invitation, received_at: datetime) -> bool:
    """Whether the organisation's own last day had passed."""
    activity = session.get_one(Activity, invitation.activity_id)
    due_on = max(activity.due_on, invitation.extended_to or activity.due_on)
    return received_at >= midnight_after(due_on)


def _keep_files(session: Session, answer: Answer, files: Sequence[GivenFile]) -> None:
    session.add_all(
        AnswerFile(
            answer_id=identity(answer),
            name=file.name,
            media_type=file.media_type,
            sha256=file.sha256,
            content=file.content,
        )
        for file in files
    )


def _register(
    session: Session,
    what: What,
    invitation: Invitation,
    *,
    now: datetime,
    who: str,
    before: str = "",
    after: str = "",
) -> None:
    activity = session.get_one(Activity, invitation.activity_id)
    organisation = session.get_one(Organisation, invitation.organisation_id)
    record(
        session,
        now=now,
        who=who,
        what=what,
        round_id=activity.round_id,
        subject=f"{activity.key}/{organisation.key}",
        before=before,
        after=after,
    )
