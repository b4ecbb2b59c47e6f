"""What would mend an error is known to the rules; how it is done, to each door."""

from pathlib import Path

import agenda
import notifications
from agenda.words.errors import BadInput, Remedy
from portal.cli.terminal.remedies import HERE, in_words


def test_the_command_line_has_words_for_every_remedy() -> None:
    assert set(HERE) == set(Remedy)
    assert in_words(BadInput("Det går inte.")) == "Det går inte."
    lacking = BadInput("Flera omgångar är igång: A, B.", remedy=Remedy.NAME_THE_ROUND)
    assert in_words(lacking) == "Flera omgångar är igång: A, B. Välj en med --round NAMN."


def test_no_rule_of_a_round_or_an_answer_speaks_of_the_command_lines_options() -> None:
    rooms = (Path(agenda.__file__).parent, Path(notifications.__file__).parent)
    speaking = [
        file.name
        for room in rooms
        for file in room.rglob("*.py")
        if any(
            f" {option} " in file.read_text(encoding="utf-8") for option in ("--round", "--name")
        )
    ]
    assert speaking == []
