"""What is done about a dated step, shown before it is done."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from agenda.models import Activity, Organisation, identity
from agenda.register import Actor, By
from agenda.rounds.activities import hold_step, release_step
from agenda.rounds.facts import situation
from agenda.rounds.sentences import SENTENCES
from agenda.rounds.step_words import Texts, own_words
from agenda.workdays import STOCKHOLM
from notifications.acts.by_hand import left_out, send_ahead
from notifications.acts.foreseeing import ForeseeableAct
from notifications.acts.wording import what_it_does, word
from notifications.office import Office


def holding(
    row: Activity,
    step: str,
    *,
    actor: Actor,
    organisation_id: int | None = None,
    reason: str = "",
) -> ForeseeableAct:
    """A step is held back, for everybody or for one organisation, until it is released."""

    def does(session: Session, now: datetime) -> None:
        hold_step(
            session,
            session.get_one(Activity, row.id),
            step=step,
            by=By(actor, now),
            organisation=_whose(session, organisation_id),
            reason=reason,
        )

    return ForeseeableAct(activity_ids=(identity(row),), does=does)


def releasing(
    row: Activity, step: str, *, actor: Actor, organisation_id: int | None = None
) -> ForeseeableAct:
    """A step that was held back may leave."""

    def does(session: Session, now: datetime) -> None:
        release_step(
            session,
            session.get_one(Activity, row.id),
            step=step,
            by=By(actor, now),
            organisation=_whose(session, organisation_id),
        )

    return ForeseeableAct(activity_ids=(identity(row),), does=does)


def sending_ahead(
    office: Office,
    row: Activity,
    step: str,
    *,
    actor: Actor,
    organisation_id: int | None = None,
) -> ForeseeableAct:
    """A step that lies ahead leaves at once, to everybody or to one organisation."""

    def does(session: Session, now: datetime) -> None:
        send_ahead(
            session,
            office,
            session.get_one(Activity, row.id),
            step,
            by=By(actor, now),
            organisation=_whose(session, organisation_id),
        )

    def remarks(session: Session, now: datetime) -> Iterable[str]:
        known = situation(session, identity(row))
        return left_out(known, step, now, _whose(session, organisation_id))

    return ForeseeableAct(activity_ids=(identity(row),), does=does, remarks_at=remarks)


def wording(
    office: Office,
    row: Activity,
    step: str,
    texts: Texts,
    *,
    actor: Actor,
    organisation_id: int | None = None,
) -> ForeseeableAct:
    """The letter of a step says own words; of no texts the product's own again."""

    def does(session: Session, now: datetime) -> None:
        word(
            session,
            office,
            session.get_one(Activity, row.id),
            step=step,
            texts=texts,
            by=By(actor, now),
            organisation=_whose(session, organisation_id),
        )

    def remarks(session: Session) -> Iterable[str]:
        whose = _whose(session, organisation_id)
        # Of two who write at once the second is told what they are about to replace.
        if at := own_words(session, identity(row)).written_at(step, organisation_id):
            yield SENTENCES("words_replaced", at=f"{at.astimezone(STOCKHOLM):%Y-%m-%d %H:%M:%S}")
        yield from what_it_does(session, row, step=step, organisation=whose)

    return ForeseeableAct(activity_ids=(identity(row),), does=does, remarks=remarks)


def _whose(session: Session, organisation_id: int | None) -> Organisation | None:
    return session.get_one(Organisation, organisation_id) if organisation_id else None
