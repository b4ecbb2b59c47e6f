"""Whether the settings about the region's own directory make a whole: all four, or none."""

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from agenda.installation.settings import Settings

OWN: Final = "own"
"""In the place of an app role: whoever has a desk here comes in."""
_SHARED: Final = frozenset({"common", "organizations", "consumers"})
"""What Microsoft calls the directories of everybody; a token from there can be anybody's."""
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


def directory_fault(settings: "Settings") -> str | None:
    """What is missing or cannot be, as a Swedish sentence; None when all belongs together."""
    given = {
        "_ISSUER": settings.oidc_issuer,
        "_CLIENT_ID": settings.oidc_client_id,
        "_CLIENT_SECRET": settings.oidc_client_secret,
        "_COORDINATORS": settings.oidc_coordinators,
    }
    missing = [f"AGENDA_OIDC{name}" for name, value in given.items() if not value]
    if len(missing) == len(given):
        return None
    if missing:
        return f"inloggningen i katalogen är bara halv: {' och '.join(missing)} saknas"
    return _issuer_fault(settings.oidc_issuer or "")


def is_safe_address(address: object) -> bool:
    """Whether what is sent to an address is read by its owner alone: https, or this machine."""
    if not isinstance(address, str) or not address.isprintable():
        return False
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    if "@" in parts.netloc or not host:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK)


def _issuer_fault(issuer: str) -> str | None:
    example = "till exempel https://login.microsoftonline.com/KATALOGENS-ID/v2.0"
    parts = urlsplit(issuer) if is_safe_address(issuer) else None
    if parts is None or parts.query or parts.fragment:
        return f"AGENDA_OIDC_ISSUER ska vara katalogens hela adress med https://, {example}"
    if _SHARED & set(parts.path.split("/")):
        return f"AGENDA_OIDC_ISSUER ska vara er egen katalogs adress, inte allas: {example}"
    return None
