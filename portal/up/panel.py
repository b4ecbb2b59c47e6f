"""The panel that `agenda up` prints when all is ready: where, what mail does, what comes."""

from collections.abc import Iterable

from rich.box import ROUNDED
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from agenda.installation.settings import Settings
from agenda.rounds.round import Occasion
from portal.door.moments import moment_in_words
from portal.mailbox.words import mail_in_words

STEPS_SHOWN = 3


def ready_panel(settings: Settings, ahead: Iterable[Occasion], *, way_in: str = "") -> Panel:
    """The panel.

    Args:
        settings: The settings in force.
        ahead: The dated steps still ahead, earliest first; the first few are shown.
        way_in: An address that signs in who sits at the machine; empty where there is none.
    """
    places = Table.grid(padding=(0, 3))
    if way_in:
        places.add_row("Logga in", _address(way_in))
        places.add_row("", Text("en gång, inom tio minuter; en ny: agenda person sign-in"))
    places.add_row("Dashboard", _address(settings.prefect_url))
    # A proxy leaves these two inside.
    places.add_row("Startsida", _address(settings.url_at_machine))
    places.add_row("Brevlåda", _mailbox(settings))
    places.add_row("E-post", Text(mail_in_words(settings)))
    return Panel(
        Group(places, "", *_steps(list(ahead)[:STEPS_SHOWN])),
        title="Påverkansagendan är igång",
        subtitle="Ctrl-C avslutar",
        box=ROUNDED,
        expand=False,
        padding=(1, 2),
    )


def _mailbox(settings: Settings) -> Text:
    if settings.has_mail_server:
        return Text("riktig e-postserver, ingen lokal brevlåda")
    return _address(f"{settings.url_at_machine}/brevlada")


def _steps(ahead: list[Occasion]) -> list[RenderableType]:
    if not ahead:
        return [Text("Inget mer är planerat. Starta en omgång med: agenda round start --plan FIL")]
    rows = Table.grid(padding=(0, 3))
    for occasion in ahead:
        what = f"{occasion.activity_title}: {occasion.label} ({occasion.round_name})"
        rows.add_row(Text(moment_in_words(occasion.at)), Text(what))
    return [Text("Härnäst enligt planen", style="bold"), rows]


def _address(url: str) -> Text:
    return Text.assemble((url, f"link {url}"))
