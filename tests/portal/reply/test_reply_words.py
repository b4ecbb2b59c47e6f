"""The sentences of the door, in both languages."""

from string import Formatter

import pytest

from portal.door.sentences import SENTENCES as OTHERS
from portal.door.words import speaker
from portal.reply.sentences import SENTENCES


@pytest.mark.parametrize("key", sorted(SENTENCES | OTHERS))
def test_both_languages_say_it_with_the_same_terms(key: str) -> None:
    swedish, english = (SENTENCES | OTHERS)[key]
    assert swedish
    assert english
    assert _terms(swedish) == _terms(english)


def test_no_sentence_stands_twice() -> None:
    assert SENTENCES.keys() & OTHERS.keys() == set()


def test_a_sentence_is_said_in_the_language_asked_for() -> None:
    assert speaker("sv")("version", n=2) == "Version 2"
    assert speaker("en")("saved_at", time="14:32") == "Saved 14:32"


def _terms(sentence: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
