"""The words of the mails: golden files to read, and what must hold for every one of them.

`UPDATE_GOLDEN=1 pytest tests/notifications/test_letters.py` writes the golden files anew;
read the difference before it is committed.
"""

import dataclasses
import os
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from agenda.steps.kinds import StepKind
from notifications.letters import kinds
from notifications.letters import letter as letters
from notifications.letters.letter import Letter
from notifications.letters.rendering import Rendered, render
from tests.notifications.letter_cases import CASES

GOLDEN = Path(__file__).parent / "golden"
MESSAGES = Path(letters.__file__).parent / "messages"
LANGUAGES = ("sv", "en")
TAGS = {"html", "head", "meta", "title", "body", "div", "hr", "a", "br", "strong"} | {
    *("h1", "h2", "h3", "p", "ul", "li", "blockquote")
}
EVERY = [(name, language) for name in CASES for language in LANGUAGES]


def rendered(name: str, language: str) -> Rendered:
    return render(replace(CASES[name], language=language))


def templates(language: str) -> set[str]:
    """The messages of a language: the files that lead to a subject of their own."""
    files = (MESSAGES / language).glob("*.jinja")
    return {file.stem for file in files if "{% block subject %}" in file.read_text("utf-8")}


class Page(HTMLParser):
    """The tags of a page, which must close in the order they open, and its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.opened: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append((tag, dict(attrs)))
        if tag not in {"meta", "br", "hr"}:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert tag == self._open.pop()
        href = self.opened[-1][1].get("href") or ""
        if tag == "a" and not href.startswith("mailto:"):
            self.words += f":{href}"

    def handle_data(self, data: str) -> None:
        if "body" in self._open:
            self.words += data


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_every_mail_reads_as_its_golden_file(name: str, language: str) -> None:
    mail = rendered(name, language)
    parts = {"txt": f"Subject: {mail.subject}\n\n{mail.text}", "html": mail.html}
    paths = {ending: GOLDEN / f"{name}.{language}.{ending}" for ending in parts}
    if os.environ.get("UPDATE_GOLDEN") == "1":
        for ending, words in parts.items():
            paths[ending].write_bytes(words.encode())
    assert {ending: path.read_bytes() for ending, path in paths.items()} == {
        ending: words.encode() for ending, words in parts.items()
    }


def test_no_golden_file_is_left_over() -> None:
    assert {path.name for path in GOLDEN.iterdir() if path.suffix in (".txt", ".html")} == {
        f"{name}.{language}.{ending}" for name, language in EVERY for ending in ("txt", "html")
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_message_has_its_words_and_a_golden_file(language: str) -> None:
    assert templates(language) == kinds.MESSAGES.keys()
    assert {case.template for case in CASES.values()} == kinds.MESSAGES.keys()


def test_every_dated_step_is_a_kind_of_message() -> None:
    assert {step.value for step in StepKind} == kinds.STEPS


def test_what_a_message_needs_is_a_field_of_a_letter() -> None:
    fields = {field.name for field in dataclasses.fields(Letter)}
    assert {name for kind in kinds.MESSAGES.values() for name in kind.needs} <= fields


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_the_text_part_is_no_wider_than_76_characters_but_for_links_and_what_they_wrote(
    name: str, language: str
) -> None:
    lines = rendered(name, language).text.splitlines()
    own = [line for line in lines if not line.startswith(("https://", "> "))]
    assert [line for line in own if len(line) > 76] == []


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_the_html_part_is_plain_well_formed_and_in_its_language(name: str, language: str) -> None:
    opened = Page(rendered(name, language).html).opened
    tags = [tag for tag, _ in opened]
    assert opened[0] == ("html", {"lang": language})
    assert (tags.count("h1"), tags.count("title")) == (1, 1)
    assert set(tags) <= TAGS
    loaded = {name for _, attributes in opened for name in attributes}
    assert loaded <= {"lang", "dir", "charset", "name", "content", "style", "href"}


@pytest.mark.parametrize("name", CASES)
def test_the_text_and_the_html_say_the_same_words(name: str) -> None:
    mail = rendered(name, "sv")
    said = [
        re.sub(r"\s|^- |^> ?", "", part, flags=re.MULTILINE)
        for part in (mail.text, Page(mail.html).words)
    ]
    assert said[0] == said[1]
