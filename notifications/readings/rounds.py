"""Every round there is, and the names that people type of what is in the open ones."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from agenda.models import Activity, Organisation, Round


def every_round(session: Session) -> Sequence[Round]:
    """The rounds, oldest first; closed ones too."""
    return session.exec(select(Round).order_by(col(Round.id))).all()


def round_names(session: Session) -> Sequence[str]:
    """The names of every round."""
    return session.exec(select(Round.name)).all()


def activity_keys(session: Session) -> Sequence[str]:
    """The keys of the open rounds' activities."""
    query = select(Activity.key).join(Round).where(col(Round.closed_at).is_(None))
    return session.exec(query).all()


def organisation_keys(session: Session) -> Sequence[str]:
    """The keys of the open rounds' organisations."""
    query = select(Organisation.key).join(Round).where(col(Round.closed_at).is_(None))
    return session.exec(query).all()
