"""A real Postfix on loopback with a queue of its own: it relays, and sends back what is refused."""

import os
import shutil
import socket
import subprocess
from pathlib import Path

PROGRAM = shutil.which("postfix") or shutil.which("postfix", path="/usr/sbin")
MAY_RUN = PROGRAM is not None and os.geteuid() == 0
"""Its master gives up rights that only root has."""

_MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
mail_owner = postfix
setgid_group = postdrop
maillog_file = /dev/stdout
myhostname = mx.regionen.example
mydestination =
local_recipient_maps =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
relayhost = [127.0.0.1]:{relay_port}
smtp_address_preference = ipv4
smtp_host_lookup = native
disable_dns_lookups = yes
alias_maps =
alias_database =
minimal_backoff_time = 1s
maximal_backoff_time = 1s
queue_run_delay = 1s
delay_warning_time = 1s
smtp_connect_timeout = 5s
"""
_MASTER = """
{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


class Postfix:
    """Takes mail on a port and hands it to another, until it is stopped."""

    def __init__(self, folder: Path, *, relay_port: int) -> None:
        self.folder, self.port = folder, _free_port()
        self._relay_port = relay_port
        self._process: subprocess.Popen[str] | None = None

    @property
    def _program(self) -> list[str]:
        return [PROGRAM or "postfix", "-c", str(self.folder / "etc")]

    def start(self) -> None:
        for name in ("etc", "queue", "data"):
            (self.folder / name).mkdir()
        shutil.chown(self.folder / "data", "postfix")
        main = _MAIN.format(folder=self.folder, relay_port=self._relay_port)
        (self.folder / "etc" / "main.cf").write_text(main)
        (self.folder / "etc" / "master.cf").write_text(
            _MASTER.format(port=f"127.0.0.1:{self.port}")
        )
        self._process = subprocess.Popen(
            [*self._program, "start-fg"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        said = []
        for line in self._process.stdout or ():
            said.append(line)
            if "daemon started" in line:
                return
        raise AssertionError("".join(said))

    def stop(self) -> None:
        if self._process is not None:
            subprocess.run([*self._program, "stop"], capture_output=True, check=True)
            self._process.wait(timeout=20)
            if self._process.stdout is not None:
                self._process.stdout.close()
        self._process = None


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
