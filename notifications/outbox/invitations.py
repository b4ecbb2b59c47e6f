"""The calendar file that goes with a mail: a day to keep, or a real invitation to a meeting."""

from agenda.calendar.deadlines import organisation_entry, round_entries
from agenda.calendar.rendering import CalendarUser, Entry, render_calendar, render_invitation
from agenda.kinds import KINDS
from agenda.rounds.facts import Situation
from agenda.rounds.parties import Party
from agenda.words.addresses import channel_schema
from notifications.letters.kinds import MESSAGES
from notifications.outbox.calendars_held import Held, meant
from notifications.outbox.queue import CalendarFile, Recipient
from notifications.outbox.recipients import Turn


def calendar_file(
    turn: Turn, template: str, recipient: Recipient, party: Party | None = None
) -> CalendarFile:
    """The calendar file that goes with a message to one recipient; empty when there is none.

    Without a party the message is about the region's own work: the person responsible is
    invited to a meeting, and needs no file for other work.
    """
    kind, portal_url = MESSAGES[template], turn.office.keyring.portal_url
    if party is not None and kind.takes_day_back:
        entry = organisation_entry(turn.known, party, portal_url=portal_url)
        return _invitation(turn, entry, recipient, is_uninvited=True) or CalendarFile()
    if party is not None and kind.has_day:
        entry = organisation_entry(turn.known, party, portal_url=portal_url)
        name = turn.known.head.title
        return _invitation(turn, entry, recipient) or CalendarFile(
            render_calendar([entry], name=name)
        )
    if party is None and kind.has_own_day:
        (entry,) = round_entries([turn.known], portal_url=portal_url, has_spans=True)
        return _invitation(turn, entry, recipient) or CalendarFile()
    return CalendarFile()


def _invitation(
    turn: Turn, entry: Entry, recipient: Recipient, *, is_uninvited: bool = False
) -> CalendarFile | None:
    """An invitation, where there is a meeting and both sides can be reached by e-mail.

    Empty where the recipient's calendar has it already: asked anew about the same meeting, a
    program that follows RFC 5546 (section 3.2.2) forgets that it was accepted.
    """
    organizer = turn.known.head.coordinator
    has_channel = any(map(channel_schema, (organizer.address, recipient.address)))
    if not _is_meeting(turn.known) or has_channel or recipient.address == organizer.address:
        return None
    made = render_invitation(
        entry,
        organizer=CalendarUser(organizer.name, organizer.address),
        attendee=CalendarUser(recipient.name, recipient.address),
        sent_by=turn.office.sender,
        made_at=turn.now,
        is_uninvited=is_uninvited,
    )
    meeting = Held(entry.uid, recipient.address.casefold())
    if not is_uninvited and turn.calendars.get(meeting) == meant(made.content):
        return CalendarFile()
    return CalendarFile(made.content, made.method)


def _is_meeting(known: Situation) -> bool:
    """Whether it is a meeting whose day is settled: a whole quarter invites nobody."""
    return KINDS[known.activity.kind].is_meeting and not known.activity.is_quarter
