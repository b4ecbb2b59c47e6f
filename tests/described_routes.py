"""Every address of the portal described for a fuzzer: from the application, and from its pages.

The application reads its forms by hand, so what they hold is taken from the pages that show
them: a field that is added to a page is fuzzed from then on.
"""

import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import iter_route_contexts
from starlette.routing import Mount

MEDIA_TYPES = ("multipart/form-data", "application/x-www-form-urlencoded")
HEADERS = {
    "Accept-Language": ["sv", "en-GB,en;q=0.5", "*", "\u00e5;q=x"],
    "Cookie": ["sprak=en", "sprak=../../x", "=;;=", 'sprak="'],
    "If-None-Match": ["*", '"x"', 'W/"x", "y"', "", ","],
    "If-Modified-Since": [
        "Mon, 01 Jan 2035 00:00:00 GMT",
        "Mon, 01 Jan 0001 00:00:00 +2359",
        "Fri, 31 Dec 9999 23:59:59 -2359",
        "Jan 99999999999999999999 00:00:00 99999999999999999999 Jan",
        "aldrig",
    ],
    "Range": ["bytes=0-", "bytes=9-1", "bytes=0-0,2-2", "bytes=x", "rader=1-2"],
}
"""Odd and ordinary values of the headers that some part of the portal reads."""


class _PageForms(HTMLParser):
    """The forms of a page: where each is posted, and what each field can be posted as."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, set[str]]]] = []
        self._fields: dict[str, set[str]] = {}
        self._list = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._fields = {}
            # What the page's script posts is the same form at another address.
            self.forms.append((given.get("action", ""), self._fields))
            if autosave := given.get("data-autosave"):
                self.forms.append((autosave, self._fields))
        if tag == "option":
            self._fields[self._list].add(given.get("value", ""))
        elif given.get("name") and tag in ("input", "textarea", "select", "button"):
            values = self._fields.setdefault(given["name"], set())
            if given.get("value"):
                values.add(given["value"])
            self._list = given["name"]


@dataclass(frozen=True)
class Route:
    """One address of the application."""

    path: str
    methods: frozenset[str]
    numbers: frozenset[str] = frozenset()
    """The parts of it that are numbers."""

    @property
    def pattern(self) -> re.Pattern[str]:
        """What its addresses look like."""
        return re.compile(re.sub(r"\\\{(\w+)\\\}", self._part, re.escape(self.path)))

    def _part(self, found: re.Match[str]) -> str:
        return "[0-9]+" if found[1] in self.numbers else "[^/]+"


def routes_of(app: FastAPI) -> list[Route]:
    """Every address that the application answers at, those it would not describe included."""
    found = []
    for context in iter_route_contexts(app.routes):
        route = getattr(context, "route", context)
        if isinstance(route, Mount):
            found.append(Route(f"{route.path}/{{path}}", frozenset({"GET", "HEAD"})))
        else:
            numbers = frozenset(re.findall(r"\{(\w+):int\}", context.path))
            path = re.sub(r":(int|path)\}", "}", context.path)
            found.append(Route(path, frozenset(context.methods), numbers))
    return found


@dataclass
class Description:
    """The application's addresses in OpenAPI, and the proofs that its forms need."""

    schema: dict[str, Any]
    proofs: dict[str, str] = field(default_factory=dict)
    """By the address that a form is posted to: what proves that it was on a page."""
    formless: set[str] = field(default_factory=set)
    """Addresses that take something posted, of which no page has a form."""


def described(
    app: FastAPI, *, known: dict[str, list[Any]], pages: Sequence[tuple[str, str]]
) -> Description:
    """The application described.

    Args:
        app: The application.
        known: By a path's parameter: what it can be so that something is found.
        pages: Addresses and the pages there; their forms tell what can be posted.
    """
    with warnings.catch_warnings():
        # GET and HEAD of one page share a name, which matters to nobody but a maker of clients.
        warnings.filterwarnings("ignore", "Duplicate Operation ID", UserWarning)
        schema = get_openapi(title="Portalen", version="1", routes=app.routes)
    made = Description(schema)
    forms = _forms(pages)
    for route in routes_of(app):
        operations = schema["paths"].setdefault(route.path, {})
        for method in route.methods:
            operation = operations.setdefault(method.lower(), {"responses": {}})
            _widen(operation, route, known)
            if method == "POST":
                operation["requestBody"] = _body(route, forms, made)
    return made


def _forms(pages: Sequence[tuple[str, str]]) -> dict[str, dict[str, set[str]]]:
    """Every form on the pages, by where it is posted; those posted to one place as one."""
    found: dict[str, dict[str, set[str]]] = {}
    for address, page in pages:
        for action, fields in _PageForms(page).forms:
            together = found.setdefault(action or address, {})
            for name, values in fields.items():
                together.setdefault(name, set()).update(values)
    return found


def _widen(operation: dict[str, Any], route: Route, known: dict[str, list[Any]]) -> None:
    """Let a path's parameters be what exists as well as anything else, and headers be odd."""
    # What the application promises to answer is not what is tried here.
    operation["responses"] = {"default": {"description": "Ett svar."}}
    in_query = [one for one in operation.get("parameters", ()) if one["in"] != "path"]
    in_path = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {
                "anyOf": [
                    {"enum": known[name]},
                    {"type": "string", "minLength": 1},
                    {"type": "integer"},
                ]
            },
        }
        for name in re.findall(r"\{(\w+)\}", route.path)
    ]
    in_headers = [
        {"name": name, "in": "header", "schema": {"type": "string", "enum": values}}
        for name, values in HEADERS.items()
    ]
    operation["parameters"] = in_path + in_query + in_headers


def _body(
    route: Route, forms: dict[str, dict[str, set[str]]], made: Description
) -> dict[str, Any] | None:
    fields: dict[str, set[str]] = {}
    for action, found in forms.items():
        if route.pattern.fullmatch(action):
            for name, values in found.items():
                fields.setdefault(name, set()).update(values)
            made.proofs[action] = next(iter(found["_prov"]))
    if not fields:
        made.formless.add(route.path)
    properties = {name: _field(values) for name, values in sorted(fields.items())}
    schema = {"type": "object", "properties": properties}
    return {"content": {media_type: {"schema": schema} for media_type in MEDIA_TYPES}}


def _field(values: set[str]) -> dict[str, Any]:
    known: list[dict[str, Any]] = [{"enum": sorted(values)}] if values else []
    return {"anyOf": [*known, {"type": "string"}]}
