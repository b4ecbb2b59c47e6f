"""Activities and organisations of a round, found by the keys and names that people use."""

from sqlmodel import Session, col, select

from agenda.models import Activity, Invitation, Organisation, Round
from agenda.rounds.sentences import SENTENCES
from agenda.words.errors import NotFound
from agenda.words.texts import as_read


def find_invitation(
    session: Session, round_: Round, *, organisation: str, activity: str, locks: bool = True
) -> tuple[Invitation, Activity, Organisation]:
    """What is expected of an organisation in an activity, by their keys.

    The invitation is locked until the transaction ends, so that an answer and the sending
    of a reminder to the same organisation take turns. Who only reads does not lock it.

    Raises:
        NotFound: no such organisation or activity, or it is not asked there.
    """
    row = find_activity(session, round_, activity)
    whose = find_organisation(session, round_, organisation)
    query = select(Invitation).where(
        Invitation.activity_id == row.id, Invitation.organisation_id == whose.id
    )
    found = session.exec(query.with_for_update() if locks else query).first()
    if found is None:
        raise NotFound(SENTENCES("not_asked", name=whose.name, key=row.key))
    return found, row, whose


def find_asked(session: Session, row: Activity, organisation: str) -> Invitation:
    """What is expected in an activity of an organisation, by its key; locked.

    Raises:
        NotFound: no such organisation, or it is not asked there.
    """
    round_ = session.get_one(Round, row.round_id)
    return find_invitation(session, round_, organisation=organisation, activity=row.key)[0]


def find_activity(session: Session, round_: Round, key: str) -> Activity:
    """An activity of a round by its key; NotFound lists the keys there are."""
    query = select(Activity).where(Activity.round_id == round_.id)
    rows = list(session.exec(query.order_by(col(Activity.position))))
    for row in rows:
        if row.key == key:
            return row
    keys = ", ".join(row.key for row in rows)
    raise NotFound(SENTENCES("no_activity", name=round_.name, key=key, keys=keys))


def find_organisation(session: Session, round_: Round, key: str) -> Organisation:
    """An organisation of a round by its key or name, or by the first word of its name.

    Raises:
        NotFound: there is none, or several; lists the keys there are.
    """
    query = select(Organisation).where(Organisation.round_id == round_.id)
    rows = list(session.exec(query.order_by(col(Organisation.position))))
    wanted = as_read(key)
    exact = [row for row in rows if row.key == wanted]
    exact = exact or [row for row in rows if as_read(row.name) == wanted]
    found = exact or [row for row in rows if _begins_with(row, wanted)]
    if len(found) == 1:
        return found[0]
    keys = ", ".join(row.key for row in (found or rows)[:20])
    if found:
        raise NotFound(SENTENCES("several_organisations", key=key, keys=keys))
    raise NotFound(SENTENCES("no_organisation", name=round_.name, key=key, keys=keys))


def _begins_with(row: Organisation, wanted: str) -> bool:
    """Whether a name's first word is meant, in the genitive or not: "Berg" in "Bergs kommun"."""
    first = as_read(row.name).split()[0]
    return wanted.rstrip("s") in (first.rstrip("s"), row.key.rstrip("s"))
