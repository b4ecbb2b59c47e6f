"""What a person sees of `agenda up`: lines, a turning wheel on a terminal, and the panel."""

from types import TracebackType
from typing import Self

from rich.console import Console
from sqlmodel import Session

from agenda.clock import utc_now
from agenda.installation.settings import Settings
from agenda.models import Coordinator
from agenda.people.coordinators import coordinators_at_work
from agenda.people.roles import add_person, everybody
from agenda.people.signing_in import let_in_anywhere
from agenda.register import By, ProductPart
from agenda.rounds.round import Occasion, planned_occasions
from agenda.storage.store import open_engine, reading, transaction
from agenda.words.this_machine import leads_here
from notifications.acts.signing_in import address_of
from notifications.office import Office
from portal.up.panel import ready_panel

FIRST_PERSON = "Samordnare"
"""What the register calls whoever sits at the machine before anybody has been added."""
PLAIN_COLUMNS = 120
"""The width when there is no terminal, so that a log keeps addresses in one piece."""


class Screen:
    """Standard output, as a terminal or as plain lines."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._console = Console(highlight=False)
        if not self._console.is_terminal:
            self._console = Console(highlight=False, width=PLAIN_COLUMNS)
        self._wheel = self._console.status("Startar …")

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._wheel.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._wheel.stop()

    def tell(self, line: str) -> None:
        """Print one line."""
        self._console.print(line, markup=False)

    def wait_for(self, names: list[str]) -> None:
        """Name at the wheel what is still awaited."""
        if names:
            self._wheel.update(f"Väntar på {', '.join(names)} …")

    def announce(self) -> None:
        """Stop the wheel and print the panel."""
        self._wheel.stop()
        found = self._ahead()
        self._console.print(ready_panel(self._settings, found, way_in=self._way_in()))

    def _ahead(self) -> list[Occasion]:
        engine = open_engine(self._settings.engine_url)
        try:
            with reading(engine) as session:
                return planned_occasions(session, now=utc_now())
        finally:
            engine.dispose()

    def _way_in(self) -> str:
        """An address that signs in who sits there; on the machine itself alone."""
        if not leads_here(self._settings.portal_url):
            return ""
        engine = open_engine(self._settings.engine_url)
        try:
            with transaction(engine) as session:
                # Of several, whoever came last: the example's was there first.
                person = _at_the_machine(session, self._settings)
                token = let_in_anywhere(session, person, now=utc_now())
        finally:
            engine.dispose()
        return address_of(Office.of(self._settings), token)


def _at_the_machine(session: Session, settings: Settings) -> Coordinator:
    """Whoever coordinates or may start a round; of a database without anybody, somebody new.

    So that who has nothing but an empty database comes in, and can start a round.
    """
    found = coordinators_at_work(session) or [
        one for one in everybody(session) if one.may_start_rounds
    ]
    if found:
        return found[-1]
    by = By.product(ProductPart.FIRST_START, utc_now())
    return add_person(
        session, name=FIRST_PERSON, address=settings.sender, by=by, may_start_rounds=True
    )
