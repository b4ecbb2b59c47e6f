"""The calendar file that goes with a mail: a day to keep, or a real invitation to a meeting."""

from dataclasses import replace
from typing import NamedTuple

from agenda.addresses import channel_schema
from agenda.calendar import Entry, Mailbox, render_calendar, render_invitation
from agenda.deadlines import organisation_entry, round_entries
from agenda.facts import Place, Situation
from agenda.kinds import KINDS
from notifications.outbox import Recipient
from notifications.recipients import Turn

WITH_CALENDAR = ("invitation", "reminder", "last_reminder", "moved", "extension", "cancelled")
"""The messages to organisations that a calendar file goes with."""
_OWN_WORK_WITH_CALENDAR = ("internal_reminder", "cancelled")


class Attached(NamedTuple):
    """What is attached to a mail."""

    content: bytes | None = None
    method: str | None = None
    """None: a file to import. REQUEST or CANCEL: an invitation (RFC 5546)."""


def calendar_file(
    turn: Turn, template: str, recipient: Recipient, place: Place | None = None
) -> Attached:
    """The calendar file that goes with a message to one recipient; empty when there is none.

    Without a place the message is about the region's own work: the person responsible is
    invited to a meeting, and needs no file for other work.
    """
    if place is not None and template in WITH_CALENDAR:
        entry = _organisation_entry(turn.known, place)
        name = turn.known.head.title
        return _invitation(turn, entry, recipient) or Attached(render_calendar([entry], name=name))
    if place is None and template in _OWN_WORK_WITH_CALENDAR:
        (entry,) = round_entries([turn.known], has_spans=True)
        return _invitation(turn, entry, recipient) or Attached()
    return Attached()


def _organisation_entry(known: Situation, place: Place) -> Entry:
    entry = organisation_entry(known, place)
    if not _is_meeting(known):
        return entry
    # A meeting of two days is both of them, not the last one to answer by.
    return replace(entry, title=known.activity.title, first_on=known.activity.starts_on)


def _invitation(turn: Turn, entry: Entry, recipient: Recipient) -> Attached | None:
    """An invitation, where there is a meeting and both sides can be reached by e-mail."""
    organizer = turn.known.head.coordinator
    has_channel = any(map(channel_schema, (organizer.address, recipient.address)))
    if not _is_meeting(turn.known) or has_channel or recipient.address == organizer.address:
        return None
    made = render_invitation(
        entry,
        organizer=Mailbox(organizer.name, organizer.address),
        attendee=Mailbox(recipient.name, recipient.address),
        sent_by=turn.office.sender,
        made_at=turn.now,
    )
    return Attached(made.content, made.method)


def _is_meeting(known: Situation) -> bool:
    """Whether it is a meeting whose day is settled: a whole quarter invites nobody."""
    return KINDS[known.activity.kind].is_meeting and not known.activity.is_quarter
