"""What the desk's pages say."""

from portal.desk.sentences import SENTENCES
from portal.door import words


def speaker(language: str) -> words.Say:
    """What says a sentence of this door, or one that every door shares."""
    return words.speaker(language, SENTENCES)
