"""The sentences of the doors, in both languages."""

import re
from pathlib import Path

import pytest

from portal.app import STATIC
from portal.deciding.sentences import SENTENCES as DECIDING
from portal.door.sentences import SENTENCES as SHARED
from portal.reply.sentences import SENTENCES
from portal.reply.words import speaker

TEMPLATES = STATIC.parent / "templates"
SAID_BY = {"door": SHARED, "reply": SHARED | SENTENCES, "deciding": SHARED | DECIDING}
PAGES = sorted(page for room in SAID_BY for page in (TEMPLATES / room).glob("*.html"))


def test_no_sentence_stands_twice() -> None:
    assert SENTENCES.keys() & SHARED.keys() == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.name}")
def test_every_sentence_of_a_page_is_one_that_its_door_can_say(page: Path) -> None:
    named = set(re.findall(r"""\bt\(["']([a-z_]+)["'][,)]""", page.read_text(encoding="utf-8")))
    assert named - SAID_BY[page.parent.name].keys() == set()


def test_a_sentence_is_said_in_the_language_asked_for() -> None:
    assert speaker("sv")("version", n=2) == "Version 2"
    assert speaker("en")("saved_at", time="14:32") == "Saved 14:32"
