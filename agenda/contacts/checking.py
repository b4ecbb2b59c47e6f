"""What is wrong with a file of contacts in a round: who is unknown, listed twice, not allowed."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from sqlmodel import Session, col, select

from agenda.contacts.columns import in_swedish
from agenda.contacts.sentences import SENTENCES
from agenda.contacts.spreadsheet import ContactRow, Named, key_from_name
from agenda.models import Activity, Organisation, Round
from agenda.plan.model import ORGANISATION_KINDS
from agenda.words.addresses import channel_schema, mailbox_of
from agenda.words.faults import Fault, shown
from agenda.words.texts import as_read


class Organisations:
    """A round's organisations, found by what a row calls them."""

    def __init__(self, session: Session, round_: Round) -> None:
        rows = session.exec(
            select(Organisation)
            .where(Organisation.round_id == round_.id)
            .order_by(col(Organisation.position))
        )
        self.all = list(rows)
        self._by_key = {organisation.key: organisation for organisation in self.all}
        self._by_name: dict[str, Organisation] = {}
        for organisation in self.all:
            self._by_name.setdefault(as_read(organisation.name), organisation)

    def find(self, written: str) -> Organisation | None:
        """The organisation with this key or name, read as a person reads it."""
        word = as_read(written)
        found = self._by_key.get(word) or self._by_name.get(word)
        return found or self._by_key.get(key_from_name(written))

    def add(self, organisation: Organisation) -> None:
        """One more."""
        self.all.append(organisation)
        self._by_key[organisation.key] = organisation
        self._by_name.setdefault(as_read(organisation.name), organisation)


def faults_in_round(
    session: Session,
    round_: Round,
    organisations: Organisations,
    *,
    rows: Sequence[tuple[int, ContactRow]],
    named: Sequence[Named],
    channels: Collection[str],
) -> list[Fault]:
    """Everything that is wrong with a file's rows in a round, with their lines."""
    return [
        *_channel_faults(rows, channels),
        *_organisation_faults(session, round_, named, organisations),
        *_repeated(rows, organisations),
    ]


def _channel_faults(
    rows: Iterable[tuple[int, ContactRow]], channels: Collection[str]
) -> Iterator[Fault]:
    for line, row in rows:
        schema = channel_schema(row.address)
        if schema is not None and schema not in channels:
            terms = {"organisation": row.organisation, "channels": ", ".join(channels)}
            yield Fault(line, SENTENCES("channel", schema=schema, **terms))


def _organisation_faults(
    session: Session, round_: Round, named: Iterable[Named], organisations: Organisations
) -> Iterator[Fault]:
    kinds = _known_kinds(session, round_, organisations.all)
    given: dict[str, str | None] = {}
    for line, organisation, kind in named:
        if organisations.find(organisation) is not None:
            continue
        key, is_new = key_from_name(organisation), key_from_name(organisation) not in given
        if words := _fault_of_a_new_one(organisation, kind, round_, kinds, given):
            yield Fault(line, words)
        if is_new and key:
            given[key] = kind


def _fault_of_a_new_one(
    organisation: str,
    kind: str | None,
    round_: Round,
    kinds: Sequence[str],
    given: dict[str, str | None],
) -> str | None:
    key, name = key_from_name(organisation), shown(organisation)
    if not key:
        return SENTENCES("no_key", name=name)
    if key in given:
        first = given[key]
        if not kind or not first or kind == first:
            return None
        one, other = (in_swedish("kind", given_kind) for given_kind in (first, kind))
        return SENTENCES("two_kinds", name=name, one=one, other=other)
    if kind is None:
        return SENTENCES("not_in_round", name=name, round=round_.name)
    if kind and kind not in kinds:
        words = ", ".join(in_swedish("kind", one) for one in kinds)
        return SENTENCES("no_kind", name=name, kind=shown(kind), kinds=words)
    return None


def _known_kinds(
    session: Session, round_: Round, organisations: Iterable[Organisation]
) -> tuple[str, ...]:
    rows = session.exec(select(Activity).where(Activity.round_id == round_.id))
    own = {organisation.key: organisation.kind for organisation in organisations}
    asked = {kind for activity in rows for kind in activity.asks if kind not in own}
    return tuple(dict.fromkeys((*ORGANISATION_KINDS, *sorted(asked | set(own.values())))))


def _repeated(
    rows: Iterable[tuple[int, ContactRow]], organisations: Organisations
) -> Iterator[Fault]:
    seen: dict[tuple[str, str, str], int] = {}
    for line, row in rows:
        organisation = organisations.find(row.organisation)
        key = organisation.key if organisation else row.organisation_key
        which = (key, mailbox_of(row.address), row.role)
        if which in seen:
            terms = {"organisation": shown(row.organisation), "address": shown(row.address)}
            role = in_swedish("role", row.role)
            yield Fault(line, SENTENCES("stands_twice", role=role, line=seen[which], **terms))
        seen.setdefault(which, line)
