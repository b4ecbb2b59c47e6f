"""The sentences that pages say, found by key, in both languages."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from portal.door.sentences import SENTENCES

LANGUAGES = ("sv", "en")

Say = Callable[..., str]
Sentences = Mapping[str, tuple[str, str]]
"""Each sentence by its key: in Swedish, then in English."""
_NONE: Sentences = MappingProxyType({})


def speaker(language: str, own: Sentences = _NONE) -> Say:
    """What turns a sentence's key and its terms into the sentence, in one language.

    A door's own sentences are said before those that every door shares.
    """

    def say(key: str, **terms: Any) -> str:
        found = own.get(key) or SENTENCES[key]
        return found[LANGUAGES.index(language)].format(**terms)

    return say
