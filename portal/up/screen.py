"""What a person sees of `agenda up`: lines, a turning wheel on a terminal, and the panel."""

from types import TracebackType
from typing import Self

from rich.console import Console

from agenda.clock import utc_now
from agenda.installation.settings import Settings
from agenda.rounds.round import Occasion, planned_occasions
from agenda.storage.store import open_engine, reading
from portal.up.panel import ready_panel

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
        self._console.print(ready_panel(self._settings, self._ahead()))

    def _ahead(self) -> list[Occasion]:
        engine = open_engine(self._settings.engine_url)
        try:
            with reading(engine) as session:
                return planned_occasions(session, now=utc_now())
        finally:
            engine.dispose()
