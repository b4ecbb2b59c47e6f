"""The errors a person can mend: each is one sentence that says what, where and how.

What a page can come to show is a keyed `Sentence`. What only a terminal shows (a command's
options, start-up, backups, upgrades, the network) is Swedish alone, and plain text.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from agenda.words.sentence import Sentence, said


class Remedy(StrEnum):
    """What would mend an error. Each door says in its own words how that is done there."""

    ANOTHER_NAME = "another_name"
    NAME_THE_ROUND = "name_the_round"
    START_A_ROUND = "start_a_round"
    MOVE_THE_PLAN = "move_the_plan"
    GIVE_TEXT_OR_FILE = "give_text_or_file"
    REINSTATE_FIRST = "reinstate_first"
    REOPEN_FIRST = "reopen_first"
    UNLOCK_FIRST = "unlock_first"


class AgendaError(Exception):
    """Something a person can mend. Shown as one sentence, never as a traceback.

    Args:
        sentence: What is wrong and, where that is the same whichever door, how to mend it.
        remedy: What would mend it, where how to do that depends on the door.
    """

    exit_code = 1

    def __init__(self, sentence: str, *, remedy: Remedy | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.remedy = remedy

    @property
    def values(self) -> Mapping[str, Any]:
        """What the sentence names; empty for one that is no `Sentence`."""
        return self.sentence.values if isinstance(self.sentence, Sentence) else {}

    def said_in(self, language: str) -> str:
        """The sentence in a language ("sv", "en")."""
        return said(self.sentence, language)


class BadInput(AgendaError):
    """What was typed or read from a file cannot be used; nothing was changed."""

    exit_code = 2


class NotFound(BadInput):
    """What was named does not exist; the sentence lists what does."""


class BadSettings(AgendaError):
    """The installation's settings cannot be used as they stand."""

    exit_code = 3


class BadDatabase(AgendaError):
    """The database cannot be used as it stands; nothing was changed."""

    exit_code = 4
