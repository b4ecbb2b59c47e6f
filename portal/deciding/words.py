"""The sentences of the decision's page, found by key, in both languages."""

from typing import Any

from portal.deciding.sentences import SENTENCES
from portal.reply import words
from portal.reply.words import LANGUAGES, Say


def speaker(language: str) -> Say:
    """What says a sentence of this room, or one that every page of the door shares."""
    shared = words.speaker(language)

    def say(key: str, **terms: Any) -> str:
        if key not in SENTENCES:
            return shared(key, **terms)
        return SENTENCES[key][LANGUAGES.index(language)].format(**terms)

    return say
