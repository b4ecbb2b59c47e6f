"""Letters put into words before the act that causes them has its turn to write.

Words take longer than everything else about an answer, and whoever writes has all others wait.
Nothing here changes anything, and nothing depends on it: what was not rehearsed, or has changed
meanwhile, is put into words in its turn.
"""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from agenda.forms.changing import uploads_in
from agenda.forms.fields import Form
from agenda.forms.posted import fitted, rows, settled
from agenda.models import AnswerKind, Invitation, Link
from agenda.replies import Reply
from agenda.replies.extensions import LONGEST_REASON
from agenda.rounds.facts import situation
from agenda.rounds.places import Place
from agenda.storage.store import reading
from agenda.words.names import is_name
from agenda.workdays import midnight_after
from notifications.letters.letter import Receipt
from notifications.letters.link_places import PLACEHOLDER
from notifications.letters.rendering import render
from notifications.letters.said import Said
from notifications.notices.queueing import letter
from notifications.office import Office
from notifications.outbox.queue import Recipient
from notifications.outbox.recipients import Turn, coordinators, organisation_recipients


def receipts(
    session: Session,
    office: Office,
    reply: Reply,
    form: Form,
    *,
    kind: AnswerKind,
    now: datetime,
) -> None:
    """The receipts for an answer that is about to be sent in."""
    turn, place = _turn(session, office, reply.invitation, now)
    is_whole = kind is AnswerKind.SUBMISSION
    content = settled(form, fitted(form, reply.content)) if is_whole else {}
    named = uploads_in(form, content)
    receipt = Receipt(
        kind=kind.value,
        received_at=now,
        version=(reply.answers[0].version if reply.answers else 0) + 1,
        is_late=now >= midnight_after(reply.due_on),
        rows=tuple(rows(form, content, language=place.organisation.language)),
        files=tuple((one.name, one.sha256) for one in reply.uploads if one.id in named),
    )
    to, by = organisation_recipients(place), reply.link
    if by.address not in ("", *(contact.address for contact in to)):
        to = [*to, _colleague(place, by.name, by.address)]
    # The answer is in when it is receipted, and is not yet now.
    after = {"answered": (place.organisation.name,), "outstanding": ()}
    _rehearse(turn, "receipt", place, to, {"receipt": receipt}, after=after)


def request_of_time(
    engine: Engine, office: Office, link: Link, until: date, reason: str, *, now: datetime
) -> None:
    """What the coordinators are told of a request for more time."""
    with reading(engine) as session:
        turn, place = _turn(session, office, _invitation(session, link), now)
        said: Said = {"requested_until": until, "note": reason.strip()[:LONGEST_REASON]}
        said["decision_url"] = PLACEHOLDER
        _rehearse(turn, "extension_requested", place, coordinators(turn), said)


def invitation(
    engine: Engine, office: Office, by: Link, name: str, address: str, *, now: datetime
) -> None:
    """What a colleague is told who is about to be invited."""
    with reading(engine) as session:
        turn, place = _turn(session, office, _invitation(session, by), now)
        said: Said = {"note": by.name if is_name(by.name) else ""}
        _rehearse(turn, "colleague", place, [_colleague(place, name, address)], said)


def _rehearse(
    turn: Turn,
    template: str,
    place: Place,
    to: list[Recipient],
    said: Said,
    *,
    after: dict[str, Any] | None = None,
) -> None:
    """Have `render` remember a prompt message's words; `after` is what will be so by then."""
    for recipient in to:
        words = letter(turn, recipient, template, turn.now, place=place, **said)
        render(replace(words, **(after or {})))


def _invitation(session: Session, link: Link) -> Invitation:
    return session.get_one(Invitation, link.invitation_id)


def _turn(session: Session, office: Office, found: Invitation, now: datetime) -> tuple[Turn, Place]:
    known = situation(session, found.activity_id, organisation_id=found.organisation_id)
    [place] = known.places.values()
    return Turn(session, office, known, now), place


def _colleague(place: Place, name: str, address: str) -> Recipient:
    return Recipient(name=name, address=address, language=place.organisation.language)
