"""A round started with a draft's plan, shown before it is done; and contacts put in a draft.

Both are done by the acts of a round under way: contacts are taken into a round that is started
to be taken back, so a draft refuses, and says, exactly what a round does.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Engine
from sqlmodel import Session

from agenda.contacts.spreadsheet import ContactsFile
from agenda.contacts.taking_in import Imported
from agenda.installation.unreachable import is_for_examples
from agenda.models import Coordinator, Round, identity
from agenda.plan.checks.oddities import oddities
from agenda.plan.model import OrganisationEntry, Plan, Role
from agenda.register import By
from agenda.rounds.as_plan import organisations_of
from agenda.rounds.facts import situations
from agenda.rounds.plan_drafts import find_draft, plan_of, start_of_draft
from agenda.rounds.round import open_rounds, start_round
from agenda.rounds.sentences import SENTENCES
from agenda.rounds.starting import never_sent
from agenda.storage.store import aside
from agenda.words.sentence import Sentence, joined
from notifications.acts.foreseeing import ForeseeableAct
from notifications.acts.planned.contacts import TakingIn
from notifications.acts.trying import tried
from notifications.attending import activities_of
from notifications.office import Office

_SHOWN = 5


@dataclass
class StartingRound:
    """A round about to be started with a draft."""

    draft_id: int
    version: int
    """Of the draft, as whoever starts it has seen it."""
    whose: Coordinator
    """Who starts it, and coordinates it."""
    by: By
    leaves: bool
    """Whether mail leaves for real: then addresses that reach nobody are worth a word."""

    def act(self) -> ForeseeableAct:
        """The act: something can follow in all of the activities that it makes."""
        return ForeseeableAct(
            does=self._do, activity_ids=(), makes=self._made, remarks=self._remarks
        )

    def _do(self, session: Session, now: datetime) -> Round:
        return start_of_draft(
            session,
            self.draft_id,
            version=self.version,
            whose=self.whose,
            by=By(self.by.actor, now),
        )

    def _made(self, session: Session) -> Sequence[int]:
        started = find_draft(session, self.draft_id).round_id
        return activities_of(session, session.get_one(Round, started))

    def _remarks(self, session: Session) -> Iterable[str]:
        plan = plan_of(find_draft(session, self.draft_id))
        found: list[str] = [one for path, one in oddities(plan) if path[:1] == ("activities",)]
        found += _unreached(plan)
        if self.leaves:
            found += _examples(plan)
        found += [SENTENCES("starting_other_open", name=one.name) for one in open_rounds(session)]
        with aside(session):
            found += _never_sent(session, self._do(session, self.by.at), now=self.by.at)
        return found


class PlanContacts(NamedTuple):
    """What a plan's organisations are with a list of contacts taken in."""

    organisations: tuple[OrganisationEntry, ...]
    imported: Imported


def contacts_taken_in(
    engine: Engine,
    office: Office,
    plan: Plan,
    found: ContactsFile,
    *,
    channels: Collection[str],
    by: By,
    replaces: bool,
) -> PlanContacts:
    """A plan's organisations with a list of contacts taken in; nothing is stored.

    Raises:
        FaultyFile: something in the list is wrong; carries every fault with its line.
        BadInput: there is a round of the plan's name already.
    """

    def taken(session: Session) -> PlanContacts:
        round_ = start_round(session, plan, by=by)
        session.flush()
        taking = TakingIn(office, round_, found, channels=channels, by=by, replaces=replaces)
        taking.do(session, by.at)
        return PlanContacts(organisations_of(session, round_), taking.taken.imported)

    return tried(engine, taken)[0]


def _never_sent(session: Session, round_: Round, *, now: datetime) -> Iterable[Sentence]:
    session.flush()
    found = situations(session, identity(round_))
    never, titled = never_sent(found, now=now), {one.activity.key: one.activity for one in found}
    if never:
        titles = _several(f"{titled[key].title} ({count})" for key, count in never.items())
        yield SENTENCES("starting_never_sent", count=never.total(), titles=titles)


def _unreached(plan: Plan) -> Iterable[Sentence]:
    asked = {who for activity in plan.activities for who in activity.asks}
    names = [
        one.name
        for one in plan.organisations
        if not asked.isdisjoint((one.key, one.kind))
        and not any(contact.role is Role.PRIMARY for contact in one.contacts)
    ]
    if names:
        yield SENTENCES("starting_odd_contacts", count=len(names), names=_several(names))


def _examples(plan: Plan) -> Iterable[Sentence]:
    people = (plan.coordinator, plan.responsible, *(one.responsible for one in plan.activities))
    addresses = [one.address for one in people if one is not None]
    addresses += [contact.address for one in plan.organisations for contact in one.contacts]
    found = [one for one in dict.fromkeys(addresses) if is_for_examples(one)]
    if found:
        yield SENTENCES("starting_examples", count=len(found), addresses=_several(found))


def _several(names: Iterable[str]) -> Sentence:
    every = list(names)
    return joined(", ", [*every[:_SHOWN], *(["…"] if len(every) > _SHOWN else [])])
