"""The kinds of activity: a small closed set, one module each.

A module in this folder that defines `KIND` is a kind; nothing else needs to list it.
The deployment that runs it is one line in prefect.yaml.
"""

from importlib import import_module
from pkgutil import iter_modules

from agenda.kinds.base import Closing, Kind, Ladder

__all__ = ["KINDS", "Closing", "Kind", "Ladder"]

_MODULES = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
KINDS: dict[str, Kind] = {
    module.KIND.name: module.KIND for module in _MODULES if hasattr(module, "KIND")
}
