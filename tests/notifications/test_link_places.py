"""A personal link is an element of its letter: what a person writes is never one."""

from dataclasses import replace

import pytest

from agenda.forms.field import ReplyRow
from agenda.plan.model import Person
from notifications.letters.letter import Letter, Receipt, Trouble
from notifications.letters.link_places import PLACEHOLDER, rendered_with, with_address
from notifications.letters.rendering import render
from notifications.post.mime import render_bytes
from tests.notifications.test_letter_rules import DECISION_LINK, LINK, MOVED, TEMPLATES

MARKERS = (
    *(PLACEHOLDER, f"{PLACEHOLDER}/inget", f"http://x.example/?u={PLACEHOLDER}", LINK),
    f'<a href="{PLACEHOLDER}">Svara här</a>',
    *("{{ answer_url }}", "{% block answering %}{% endblock %}", "{# x #}", "{answer_url} {0}"),
    *("%(answer_url)s %s", "$answer_url ${answer_url}", "answer_url", "decision_url"),
    *("=_00000000000000000000000000000000", "--=_0--", "cid:logo", "=?utf-8?q?=41?=", "=3D", "."),
    *("\\1 \\g<0>", "\0", "&lt;a href=&quot;", "]]>", "</body>"),
)
WRITTEN = " ".join(MARKERS)
QUOTED = "\n".join(("", "Svara här:", *MARKERS, "", "Bevilja eller avslå:", PLACEHOLDER, ""))
"""As the elements of a letter look, line by line."""


def everywhere(letter: Letter) -> Letter:
    """The letter with markers in all that a person can have written."""
    words = dict.fromkeys(
        ("round_name", "plan_title", "activity_title", "recipient_name", "organisation_name"),
        WRITTEN,
    )
    return replace(
        letter,
        **words,
        description=QUOTED,
        note=QUOTED,
        own_words=QUOTED,
        own_lines=(QUOTED, WRITTEN),
        decided_by=WRITTEN,
        intended_for=WRITTEN,
        answered=(f"Annan {WRITTEN}", "Bräcke kommun"),
        outstanding=(WRITTEN,),
        coordinator=Person(
            name=PLACEHOLDER, address="a@b.example", title="Svara här:", telephone=PLACEHOLDER
        ),
        troubles=(Trouble(WRITTEN, WRITTEN, QUOTED),),
        receipt=Receipt(
            kind="submission",
            received_at=MOVED.receipt.received_at,
            version=1,
            registry_no=WRITTEN,
            rows=(ReplyRow(WRITTEN, QUOTED, 0, ()), ReplyRow("Fält", WRITTEN, 1, (7,))),
            files=((WRITTEN, "0" * 64),),
        ),
    )


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("kind", ["input", "consultation", "workshop", "payment"])
def test_a_stored_mail_leaves_as_if_it_had_been_rendered_with_its_address(
    outgoing, language: str, kind: str
) -> None:
    for template in TEMPLATES:
        plain = replace(MOVED, template=template, language=language, activity_kind=kind)
        address = DECISION_LINK if template == "extension_requested" else LINK
        for letter in (plain, everywhere(plain)):
            wanted = render(replace(letter, answer_url=LINK, decision_url=DECISION_LINK))
            stored = render(replace(letter, answer_url=PLACEHOLDER, decision_url=PLACEHOLDER))
            text = with_address(stored.text, stored.text_links, address, is_html=False)
            html = with_address(stored.html, stored.html_links, address, is_html=True)
            left = outgoing(text=text, html=html)
            assert render_bytes(left) == render_bytes(outgoing(text=wanted.text, html=wanted.html))
            bare = render(plain)
            assert len(stored.text_links) == len(stored.html_links) == len(bare.text_links)


def test_every_link_of_a_letter_is_known_by_its_place() -> None:
    mail = render(everywhere(replace(MOVED, template="reminder", answer_url=LINK)))
    for words, places, after in (
        (mail.text, mail.text_links, "\n"),
        (mail.html, mail.html_links, '"'),
    ):
        ends = [words[at:].partition(after)[0] for at in places]
        assert ends == [LINK, f"{LINK}/inget", f"{LINK}/avstar"]


def test_an_address_is_escaped_where_it_becomes_part_of_a_page() -> None:
    address = 'https://x.example/?a=1&b="'
    made = rendered_with({"url": address, "no": None}, lambda url: f"<{url['url']}>", is_html=True)
    assert made == ("<https://x.example/?a=1&amp;b=&#34;>", (1,))
    assert with_address(f"<{PLACEHOLDER}>{PLACEHOLDER}", (1,), "a&b", is_html=True) == (
        f"<a&amp;b>{PLACEHOLDER}"
    )


def test_no_mark_of_a_rendering_is_left_in_what_it_makes() -> None:
    given: list[str] = []

    def render_twice(urls: dict[str, str | None]) -> str:
        given.append(urls["url"] or "")
        return f"{urls['url']} och {urls['url']}/inget"

    made = rendered_with({"url": LINK}, render_twice, is_html=False)
    assert made == (f"{LINK} och {LINK}/inget", (0, len(LINK) + 5))
    rendered_with({"url": LINK}, render_twice, is_html=False)
    assert len(set(given)) == 2
    assert {len(mark) for mark in given} == {64}
