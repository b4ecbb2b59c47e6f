"""A real IMAP server on loopback, with files, users and a log of its own."""

import grp
import os
import pwd
import shutil
import signal
import socket
import subprocess
from pathlib import Path

PROGRAM = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")
USER, PASSWORD = "svar@regionen.example", "hemligt"

_CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = /dev/stderr
protocols = imap
listen = 127.0.0.1
ssl = {ssl}
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2
mail_location = maildir:{folder}/mail
first_valid_uid = 1
default_internal_user = {internal}
default_login_user = {login}
default_internal_group = {group}
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2.conf
}}
passdb {{
  driver = passwd-file
  args = {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""
_OAUTH = """
introspection_url = {url}?access_token=
introspection_mode = get
username_attribute = email
active_attribute = active
active_value = yes
"""


class Dovecot:
    """Serves one user's Maildir until it is stopped."""

    def __init__(self, folder: Path, *, introspection: str = "", certificate: str = "") -> None:
        self.folder, self.mail = folder, folder / "mail"
        self.port, self.tls_port = _free_port(), _free_port()
        self._introspection, self._certificate = introspection, certificate
        for name in ("run", "state", "home", *(f"mail/{one}" for one in ("new", "cur", "tmp"))):
            (folder / name).mkdir(parents=True, exist_ok=True)
        self._process: subprocess.Popen[str] | None = None

    def put(self, name: str, raw: bytes) -> None:
        """Have a mail delivered, as a mail server does."""
        (self.mail / "tmp" / name).write_bytes(raw)
        (self.mail / "tmp" / name).rename(self.mail / "new" / name)
        self._hand_over()

    def start(self) -> None:
        whose = _Owner()
        written = _CONFIGURATION.format(
            folder=self.folder,
            port=self.port,
            tls_port=self.tls_port if self._certificate else 0,
            ssl=f"yes\n{self._certificate}" if self._certificate else "no",
            **vars(whose),
        )
        (self.folder / "dovecot.conf").write_text(written)
        (self.folder / "oauth2.conf").write_text(_OAUTH.format(url=self._introspection))
        (self.folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n")
        self._hand_over()
        self._process = subprocess.Popen(
            [PROGRAM or "dovecot", "-F", "-c", str(self.folder / "dovecot.conf")],
            stderr=subprocess.PIPE,
            text=True,
        )
        for line in self._process.stderr or ():
            if "starting up" in line:
                return
        raise AssertionError("Dovecot did not start")

    def stop(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(timeout=20)
            if self._process.stderr is not None:
                self._process.stderr.close()
        self._process = None

    def _hand_over(self) -> None:
        """Give the files to who serves them, where we may."""
        if os.geteuid() != 0:
            return
        whose = _Owner()
        self.folder.chmod(0o755)
        for path in (self.folder / "home", self.mail, *self.mail.rglob("*")):
            os.chown(path, whose.uid, whose.gid)


class _Owner:
    """Whom the server runs as: the package's users where we may choose, else ourselves."""

    def __init__(self) -> None:
        if os.geteuid() == 0:
            self.internal, self.login, self.group = "dovecot", "dovenull", "dovecot"
            nobody = pwd.getpwnam("nobody")
            self.uid, self.gid = nobody.pw_uid, nobody.pw_gid
        else:
            self.uid, self.gid = os.geteuid(), os.getegid()
            self.internal = self.login = pwd.getpwuid(self.uid).pw_name
            self.group = grp.getgrgid(self.gid).gr_name


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
