"""Whether a channel's address leads to the machine that the product runs on, or to a part of it.

What listens there alone trusts whoever reaches it: Prefect, the supervisor, a cloud's own
service for its machines. No channel of a region's has its home there.
"""

import ipaddress
import socket
import unicodedata
from urllib.parse import unquote, urlsplit

_NAMES = frozenset(
    ("localhost", "localhost.localdomain", "localhost6", "ip6-localhost", "ip6-loopback")
)


def leads_here(address: str) -> bool:
    """Whether a URL's host is this machine, however that is written: 127.1, 0x7f.1, ::1, its name.

    A name is not looked up: whoever answers for it could answer otherwise the next time.
    """
    try:
        written = urlsplit(address).hostname or ""
    except ValueError:
        return True  # such as [::1 without an end: no host that anybody means
    host = unicodedata.normalize("NFKC", unquote(written)).casefold().strip("[].")
    own = socket.gethostname().casefold()
    is_own_name = host in _NAMES or host in (own, own.partition(".")[0], f"{own}.local")
    return is_own_name or host.endswith(".localhost") or _is_own_number(host)


def _is_own_number(host: str) -> bool:
    number = _number(host.partition("%")[0])
    if number is None:
        return False
    inner = getattr(number, "ipv4_mapped", None) or number
    return inner.is_loopback or inner.is_unspecified or inner.is_link_local


def _number(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        # As programs read it: 127.1, 2130706433 and 0x7f000001 are 127.0.0.1 too.
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except (OSError, ValueError):
        pass
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
