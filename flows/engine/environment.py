"""How Prefect's parts are started: their commands and environment. Does not import Prefect.

The supervisor of `agenda up` starts the server and the runner with these. Prefect keeps
all its state under the product's own folder and calls nobody outside the machine.
"""

import os
import sys
from collections.abc import Mapping

from agenda.installation.settings import LOOPBACK, Settings

UPSTREAM_CALLS_OFF = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
}

CHOICES = {
    # Prefect knows no people and no roles: whoever reaches it can do anything. Wherever the
    # portal listens, Prefect does so on this machine alone, unless told otherwise by name.
    "PREFECT_SERVER_API_HOST": LOOPBACK,
    # Runs, logs and artifacts are otherwise kept for ever; the record is in our own database.
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": "P400D",
    # A result on disk would outlive the run; nothing reads one.
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
    "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
    "PREFECT_LOGGING_LEVEL": "INFO",
    "PREFECT_LOGGING_COLORS": "false",
    "PREFECT_LOGGING_MARKUP": "false",
}


def server_command() -> list[str]:
    """The command that runs Prefect's server in the foreground."""
    return [sys.executable, "-m", "flows.engine.server"]


def runner_command() -> list[str]:
    """The command that runs the deployments of prefect.yaml in the foreground."""
    return [sys.executable, "-m", "flows.engine.runner"]


def environment(settings: Settings, *, inherited: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The whole environment of Prefect's server, of the runner and of every flow run.

    Args:
        settings: The installation's settings.
        inherited: What the operator has set. It wins in matters of tuning, of Prefect's
            database and of what it listens to; where our files are, where Prefect is
            found and what is reported to whom is ours.
    """
    reached = {"PREFECT_UI_URL": settings.dashboard_url} if settings.dashboard_url else {}
    return CHOICES | dict(inherited) | reached | _place(settings) | UPSTREAM_CALLS_OFF


def _place(settings: Settings) -> dict[str, str]:
    var = settings.var.absolute()
    return {
        # A flow run's working folder is not ours: "var" must mean the same folder there.
        "AGENDA_VAR": str(var),
        "PREFECT_HOME": str(var / "prefect"),
        # Prefect copies its pages here; by default into the installed package, where a
        # read-only or a shared installation fails.
        "PREFECT_SERVER_UI_STATIC_DIRECTORY": str(var / "prefect" / "pages"),
        "PREFECT_API_URL": settings.prefect_api,
        # Without these two Prefect's pages call port 4200, and a client that finds no
        # address starts a server of its own with another database.
        "PREFECT_SERVER_API_PORT": str(settings.prefect_port),
        "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",
        "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS": settings.prefect_url,
        "PREFECT_SERVER_UI_API_URL": "/api",
        "PYTHONUNBUFFERED": "1",
    }
