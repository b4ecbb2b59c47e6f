"""What of ours stands on Prefect's server, asked for a page: once, and not waited for."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import httpx

from flows.rest.api import PAGE, PrefectAway, prefect_at
from flows.rest.deployments import Deployment

ANSWER_SECONDS = 1.0
"""How long a page waits for each answer of a server that may be dead."""


def missing_at(api: str, wanted: Sequence[Deployment]) -> list[str]:
    """The names of the deployments that a server lacks; asked once and not waited for.

    Raises:
        PrefectAway: the server does not answer, or something else does in no words of Prefect's.
    """
    with _asked_once(api) as client:
        return missing(client, wanted)


def newest_artifact_at(api: str, key: str) -> str | None:
    """The id of an artifact's newest version; None where there is none yet.

    Raises:
        PrefectAway: the server does not answer, or something else does in no words of Prefect's.
    """
    with _asked_once(api) as client:
        # `/artifacts/KEY/latest` gives the collection's own id, which opens nothing.
        wanted = {"artifacts": {"key": {"any_": [key]}}, "limit": 1}
        found = client.post("/artifacts/latest/filter", json=wanted).raise_for_status().json()
        return str(found[0]["latest_id"]) if found else None


@contextmanager
def _asked_once(api: str) -> Iterator[httpx.Client]:
    """A connection for the one question of a page."""
    try:
        with prefect_at(api, timeout_seconds=ANSWER_SECONDS) as client:
            yield client
    except (ValueError, LookupError, TypeError) as error:
        raise PrefectAway(f"På {api} svarar något annat än Prefect.") from error


def missing(client: httpx.Client, wanted: Sequence[Deployment]) -> list[str]:
    """The names of the deployments that a server lacks, or of which it lacks a schedule."""
    names = {"name": {"any_": [entry.name for entry in wanted]}}
    # Not by `rows`, which tries again: whoever asks has a page to answer.
    answer = client.post("/deployments/filter", json={"deployments": names, "limit": PAGE})
    standing = answer.raise_for_status().json()
    return [entry.name for entry in wanted if not any(_is(entry, row) for row in standing)]


def _is(entry: Deployment, row: dict[str, Any]) -> bool:
    slugs = {schedule["slug"] for schedule in row["schedules"]}
    is_ours = (row["name"], row["entrypoint"]) == (entry.name, entry.entrypoint)
    return is_ours and entry.slugs <= slugs
