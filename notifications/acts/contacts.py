"""Contacts taken in: what an organisation's address refused is said again at its new one."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlmodel import Session

from agenda.contacts.spreadsheet import ContactRow
from agenda.contacts.taking_in import Imported, import_contacts
from agenda.models import Organisation, Round
from agenda.register import By, What, record, subject_of_message
from notifications.acts.replacing import reached_now, tell_who_came_and_who_went
from notifications.office import Office
from notifications.outbox.queue import withdraw_refused


class TakenIn(NamedTuple):
    """What came of a file of contacts."""

    imported: Imported
    told_anew: tuple[str, ...]
    """The names of organisations that never got what was sent, and get what still holds of it."""
    invited_anew: tuple[str, ...] = ()
    """The names of those of which somebody new gets the invitation that the others have."""


def take_in_contacts(
    session: Session,
    office: Office,
    round_: Round,
    rows: Sequence[ContactRow],
    *,
    channels: Collection[str],
    by: By,
    resets: bool = False,
    replaces: bool = False,
) -> TakenIn:
    """Take in contacts; arguments and errors as for `agenda.contacts.taking_in.import_contacts`.

    An invitation that no address took is due again as soon as there is one to try. It leaves
    by the next look at the activity, if it still holds. One that somebody has is sent at once
    to who is new, and who is gone is uninvited from meetings (`replacing`).
    """
    before = reached_now(session, round_)
    imported = import_contacts(
        session,
        round_,
        rows,
        channels=channels,
        by=by,
        resets=resets,
        replaces=replaces,
    )
    session.flush()
    anew = _withdraw_what_was_refused(session, imported, by=by)
    session.flush()
    invited = tell_who_came_and_who_went(session, office, round_, before, now=by.at)
    return TakenIn(imported, anew, invited)


def _withdraw_what_was_refused(session: Session, imported: Imported, *, by: By) -> tuple[str, ...]:
    """Let what no address took be due again; the names of the organisations."""
    anew: dict[str, None] = {}
    for message in withdraw_refused(session, imported.readdressed):
        anew[session.get_one(Organisation, message.organisation_id).name] = None
        record(
            session,
            by,
            What.MESSAGE_WITHDRAWN,
            subject_of_message(message),
            before=message.outcome,
            after=_WHY,
        )
        message.outcome = _WHY
    return tuple(anew)


_WHY = "Kom inte fram. Organisationen har fått en adress att försöka med."
