"""`make check`: is any locked package known to be vulnerable? pip-audit asks, this judges.

pip-audit alone has a trap: without a service that knows anything it can end with "No known
vulnerabilities found". So the service is first asked about a release that has been known to
be vulnerable for years. One that does not know that knows nothing, and the run says loudly
that nothing was audited. One that does must then have answered for every locked package.
"""

import argparse
import json
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

SERVICES = (("--vulnerability-service", "osv"), ("--vulnerability-service", "pypi"))
"""In the order they are asked: pip-audit's own, at the addresses that it knows."""
CONTROL = ("jinja2", "2.4.1")
"""Known since 2014 to be vulnerable (CVE-2014-1402, among others)."""
_HEAD = 'lock-version = "1.0"\n'
_CONTROL = f"""
[[packages]]
name = "{CONTROL[0]}"
version = "{CONTROL[1]}"
"""
ACCEPTED = Path(__file__).parent.parent / "docs" / "advisories.toml"
_NOT_AUDITED = """\
**********************************************************************
*  NOT AUDITED: no advisory service can be reached from here.        *
*  Nothing is known about the locked packages' vulnerabilities.      *
*  Run `make check` again where the network reaches such a service.  *
**********************************************************************"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found, and whether `make check` may pass."""

    passes: bool
    lines: tuple[str, ...]


def audited(
    lock: Path,
    accepted: dict[str, str],
    *,
    services: Sequence[Sequence[str]] = SERVICES,
) -> Verdict:
    """Judge every package of a lock file (PEP 751).

    Args:
        lock: A pylock.toml.
        accepted: Advisories that have no fix, each with the reason why it is lived with.
        services: Which services to ask, as pip-audit's arguments; the first that answers counts.
    """
    for service in services:
        told = _ask(service, lock.read_text(encoding="utf-8") + _CONTROL)
        if isinstance(told, str) and _knows(_ask(service, _HEAD + _CONTROL)):
            return Verdict(passes=False, lines=(f"The audit broke off: {told}",))
        if not isinstance(told, str) and _knows(told):
            return _judged(_wanted(lock), told, accepted)
    return Verdict(passes=True, lines=(_NOT_AUDITED,))


def accepted_in(file: Path) -> dict[str, str]:
    """The advisories that a file accepts, with their reasons.

    Raises:
        ValueError: one of them has no reason.
    """
    found: dict[str, str] = {}
    for entry in tomllib.loads(file.read_text(encoding="utf-8")).get("accepted", []):
        if not entry.get("reason", "").strip():
            raise ValueError(f"{file}: {entry.get('id')} is accepted without a reason")
        found[entry["id"]] = entry["reason"]
    return found


def _knows(told: list[dict[str, Any]] | str) -> bool:
    """Whether an answer comes from one who knows what everybody knows."""
    if isinstance(told, str):
        return False
    return any(p.get("vulns") for p in told if (p["name"], p.get("version")) == CONTROL)


def _ask(service: Sequence[str], lock: str) -> list[dict[str, Any]] | str:
    """pip-audit's finding for each package; or its last words when it came to none."""
    with TemporaryDirectory() as folder:
        Path(folder, "pylock.toml").write_text(lock, encoding="utf-8")
        command = [
            *(sys.executable, "-m", "pip_audit", "--locked", folder, *service),
            # An answer from last week would hide that nobody answers today.
            *("--cache-dir", f"{folder}/cache", "--timeout", "10"),
            *("--format", "json", "--aliases", "on", "--desc", "off", "--progress-spinner", "off"),
        ]
        told = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        found: list[dict[str, Any]] = json.loads(told.stdout)["dependencies"]
    except (ValueError, KeyError):
        return (told.stderr.strip().splitlines() or ["it said nothing"])[-1]
    return found


def _wanted(lock: Path) -> set[tuple[str, str]]:
    packages = tomllib.loads(lock.read_text(encoding="utf-8"))["packages"]
    return {(package["name"], package.get("version", "")) for package in packages}


def _judged(
    wanted: set[tuple[str, str]], told: list[dict[str, Any]], accepted: dict[str, str]
) -> Verdict:
    answered = {(one["name"], one["version"]) for one in told if "version" in one} & wanted
    left_out = [f"not audited: {name} {version}" for name, version in sorted(wanted - answered)]
    lines, met = [], set()
    for package in told:
        is_wanted = (package["name"], package.get("version")) in wanted
        for advisory in package.get("vulns", []) if is_wanted else []:
            known = {advisory["id"], *advisory["aliases"]} & accepted.keys()
            met |= known
            if not known:
                lines.append(_line(package, advisory))
    notes = [f"accepted: {id_} ({accepted[id_]})" for id_ in sorted(met)]
    notes += [f"accepted but no longer found: {id_}" for id_ in sorted(accepted.keys() - met)]
    summary = f"{len(answered)} of {len(wanted)} locked packages audited"
    passes = not left_out and not lines
    return Verdict(passes, (*left_out, *sorted(lines), *notes, summary))


def _line(package: dict[str, Any], advisory: dict[str, Any]) -> str:
    fixed = ", ".join(advisory["fix_versions"])
    also = f" ({', '.join(advisory['aliases'])})" if advisory["aliases"] else ""
    return (
        f"vulnerable: {package['name']} {package['version']}: {advisory['id']}{also}, "
        f"{f'fixed in {fixed}' if fixed else 'no fix'}"
    )


def main() -> int:
    """Audit the lock file that is named; 1 when something was found or left out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lock", type=Path, help="a pylock.toml, as `uv export` writes it")
    verdict = audited(parser.parse_args().lock, accepted_in(ACCEPTED))
    print("\n".join(verdict.lines))
    return 0 if verdict.passes else 1


if __name__ == "__main__":
    sys.exit(main())
