"""The sentences that pages say, found by key, in both languages."""

from collections.abc import Callable
from typing import Any

from agenda.words.sentence import LANGUAGES, Sentences, said
from portal.door.sentences import SENTENCES

__all__ = ["LANGUAGES", "Say", "speaker"]

Say = Callable[..., str]
_NONE = Sentences()


def speaker(language: str, own: Sentences = _NONE) -> Say:
    """What turns a sentence's key and its terms into the sentence, in one language.

    A door's own sentences are said before those that every door shares.
    """

    def say(key: str, **terms: Any) -> str:
        return said((own if key in own else SENTENCES)(key, **terms), language)

    return say
