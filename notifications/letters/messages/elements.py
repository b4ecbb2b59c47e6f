"""The elements a mail is built of, each once as plain text and once as HTML.

A message is written once. It says `paragraph`, `heading`, `link`; these filters make of
that the text part (wrapped, with whole addresses on lines of their own) and the HTML part,
so the two can never say different things. Everything that is not already markup is escaped.
"""

import textwrap
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from agenda.words.addresses import mailto

TEXT_WIDTH_CHARACTERS = 76
_HTML_WIDTH_CHARACTERS = 96
_SPACE_BELOW = "margin:0 0 16px"
_QUOTATION = "margin:0 0 16px;padding-left:12px;border-left:4px solid #6b7a89"
_BUTTON = (
    "display:inline-block;padding:12px 20px;background-color:#1a4a7a;color:#ffffff;"
    "border-radius:4px;font-weight:bold;text-decoration:none"
)


def _filled(words: str, width: int, *, first: str = "", rest: str = "") -> str:
    # A web or mail address broken in two cannot be clicked, so long words stay whole.
    return textwrap.fill(
        " ".join(words.split()),
        width,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


class _PlainText:
    """The elements as plain text."""

    @staticmethod
    def paragraph(words: str) -> str:
        return f"{_filled(words, TEXT_WIDTH_CHARACTERS)}\n\n"

    @staticmethod
    def heading(words: str) -> str:
        return words  # the line break behind it is the template's own: what follows comes close

    @staticmethod
    def strong(words: str) -> str:
        return words

    @staticmethod
    def link(url: str, label: str) -> str:
        return f"{_filled(f'{label}:', TEXT_WIDTH_CHARACTERS)}\n{url}\n\n"

    @staticmethod
    def plain_link(url: str, label: str) -> str:
        return _PlainText.link(url, label)

    @staticmethod
    def subheading(words: str) -> str:
        return f"{_filled(words, TEXT_WIDTH_CHARACTERS)}\n\n"

    @staticmethod
    def label(words: str) -> str:
        return _filled(words, TEXT_WIDTH_CHARACTERS)  # like a heading: what it names comes close

    @staticmethod
    def written(lines: Iterable[str]) -> str:
        # Marked as a quotation, so that no answer can pass for words of ours, and never
        # wrapped, so that it reads as it was written.
        return "\n".join(f"> {line}" if line else ">" for line in lines) + "\n\n"

    @staticmethod
    def bullets(items: Iterable[str]) -> str:
        lines = (_filled(item, TEXT_WIDTH_CHARACTERS, first="- ", rest="  ") for item in items)
        return "\n".join(lines) + "\n\n"

    @staticmethod
    def quoted(lines: Iterable[str]) -> str:
        filled = (_filled(line, TEXT_WIDTH_CHARACTERS, first="  ", rest="  ") for line in lines)
        return "\n".join(filled) + "\n\n"

    @staticmethod
    def typed(lines: Iterable[str]) -> str:
        return "\n".join(_filled(line, TEXT_WIDTH_CHARACTERS) for line in lines) + "\n\n"

    @staticmethod
    def contact(lines: Iterable[str], mail: str | None) -> str:
        return "\n".join((*lines, *((mail,) if mail else ()))) + "\n\n"


class _Html:
    """The elements as HTML that Outlook, Gmail and a screen reader read alike."""

    @staticmethod
    def paragraph(words: str) -> Markup:
        filled = _filled(str(escape(words)), _HTML_WIDTH_CHARACTERS)
        return Markup('<p style="{}">{}</p>\n').format(_SPACE_BELOW, Markup(filled))  # noqa: S704

    @staticmethod
    def heading(words: str) -> Markup:
        return Markup(
            '<h2 style="margin:24px 0 8px;font-size:18px;line-height:1.3">{}</h2>\n'
        ).format(words)

    @staticmethod
    def strong(words: str) -> Markup:
        return Markup("<strong>{}</strong>").format(words)

    @staticmethod
    def link(url: str, label: str) -> Markup:
        return Markup('<p style="{}"><a href="{}" style="{}">{}</a></p>\n').format(
            _SPACE_BELOW, url, _BUTTON, label
        )

    @staticmethod
    def plain_link(url: str, label: str) -> Markup:
        return Markup('<p style="{}"><a href="{}">{}</a></p>\n').format(_SPACE_BELOW, url, label)

    @staticmethod
    def subheading(words: str) -> Markup:
        return Markup(
            '<h3 style="margin:16px 0 8px;font-size:16px;line-height:1.3">{}</h3>\n'
        ).format(words)

    @staticmethod
    def label(words: str) -> Markup:
        return Markup('<p style="margin:0 0 4px"><strong>{}</strong></p>\n').format(words)

    @staticmethod
    def written(lines: Iterable[str]) -> Markup:
        # Each line finds its own reading direction and cannot turn what stands around it. No
        # line feed in here: those of the page are tidied, and with them blank lines would go.
        return Markup('<blockquote dir="auto" style="{}">{}</blockquote>\n').format(
            f"{_QUOTATION};white-space:pre-wrap;unicode-bidi:plaintext",
            Markup("<br>").join(lines),
        )

    @staticmethod
    def bullets(items: Iterable[str]) -> Markup:
        rows = Markup("").join(Markup("<li>{}</li>\n").format(item) for item in items)
        return Markup('<ul style="{};padding-left:24px">\n{}</ul>\n').format(_SPACE_BELOW, rows)

    @staticmethod
    def quoted(lines: Iterable[str]) -> Markup:
        return Markup('<blockquote style="{}">{}</blockquote>\n').format(
            _QUOTATION, Markup("<br>\n").join(lines)
        )

    @staticmethod
    def typed(lines: Iterable[str]) -> Markup:
        return Markup('<p style="{}">{}</p>\n').format(_SPACE_BELOW, Markup("<br>\n").join(lines))

    @staticmethod
    def contact(lines: Iterable[str], mail: str | None) -> Markup:
        linked = (Markup('<a href="{}">{}</a>').format(mailto(mail), mail),) if mail else ()
        return Markup('<p style="{}">{}</p>\n').format(
            _SPACE_BELOW, Markup("<br>\n").join((*lines, *linked))
        )


def _shortened(words: str, length: int) -> str:
    """A name cut to fit a subject, where a long one would push the date out of sight."""
    return words if len(words) <= length else f"{words[: length - 1].rstrip()}…"


_ELEMENTS = (
    *("paragraph", "heading", "subheading", "label", "strong", "link", "plain_link"),
    *("bullets", "quoted", "written", "typed", "contact"),
)


@cache
def environment(*, is_html: bool) -> Environment:
    """The templates as one part of a mail sees them. An unknown name in one is an error."""
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=is_html,  # noqa: S701 - the text part has nothing to escape
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    elements = _Html if is_html else _PlainText
    for name in _ELEMENTS:
        made.filters[name] = getattr(elements, name)
    made.filters["shortened"] = _shortened
    return made
