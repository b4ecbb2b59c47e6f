"""The sentences that the pages of the door say, found by key, in both languages."""

from collections.abc import Callable
from typing import Any

from portal.reply import other_sentences, sentences

LANGUAGES = ("sv", "en")

Say = Callable[..., str]
_SENTENCES = sentences.SENTENCES | other_sentences.SENTENCES


def speaker(language: str) -> Say:
    """What turns a sentence's key and its terms into the sentence, in one language."""

    def say(key: str, **terms: Any) -> str:
        return _SENTENCES[key][LANGUAGES.index(language)].format(**terms)

    return say
