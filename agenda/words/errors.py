"""The errors a person can mend: each is one sentence that says what, where and how."""

from enum import StrEnum


class Remedy(StrEnum):
    """What would mend an error. Each door says in its own words how that is done there."""

    ANOTHER_NAME = "another_name"
    NAME_THE_ROUND = "name_the_round"
    START_A_ROUND = "start_a_round"
    GIVE_TEXT_OR_FILE = "give_text_or_file"


class AgendaError(Exception):
    """Something a person can mend. Shown as one sentence, never as a traceback.

    Args:
        sentence: What is wrong and, where that is the same whichever door, how to mend it.
        remedy: What would mend it, where how to do that depends on the door.
    """

    exit_code = 1

    def __init__(self, sentence: str, *, remedy: Remedy | None = None) -> None:
        super().__init__(sentence)
        self.remedy = remedy


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
