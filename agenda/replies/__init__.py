"""Replies: what an organisation writes through its personal link, until it is an answer."""

from agenda.replies.drafts import Conflict, Content, save_draft
from agenda.replies.reply import Reply, organisation_language, reply_of
from agenda.replies.sending import send_in
from agenda.replies.states import ReplyState
from agenda.replies.uploads import (
    DraftFile,
    add_upload,
    find_answer_file,
    find_upload,
    remove_upload,
)

__all__ = [
    "Conflict",
    "Content",
    "DraftFile",
    "Reply",
    "ReplyState",
    "add_upload",
    "find_answer_file",
    "find_upload",
    "organisation_language",
    "remove_upload",
    "reply_of",
    "save_draft",
    "send_in",
]
