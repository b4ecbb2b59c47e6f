"""A mail that has come in: registered as an organisation's answer, or set aside."""

from collections.abc import Sequence

from sqlmodel import Session

from agenda.models import Activity, Answer, AnswerKind, IncomingMail, Invitation, identity
from agenda.register import By, Subject, What, record, subject_of_reply
from agenda.replies.answers import GivenFile, NewAnswer
from agenda.storage.contents import keep
from agenda.words.errors import BadInput, NotFound
from notifications.acts.answers import record_answer
from notifications.incoming.enclosed import EnclosedFile
from notifications.incoming.judging import Sort
from notifications.incoming.sentences import SENTENCES
from notifications.incoming.settled import Settled, settle_mail
from notifications.office import Office

_ANSWERS = (Sort.ORDINARY.value, Sort.AUTOMATIC.value, Sort.UNREADABLE.value)


def register_reply(
    session: Session,
    office: Office,
    mail_id: int,
    *,
    invitation: Invitation,
    files: Sequence[EnclosedFile],
    by: By,
    kind: AnswerKind = AnswerKind.SUBMISSION,
    registry_no: str | None = None,
    follows: int | None = None,
) -> Answer:
    """Register a mail as an organisation's answer, received when it arrived; once.

    Args:
        session: A transaction.
        office: The sending office.
        mail_id: The mail.
        invitation: What it answers.
        files: Those of the mail, as `notifications.readings.incoming.one_mail` gives them; what
            may not be kept is left out, and stays in the mail.
        by: Who registers it, and when.
        kind: What was answered.
        registry_no: The answer's number in the region's own register.
        follows: The newest version of the answer that they have seen; None where any may be.

    Raises:
        NotFound: there is no such mail.
        BadInput: it is a bounce, it is registered already, there is nothing in it, or another
            answer has come in since the one that they have seen.
    """
    mail = _mail(session, mail_id)
    if mail.answer_id is not None:
        raise BadInput(SENTENCES("registered_already"))
    if mail.sort not in _ANSWERS:
        raise BadInput(SENTENCES("no_answer"))
    new = NewAnswer(
        kind=kind,
        received_at=mail.arrived_at,
        text=mail.text,
        files=[_given(session, file) for file in files if file.checked is not None],
        registry_no=registry_no,
        follows=follows,
    )
    answer = record_answer(session, office, invitation, new, by=by)
    mail.answer_id, mail.organisation_id = identity(answer), invitation.organisation_id
    mail.activity_id = invitation.activity_id
    mail.round_id = session.get_one(Activity, invitation.activity_id).round_id
    settle_mail(mail, Settled.REGISTERED, by=by)
    subject = subject_of_reply(session, invitation)
    record(session, by, What.MAIL_REGISTERED, subject, after=_named(mail))
    return answer


def set_aside(session: Session, mail_id: int, *, by: By) -> None:
    """Say that a mail needs nothing done; it is kept, and can still be registered.

    Raises:
        NotFound: there is no such mail.
        BadInput: something has been done about it already.
    """
    mail = _mail(session, mail_id)
    if mail.settled_at is not None:
        raise BadInput(SENTENCES("settled_already"))
    settle_mail(mail, Settled.SET_ASIDE, by=by)
    record(session, by, What.MAIL_SET_ASIDE, Subject(round_id=mail.round_id), before=_named(mail))


def take_back(session: Session, mail_id: int, *, by: By) -> None:
    """Let a mail wait for somebody again that was set aside, by a person or by itself.

    Raises:
        NotFound: there is no such mail.
        BadInput: it is not set aside.
    """
    mail = _mail(session, mail_id)
    if mail.settled_how != Settled.SET_ASIDE:
        raise BadInput(SENTENCES("not_set_aside"))
    mail.settled_at, mail.settled_by, mail.settled_how = None, "", ""
    record(session, by, What.MAIL_TAKEN_BACK, Subject(round_id=mail.round_id), after=_named(mail))


def _mail(session: Session, mail_id: int) -> IncomingMail:
    """The mail, locked until the transaction ends: two who register it take turns."""
    mail = session.get(IncomingMail, mail_id, with_for_update=True)
    if mail is None or mail.settled_how == Settled.ERASED:
        raise NotFound(SENTENCES("no_mail", number=mail_id))
    return mail


def _given(session: Session, file: EnclosedFile) -> GivenFile:
    return GivenFile(file.name, keep(session, file.octets))


def _named(mail: IncomingMail) -> str:
    sender, at = mail.sender or "okänd", mail.arrived_at.isoformat()
    return f"mejl {identity(mail)} från {sender}, inkommet {at}"
