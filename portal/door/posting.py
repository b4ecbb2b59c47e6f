"""What a form posts: its texts and files, within limits that no form of ours comes near."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from fastapi import Request
from python_multipart.multipart import parse_options_header
from starlette.datastructures import FormData, Headers, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.types import Scope

from agenda.attachments import MOST_FILES
from agenda.forms.posted import ROW
from agenda.words.texts import visible
from portal.door.protection import (
    BODY_SECONDS,
    LARGEST_BODY,
    LARGEST_FIELD,
    LARGEST_SHORT,
    LARGEST_TEXT,
    MOST_FIELDS,
)

TOKEN_FIELD = "_prov"  # noqa: S105  # the name of a field
MOST_FILES_AT_ONCE = 2 * MOST_FILES
_WITH_FILES = re.compile(
    r"/svar/(?!ny-lank(?:/|$))[^/]+(/rostsedel)?(/utkast)?"
    r"|/samordna/[0-9]+/(svar/[^/]+/[^/]+/registrera|organisationer/las-in)"
    r"|/samordna/ny-omgang(/[0-9]+/(grund|kontakter|aktivitet/[^/]+(/formular)?))?"
)
"""The addresses where a reply's own form is posted, and on the desk what comes with files or with
long texts; every other form is a few fields of text."""
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
            if visible(text)
            and not name.startswith("_")
            and ":" not in name
            and name not in self.file_fields
            and not ((row := ROW.fullmatch(text)) and (name, row[1]) in in_rows)
        )


def most_octets(scope: Scope) -> int:
    """How large the body of a call may be, told before anything of it is read."""
    if not _WITH_FILES.fullmatch(scope["path"]):
        return LARGEST_SHORT
    # What the page's script saves is the texts alone.
    return LARGEST_BODY if _is_multipart(Headers(scope=scope)) else LARGEST_TEXT


class _Parts(MultiPartParser):
    """A form's parts: its files on disk from early on, its texts bounded all together."""

    spool_max_size = 64 * 1024
    _octets = 0

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        """A piece of a text or of a file has come."""
        if self._current_part.file is None:
            self._octets += end - start
            if self._octets > LARGEST_TEXT:
                raise MultiPartException("more text than any form has")
        super().on_part_data(data, start, end)


async def _parsed(request: Request) -> FormData:
    if not _is_multipart(request.headers):
        return await request.form(max_fields=MOST_FIELDS, max_part_size=LARGEST_FIELD)
    parts = _Parts(
        request.headers,
        request.stream(),
        max_files=MOST_FILES_AT_ONCE,
        max_fields=MOST_FIELDS,
        max_part_size=LARGEST_FIELD,
    )
    return await parts.parse()


def _is_multipart(headers: Headers) -> bool:
    kind, _ = parse_options_header(headers.get("content-type"))
    return kind == b"multipart/form-data"


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
            form = await _parsed(request)
    except TimeoutError:
        raise HTTPException(408) from None
    except MultiPartException:
        raise TooMuchText(language) from None
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
