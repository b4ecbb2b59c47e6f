"""Files to be saved: what they say they are does not matter then."""

from urllib.parse import quote

from fastapi import Response

POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"


def download(name: str, media_type: str, octets: bytes) -> Response:
    """A file that a browser saves and never shows."""
    return Response(octets, media_type=media_type, headers=as_file(name))


def as_file(name: str) -> dict[str, str]:
    """The headers of an answer that a browser saves under a name."""
    # RFC 6266: the name as UTF-8 for browsers of today, a plain one for all others.
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_. ") else "_" for c in name)
    return {
        "Content-Disposition": f'attachment; filename="{plain}"; '
        f"filename*=UTF-8''{quote(name, safe='')}",
        "Content-Security-Policy": POLICY,
    }
