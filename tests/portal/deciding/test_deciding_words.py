"""The sentences of the decision's page."""

from portal.deciding.words import speaker


def test_an_own_sentence_is_said_before_one_that_the_door_shares() -> None:
    assert speaker("sv")("title") == "Begäran om anstånd"
    assert speaker("en")("skip") == "Skip to the content"
    assert "anstånd" in speaker("sv")("link_revoked")
