"""A press that sends in: what makes a second one the same, and what comes before and after."""

from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from agenda.links.keyring import derived_token
from agenda.models import AnswerKind
from agenda.replies import Reply
from agenda.storage.store import reading, transaction
from notifications.acts.receipts_ahead import receipts
from notifications.notices.making import Ahead, use
from portal.reply.visits import ReplyVisit

KEY_FIELD = "_nyckel"


def receipt_at(here: ReplyVisit) -> Response:
    """On to the receipt, by a request of its own: loading it again sends nothing in."""
    return RedirectResponse(f"{here.base}/kvitto", status_code=303)


def key_of(reply: Reply) -> str:
    """What makes a second press of the same button the same: what it is pressed on.

    Every answer has a version of its own, and a draft a revision: so the key changes with
    each thing that can be sent, and stays the same however often the page is opened.
    """
    newest = reply.answers[0].version if reply.answers else 0
    return f"{newest}.{reply.revision}"


@contextmanager
def sending(here: ReplyVisit, kind: AnswerKind) -> Iterator[Session]:
    """The transaction in which an answer is sent in; its receipts are made before it."""
    ahead: Ahead = {}
    with reading(here.engine) as session:
        reply = here.reply(session)
        if reply.state.is_writable:
            form = here.fields(reply)
            ahead = receipts(session, here.office, reply, form, kind=kind, now=here.now)
    with transaction(here.engine) as session:
        use(session, ahead)
        yield session


def is_overtaken(reply: Reply, given: str) -> bool:
    """Whether another answer has come in since the page was opened that this was pressed on.

    Of two that are pressed at the same instant the first is the answer; what the second one
    wanted is asked once more, so that nobody's answer is replaced by somebody who never saw it.
    """
    return given.partition(".")[0] != key_of(reply).partition(".")[0]


def submission_key(here: ReplyVisit, reply: Reply, given: str) -> str:
    """Bound to the reply, so that no other organisation's can be the same."""
    what = f"submission:{reply.invitation.id}:{here.form}:{given}"
    return derived_token(here.office.keyring.key, what)
