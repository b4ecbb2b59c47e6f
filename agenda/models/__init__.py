"""The tables: what is known of rounds, who was asked, what came in and what was sent.

Instants are stored in UTC. Rows are never deleted in the course of a round.
"""

from agenda.models.answers import (
    Answer,
    AnswerFile,
    AnswerKind,
    Draft,
    ExtensionRequest,
    FormName,
    Upload,
)
from agenda.models.contents import FileContent
from agenda.models.drafts import DraftOrigin, PlanDraft
from agenda.models.identity import identity
from agenda.models.incoming import IncomingMail, Mailbox
from agenda.models.installation import Installation
from agenda.models.links import FormerToken, Link, Purpose
from agenda.models.messages import Attempt, Message, MessageState, MessageStep
from agenda.models.organisations import Contact, Invitation, Organisation
from agenda.models.people import (
    Coordinator,
    DeskRole,
    DeskSession,
    DirectoryIdentity,
    DirectoryVisit,
    RoundCoordinator,
    SignIn,
)
from agenda.models.records import RegisterEntry
from agenda.models.rounds import Activity, ActivityFile, DeadlineMove, Hold, Round, StepWords

__all__ = [
    "Activity",
    "ActivityFile",
    "Answer",
    "AnswerFile",
    "AnswerKind",
    "Attempt",
    "Contact",
    "Coordinator",
    "DeadlineMove",
    "DeskRole",
    "DeskSession",
    "DirectoryIdentity",
    "DirectoryVisit",
    "Draft",
    "DraftOrigin",
    "ExtensionRequest",
    "FileContent",
    "FormName",
    "FormerToken",
    "Hold",
    "IncomingMail",
    "Installation",
    "Invitation",
    "Link",
    "Mailbox",
    "Message",
    "MessageState",
    "MessageStep",
    "Organisation",
    "PlanDraft",
    "Purpose",
    "RegisterEntry",
    "Round",
    "RoundCoordinator",
    "SignIn",
    "StepWords",
    "Upload",
    "identity",
]
