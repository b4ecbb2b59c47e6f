"""The region's directory asked who somebody is (OpenID Connect Core 1.0, RFC 6749, RFC 7636).

Authlib writes and checks what goes to and fro. Nothing of it is loaded before somebody signs in
this way: the portal starts without it. What the directory says of itself is asked for each time,
so that its keys may change and no process remembers anything.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

import httpx

from agenda.installation.directory import OWN, is_safe_address
from agenda.installation.settings import Settings
from agenda.people.directory import SetOut

CALLBACK: Final = "/samordna/katalog/svar"
"""Where the directory sends people back to; registered there."""
TIMEOUT_SECONDS: Final = 5.0
"""Of each connection and of every silence after it: somebody waits for the page."""
LEEWAY: Final = timedelta(minutes=2)
"""How far the directory's clock and ours may differ."""
_SIGNED_BY: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384")
"""How a token may be signed: with a key that only the directory has (RFC 8725 3.1)."""
_LONGEST_SUBJECT: Final = 255


class Why(StrEnum):
    """Why the directory let nobody in."""

    AWAY = "away"
    """It does not answer, or not in the words of a directory."""
    DENIED = "denied"
    """It says no, or the person did."""
    WRONG = "wrong"
    """What it says does not hold: another's, too old, forged, or meant for somebody else."""
    NOT_FRESH = "not_fresh"
    """It does not say that they showed just now who they are."""
    NO_ROLE = "no_role"
    """They lack the app role that is asked for."""


class Unproved(Exception):
    """The directory has not said who somebody is. Names nobody: it goes to the log."""

    def __init__(self, why: Why, cause: str) -> None:
        super().__init__(f"{why}: {cause}")
        self.why = why


@dataclass(frozen=True, slots=True)
class Proved:
    """Who somebody is, as the directory calls them."""

    issuer: str
    subject: str


def issuer_of(settings: Settings) -> str:
    """The directory as it is stored: one, with or without a slash at its end."""
    return (settings.oidc_issuer or "").rstrip("/")


def way_there(settings: Settings, trip: SetOut) -> str:
    """The address that somebody is sent to, to show there who they are.

    They are asked each time, also where the directory knows them already: only then is it they
    who sit there, and not whoever found the browser open.

    Raises:
        Unproved: the directory is away, or is none.
    """
    with _connection() as connection:
        about = _about(connection, settings)
        address, _ = _application(connection, settings).create_authorization_url(
            about["authorization_endpoint"],
            state=trip.state,
            code_verifier=trip.verifier,
            nonce=trip.nonce,
            prompt="login",
            max_age="0",
        )
    return str(address)


def who_came(
    settings: Settings, trip: SetOut, told: dict[str, str], *, asked_at: datetime, now: datetime
) -> Proved:
    """Who somebody is that the directory sent back.

    Args:
        settings: The installation's settings.
        trip: What they set out with.
        told: What the directory sent with them.
        asked_at: When they set out.
        now: The present instant.

    Raises:
        Unproved: it does not say, or what it says does not hold.
    """
    with _connection() as connection:
        about = _about(connection, settings)
        code = _code(told, about)
        token = _token(connection, settings, about, code=code, trip=trip)
        keys = _json(connection.get(about["jwks_uri"]))
    claims = _claims(settings, about, token, keys, nonce=trip.nonce, now=now)
    _refuse_unless_fresh(claims, asked_at=asked_at)
    _refuse_without_role(claims, settings)
    return Proved(issuer_of(settings), claims["sub"])


@contextmanager
def _connection() -> Iterator[httpx.Client]:
    try:
        # It follows nobody elsewhere: where the directory is, the settings say.
        with httpx.Client(timeout=TIMEOUT_SECONDS, follow_redirects=False) as client:
            yield client
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise Unproved(Why.AWAY, type(error).__name__) from None


def _application(connection: httpx.Client, settings: Settings) -> Any:
    from authlib.oauth2.client import OAuth2Client

    return OAuth2Client(
        session=connection,
        client_id=settings.oidc_client_id,
        redirect_uri=f"{settings.portal_url}{CALLBACK}",
        scope="openid",
        code_challenge_method="S256",
    )


def _about(connection: httpx.Client, settings: Settings) -> dict[str, Any]:
    """What the directory says of itself (OpenID Connect Discovery 1.0, 4)."""
    about = _json(connection.get(f"{issuer_of(settings)}/.well-known/openid-configuration"))
    named = about.get("issuer")
    if not isinstance(named, str) or named.rstrip("/") != issuer_of(settings):
        raise Unproved(Why.AWAY, "it is another directory than the settings name")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if not is_safe_address(about.get(name)):
            raise Unproved(Why.AWAY, f"it has no safe {name}")
    return about


def _json(answer: httpx.Response) -> dict[str, Any]:
    found = _read(answer)
    if not answer.is_success or not isinstance(found, dict):
        raise Unproved(Why.AWAY, f"it answered {answer.status_code}")
    return found


def _read(answer: httpx.Response) -> Any:
    try:
        return answer.json()
    except (ValueError, RecursionError):
        return None


def _code(told: dict[str, str], about: dict[str, Any]) -> str:
    # Whose answer it is (RFC 9207): of two directories the one's code must not go to the other.
    answers = told.get("iss")
    if answers is None and about.get("authorization_response_iss_parameter_supported") is True:
        raise Unproved(Why.WRONG, "it does not say whose answer it is")
    if answers is not None and answers != about["issuer"]:
        raise Unproved(Why.WRONG, "the answer is another directory's")
    if "error" in told:
        raise Unproved(Why.DENIED, "it sent an error instead of a code")
    if not told.get("code"):
        raise Unproved(Why.WRONG, "it sent no code")
    return told["code"]


def _token(
    connection: httpx.Client,
    settings: Settings,
    about: dict[str, Any],
    *,
    code: str,
    trip: SetOut,
) -> dict[str, Any]:
    secret = settings.oidc_client_secret
    application = _application(connection, settings)
    asked: dict[str, Any] = {"code": code, "code_verifier": trip.verifier}
    keys = (settings.oidc_client_id or "", secret.get_secret_value() if secret else "")
    methods = about.get("token_endpoint_auth_methods_supported")
    if isinstance(methods, list) and "client_secret_basic" not in methods:
        asked |= {"client_id": keys[0], "client_secret": keys[1]}
        auth = None
    else:
        auth = httpx.BasicAuth(*keys)
    found = _attempted(
        Why.WRONG,
        lambda: application.fetch_token(
            about["token_endpoint"], grant_type="authorization_code", auth=auth or _none, **asked
        ),
    )
    if not isinstance(found, dict) or not isinstance(found.get("id_token"), str):
        raise Unproved(Why.AWAY, "it gave no ID token")
    return found


def _none(asked: httpx.Request) -> httpx.Request:
    return asked


def _claims(
    settings: Settings,
    about: dict[str, Any],
    token: dict[str, Any],
    keys: dict[str, Any],
    *,
    nonce: str,
    now: datetime,
) -> dict[str, Any]:
    """What an ID token says, when all of it holds (OpenID Connect Core 3.1.3.7)."""
    from authlib.oidc.core import CodeIDToken
    from joserfc import jwt
    from joserfc.jwk import KeySet
    from joserfc.jws import JWSRegistry

    def read() -> dict[str, Any]:
        registry = JWSRegistry(algorithms=list(_SIGNED_BY), strict_check_header=False)
        signed = jwt.decode(token["id_token"], KeySet.import_key_set(keys), registry=registry)  # type: ignore[arg-type]
        claims = CodeIDToken(
            signed.claims,
            signed.header,
            {
                "iss": {"essential": True, "value": about["issuer"]},
                "aud": {"essential": True, "value": settings.oidc_client_id},
            },
            {
                "nonce": nonce,
                "client_id": settings.oidc_client_id,
                "access_token": token.get("access_token"),
            },
        )
        claims.validate(now=int(now.timestamp()), leeway=int(LEEWAY.total_seconds()))
        return dict(claims)

    found: dict[str, Any] = _attempted(Why.WRONG, read)
    subject = found.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST_SUBJECT:
        raise Unproved(Why.WRONG, "its subject is none")
    return found


def _attempted(why: Why, attempt: Callable[[], Any]) -> Any:
    """What an attempt gives; whatever is wrong with what the directory sent is one refusal."""
    try:
        return attempt()
    except (httpx.HTTPError, httpx.InvalidURL, Unproved):
        raise
    except Exception as error:
        # Of what it says nothing goes to the log: claims name people.
        raise Unproved(why, type(error).__name__) from None


def _refuse_unless_fresh(claims: dict[str, Any], *, asked_at: datetime) -> None:
    # "prompt" alone can be taken out of the address on its way through the browser.
    at = claims.get("auth_time")
    if isinstance(at, bool) or not isinstance(at, int | float):
        raise Unproved(Why.NOT_FRESH, "its token has no auth_time")
    if at < (asked_at.astimezone(UTC) - LEEWAY).timestamp():
        raise Unproved(Why.NOT_FRESH, "its auth_time is from before")


def _refuse_without_role(claims: dict[str, Any], settings: Settings) -> None:
    wanted, roles = settings.oidc_coordinators, claims.get("roles")
    if wanted != OWN and not (isinstance(roles, list) and wanted in roles):
        raise Unproved(Why.NO_ROLE, "their token lacks the app role")
