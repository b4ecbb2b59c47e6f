"""Addresses in Prefect's dashboard, and the names that things are found by there.

Its own menus show the past day and leave the artifacts out, so the portal links to these.
"""

from datetime import datetime
from urllib.parse import urlencode


def round_tag(round_name: str) -> str:
    """The tag of every run of a round."""
    return f"omgång:{round_name}"


def round_key(round_id: int) -> str:
    """The key of a round's artifact (a-z, 0-9 and dashes), the same from run to run."""
    return f"omgang-{round_id}"


def activity_key(round_id: int, key: str) -> str:
    """The key of an activity's artifact."""
    return f"{round_key(round_id)}-{key}"


def artifact_url(prefect_url: str, key: str) -> str:
    """The page of an artifact and its earlier versions; the dashboard's menu does not list it."""
    return f"{prefect_url.rstrip('/')}/v2/artifacts/key/{key}"


def artifact_itself_url(prefect_url: str, artifact_id: str) -> str:
    """The page of one version of an artifact, with what it says."""
    return f"{prefect_url.rstrip('/')}/v2/artifacts/artifact/{artifact_id}"


def runs_url(
    prefect_url: str, *, round_name: str, first: datetime, last: datetime, named: str = ""
) -> str:
    """The page of the dashboard with a round's runs; its own pages show the past day.

    Args:
        prefect_url: The dashboard's address.
        round_name: The round.
        first: The first instant shown, UTC.
        last: The last instant shown, UTC.
        named: Of these the runs alone whose names hold this: an activity's title. By several
            tags the page shows what has any of them.
    """
    view = {
        "tab": "flow-runs",
        "sort": "START_TIME_ASC",
        "tags": round_tag(round_name),
        "start": first.isoformat(),
        "end": last.isoformat(),
    }
    if named:
        view["flow-run-search"] = named
    return f"{prefect_url.rstrip('/')}/v2/runs?{urlencode(view)}"
