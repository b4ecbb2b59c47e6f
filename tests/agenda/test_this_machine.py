"""Channels that would lead back to the machine itself."""

import socket

import pytest

from agenda.installation.settings import Settings
from agenda.words.addresses import checked_address
from agenda.words.this_machine import leads_here

HERE = (
    *("localhost", "LOCALHOST", "localhost.", "a.localhost", "localhost.localdomain"),
    *("127.0.0.1", "127.8.9.1", "127.1", "0x7f.1", "0x7f000001", "2130706433", "0177.0.0.1"),
    *("0.0.0.0", "0", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[0:0:0:0:0:0:0:1]"),
    *("169.254.169.254", "[fe80::1]", "[fe80::1%25eth0]", "%6cocalhost", "127.0.0.1."),
    *("user:pass@localhost", "user:pass@127.0.0.1:4210"),
)


@pytest.mark.parametrize("schema", ["workflows", "json", "msteams"])
@pytest.mark.parametrize("host", HERE)
def test_a_channel_to_this_machine_is_refused(schema: str, host: str) -> None:
    with pytest.raises(ValueError, match=r"leder till den här datorn själv") as raised:
        checked_address(f"{schema}://{host}/api/secret")
    assert str(raised.value) == f"kanalens adress ({schema}://…) leder till den här datorn själv"


@pytest.mark.parametrize("name", [socket.gethostname(), f"{socket.gethostname().upper()}.local"])
def test_this_machines_own_name_is_this_machine(name: str) -> None:
    assert leads_here(f"json://{name}:4210/")


@pytest.mark.parametrize(
    "address",
    [
        "workflows://prod-00.westeurope.logic.azure.example:443/workflow/signature",
        "msteams://TokenA/TokenB/TokenC/TokenD/",
        "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#general",
        "46elks://user:password@+46701234567",
        "46elks://user:password@0701234567",
        "json://10.1.2.3/hook",
        "json://localhost.regionen.example/hook",
        "json://[2001:db8::1]/hook",
    ],
)
def test_a_channel_elsewhere_is_taken_as_it_is(address: str) -> None:
    assert checked_address(address) == address


def test_an_alert_to_this_machine_stops_the_start() -> None:
    with pytest.raises(ValueError, match=r"leder till den här datorn själv"):
        Settings(_env_file=None, alerts="anna@regionen.example,json://127.0.0.1:4210/api")
