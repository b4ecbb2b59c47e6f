"""What the pages about starting a round say."""

from agenda.words.sentence import Sentences
from portal.desk.sentences import SENTENCES as OF_THE_DESK
from portal.desk.starting.sentences import SENTENCES
from portal.door import words

_EVERY = Sentences(**(OF_THE_DESK | SENTENCES))


def speaker(language: str) -> words.Say:
    """What says a sentence of this room, of the desk, or one that every door shares."""
    return words.speaker(language, _EVERY)
