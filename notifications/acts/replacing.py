"""Who replaces whom: a new address gets what it needs to act, a former one its day back.

A file of contacts changes where an organisation is reached while letters have been sent to
somebody else. The invitation that holds is sent to who has come, once, and to nobody else.
Who is gone would keep a meeting in the calendar for ever, and is uninvited from it.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime

from sqlmodel import Session, col, select

from agenda.calendar.deadlines import organisation_entry
from agenda.kinds import KINDS
from agenda.models import Contact, Organisation, Round, identity
from agenda.plan.model import Role
from agenda.rounds.facts import Situation, situations
from agenda.rounds.parties import Party
from agenda.steps.kinds import Audience, StepKind
from agenda.steps.verdicts import Status, Verdict
from agenda.steps.verdicts.ended import end_of_asking
from agenda.words.addresses import mailbox_of
from agenda.workdays import midnight_after
from notifications.notices.queueing import queue_step, tell
from notifications.office import Office
from notifications.outbox.calendars_held import REQUEST, Held, calendars_held
from notifications.outbox.queue import Recipient
from notifications.outbox.recipients import Turn

Reached = Mapping[tuple[int, str], Recipient]
"""Who gets an organisation's own letters, by its id and the mailbox."""


def reached_now(session: Session, round_: Round) -> Reached:
    """Everybody who gets an organisation's own letters in a round."""
    query = (
        select(Contact, Organisation.language)
        .join(Organisation, col(Organisation.id) == Contact.organisation_id)
        .where(
            Organisation.round_id == round_.id,
            ~col(Contact.is_removed),
            col(Contact.role).in_((Role.PRIMARY, Role.COPY)),
        )
        .order_by(col(Contact.id))
    )
    return {
        (contact.organisation_id, mailbox_of(contact.address)): Recipient(
            name=contact.name, address=contact.address, language=language
        )
        for contact, language in session.exec(query)
    }


def tell_who_came_and_who_went(
    session: Session, office: Office, round_: Round, before: Reached, *, now: datetime
) -> tuple[str, ...]:
    """Queue what follows from a change of contacts; the names of those who are invited anew.

    Args:
        session: The transaction of the change, which has been made.
        office: The office that letters are sent from.
        round_: The round.
        before: Who was reached before the change.
        now: When it is made.
    """
    after = reached_now(session, round_)
    came, went = after.keys() - before.keys(), before.keys() - after.keys()
    if not (came or went) or round_.closed_at is not None:
        return ()
    invited: dict[str, None] = {}
    for known in situations(session, identity(round_)):
        turn = Turn(session, office, known, now)
        for party in known.parties.values():
            organisation_id = identity(party.organisation)
            for whose in sorted(went):
                if whose[0] == organisation_id:
                    _uninvite(turn, party, before[whose])
            theirs = {mailbox for owner, mailbox in came if owner == organisation_id}
            if theirs and _invite(turn, party, theirs):
                invited[party.organisation.name] = None
    return tuple(invited)


def _invite(turn: Turn, party: Party, mailboxes: Collection[str]) -> list[int]:
    """Send the invitation that the organisation has to those who have not seen it."""
    verdict = next(_invitation(turn.known, party, turn.now), None)
    if verdict is None or turn.now >= midnight_after(_asked_until(turn.known, verdict)):
        return []
    return queue_step(turn, verdict, to=mailboxes)


def _asked_until(known: Situation, verdict: Verdict) -> date:
    """The last day on which an invitation says something new: a meeting's own, else theirs."""
    is_meeting = KINDS[known.activity.kind].is_meeting
    return known.activity.due_on if is_meeting else verdict.step.due_on


def _invitation(known: Situation, party: Party, now: datetime) -> Iterator[Verdict]:
    """The invitation that was sent, while an answer to it is still waited for."""
    asked = next(one for one in known.facts.asked if one.organisation == party.organisation.key)
    if end_of_asking(known.facts, asked) is not None:
        return
    for verdict in known.verdicts(now):
        is_theirs = verdict.organisation == asked.organisation
        is_sent = verdict.step.kind is StepKind.INVITATION and verdict.status is Status.DONE
        if is_theirs and is_sent:
            yield verdict


def _uninvite(turn: Turn, party: Party, former: Recipient) -> None:
    """Take a meeting that is still ahead out of a calendar that was asked for it."""
    known = turn.known
    if turn.now >= midnight_after(known.activity.due_on):
        return
    entry = organisation_entry(known, party, portal_url=turn.office.keyring.portal_url)
    held = calendars_held(turn.session, identity(known.row), has_left=True)
    if REQUEST not in held.get(Held(entry.uid, former.address.casefold()), frozenset()):
        return
    tell(
        turn,
        "uninvited",
        # Somebody can come back, be invited again, and go once more.
        subject_key=f"{party.organisation.key}:{turn.now.isoformat()}",
        party=party,
        recipients=[former],
        audience=Audience.FORMER,
    )
