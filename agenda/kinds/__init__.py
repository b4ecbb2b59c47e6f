"""The kinds of activity: a small closed set, one module each.

A module in this folder that defines `KIND` is a kind; nothing else needs to list it.
The deployment that runs it is one line in prefect.yaml.
"""

from importlib import import_module
from pkgutil import iter_modules

from agenda.kinds.base import Closing, Kind, Ladder

__all__ = ["KINDS", "Closing", "Kind", "Ladder"]

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        import_module(f"{__name__}.{module.name}").KIND
        for module in iter_modules(__path__)
        if module.name != "base"
    )
}
