"""A round under way: a plan, a clock that a test moves, and what can be seen of both."""

from collections.abc import Iterable
from copy import copy
from datetime import UTC, date, datetime
from typing import Self

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from agenda.links.keyring import Keyring
from agenda.models import (
    Activity,
    AnswerKind,
    Contact,
    Invitation,
    Message,
    MessageState,
    Organisation,
    Round,
    identity,
)
from agenda.plan.model import ContactEntry, OrganisationEntry, Plan
from agenda.plan.reading import bundled_plan, read_plan
from agenda.register import Actor, ActorKind, By, entries
from agenda.replies import answers
from agenda.replies.answers import NewAnswer
from agenda.rounds import activities, finding
from agenda.rounds.facts import Situation, situation
from agenda.rounds.round import close_round, find_round, start_round
from agenda.storage.store import reading, transaction
from agenda.workdays import STOCKHOLM
from notifications.acts.answers import record_answer
from notifications.acts.course import mark_done
from notifications.acts.deadlines import move_deadline
from notifications.acts.extensions import grant_extension
from notifications.attending import Attended, announce, attend
from notifications.delivery.claiming import Delivered
from notifications.delivery.sending import deliver, deliver_ready
from notifications.office import Office
from notifications.post.outgoing import Outgoing
from tests.obedient_server import ObedientServer

PLAN = read_plan(bundled_plan())
INPUT = "inspel"
MUNICIPALITIES = tuple(entry.key for entry in PLAN.organisations if entry.kind == "municipality")
KEY = "the secret key of the tests, long enough"
OFFICE = Office(
    "agendan@regionen.example",
    "Region Jämtland Härjedalen",
    Keyring(KEY.encode(), "https://paverkansagenda.regionen.example"),
)
PORTAL = OFFICE.keyring.portal_url
COORDINATOR = PLAN.coordinator.address
WHO = "Asta Samordnare"
ASTA = Actor(ActorKind.PERSON, WHO)


def sv(text: str) -> datetime:
    """A Swedish wall-clock time, "2020-08-21 08:00", as an instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM).astimezone(UTC)


def wall(at: datetime) -> str:
    """An instant as Swedish wall-clock time."""
    return f"{at.astimezone(STOCKHOLM):%Y-%m-%d %H:%M}"


def address(organisation: str) -> str:
    """The registrar's address of one of the bundled plan's municipalities."""
    return f"kommun@{organisation}.example"


def manager(organisation: str) -> str:
    """The address that a municipality's missing answer is escalated to."""
    return f"kommundirektor@{organisation}.example"


def a_plan(
    *organisations: str, name: str = "2020", only: Iterable[str] = (INPUT,), **changes: object
) -> Plan:
    """The bundled plan's input, or other of its activities, for these organisations alone."""
    wanted = organisations or MUNICIPALITIES
    return PLAN.model_copy(
        update={
            "name": name,
            "activities": tuple(PLAN.activity(key) for key in only),
            "organisations": tuple(o for o in PLAN.organisations if o.key in wanted),
        }
        | changes
    )


def many(count: int) -> tuple[OrganisationEntry, ...]:
    """As many municipalities as wanted, each with a registrar and a manager."""
    return tuple(
        OrganisationEntry(
            key=f"kommun-{number}",
            name=f"Kommun {number}",
            kind="municipality",
            contacts=(
                ContactEntry(name=f"Registrator {number}", address=address(f"kommun-{number}")),
                ContactEntry(
                    name=f"Direktör {number}",
                    address=manager(f"kommun-{number}"),
                    role="escalation",
                ),
            ),
        )
        for number in range(count)
    )


class RoundUnderWay:
    """One round in a database, looked at and acted on at the instants that a test names."""

    def __init__(
        self,
        engine: Engine,
        plan: Plan | None = None,
        *,
        since: str = "2020-03-01 12:00",
        server: ObedientServer | None = None,
        tracked_from: date | None = None,
    ) -> None:
        self.engine = engine
        self.plan = plan or a_plan()
        self.server = server or ObedientServer()
        self._ids: dict[str, int] = {}
        with transaction(engine) as session:
            known = start_round(
                session, self.plan, by=By.person(WHO, sv(since)), tracked_from=tracked_from
            )
            self.id = identity(known)

    def in_copy(self, engine: Engine) -> Self:
        """The same round in another database, which has been given what this one's held."""
        found = copy(self)
        found.engine = engine
        found.server = self.server.as_it_was()
        return found

    # What runs by itself.

    def attend(self, at: str, activity: str = INPUT) -> Attended:
        """A whole run of one activity: look, queue, deliver."""
        self.server.now = sv(at)
        attended, _ = attend(
            self.engine,
            self.server,
            OFFICE,
            activity_id=self.activity_id(activity),
            now=lambda: sv(at),
        )
        return attended

    def look(self, at: str, activity: str = INPUT) -> Attended:
        """Look and queue, but deliver nothing."""
        return announce(self.engine, OFFICE, activity_id=self.activity_id(activity), now=sv(at))

    def post(self, at: str) -> list[Delivered]:
        """Deliver what waits."""
        self.server.now = sv(at)
        return list(deliver_ready(self.engine, self.server, OFFICE, now=lambda: sv(at)))

    def post_one(self, message_id: int, at: str) -> Delivered:
        """Deliver one message."""
        self.server.now = sv(at)
        return deliver(self.engine, self.server, OFFICE, message_id, now=sv(at))

    # What people do.

    def answer(
        self,
        organisation: str,
        at: str,
        *,
        activity: str = INPUT,
        kind: AnswerKind = AnswerKind.SUBMISSION,
        received: str | None = None,
    ) -> None:
        """Record an organisation's answer, received at once if not said otherwise."""
        with transaction(self.engine) as session:
            record_answer(
                session,
                OFFICE,
                self._invitation(session, organisation, activity),
                NewAnswer(
                    kind=kind, received_at=sv(received or at), text="Mötesspår på Mittbanan."
                ),
                by=By.person(WHO, sv(at)),
            )

    def withdraw_answer(self, organisation: str, at: str) -> None:
        """Take an organisation's answer back."""
        with transaction(self.engine) as session:
            invitation = self._invitation(session, organisation, INPUT)
            answers.withdraw_answer(session, invitation, by=By.person(WHO, sv(at)))

    def move(self, to: date, at: str, activity: str = INPUT) -> int:
        """Move an activity's last day."""
        with transaction(self.engine) as session:
            row = self._activity(session, activity)
            return move_deadline(session, OFFICE, row, to=to, by=By.person(WHO, sv(at)))

    def extend(self, organisation: str, to: date, at: str, activity: str = INPUT) -> None:
        """Grant an organisation an extension."""
        with transaction(self.engine) as session:
            invitation = self._invitation(session, organisation, activity)
            grant_extension(session, OFFICE, invitation, to=to, by=By.person(WHO, sv(at)))

    def done(self, at: str, activity: str = INPUT) -> None:
        """Mark an activity done."""
        with transaction(self.engine) as session:
            row = self._activity(session, activity)
            mark_done(session, OFFICE, row, by=By.person(WHO, sv(at)))

    def reopen(self, at: str, activity: str = INPUT) -> None:
        """Take back that it was done."""
        with transaction(self.engine) as session:
            activities.reopen(session, self._activity(session, activity), by=By.person(WHO, sv(at)))

    def hold(self, step: str, at: str, organisation: str | None = None) -> None:
        """Hold a step back."""
        self._hold_or_release(activities.hold_step, step, at, organisation)

    def release(self, step: str, at: str, organisation: str | None = None) -> None:
        """Let a held step go."""
        self._hold_or_release(activities.release_step, step, at, organisation)

    def close(self, at: str) -> None:
        """End the round."""
        with transaction(self.engine) as session:
            close_round(session, session.get_one(Round, self.id), by=By.person(WHO, sv(at)))

    def pause(self, at: str | None) -> None:
        """Let nothing leave, or (None) everything again."""
        with transaction(self.engine) as session:
            session.get_one(Round, self.id).sending_paused_at = sv(at) if at else None

    def change_contact(self, to: str, **changes: object) -> None:
        """Change something about the contact with an address."""
        with transaction(self.engine) as session:
            contact = session.exec(
                select(Contact)
                .join(Organisation)
                .where(Contact.address == to, Organisation.round_id == self.id)
            ).one()
            for name, value in changes.items():
                setattr(contact, name, value)

    # What can be seen.

    @property
    def mails(self) -> list[str]:
        """What left, in order: "2020-08-21 08:00 reminder-30 kommun@berg.example"."""
        return [
            f"{wall(at)} {outgoing.key.split(':')[1]} {outgoing.recipient}"
            for at, outgoing in self.server.taken
            if at is not None
        ]

    @property
    def outgoing(self) -> list[Outgoing]:
        """What left, whole."""
        return [outgoing for _, outgoing in self.server.taken]

    def messages(self, step: str | None = None) -> list[Message]:
        """The outbox in the order it was filled, whole or one step's."""
        with reading(self.engine) as session:
            query = select(Message).where(Message.round_id == self.id)
            if step is not None:
                query = query.where(Message.step == step)
            return list(session.exec(query.order_by(col(Message.id))))

    def states(self, step: str) -> dict[str, MessageState]:
        """How each message of a step stands, by address."""
        return {message.recipient: message.state for message in self.messages(step)}

    def verdicts(self, at: str, organisation: str, activity: str = INPUT) -> dict[str, str]:
        """Each step's verdict for an organisation, by step name and last day."""
        with reading(self.engine) as session:
            known: Situation = situation(session, self.activity_id(activity))
            return {
                f"{v.step.name} {v.step.due_on}": " ".join(filter(None, (v.status, v.because)))
                for v in known.verdicts(sv(at))
                if v.organisation == organisation
            }

    def register(self, what: str) -> list[str]:
        """What the register's lines of one kind say."""
        with reading(self.engine) as session:
            found = entries(session, round_id=self.id)
            return [entry.after for entry in found if entry.what == what]

    def activity_id(self, key: str = INPUT) -> int:
        """An activity's id, which is looked up once: it stays the same."""
        if key not in self._ids:
            with reading(self.engine) as session:
                self._ids[key] = identity(self._activity(session, key))
        return self._ids[key]

    def invitation(self, session: Session, organisation: str, activity: str = INPUT) -> Invitation:
        """What is expected of an organisation, in an open session."""
        return self._invitation(session, organisation, activity)

    def _activity(self, session: Session, key: str) -> Activity:
        return finding.find_activity(session, session.get_one(Round, self.id), key)

    def _invitation(self, session: Session, organisation: str, activity: str) -> Invitation:
        known = find_round(session, self.plan.name)
        return finding.find_invitation(
            session, known, organisation=organisation, activity=activity
        )[0]

    def _hold_or_release(self, act, step: str, at: str, organisation: str | None) -> None:
        with transaction(self.engine) as session:
            known = session.get_one(Round, self.id)
            row = self._activity(session, INPUT)
            whose = (
                finding.find_organisation(session, known, organisation) if organisation else None
            )
            act(session, row, step=step, by=By.person(WHO, sv(at)), organisation=whose)
