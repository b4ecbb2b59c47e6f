"""Everything that is known of one organisation's reply to one activity."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, bindparam
from sqlmodel import Session, col, select

from agenda.models import (
    Activity,
    Answer,
    Draft,
    ExtensionRequest,
    FormName,
    Invitation,
    Link,
    Organisation,
    Round,
)
from agenda.plan.model import PlanHead, PlannedActivity
from agenda.replies.drafts import Content, draft_of
from agenda.replies.states import ReplyState, state_of
from agenda.replies.uploads import DraftFile, uploads_of
from agenda.rounds.facts import plan_activity

# Made once: making a statement takes as long as running it.
_WHOSE: BindParameter[Any] = bindparam("invitation")
_INVITED = (
    select(Invitation, Activity, Round, Organisation)
    .join(Activity, col(Activity.id) == col(Invitation.activity_id))
    .join(Round, col(Round.id) == col(Activity.round_id))
    .join(Organisation, col(Organisation.id) == col(Invitation.organisation_id))
    .where(col(Invitation.id) == _WHOSE)
)
_ANSWERS = (
    select(Answer)
    .where(col(Answer.invitation_id) == _WHOSE, col(Answer.form) == bindparam("form"))
    .order_by(col(Answer.version).desc())
)
_REQUEST = (
    select(ExtensionRequest)
    .where(col(ExtensionRequest.invitation_id) == _WHOSE)
    .order_by(col(ExtensionRequest.id).desc())
    .limit(1)
)
_LANGUAGE = (
    select(Organisation.language)
    .join(Invitation, col(Invitation.organisation_id) == col(Organisation.id))
    .where(col(Invitation.id) == _WHOSE)
)


@dataclass(frozen=True, slots=True)
class Reply:
    """Everything that is known of one organisation's reply to one activity."""

    link: Link
    invitation: Invitation
    organisation: Organisation
    row: Activity
    activity: PlannedActivity
    head: PlanHead
    round: Round
    form: FormName
    state: ReplyState
    due_on: date
    """The organisation's own last day, inclusive."""
    draft: Draft | None
    answers: tuple[Answer, ...]
    """Every version that holds or held, newest first."""
    uploads: tuple[DraftFile, ...]
    request: ExtensionRequest | None
    """The newest request for a later last day."""

    @property
    def answer(self) -> Answer | None:
        """The version that holds."""
        return next((a for a in self.answers if a.withdrawn_at is None), None)

    @property
    def written(self) -> Answer | None:
        """The newest version with a form filled in, whether it holds or not."""
        return next((answer for answer in self.answers if answer.content), None)

    @property
    def content(self) -> Content:
        """What the page shows: the draft or, when there is none, what was last filled in."""
        if self.draft is not None:
            return self.draft.content
        return self.written.content if self.written else {}

    @property
    def sent_content(self) -> Content:
        """What is filled in in the version that holds."""
        return self.answer.content if self.answer else {}

    @property
    def revision(self) -> int:
        """The draft's revision; 0 when there is none."""
        return self.draft.revision if self.draft else 0


def reply_of(
    session: Session, link: Link, *, now: datetime, form: FormName = FormName.REPLY
) -> Reply:
    """Everything about the reply that a link opens."""
    which = {"invitation": link.invitation_id}
    invitation, row, round_, organisation = session.exec(_INVITED, params=which).one()
    due_on = invitation.due_on(row.due_on)
    return Reply(
        link=link,
        invitation=invitation,
        organisation=organisation,
        row=row,
        activity=plan_activity(row),
        head=round_.head,
        round=round_,
        form=form,
        state=state_of(round_, row, due_on, form, now),
        due_on=due_on,
        draft=draft_of(session, invitation, form),
        answers=tuple(session.exec(_ANSWERS, params=which | {"form": form})),
        uploads=uploads_of(session, invitation),
        request=session.exec(_REQUEST, params=which).first(),
    )


def organisation_language(session: Session, link: Link) -> str:
    """The language of the organisation whose reply a link opens."""
    return session.exec(_LANGUAGE, params={"invitation": link.invitation_id}).one()
