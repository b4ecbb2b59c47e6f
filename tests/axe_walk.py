"""A walk through the portal in Chromium, on which axe looks at every page."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Page

from agenda.installation.settings import Settings
from portal import app as portal_app
from portal.app import create_app
from portal.door import rendering
from portal.door.protection import LARGEST_FIELD
from tests.door_site import Site, violations

TEMPLATES = Path(rendering.__file__).parent.parent / "templates"
SMALL_BODY = 2 * LARGEST_FIELD
"""A browser would need gigabytes to write a text that is really too large."""

NARROWEST = 320


@contextmanager
def running(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, wait_until: Callable[..., None]
) -> Iterator[tuple[FastAPI, list[str]]]:
    """A portal that runs in this process, and the templates it has made pages of so far."""
    made: list[str] = []
    make = rendering._TEMPLATES.TemplateResponse

    def noting(request: Any, name: str, *args: Any, **more: Any) -> Any:
        made.append(name)
        return make(request, name, *args, **more)

    monkeypatch.setattr(rendering._TEMPLATES, "TemplateResponse", noting)
    bound = portal_app.most_octets
    monkeypatch.setattr("portal.app.most_octets", lambda scope: min(bound(scope), SMALL_BODY))
    app = create_app(settings)
    server = uvicorn.Server(
        uvicorn.Config(app, port=settings.portal_port, log_level="critical", ws="none")
    )
    serving = threading.Thread(target=server.run)
    serving.start()
    wait_until(lambda: server.started, what="the portal answers")
    yield app, made
    server.should_exit = True
    serving.join()


class Walk:
    """A walk through the portal: what axe objected to, and which templates it has seen."""

    def __init__(self, site: Site, app: FastAPI, page: Page, made: list[str]) -> None:
        self.site, self.app, self.page, self._made = site, app, page, made
        self.found: list[str] = []
        self.templates: set[str] = set()

    def look(self, state: str) -> None:
        """Have axe look at the page that is shown."""
        self.templates.add(self._made[-1])
        self.found += [f"{state}: {said}" for said in violations(self.page)]
        self.found += self._too_wide(state)

    def _too_wide(self, state: str) -> list[str]:
        """Whether the page scrolls sideways on the narrowest screen (WCAG 1.4.10)."""
        size = self.page.viewport_size
        assert size is not None
        self.page.set_viewport_size({"width": NARROWEST, "height": size["height"]})
        width = self.page.evaluate("document.documentElement.scrollWidth")
        self.page.set_viewport_size(size)
        return [f"{state}: {width} px wide on {NARROWEST}"] if width > NARROWEST else []

    def visit(self, address: str, state: str) -> None:
        """Go to a page of the door and look at it, in both languages."""
        for language in ("en", "sv"):
            joined = "&" if "?" in address else "?"
            self.page.goto(f"{address}{joined}lang={language}")
            assert self.page.locator("html").get_attribute("lang") == language
            self.look(f"{state} ({language})")

    def go(self, path: str, state: str) -> None:
        """Go to a page for staff, which is in Swedish, and look at it."""
        self.page.goto(self.site.address + path)
        self.look(state)

    def post(self, address: str, script: str, state: str) -> None:
        """Open a form, change it by script and send it past the page's own script."""
        self.page.goto(address)
        with self.page.expect_navigation():
            self.page.evaluate(
                f"() => {{ const form = document.querySelector('main form'); {script};"
                " HTMLFormElement.prototype.submit.call(form); }"
            )
        self.look(state)


def failing(error: Exception) -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise error

    return fail
