"""`make bench`: every figure that the README names, each with its aim, on this machine."""

from rich.console import Console

from tests.bench import (
    answering,
    desk,
    feeding,
    large_feed,
    mailing,
    replaying,
    starting,
    verdicts,
)
from tests.bench.measuring import apart_from_any_installation

MODULES = (verdicts, replaying, starting, mailing, desk, large_feed, feeding, answering)


def main() -> None:
    """Measure one thing after the other, so that none disturbs another; each as it is known."""
    console = Console()
    console.print(_row("mätning", "värde", "enhet", "mål"), style="bold", highlight=False)
    for module in MODULES:
        doing = f"Mäter: {(module.__doc__ or '').splitlines()[0]}"
        with console.status(doing), apart_from_any_installation():
            found = module.measure()
        for figure in found:
            row = _row(figure.name, f"{figure.value:.2f}", figure.unit, figure.aim)
            console.print(row, highlight=False, soft_wrap=True)
            console.file.flush()


def _row(name: str, value: str, unit: str, aim: str) -> str:
    return f"{name:<66} {value:>10} {unit:<5} {aim}".rstrip()


if __name__ == "__main__":
    main()
