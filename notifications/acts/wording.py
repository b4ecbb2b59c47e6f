"""The coordinator's own words of a step, also in the letters of it that wait in the outbox."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from agenda.models import Activity, Message, MessageState, Organisation, identity
from agenda.register import By
from agenda.rounds.sentences import SENTENCES
from agenda.rounds.step_words import Texts, word_step
from agenda.steps.kinds import Audience
from agenda.storage.store import trying
from agenda.words.sentence import Sentence
from notifications.acts.foreseeing import ForeseeableAct
from notifications.acts.turns import turn_of
from notifications.letters.kinds import STEPS
from notifications.notices.making import Wanted, make, note
from notifications.notices.telling import letter
from notifications.office import Office
from notifications.outbox.queue import Recipient
from notifications.outbox.recipients import Turn
from notifications.readings.upcoming import MessageWords, as_made, step_letters


def word(
    session: Session,
    office: Office,
    activity: Activity,
    *,
    step: str,
    texts: Texts,
    by: By,
    organisation: Organisation | None = None,
) -> None:
    """Have the letter of a step say own words, those that wait in the outbox too.

    Raises:
        BadInput: as `word_step`.
    """
    word_step(session, activity, step=step, texts=texts, by=by, organisation=organisation)
    waiting = _letters(session, activity, step, organisation, (MessageState.QUEUED,))
    if not waiting:
        return
    turn = turn_of(session, office, activity, by.at)
    parties = {
        party.organisation.id: party.organisation.key for party in turn.known.parties.values()
    }
    for message in waiting:
        if (key := parties.get(message.organisation_id)) is not None:
            _reword(turn, message, key)
    session.flush()


def what_it_does(
    session: Session, activity: Activity, *, step: str, organisation: Organisation | None
) -> Iterator[Sentence]:
    """What there is to know of letters that are made already, a sentence each."""
    counted = {
        "words_in_outbox": (MessageState.QUEUED,),
        "words_leaving": (MessageState.SENDING,),
        "words_sent": (MessageState.SENT, MessageState.SET_ASIDE),
    }
    for key, states in counted.items():
        if count := len(_letters(session, activity, step, organisation, states)):
            yield SENTENCES(key, count=count)


def letters_after(
    engine: Engine,
    office: Office,
    act: ForeseeableAct,
    row: Activity,
    step: str,
    *,
    organisation: str | None = None,
    now: datetime,
) -> list[MessageWords]:
    """The letter of a step as it leaves once an act is done, one of each language; not done.

    Args:
        engine: The database.
        office: The office that letters are sent from.
        act: What would be done.
        row: The activity.
        step: The step's name.
        organisation: Only to this one, by its key.
        now: When.
    """
    with trying(engine) as session:
        noted = note(session)
        act.does(session, now)
        session.flush()
        found = step_letters(
            session,
            office,
            activity_id=identity(row),
            step=step,
            organisation=organisation,
            now=now,
        )
    # What it makes is written when nobody waits for the turn any more, and only what is shown.
    firsts: dict[str, Wanted] = {}
    for wanted in noted.values():
        firsts.setdefault(wanted.recipient.language, wanted)
    return list((found | {name: as_made(one) for name, one in firsts.items()}).values())


def _letters(
    session: Session,
    activity: Activity,
    step: str,
    organisation: Organisation | None,
    states: Sequence[MessageState],
) -> Sequence[Message]:
    query = select(Message).where(
        Message.activity_id == identity(activity),
        Message.step == step,
        col(Message.template).in_(STEPS),
        col(Message.state).in_(states),
    )
    if organisation is not None:
        query = query.where(Message.organisation_id == organisation.id)
    return session.exec(query.order_by(col(Message.id))).all()


def _reword(turn: Turn, message: Message, organisation: str) -> None:
    party = turn.known.parties[organisation]
    recipient = Recipient(
        name=message.recipient_name,
        address=message.recipient,
        language=message.language,
        contact_id=message.contact_id,
    )
    words = letter(
        turn,
        recipient,
        message.template,
        _leaves(message, turn.now),
        party=party,
        is_copy=message.audience == Audience.ESCALATION and message.contact_id is None,
        step=message.step,
    )
    wanted = Wanted(turn, recipient, words, party)
    key = wanted.key
    made = make(wanted, key).rendered
    message.subject, message.text, message.html = made.subject, made.text, made.html
    message.text_links, message.html_links = list(made.text_links), list(made.html_links)
    message.worded_of = key.digest


def _leaves(message: Message, now: datetime) -> datetime:
    return max(now, message.next_attempt_at)
