"""What somebody does through a personal link, and who is told of it, in one transaction."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlmodel import Session, col, select

from agenda import replies
from agenda.forms.changing import uploads_in
from agenda.forms.fields import Form
from agenda.forms.posted import ReplyRow, rows
from agenda.links import personal as links
from agenda.links.decisions import make_extension_link, revoke_extension_link
from agenda.links.personal import PLACEHOLDER
from agenda.models import (
    Answer,
    AnswerFile,
    AnswerKind,
    ExtensionLink,
    ExtensionRequest,
    Invitation,
    Link,
    identity,
)
from agenda.replies import Content, Reply, extensions
from agenda.replies.extension_cases import CaseState, case_of
from agenda.rounds.facts import situation
from agenda.rounds.places import Place, is_anybody_missing
from agenda.words.addresses import channel_schema, mailbox_of
from agenda.words.names import is_name
from notifications.letters.letter import Receipt
from notifications.notices.arrivals import tell_of_one
from notifications.notices.queueing import queue_due, tell
from notifications.office import Office
from notifications.outbox.queue import Recipient
from notifications.outbox.recipients import Turn, coordinators, organisation_recipients


def send_in(
    session: Session,
    office: Office,
    reply: Reply,
    form: Form,
    *,
    kind: AnswerKind,
    submission_key: str,
    now: datetime,
    content: Content | None = None,
) -> Answer:
    """Send an answer in: the sender and the organisation get a receipt in the same breath.

    A late answer is told the coordinator, and so is the last one that was missing.
    """
    answer, is_new = replies.send_in(
        session,
        reply.link,
        kind=kind,
        submission_key=submission_key,
        now=now,
        content=content,
        uploads=uploads_in(form, content or {}),
        form=reply.form,
    )
    if is_new:
        turn, place = _turn(session, office, reply.invitation, now)
        _send_receipt(turn, place, reply.link, answer, form)
        if answer.is_late:
            tell(
                turn,
                "late_answer",
                subject_key=f"{place.organisation.key}:{answer.form}:{answer.version}",
                place=place,
                recipients=coordinators(turn),
                is_prompt=True,
            )
        tell_of_one(turn, answer, place.organisation)
        _tell_if_all_are_in(turn)
    return answer


def request_extension(
    session: Session, office: Office, link: Link, *, until: date, reason: str, now: datetime
) -> None:
    """Ask for a later last day; each coordinator gets a link of their own to the decision."""
    asked = extensions.request_extension(session, link, until=until, reason=reason, now=now)
    turn, place = _turn(session, office, session.get_one(Invitation, link.invitation_id), now)
    for recipient in coordinators(turn):
        _tell_of_request(turn, place, asked, recipient)


def renew_extension_link(
    session: Session, office: Office, link: ExtensionLink, *, now: datetime, who: str
) -> bool:
    """Close a link to a decision and mail its holder another, if that is still to be made.

    Returns:
        Whether another is mailed.
    """
    revoke_extension_link(session, link, now=now, who=who)
    case = case_of(session, link.extension_request_id, now=now)
    if case.state in (CaseState.DECIDED, CaseState.ENDED):
        return False
    turn, place = _turn(session, office, case.reply.invitation, now)
    holder = Recipient(name=link.name, address=link.address)
    _tell_of_request(turn, place, case.asked, holder, is_anew=True)
    return True


def deny_extension(
    session: Session, office: Office, invitation: Invitation, *, now: datetime, who: str, note: str
) -> None:
    """Say no to a request for a later last day, and tell the organisation so."""
    asked = extensions.deny(session, invitation, now=now, who=who, note=note)
    turn, place = _turn(session, office, invitation, now)
    tell(
        turn,
        "extension_denied",
        subject_key=str(asked.id),
        place=place,
        requested_until=asked.until,
        note=note,
        decided_by=turn.known.head.coordinator.name,
    )


def renew_link(session: Session, office: Office, link: Link, *, now: datetime, who: str) -> None:
    """Make a link's address anew and mail it to the address on file."""
    links.renew(session, link, office.keyring, now=now, who=who)
    turn, place = _turn(session, office, session.get_one(Invitation, link.invitation_id), now)
    tell(
        turn,
        "new_link",
        subject_key=f"{link.id}:{link.generation}",
        place=place,
        recipients=_holders(place, link),
        is_prompt=True,
        link=link,
    )


def mail_link_again(
    session: Session,
    office: Office,
    link: Link,
    *,
    now: datetime,
    who: str,
    to: str = "",
    is_new: bool = False,
) -> None:
    """Mail a link once more, as it is, to whom it belongs: whoever asked, nothing is closed.

    Of several, it goes to the one whose address was given, if that is among them. `is_new` is
    for one that was made just now, because the one before it had been closed.
    """
    links.note_mailed(session, link, now=now, who=who)
    turn, place = _turn(session, office, session.get_one(Invitation, link.invitation_id), now)
    holders = _holders(place, link)
    named = [one for one in holders if to and mailbox_of(one.address) == mailbox_of(to)]
    tell(
        turn,
        "new_link" if is_new else "same_link",
        subject_key=f"{link.id}:{link.generation}:{now:%Y%m%d%H%M%S}",
        place=place,
        recipients=named or holders,
        is_prompt=True,
        link=link,
    )


def invite_colleague(
    session: Session, office: Office, by: Link, *, name: str, address: str, now: datetime
) -> Link:
    """Mail a colleague a link of their own to the same draft."""
    made = links.invite_colleague(session, by, office.keyring, name=name, address=address, now=now)
    turn, place = _turn(session, office, session.get_one(Invitation, by.invitation_id), now)
    tell(
        turn,
        "colleague",
        subject_key=str(made.id),
        place=place,
        recipients=_holders(place, made),
        is_prompt=True,
        link=made,
        # One that was written before names were looked at could say anything, to a stranger.
        note=by.name if is_name(by.name) else "",
    )
    return made


def _turn(
    session: Session, office: Office, invitation: Invitation, now: datetime
) -> tuple[Turn, Place]:
    # Of the one organisation only: others wait for this transaction, and of all 290 it would
    # take the longest by far to see how each of them stands.
    session.flush()
    known = situation(session, invitation.activity_id, organisation_id=invitation.organisation_id)
    [place] = known.places.values()
    return Turn(session, office, known, now), place


def _tell_if_all_are_in(turn: Turn) -> None:
    """What else is due is left to the activity's own run, which every answer asks for."""
    session, activity_id = turn.session, identity(turn.known.row)
    if not is_anybody_missing(session, activity_id):
        queue_due(Turn(session, turn.office, situation(session, activity_id), turn.now))


def _tell_of_request(
    turn: Turn,
    place: Place,
    asked: ExtensionRequest,
    recipient: Recipient,
    *,
    is_anew: bool = False,
) -> None:
    """Mail a coordinator a link of their own to the decision; anew instead of a closed one.

    A channel hears of the request without one: everybody who reads there could decide.
    """
    own_link = None
    if not channel_schema(recipient.address):
        own_link = make_extension_link(
            turn.session,
            asked,
            turn.office.keyring,
            name=recipient.name,
            address=recipient.address,
            now=turn.now,
        )
    tell(
        turn,
        "extension_requested",
        subject_key=f"{asked.id}:{own_link.id}" if own_link and is_anew else str(asked.id),
        place=place,
        recipients=[recipient],
        is_prompt=True,
        link=own_link,
        requested_until=asked.until,
        note=asked.reason,
        decision_url=PLACEHOLDER if own_link else None,
    )


def send_receipt(session: Session, office: Office, answer: Answer, *, now: datetime) -> int:
    """Send the organisation a receipt for an answer that came by letter; how many are sent."""
    turn, place = _turn(session, office, session.get_one(Invitation, answer.invitation_id), now)
    return _send_receipt(turn, place, None, answer, ())


def _send_receipt(turn: Turn, place: Place, link: Link | None, answer: Answer, form: Form) -> int:
    """To the organisation's own contacts and to who sent it in, each with a link of its own."""
    contacts = organisation_recipients(place)
    known = ("", *(contact.address for contact in contacts))
    senders = [([_colleague(place, link)], link)] if link and link.address not in known else []
    sent = 0
    for recipients, own_link in [(contacts, None), *senders]:
        sent += len(
            tell(
                turn,
                "receipt",
                subject_key=f"{place.organisation.key}:{answer.form}:{answer.version}",
                place=place,
                recipients=recipients,
                is_prompt=True,
                receipt=_receipt(turn.session, place, answer, form),
                link=own_link,
            )
        )
    return sent


def _receipt(session: Session, place: Place, answer: Answer, form: Form) -> Receipt:
    files = session.exec(
        select(AnswerFile.name, AnswerFile.sha256)
        .where(AnswerFile.answer_id == identity(answer))
        .order_by(col(AnswerFile.id))
    )
    language = place.organisation.language
    return Receipt(
        kind=answer.kind.value,
        received_at=answer.received_at,
        version=answer.version,
        is_late=answer.is_late,
        registry_no=answer.registry_no,
        rows=(*_by_letter(answer, language), *rows(form, answer.content, language=language)),
        files=tuple((name, sha256) for name, sha256 in files),
    )


def _by_letter(answer: Answer, language: str) -> Iterator[ReplyRow]:
    """What was written in a letter, which fills in no form."""
    if answer.text:
        yield ReplyRow("The answer" if language == "en" else "Svaret", answer.text, 0, ())


def _holders(place: Place, link: Link) -> list[Recipient]:
    """Whom a link belongs to: the colleague it was made for, or the organisation's contacts."""
    return [_colleague(place, link)] if link.address else organisation_recipients(place)


def _colleague(place: Place, link: Link) -> Recipient:
    return Recipient(name=link.name, address=link.address, language=place.organisation.language)
