"""Somebody at the desk: signs in, opens pages, presses the buttons of both pages of an act."""

from dataclasses import dataclass

from httpx import Response
from sqlmodel import col, select

from agenda.models import Coordinator, DeskRole, Round, identity
from agenda.people.roles import add_person, everybody, give_role
from agenda.people.signing_in import let_in_anywhere
from agenda.register import By
from agenda.storage.store import reading, transaction
from portal.desk.acts.two_step import CONFIRMED
from tests.door import Door, Pairs, Reader
from tests.rounds_under_way import PLAN

ASTA = PLAN.coordinator.address
"""The address of the round's coordinator."""
BO = "bo@regionen.example"
"""Of somebody who is let in by the tests that need one more."""


@dataclass
class Desk(Door):
    """A browser at the desk."""

    @property
    def home(self) -> str:
        """The first page of the round."""
        with reading(self.engine) as session:
            known = session.scalars(select(Round).order_by(col(Round.id))).first()
            return f"/samordna/{identity(known)}"

    def person(self, address: str) -> Coordinator:
        """Somebody who may sign in."""
        with reading(self.engine) as session:
            return next(one for one in everybody(session) if one.address == address)

    def let_see(self, address: str, role: DeskRole, *, name: str = "Bo Berg") -> None:
        """Let somebody see the round."""
        with transaction(self.engine) as session:
            by = By.person("x", self.now)
            person = add_person(session, name=name, address=address, by=by)
            known = session.scalars(select(Round).order_by(col(Round.id))).one()
            give_role(session, known, person, role, by=by)

    def sign_in(self, address: str) -> None:
        """Sign in as somebody, by an address that holds in any browser."""
        with transaction(self.engine) as session:
            person = next(one for one in everybody(session) if one.address == address)
            token = let_in_anywhere(session, person, now=self.now)
        way = f"/samordna/logga-in/{token}"
        answer = self.post(way, self.form(way).pairs)
        assert (answer.status_code, answer.headers["location"]) == (303, "/samordna")

    def press(self, address: str, number: int = 0, **changes: str) -> Response:
        """Open a page, fill in one of its forms, and press its button."""
        form = self.form(address, number)
        return self.post(form.action or address, form.with_(**changes))

    def confirm_page(self, answer: Response) -> Reader:
        """The page that asks for the second press."""
        assert answer.status_code == 200, answer.text[:2000]
        found = Reader(answer.text)
        assert CONFIRMED in found.forms[-1].buttons, found.text
        return found

    def confirmed(self, address: str, answer: Response) -> Response:
        """Press the button that has it happen."""
        form = self.confirm_page(answer).forms[-1]
        pairs: Pairs = [*form.pairs, (CONFIRMED, "1")]
        return self.post(address, pairs)

    def do(self, address: str, **changes: str) -> Response:
        """Both presses of an act."""
        done = self.confirmed(address.partition("?")[0], self.press(address, **changes))
        assert done.status_code == 303, done.text[:2000]
        return done
