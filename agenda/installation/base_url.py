"""The address at which people reach the portal: whole, or an error that says what is wrong."""

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9-]{1,63})*")
_USUAL_PORTS = {"http": 80, "https": 443}
EVERYWHERE = ("0.0.0.0", "::", "")  # noqa: S104  # told from, never listened on
"""What a program listens on to be reached at every address of a machine; no address itself."""


def whole_address(written: str) -> str:
    """A base address as links begin with it: lower case, å as xn--…, no slash at its end.

    Raises:
        ValueError: it is not the whole of an http(s) address, or more than that; says how.
    """
    text = written.strip()
    if not text.isprintable() or re.search(r"\s", text):
        raise ValueError(f"{_EXAMPLE}, utan blanksteg")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise ValueError(f"{_EXAMPLE}; porten är ett tal mellan 1 och 65535") from None
    scheme = parts.scheme.lower()
    if scheme not in _USUAL_PORTS or not parts.hostname:
        raise ValueError(f"{_EXAMPLE}, med http:// eller https:// först")
    if extra := _what_is_more(parts, text):
        raise ValueError(f"{_EXAMPLE}, utan {extra}")
    shown_port = "" if port in (None, _USUAL_PORTS[scheme]) else f":{port}"
    return f"{scheme}://{_host(parts.hostname)}{shown_port}"


def own_address(host: str, port: int) -> str:
    """Where a portal that listens on a host is reached, when nothing else is said.

    Raises:
        ValueError: on that host it is reached at many addresses or at none that can be told.
    """
    if host in EVERYWHERE:
        raise ValueError(
            f"AGENDA_HOST är {host or 'tom'}, så portalen tar emot på datorns alla adresser, men "
            "ingen av dem kan stå i en länk. Ange adressen som folk använder i "
            "AGENDA_BASE_URL, till exempel https://agenda.regionen.se"
        )
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


_EXAMPLE = "skriv hela adressen, till exempel https://agenda.regionen.se"


def _what_is_more(parts: SplitResult, text: str) -> str:
    """What a base address cannot have: every link would have it in its middle, or lose it."""
    if "@" in parts.netloc:
        return "användarnamn och lösenord"
    if parts.path.strip("/"):
        return f"sökvägen {parts.path}: portalen kan inte ligga i en undermapp"
    if "?" in text or "#" in text:
        return "frågetecken och nummertecken"
    return ""


def _host(name: str) -> str:
    if ":" in name:
        return f"[{ipaddress.IPv6Address(name)}]"
    if not name.isascii():
        import idna

        name = idna.encode(name, uts46=True).decode()
    name = name.lower()
    if not _HOST.fullmatch(name) or name in EVERYWHERE:
        raise ValueError(f"{_EXAMPLE}; {name} är inget namn på en dator")
    return name
