"""A round's plan as it stands now, to be saved or to begin another round from."""

from sqlmodel import Session, col, select

from agenda.models import Activity, Contact, Organisation, Round
from agenda.plan.model import ContactEntry, OrganisationEntry, Plan, PlannedActivity
from agenda.rounds.facts import plan_activity


def plan_of_round(session: Session, round_: Round) -> Plan:
    """The plan of a round with the dates that hold now and the contacts it has now.

    Left out: what was called off, contacts that were removed, addresses that take no mail.
    Tables of the latest years ask about the latest years again.
    """
    rows = session.exec(
        select(Activity)
        .where(Activity.round_id == round_.id, col(Activity.cancelled_at).is_(None))
        .order_by(col(Activity.position))
    ).all()
    keys = {row.key for row in rows}
    activities = sorted((_activity(row, keys) for row in rows), key=lambda one: one.starts_on)
    head = round_.head
    sending = head.sending.model_copy(
        update={
            # A plan file knows no seconds; what goes on all day ends a minute early.
            name: getattr(head.sending, name).replace(second=0, microsecond=0)
            for name in ("at", "from_time", "until_time")
        }
    )
    said = {name: getattr(head, name) for name in type(head).model_fields}
    return Plan(
        **said | {"sending": sending},
        organisations=organisations_of(session, round_),
        activities=tuple(activities),
    )


def organisations_of(session: Session, round_: Round) -> tuple[OrganisationEntry, ...]:
    """A round's organisations with the contacts that can be reached, as a plan has them."""
    contacts: dict[int, list[ContactEntry]] = {}
    rows = session.exec(
        select(Contact)
        .join(Organisation)
        .where(
            Organisation.round_id == round_.id,
            col(Contact.is_removed).is_(False),
            col(Contact.bounced_at).is_(None),
        )
        .order_by(col(Contact.id))
    )
    for one in rows:
        entry = ContactEntry(name=one.name, address=one.address, role=one.role)
        contacts.setdefault(one.organisation_id, []).append(entry)
    found = session.exec(
        select(Organisation)
        .where(Organisation.round_id == round_.id)
        .order_by(col(Organisation.position))
    )
    return tuple(
        OrganisationEntry.model_validate(
            {
                "key": one.key,
                "name": one.name,
                "kind": one.kind,
                "language": one.language,
                "contacts": contacts.get(one.id or 0, ()),
            }
        )
        for one in found
    )


def _activity(row: Activity, keys: set[str]) -> PlannedActivity:
    planned = plan_activity(row)
    forms = {
        name: None if form is None else tuple(field.of_any_year() for field in form)
        for name, form in (("form", planned.form), ("ballot", planned.ballot))
    }
    after = tuple(key for key in planned.after if key in keys)
    return planned.model_copy(update=forms | {"after": after})
