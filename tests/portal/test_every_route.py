"""Every address of the portal, fuzzed in every state of a round: never a fault of ours.

Schemathesis makes the requests from a description of the application itself and of the
forms on its pages (tests/described_routes.py), so that an address or a field that is added
is tried without anybody having to remember it.
"""

from collections.abc import Iterator
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.described_routes import routes_of
from tests.fuzzed_portal import STATES, FuzzedPortal, fuzzed_portal

pytestmark = pytest.mark.slow

EXAMPLES = {"open": 8}
"""How many requests each address gets in a state; elsewhere half as many."""
BOUNDS = settings(
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
METHODS = ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "QUERY", "BREW", "get")
"""What HTTP knows besides, and two that it does not."""
LIES = [
    *(
        {"Content-Type": kind}
        for kind in (
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "multipart/form-data; boundary=x; charset=undefined",
            "multipart/form-data; boundary=x; charset=unicode_escape",
            "application/x-www-form-urlencoded; charset=utf-16",
            "application/json",
            "",
        )
    ),
    *({"Content-Length": said} for said in ("0", "-1", "1e9", "9" * 30, "9" * 5000)),
    *({"Origin": where} for where in ("null", "https://evil.example", "", "http://127.0.0.1:1")),
]
"""Headers that say something else than what is so."""
A_FORM = (
    b'--x\r\nContent-Disposition: form-data; name="_prov"\r\n\r\n%b\r\n'
    b'--x\r\nContent-Disposition: form-data; name="fragor"\r\n\r\n0\r\n'
    b'--x\r\nContent-Disposition: form-data; name="fragor-0-titel"\r\n\r\n\\ud800\r\n--x--\r\n'
)


@pytest.fixture(scope="module")
def portal(tmp_path_factory: Any, sqlite_template: Any, free_ports) -> Iterator[FuzzedPortal]:
    """The portal on the example round, which can be brought into each state."""
    folder = tmp_path_factory.mktemp("fuzzed")
    yield from fuzzed_portal(folder=folder, template=sqlite_template, ports=free_ports(2))


@pytest.fixture(scope="module", params=STATES)
def state(request: pytest.FixtureRequest, portal: FuzzedPortal) -> str:
    """One state of the round after the other."""
    return request.param


def test_no_request_is_answered_with_a_fault_or_with_a_secret(
    portal: FuzzedPortal, state: str
) -> None:
    tried = set()
    for found in schemathesis.openapi.from_dict(portal.description.schema).get_all_operations():
        operation = found.ok()
        known = portal.addresses[operation.path] or portal.addresses["/"]

        @settings(BOUNDS, max_examples=EXAMPLES.get(state, 4))
        @given(
            case=operation.as_strategy(),
            # What exists is asked for three times in four, and mostly the truth is told.
            address=st.sampled_from([*known, None]) | st.sampled_from(known),
            lie=st.sampled_from([*LIES, *({} for _ in LIES), *({} for _ in LIES)]),
        )
        def ask(case: schemathesis.Case, address: str | None, lie: dict[str, str]) -> None:
            portal.begin(state, case.operation.label)
            sent = prepared(portal, case, address or case.formatted_path)
            headers = {name: said.encode("latin-1") for name, said in sent.headers.items()}
            portal.send(case.method, sent.url, headers=headers | lie, content=sent.body)
            tried.add((case.operation.path, case.method))

        ask()
    assert tried == {(one.path, method) for one in routes_of(portal.app) for method in one.methods}
    assert len(tried) > 50


def prepared(
    portal: FuzzedPortal, case: schemathesis.Case, address: str
) -> requests.PreparedRequest:
    """A case as it goes over the wire, with the proof that a page would have given."""
    if isinstance(case.body, dict):
        case.body["_prov"] = portal.proof(address)
    made = case.as_transport_kwargs(base_url=portal.settings.portal_url)
    made["url"] = portal.settings.portal_url + address
    return requests.Session().prepare_request(requests.Request(**made))


OF_A_DIRECTORY = {"/samordna/katalog", "/samordna/jag/katalog", "/samordna/jag/katalog/bort"}
"""Shown where the region's own directory is set up: tests/portal/desk/test_directory.py."""


def test_every_address_that_takes_a_form_has_one_on_a_page(portal: FuzzedPortal) -> None:
    assert portal.description.formless == OF_A_DIRECTORY


def test_methods_that_an_address_does_not_know_are_no_fault(portal: FuzzedPortal) -> None:
    portal.begin("open")
    for route in routes_of(portal.app):
        for address in portal.addresses_of(route)[:2]:
            for method in METHODS:
                portal.send(method, address)


def test_headers_that_lie_about_a_form_are_no_fault(portal: FuzzedPortal) -> None:
    for address, proof in portal.description.proofs.items():
        portal.begin("open", address)
        for lie in LIES:
            kind = {"Content-Type": "multipart/form-data; boundary=x"}
            portal.send("POST", address, headers=kind | lie, content=A_FORM % proof.encode())


def test_numbers_that_nothing_has_are_no_fault(portal: FuzzedPortal) -> None:
    portal.begin("open")
    for route in routes_of(portal.app):
        for name in {"number", "place", "round_id"} & set(portal.known):
            for number in portal.known[name] if f"{{{name}}}" in route.path else ():
                known = {one: values[0] for one, values in portal.known.items()} | {name: number}
                portal.send("GET", route.path.format(**known))
