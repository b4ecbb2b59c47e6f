"""The sentences of the decision's page, in both languages."""

from string import Formatter

import pytest

from portal.deciding.sentences import SENTENCES
from portal.deciding.words import speaker


@pytest.mark.parametrize("key", sorted(SENTENCES))
def test_both_languages_say_it_with_the_same_terms(key: str) -> None:
    swedish, english = SENTENCES[key]
    assert swedish
    assert english
    assert _terms(swedish) == _terms(english)


def test_an_own_sentence_is_said_before_one_that_the_door_shares() -> None:
    assert speaker("sv")("title") == "Begäran om anstånd"
    assert speaker("en")("skip") == "Skip to the content"
    assert "anstånd" in speaker("sv")("link_revoked")


def _terms(sentence: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
