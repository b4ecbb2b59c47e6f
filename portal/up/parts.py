"""The parts that `agenda up` runs, in the order they start; they stop in the reverse one."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from agenda.installation.settings import Settings
from flows.engine.environment import environment, runner_command, server_command
from portal.up import lifeline
from portal.up.checks import lock_path

LOG_CONFIG = Path(__file__).parent.parent / "logging.json"
PORTAL_FACTORY = "portal.app:installed"
"""The factory of the application that uvicorn serves."""
OWN_MACHINE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Program:
    """One child process of `agenda up`."""

    key: str
    """Its name in the supervisor's configuration and of its log file."""
    name: str
    """What a person reads, in Swedish."""
    command: list[str]
    stop_seconds: int
    """How long it may take to end before it is killed. Together they stay below ten."""
    ready_at: str | None = None
    """An address that answers once it is ready; without one it is ready after those with one."""
    needs: str | None = None
    """The part without which it ends; it is started again until that one is back."""


def parts(settings: Settings) -> list[Program]:
    """Every part that these settings need.

    With another Prefect server (AGENDA_PREFECT_API_URL) neither the server nor the runner
    is started here: that server's own workers run the flows.
    """
    own_prefect = [
        Program("server", "Prefect", server_command(), 2, f"{settings.prefect_api}/health"),
        Program("portal", "Portalen", _portal_command(settings), 1, _own_style(settings)),
        Program("postman", "Brevbäraren", [sys.executable, "-m", "notifications.postman"], 2),
        Program("runner", "Körningarna", runner_command(), 4, needs="server"),
    ]
    if settings.prefect_api_url is None:
        return own_prefect
    return [part for part in own_prefect if part.key in {"portal", "postman"}]


def lifeline_part(settings: Settings) -> Program:
    """The part that ends the others when `agenda up` is killed; a person never hears of it."""
    script = str(Path(lifeline.__file__).absolute())
    # Isolated and without site-packages: it must be up at once and can break on nothing.
    command = [sys.executable, "-I", "-S", script, str(lock_path(settings.var))]
    return Program("lifeline", "Livlinan", command, 1)


def part_environment(settings: Settings) -> dict[str, str]:
    """The environment that every part inherits.

    The parts speak to each other over loopback. Where the machine names a proxy for the
    outside, Prefect's own client would ask it even for that, and the runner never start.
    """
    spared = ",".join(filter(None, (os.environ.get("NO_PROXY"), *OWN_MACHINE)))
    return environment(settings, inherited=os.environ) | {"NO_PROXY": spared, "no_proxy": spared}


def own_address(settings: Settings) -> str:
    """Where the portal answers on this machine, whatever address people use for it."""
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.host, settings.host)  # noqa: S104
    return f"http://{host}:{settings.portal_port}"


def _own_style(settings: Settings) -> str:
    # Not /halsa, which is unwell for what another part lacks: the portal would wait for it.
    return f"{own_address(settings)}/static/style.css"


def _portal_command(settings: Settings) -> list[str]:
    return [
        *(sys.executable, "-m", "uvicorn", PORTAL_FACTORY, "--factory"),
        *("--host", settings.host, "--port", str(settings.portal_port)),
        *("--http", "portal.door.patience:PatientConnection", "--ws", "none"),
        # Personal links hold their secret in the path, which an access log would print.
        *("--no-access-log", "--no-server-header"),
        *("--log-config", str(LOG_CONFIG), "--log-level", "warning"),
        *("--timeout-graceful-shutdown", "1"),
        *_proxies(settings),
    ]


def _proxies(settings: Settings) -> tuple[str, ...]:
    # Left to itself uvicorn believes whatever comes from this machine.
    if not settings.trusted_proxies:
        return ("--no-proxy-headers",)
    return ("--proxy-headers", "--forwarded-allow-ips", ",".join(settings.trusted_proxies))
