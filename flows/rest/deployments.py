"""The deployments of prefect.yaml, as the embedded runner runs them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).parents[2] / "prefect.yaml"


@dataclass(frozen=True, slots=True)
class Deployment:
    """One entry of prefect.yaml, without what only a worker elsewhere needs."""

    name: str
    entrypoint: str
    description: str = ""
    tags: tuple[str, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)
    schedules: tuple[Mapping[str, Any], ...] = ()

    @property
    def slugs(self) -> frozenset[str]:
        """The names of its schedules."""
        return frozenset(schedule["slug"] for schedule in self.schedules)


def deployments(file: Path = FILE) -> list[Deployment]:
    """Every deployment of a prefect.yaml, in its order."""
    entries = yaml.safe_load(file.read_text(encoding="utf-8"))["deployments"]
    return [
        Deployment(
            name=entry["name"],
            entrypoint=entry["entrypoint"],
            description=entry.get("description", "").strip(),
            tags=tuple(entry.get("tags", ())),
            parameters=entry.get("parameters", {}),
            schedules=tuple(entry.get("schedules", ())),
        )
        for entry in entries
    ]
