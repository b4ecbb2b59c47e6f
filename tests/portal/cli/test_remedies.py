"""What would mend an error is known to the rules; how it is done, to each door."""

import re
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


def test_no_rule_speaks_of_the_command_lines_options() -> None:
    rooms = (Path(agenda.__file__).parent, Path(notifications.__file__).parent)
    option = re.compile(r"--(round|name|text|organisation|receipt|plan)\b")
    assert option.search("Ge den nya ett eget namn: --name")
    texts = {file: file.read_text("utf-8") for room in rooms for file in room.rglob("*.py")}
    assert [file for file, text in texts.items() if option.search(text)] == []
