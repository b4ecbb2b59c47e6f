"""How a run went, in words that a coordinator understands."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from prefect import State
from prefect.states import Completed, Failed

from notifications.attending import Attended, Lot, LotResult
from notifications.outbox.tally import Tally

TASK_EACH_UP_TO = 300
"""With more lots than this a run's page has a task for each batch, not for each lot."""
BATCH = 100


def in_batches(lots: Sequence[Lot]) -> Iterator[tuple[str, Sequence[Lot]]]:
    """The lots as a run's page shows them, with a label: each alone, or hundreds together."""
    if len(lots) <= TASK_EACH_UP_TO:
        yield from ((lot.label, (lot,)) for lot in lots)
        return
    for first in range(0, len(lots), BATCH):
        batch = lots[first : first + BATCH]
        yield f"Mottagare {first + 1}–{first + len(batch)} av {len(lots)}", batch


def without_addresses(sentences: Iterable[str]) -> str:
    """What mail servers said, fit for Prefect: without the addresses they quote."""
    return " ".join(re.sub(r"<?[^\s<>]+@[^\s<>]+>?", "(adressen)", said) for said in sentences)


def delivery_outcome(result: LotResult) -> State[Any]:
    """The final state of one task: what came of the messages it tried to send."""
    if result.failed:
        return Failed(name="Gick inte fram", message=without_addresses(result.failed))
    if result.deferred:
        return Completed(name="Väntar på e-postservern", message="Nytt försök görs snart.")
    return Completed(name="Skickat" if result.sent else "Redan skickat")


def outcome(attended: Attended, result: LotResult, tally: Tally) -> State[Any]:
    """The final state of one activity's run. A delivery that failed is never green."""
    told = " ".join(_told(attended, result, tally))
    if result.failed or (tally.failed and not tally.is_former):
        name = "Delvis levererad" if tally.left else "Inte levererad"
        failed = [without_addresses(result.failed)] if result.failed else []
        return Failed(
            name=f"{name}: {tally.left} av {tally.letters}", message=" ".join([*failed, told])
        )
    if attended.asked:
        name = f"{attended.answered} av {attended.asked} har svarat"
    else:
        name = "Påmint" if tally.left and not tally.is_former else "Inget att göra nu"
    return Completed(name=name, message=told)


def _told(attended: Attended, result: LotResult, tally: Tally) -> Iterator[str]:
    counted = f"{tally.left} av {tally.letters}"
    if not tally.letters:
        yield "Inget att skicka nu."
    elif tally.is_former:
        yield f"Inget nytt att skicka. Skickade meddelanden i det senaste steget: {counted}."
    else:
        yield f"Skickade meddelanden: {counted}."
    if tally.failed:
        yield f"Meddelanden som inte gick fram: {tally.failed}."
    if result.deferred:
        yield f"Väntar på e-postservern: {result.deferred}; nytt försök görs snart."
    if (others := tally.waiting - result.deferred) > 0:
        yield f"På väg: {others}; brevbäraren tar dem."
    if attended.postponed:
        yield f"Väntar på nästa sändningstid: {attended.postponed}."
