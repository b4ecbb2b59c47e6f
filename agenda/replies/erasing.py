"""Files that were taken off a draft and never sent in: after a time they are really gone."""

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, delete, func, select

from agenda.forms.changing import uploads_in
from agenda.forms.fields import Form
from agenda.forms.stored import fitted
from agenda.models import Activity, Answer, Draft, FormName, Invitation, Organisation, Round, Upload
from agenda.plan.form_defaults import ballot_of, form_of
from agenda.register import By, ProductPart, What, record, subject_of
from agenda.rounds.facts import plan_activity
from agenda.storage.contents import forget_unused


def replies_with_old_files(session: Session, *, before: datetime) -> list[int]:
    """The invitations with files that were taken off, or came, before an instant."""
    query = select(Upload.invitation_id).where(_is_old(before)).distinct()
    return list(session.exec(query.order_by(col(Upload.invitation_id))))


def erase_unsent_files(
    session: Session, invitation_id: int, *, before: datetime, now: datetime
) -> int:
    """Erase the old files of one reply that nothing points to any longer; how many.

    What the draft, or any version that was sent in, has among its files stays. One that a
    person can see nowhere, because another's version was chosen, goes as one taken off does.
    """
    # As whoever saves does, so that no file is erased while it is put into a draft again.
    invitation = session.get_one(Invitation, invitation_id, with_for_update=True)
    query = select(Upload.id, Upload.sha256).where(
        Upload.invitation_id == invitation_id, _is_old(before)
    )
    in_use = _in_use(session, invitation)
    gone = {number: sha256 for number, sha256 in session.exec(query) if number not in in_use}
    if gone:
        session.exec(delete(Upload).where(col(Upload.id).in_(gone)))
        forget_unused(session, set(gone.values()))
        activity = session.get_one(Activity, invitation.activity_id)
        organisation = session.get_one(Organisation, invitation.organisation_id)
        record(
            session,
            By.product(ProductPart.ERASING, now),
            What.FILES_ERASED,
            subject_of(activity, organisation),
            after=f"antal: {len(gone)}",
        )
    return len(gone)


def _is_old(before: datetime) -> ColumnElement[bool]:
    return func.coalesce(col(Upload.removed_at), col(Upload.uploaded_at)) <= before


def _in_use(session: Session, invitation: Invitation) -> set[int]:
    """The files that the drafts and the versions of a reply have among theirs."""
    row = session.get_one(Activity, invitation.activity_id)
    head = session.get_one(Round, row.round_id).head
    activity = plan_activity(row)
    forms: dict[str, Form] = {
        FormName.REPLY: form_of(activity, head),
        FormName.BALLOT: ballot_of(activity, head),
    }
    drafts = select(Draft.form, Draft.content).where(Draft.invitation_id == invitation.id)
    answers = select(Answer.form, Answer.content).where(Answer.invitation_id == invitation.id)
    return {
        number
        for query in (drafts, answers)
        for form, content in session.exec(query)
        for number in uploads_in(forms[form], fitted(forms[form], dict(content)))
    }
