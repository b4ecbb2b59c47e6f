"""`agenda attend`: a round's work without Prefect: look, queue what is due, deliver it."""

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.progress import Progress

from agenda.installation.rekeying import check_key
from agenda.models import identity
from agenda.rounds.finding import find_activity
from agenda.rounds.round import find_round
from agenda.storage.store import reading
from agenda.words.errors import BadInput
from notifications.attending import (
    Attended,
    LotResult,
    announce,
    deliver_lot,
    open_activities,
    together,
)
from notifications.delivery.claiming import Fate
from notifications.delivery.sending import deliver_ready
from notifications.erasing import erase_what_is_old
from notifications.post.channels import Channels
from portal.cli.commands import COMMANDS
from portal.cli.terminal.completing import activity_keys
from portal.cli.terminal.options import RoundName, add
from portal.cli.terminal.output import complain, count, progress_bar, say
from portal.cli.terminal.visit import Visit, visit

FAILED = 1


OneActivity = Annotated[
    str | None,
    typer.Argument(metavar="AKTIVITET", help="Aktivitetens nyckel.", autocompletion=activity_keys),
]
EveryActivity = Annotated[
    bool, typer.Option("--all", help="Alla aktiviteter i alla omgångar som är igång.")
]


def attend(
    activity: OneActivity = None,
    everything: EveryActivity = False,
    round_name: RoundName = None,
) -> None:
    """Look at an activity, queue what is due and deliver it."""
    if everything == (activity is not None):
        raise BadInput("Ange en aktivitet, eller --all för alla.")
    failed: list[str] = []
    with visit() as here:
        chosen = _chosen(here, activity, round_name)
        if not chosen:
            say("Ingen omgång är igång, så det finns inget att göra.")
        with Channels(here.settings) as channels, progress_bar() as progress:
            is_away = False
            for activity_id in chosen:
                lots_sent = _attend(here, None if is_away else channels, activity_id, progress)
                is_away = is_away or lots_sent.is_server_away
                failed += lots_sent.failed
            if everything and not is_away:
                failed += _leftovers(here, channels)
        if everything:
            _erase(here)
    if is_away:
        complain("Mailservern går inte att nå. Breven ligger kvar i utkorgen och skickas senare.")
    for sentence in failed:
        complain(f"Kom inte fram: {sentence}")
    if failed:
        raise typer.Exit(FAILED)


def _chosen(here: Visit, activity: str | None, round_name: str | None) -> Sequence[int]:

    with reading(here.engine) as session:
        check_key(session, here.office.keyring)
        if activity is not None:
            round_ = find_round(session, round_name)
            return [identity(find_activity(session, round_, activity))]
    return open_activities(here.engine)


def _attend(
    here: Visit, channels: Channels | None, activity_id: int, progress: Progress
) -> LotResult:
    """Look at one activity and say what came of it; without channels nothing is delivered."""
    attended = announce(here.engine, here.office, activity_id=activity_id, now=here.clock())
    bar = progress.add_task(
        attended.activity_title, total=len(attended.lots), visible=bool(attended.lots)
    )
    results: list[LotResult] = []
    for lot in attended.lots:
        if channels is None:
            break
        results.append(deliver_lot(here.engine, channels, here.office, lot, now=here.clock()))
        progress.advance(bar)
        if results[-1].is_server_away:
            break
    progress.remove_task(bar)
    result = together(results)
    what = _in_words(attended, result)
    say(f"{attended.activity_title} (omgång {attended.round_name}): {what}.", above=progress)
    return result


def _leftovers(here: Visit, channels: Channels) -> list[str]:
    """What waits in the outbox without belonging to an open activity."""
    delivered = deliver_ready(here.engine, channels, here.office, now=here.clock)
    return [entry.said for entry in delivered if entry.fate is Fate.FAILED]


def _erase(here: Visit) -> None:
    """What the daily round erases."""
    days = here.settings.erase_after_days
    gone = erase_what_is_old(here.engine, days=days, now=here.clock())
    if gone.files or gone.addresses:
        files = count(gone.files, "fil", "filer")
        say(f"Raderat: {files} och {count(gone.addresses, 'adress', 'adresser')}.")


def _in_words(attended: Attended, result: LotResult) -> str:
    what = [f"{attended.answered} av {attended.asked} har svarat"] if attended.asked else []
    if attended.queued or attended.lots:
        what += [count(attended.queued, "nytt brev", "nya brev"), f"{result.sent} skickade"]
    else:
        what.append("inget att skicka")
    if attended.postponed:
        what.append(f"{attended.postponed} väntar på sändningstiden")
    if result.deferred:
        what.append(f"{result.deferred} försöker vi med igen senare")
    if result.failed:
        what.append(f"{len(result.failed)} kom inte fram")
    return ", ".join(what)


def register(app: typer.Typer) -> None:
    """Add the command."""
    add(
        app,
        attend,
        COMMANDS["attend"].summary,
        "agenda attend inspel",
        "agenda attend --all",
    )
