"""What a form posts: its texts and files, within limits that no form of ours comes near."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from fastapi import Request
from python_multipart.multipart import parse_options_header
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from agenda.attachments import MOST_FILES
from portal.protection import BODY_SECONDS, LARGEST_FIELD, MOST_FIELDS

TOKEN_FIELD = "_prov"  # noqa: S105  # the name of a field
MOST_FILES_AT_ONCE = 2 * MOST_FILES
_IN_ROW = re.compile(r"(.+?)-([0-9]+)-")
"""A field of a row: the group's name, and the number that it posts for that row."""


class TooMuchText(Exception):
    """What was posted is beyond any form of ours, or is no form at all."""

    def __init__(self, language: str) -> None:
        super().__init__("a form that cannot be read")
        self.language = language


@dataclass(frozen=True, slots=True)
class Posted:
    """What a form brought with it, in its order."""

    pairs: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, UploadFile], ...]
    """The files that were chosen; an empty file field posts a nameless one, left out here."""
    file_fields: frozenset[str]
    """The names of all file fields, under which the files of before are posted by number."""

    def __contains__(self, name: str) -> bool:
        return any(found == name for found, _ in self.pairs)

    def get(self, name: str) -> str:
        """The last text under a name; empty when there is none."""
        return next((text for found, text in reversed(self.pairs) if found == name), "")

    @property
    def written(self) -> tuple[tuple[str, str], ...]:
        """What a person wrote or chose, without the form's own tokens, buttons and numbers."""
        in_rows = {found.groups() for name, _ in self.pairs if (found := _IN_ROW.match(name))}
        return tuple(
            (name, text)
            for name, text in self.pairs
            if text.strip()
            and not name.startswith("_")
            and ":" not in name
            and name not in self.file_fields
            and (name, text) not in in_rows
        )


@asynccontextmanager
async def open_form(request: Request, *, language: str) -> AsyncIterator[Posted]:
    """What was posted, as it came; its files close with the context.

    Raises:
        TooMuchText: it is beyond any form of ours, or no form at all.
    """
    if not _is_utf_8(request):
        raise TooMuchText(language)
    try:
        async with asyncio.timeout(BODY_SECONDS):
            form = await request.form(
                max_files=MOST_FILES_AT_ONCE, max_fields=MOST_FIELDS, max_part_size=LARGEST_FIELD
            )
    except TimeoutError:
        raise HTTPException(408) from None
    except HTTPException as error:
        if error.status_code == 400:
            raise TooMuchText(language) from None
        raise
    try:
        items = form.multi_items()
        files = [(name, value) for name, value in items if isinstance(value, UploadFile)]
        yield Posted(
            pairs=tuple((name, value) for name, value in items if isinstance(value, str)),
            files=tuple((name, value) for name, value in files if value.filename),
            file_fields=frozenset(name for name, _ in files),
        )
    finally:
        await form.close()


def _is_utf_8(request: Request) -> bool:
    """Whether a form is in UTF-8, as every page of ours asks for by being so itself.

    A form that names another character set could be decoded to half characters, which no
    page and no database can hold, or name one that does not decode at all.
    """
    _, options = parse_options_header(request.headers.get("content-type"))
    return options.get(b"charset", b"utf-8").lower() in (b"utf-8", b"utf8")
