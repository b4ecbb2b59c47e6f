"""A real provider of OpenID Connect in a process of its own, which can be told to lie.

Run as a program: PORT. What it lies about is posted as JSON to `/lie`: `claims` that its tokens
get instead (null leaves one out), `signed` by whom, what it `answers` at a path, what it says
`about` itself, and by how many seconds its clock is to `shift`.
"""

import base64
import hmac
import json
import os
import sys
import time
import warnings
from typing import Any

import flask
import oidc_provider_mock
import uvicorn
from joserfc import jws, jwt
from joserfc.jwk import RSAKey

STRANGERS = RSAKey.generate_key(2048, auto_kid=False)
"""Nobody's whom anybody trusts."""


def make(lies: dict[str, Any]) -> flask.Flask:
    app = oidc_provider_mock.app()

    @app.put("/lie")
    def lie() -> tuple[str, int]:
        lies.clear()
        lies.update(flask.request.json or {})
        return "", 204

    @app.after_request
    def bend(answer: flask.Response) -> flask.Response:
        path = flask.request.path
        if path in lies.get("answers", {}):
            status, body = lies["answers"][path]
            return flask.Response(body, status)
        if path == "/.well-known/openid-configuration" and "about" in lies:
            return flask.jsonify({**json.loads(answer.get_data()), **lies["about"]})
        if path == "/oauth2/token" and answer.status_code == 200:
            answer.set_data(json.dumps(bent(json.loads(answer.get_data()), lies)))
        return answer

    return app


def bent(token: dict[str, Any], lies: dict[str, Any]) -> dict[str, Any]:
    storage = flask.g.oidc_provider_mock_storage
    own = RSAKey.import_key(storage.jwk.as_dict(is_private=True))
    said = jws.extract_compact(token["id_token"].encode())
    claims = {**json.loads(said.payload), "auth_time": int(time.time())}
    for name in ("iat", "exp", "auth_time"):
        claims[name] += lies.get("shift", 0)
    claims = {**claims, **lies.get("claims", {})}
    claims = {name: value for name, value in claims.items() if value is not None}
    header = {"alg": "RS256", "kid": said.headers().get("kid")}
    header = {name: value for name, value in header.items() if value}
    match lies.get("signed"):
        case "by another":
            written = jwt.encode(header, claims, STRANGERS)
        case "by nobody":
            written = jwt.encode({"alg": "none"}, claims, own, algorithms=["none"])
        case "by a public key":
            written = by_hand(claims, own.as_pem(private=False))
        case _:
            written = jwt.encode(header, claims, own)
    return {**token, "id_token": written}


def by_hand(claims: dict[str, Any], secret: bytes) -> str:
    """What no library writes: an HMAC with the public key, which everybody knows."""
    parts = [json.dumps(part).encode() for part in ({"alg": "HS256"}, claims)]
    text = b".".join(base64.urlsafe_b64encode(part).rstrip(b"=") for part in parts)
    mark = base64.urlsafe_b64encode(hmac.digest(secret, text, "sha256")).rstrip(b"=")
    return f"{text.decode()}.{mark.decode()}"


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
    uvicorn.run(
        make({}), interface="wsgi", host="127.0.0.1", port=int(sys.argv[1]), log_level="error"
    )
