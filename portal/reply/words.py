"""What the pages of a reply say."""

from portal.door import words
from portal.reply.sentences import SENTENCES


def speaker(language: str) -> words.Say:
    """What says a sentence of this door, or one that every door shares."""
    return words.speaker(language, SENTENCES)
