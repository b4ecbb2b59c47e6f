"""What the pages of a decision say."""

from portal.deciding.sentences import SENTENCES
from portal.door import words


def speaker(language: str) -> words.Say:
    """What says a sentence of this door, or one that every door shares."""
    return words.speaker(language, SENTENCES)
