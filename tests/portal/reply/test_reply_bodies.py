"""Bodies: every address takes what its own form can hold, and reads and keeps no more."""

import asyncio
import tracemalloc
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from fastapi import FastAPI

from portal.door.posting import most_octets
from portal.door.protection import (
    LARGEST_BODY,
    LARGEST_FIELD,
    LARGEST_SHORT,
    LARGEST_TEXT,
    most_read_away,
)
from tests.described_routes import routes_of
from tests.door import Door

MEGABYTE = 1024 * 1024
MULTIPART = {"Content-Type": "multipart/form-data; boundary=x"}
FIELD = b'--x\r\nContent-Disposition: form-data; name="%d"\r\n\r\n'
FILE = b'--x\r\nContent-Disposition: form-data; name="%d"; filename="%d.pdf"\r\n\r\n'


WITH_FILES = (
    *("/svar/{token}", "/svar/{token}/rostsedel"),
    "/samordna/{round_id}/svar/{key}/{organisation}/registrera",
    "/samordna/{round_id}/organisationer/las-in",
    *("/samordna/ny-omgang", "/samordna/ny-omgang/{draft}/kontakter"),
    *("/samordna/ny-omgang/{draft}/grund", "/samordna/ny-omgang/{draft}/aktivitet/{key}"),
    "/samordna/ny-omgang/{draft}/aktivitet/{key}/formular",
)
"""The forms of a reply; below each, what the page's script posts of the same form. And of the
desk those that come with files or long texts."""
PARTS = {
    "round_id": 1,
    "draft": 1,
    "key": "a",
    "organisation": "b",
    "what": "c",
    "number": 1,
    "name": "a",
}


def posts(app: FastAPI) -> Iterator[tuple[str, bool]]:
    """Every address that takes a form, and whether that form has files."""
    for route in routes_of(app):
        if set(route.methods) - {"GET", "HEAD"}:
            yield route.path, route.path.removesuffix("/utkast") in WITH_FILES


class Sent:
    """A body that counts what was taken of it."""

    def __init__(self, head: bytes, piece: bytes, pieces: int) -> None:
        self.taken = 0
        self._head, self._piece, self._pieces = head, piece, pieces

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for number in range(self._pieces):
            said = self._head.replace(b"%d", str(number).encode()) + self._piece + b"\r\n"
            self.taken += len(said)
            yield said
        yield b"--x--\r\n"


async def posted(door: Door, address: str, sent: Sent, **headers: str) -> httpx.Response:
    transport = httpx.ASGITransport(door.client.app)
    async with httpx.AsyncClient(transport=transport, base_url=door.settings.portal_url) as client:
        return await client.post(address, content=sent, headers=door.headers | MULTIPART | headers)


def test_only_a_form_with_files_takes_more_than_a_short_text(door: Door) -> None:
    bounds = {}
    for path, has_files in posts(door.client.app):
        for kind in ("multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "a/b"):
            where = path.format(token="t" * 43, **PARTS)
            scope = {"type": "http", "path": where, "headers": [(b"content-type", kind.encode())]}
            with_files = LARGEST_BODY if kind.startswith("multipart") else LARGEST_TEXT
            most = with_files if has_files else 64 * 1024
            bounds[path, kind] = most_octets(scope) == most
    assert len(bounds) > 30
    assert [where for where, is_right in bounds.items() if not is_right] == []


def test_no_address_reads_more_than_its_form_can_hold(door: Door) -> None:
    home = door.link()
    token = home.rpartition("/")[2]
    for path, has_files in posts(door.client.app):
        if has_files:
            continue
        for length in ({}, {"Content-Length": str(LARGEST_BODY)}, {"Content-Length": "9"}):
            sent = Sent(b"", b"y" * 60_000, 1400)
            where = path.format(token=token, **PARTS)
            answer = asyncio.run(posted(door, where, sent, **length))
            assert 400 <= answer.status_code < 500, (path, length)
            # Said beforehand to be more than is even read away: nothing of it is taken.
            is_declared = length.get("Content-Length", "9") != "9"
            most = 0 if is_declared else LARGEST_SHORT + 60_002
            assert sent.taken <= most, (path, length)
    assert most_read_away(LARGEST_SHORT) < LARGEST_BODY


def test_what_is_too_large_for_a_short_form_is_told_so_in_words(door: Door) -> None:
    home = door.link()
    for length in ({}, {"Content-Length": str(2 * MEGABYTE + 2)}):
        sent = Sent(b"", b"y" * MEGABYTE, 2)
        answer = asyncio.run(posted(door, f"{home}/anstand", sent, **length))
        assert answer.status_code == 413
        assert "Så mycket får inte plats här. Gå tillbaka i webbläsaren" in answer.text


@pytest.mark.parametrize(
    ("where", "head", "pieces"),
    [
        ("/svar/ny-lank", FIELD, 80),
        ("{home}/ny-lank", FIELD, 80),
        ("{home}/anstand", FILE, 80),
        # Its texts are refused, and its files lie on disk.
        ("{home}", FIELD, 80),
        ("{home}", FILE, 39),
        ("{home}/utkast", FILE, 39),
    ],
)
def test_four_large_bodies_at_once_cost_little_memory(
    door: Door, where: str, head: bytes, pieces: int
) -> None:
    address = where.format(home=door.link())
    piece = b"y" * (LARGEST_FIELD // 2)

    async def all_four() -> list[httpx.Response]:
        calls = [posted(door, address, Sent(head, piece, 2 * pieces)) for _ in range(4)]
        return await asyncio.gather(*calls)

    asyncio.run(posted(door, address, Sent(head, b"y", 1)))  # what is loaded once
    tracemalloc.start()
    answers = asyncio.run(all_four())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert {answer.status_code for answer in answers} <= {400, 403, 413, 429}
    texts = LARGEST_TEXT if head is FIELD and address == door.link() else 0
    assert peak < 4 * texts + 16 * MEGABYTE
