"""Every address of the portal is answered by its own route, and by no other that it also fits."""

import re

from agenda.installation.settings import Settings
from portal.app import create_app
from tests.described_routes import routes_of


def test_no_route_answers_for_another(portal_settings: Settings) -> None:
    """Where two fit one address, the one that names it comes first."""
    routes = routes_of(create_app(portal_settings))
    taken = []
    for route in routes:
        path = re.sub(r"\{[^}]+\}", "7", route.path)
        for method in route.methods:
            fitting = (
                one for one in routes if method in one.methods and one.pattern.fullmatch(path)
            )
            first = next(fitting).path
            if first != route.path:
                taken.append(f"{method} {route.path} is answered by {first}")
    assert taken == []
