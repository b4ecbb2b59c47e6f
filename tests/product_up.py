"""The whole product as a test sees it from outside: its folder, its processes, its ports."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import httpx

from portal.mailbox.received import read_heading, read_letter

NAMES = ("AGENDA_PORTAL_PORT", "AGENDA_PREFECT_PORT", "AGENDA_MAILBOX_PORT")


class Product:
    """One `agenda up` on a folder of its own."""

    def __init__(self, folder: Path, ports: list[int]) -> None:
        self.var = folder / "var"
        self.environment = os.environ | {
            "AGENDA_VAR": str(self.var),
            **dict(zip(NAMES, map(str, ports), strict=True)),
        }
        self.portal = f"http://127.0.0.1:{ports[0]}"
        self.prefect = f"http://127.0.0.1:{ports[1]}"
        self.ports = ports
        self._told = folder / "told"
        self._folder = folder

    def start(self) -> subprocess.Popen[bytes]:
        with self._told.open("w") as told:
            return subprocess.Popen(
                [sys.executable, "-m", "portal.up"],
                env=self.environment,
                cwd=self._folder,
                stdout=told,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
            )

    @property
    def told(self) -> str:
        return self._told.read_text()

    @property
    def mails(self) -> list[str]:
        return sorted(file.name for file in (self.var / "brevlada").glob("*.eml"))

    def reminders(self) -> list[str]:
        """The mails that the first round gives, whatever else is mailed meanwhile."""
        folder = self.var / "brevlada"
        subjects = {n: read_heading((folder / n).read_bytes()).subject for n in self.mails}
        return [name for name, subject in subjects.items() if subject.startswith("Påminnelse")]

    def tokens(self) -> list[str]:
        """What stands in the addresses that were mailed."""
        letters = [read_letter((self.var / "brevlada" / name).read_bytes()) for name in self.mails]
        found = [re.findall(r"/svar/([\w-]{43})", letter.text) for letter in letters]
        return list(dict.fromkeys(token for tokens in found for token in tokens))

    def files(self) -> list[Path]:
        """Everything it has written but the mails, which are what a person gets."""
        return [
            file
            for file in self.var.rglob("*")
            if file.is_file() and file.parent.name != "brevlada"
        ]

    def ended(self, name: str) -> bool:
        """Whether a run whose name holds these words has done its work."""
        runs = httpx.post(
            f"{self.prefect}/api/flow_runs/filter",
            json={"flow_runs": {"name": {"like_": name}}},
            trust_env=False,
        ).json()
        return any(run["state"]["type"] == "COMPLETED" for run in runs)

    def listening(self) -> list[tuple[str, int]]:
        """At which addresses it can be reached, by the kernel's own table (proc(5))."""
        found = []
        for table in ("/proc/net/tcp", "/proc/net/tcp6"):
            for line in content_of(Path(table)).decode().splitlines()[1:]:
                place, state = line.split()[1], line.split()[3]
                number, port = place.split(":")
                if state == "0A" and int(port, 16) in self.ports:
                    packed = bytes.fromhex(number)[::-1]
                    is_ipv4 = len(packed) == 4
                    address = socket.inet_ntoa(packed) if is_ipv4 else number
                    found.append((address, int(port, 16)))
        return found

    def processes(self) -> list[int]:
        """Every process of it, whoever started it: they all inherit the folder's name."""
        mark = f"AGENDA_VAR={self.var}\0".encode()
        return [
            int(found.parent.name)
            for found in Path("/proc").glob("[0-9]*/environ")
            if mark in content_of(found)
        ]

    def parts(self, module: str) -> list[int]:
        """The numbers of the processes that run a module."""
        return [
            pid
            for pid in self.processes()
            if module.encode() in content_of(Path(f"/proc/{pid}/cmdline")).split(b"\0")
        ]


def started_in_vain(product: Product, **more: str) -> subprocess.CompletedProcess[str]:
    """A start that is refused."""
    return subprocess.run(
        [sys.executable, "-m", "portal.up"],
        env=product.environment | more,
        capture_output=True,
        text=True,
        check=False,
    )


def content_of(file: Path) -> bytes:
    """A file's content; nothing when it is gone or not ours."""
    try:
        return file.read_bytes()
    except OSError:
        return b""
