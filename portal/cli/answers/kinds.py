"""What an organisation can answer, as it is typed and as it is shown."""

from typing import Annotated

import typer

from agenda import kinds

KINDS = {
    **{kind.answer["sv"].bare: "submission" for kind in kinds.KINDS.values()},
    "proposals": "submission",
    "submission": "submission",
    "nothing-to-report": "nothing_to_report",
    "nothing_to_report": "nothing_to_report",
    "inget-att-framföra": "nothing_to_report",
    "inget": "nothing_to_report",
    "declined": "declined",
    "avstår": "declined",
}
IN_WORDS = {
    "submission": "Svar",
    "nothing_to_report": "Inget att framföra",
    "declined": "Avstår",
}


def a_kind(typed: str) -> str:
    """What was answered, in English or Swedish."""
    kind = KINDS.get(typed.casefold().replace(" ", "-"))
    if kind is None:
        raise typer.BadParameter(
            f"{typed} är inget slags svar. Välj proposals, nothing-to-report eller declined "
            "(på svenska inspel, inget, avstår)"
        )
    return kind


Kind = Annotated[
    str,
    typer.Option(
        "--kind",
        metavar="SLAG",
        parser=a_kind,
        help="proposals, nothing-to-report eller declined; på svenska inspel, inget, avstår.",
    ),
]
