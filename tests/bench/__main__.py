"""`make bench`: every figure that the README names, each with its aim, on this machine."""

from rich.console import Console
from rich.table import Table

from tests.bench import answering, feeding, large_feed, mailing, replaying, starting, verdicts


def main() -> None:
    """Measure one thing after the other, so that none disturbs another, and print a table."""
    console = Console()
    table = Table("mätning", "värde", "enhet", "mål", box=None, header_style="bold")
    table.columns[1].justify = "right"
    for module in (verdicts, replaying, starting, mailing, large_feed, feeding, answering):
        with console.status(f"Mäter: {(module.__doc__ or '').splitlines()[0]}"):
            found = module.measure()
        for figure in found:
            table.add_row(figure.name, f"{figure.value:.2f}", figure.unit, figure.aim)
    console.print(table)


if __name__ == "__main__":
    main()
