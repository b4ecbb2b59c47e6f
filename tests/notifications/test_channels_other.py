"""Other channels than e-mail, and trials that are redirected to one address."""

import json
import logging
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from notifications.post import channels as channels_module
from notifications.post.channels import Channels
from notifications.post.outgoing import FailedAt, Outcome, Result


class Webhook(ThreadingHTTPServer):
    """Takes what is posted to it and answers with one status."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Visit)
        self.status = 200
        self.posted: list[dict[str, object]] = []

    @property
    def url(self) -> str:
        return f"json://127.0.0.1:{self.server_port}/hemlig-nyckel"


class Visit(BaseHTTPRequestHandler):
    def do_POST(self):
        content = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.posted.append(json.loads(content))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *said):
        pass


@pytest.fixture
def webhook(monkeypatch):
    """A channel's home, which here lies on this machine as if it were elsewhere."""
    monkeypatch.setattr(channels_module, "leads_here", lambda _: False)
    with Webhook() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def channels(mail_server, settings_for):
    with Channels(settings_for(mail_server, channels=("json",))) as opened:
        yield opened


def test_a_listed_channel_gets_subject_and_text(channels, webhook, outgoing):
    assert channels.send(outgoing(recipient=webhook.url)) == Outcome(
        Result.SENT, None, "Kanalen json tog emot meddelandet."
    )
    assert [(posted["title"], posted["message"]) for posted in webhook.posted] == [
        (
            "Påminnelse: inspel senast fredag 2 oktober 2020",
            "Hej!\n\nVi har inte fått ert inspel än.",
        )
    ]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0x7f.1", "[::1]", "169.254.169.254"])
def test_a_channel_to_this_machine_is_never_called(channels, outgoing, host):
    with Webhook() as server:
        url = f"json://{host}:{server.server_port}/hemlig-nyckel"
        assert channels.send(outgoing(recipient=url)) == Outcome(
            Result.NEVER,
            None,
            "Meddelandet skickades inte: kanalens adress (json://…) leder till den här datorn "
            "själv.",
            FailedAt.MESSAGE,
        )


@pytest.mark.parametrize("parameters", ["", "?optional=yes", "?retry=3&wait=60"])
def test_a_channel_that_says_no_gets_it_later_and_not_at_once_again(
    channels, webhook, outgoing, parameters
):
    webhook.status = 500
    assert channels.send(outgoing(recipient=webhook.url + parameters)) == Outcome(
        Result.LATER, None, "Kanalen json tog inte emot meddelandet.", FailedAt.CHANNEL
    )
    assert len(webhook.posted) == 1


def test_a_channels_address_is_a_key_and_stays_out_of_the_log(channels, webhook, outgoing, caplog):
    caplog.set_level(logging.DEBUG)
    for webhook.status in (200, 500):
        channels.send(outgoing(recipient=webhook.url))
    assert len(webhook.posted) == 2
    assert caplog.messages == []


@pytest.mark.parametrize("schema", ["form", "syslog", "mailto", "agendamail"])
def test_an_unlisted_channel_is_never_called(channels, webhook, mail_server, outgoing, schema):
    url = webhook.url.replace("json", schema)
    assert channels.send(outgoing(recipient=url)) == Outcome(
        Result.NEVER,
        None,
        f"Meddelandet skickades inte: kanalen {schema} är inte tillåten. "
        "Tillåtna kanaler står i AGENDA_CHANNELS.",
        FailedAt.MESSAGE,
    )
    assert (webhook.posted, mail_server.mails) == ([], [])


@pytest.mark.parametrize("schema", ["mailto", "agendamail"])
def test_apprises_own_mail_stays_out_even_when_listed(mail_server, settings_for, outgoing, schema):
    with Channels(settings_for(mail_server, channels=(schema,))) as channels:
        outcome = channels.send(outgoing(recipient=f"{schema}://127.0.0.1:{mail_server.port}"))
    assert (outcome.result, mail_server.mails) == (Result.NEVER, [])


def test_a_second_address_behind_a_comma_is_not_called(channels, webhook, outgoing):
    hidden = webhook.url.replace("json", "form")
    channels.send(outgoing(recipient=f"{webhook.url},{hidden}"))
    assert [posted["version"] for posted in webhook.posted] == ["1.0"]


def test_a_channel_address_that_means_nothing_is_refused(mail_server, settings_for, outgoing):
    with Channels(settings_for(mail_server)) as channels:
        assert channels.send(outgoing(recipient="slack://x")) == Outcome(
            Result.NEVER,
            None,
            "Meddelandet skickades inte: kanalens adress (slack://…) är fel.",
            FailedAt.MESSAGE,
        )


def test_a_redirected_mail_names_its_recipient_everywhere(mail_server, settings_for, outgoing):
    settings = settings_for(mail_server, mail_redirect_to="prov@regionen.example")
    message = outgoing(recipient_name='Härjedalen, "södra" <x>')
    with Channels(settings) as channels:
        assert channels.send(message).result is Result.SENT
    (mail,) = mail_server.mails
    whom = 'Härjedalen, "södra" <x> <registrator@berg.example>'
    assert mail.recipients == ["prov@regionen.example"]
    assert mail.message["To"] == "prov@regionen.example"
    assert mail.message["Subject"] == (
        f"[Provutskick till {whom}] Påminnelse: inspel senast fredag 2 oktober 2020"
    )
    text, page = (part.get_content().replace("\r\n", "\n") for part in mail.message.iter_parts())
    assert text == (
        f"Provutskick: skulle ha gått till {whom}\n\nHej!\n\nVi har inte fått ert inspel än.\n"
    )
    assert page == (
        '<!doctype html><html lang="sv"><body><p><strong>Provutskick: skulle ha gått till '
        "Härjedalen, &quot;södra&quot; &lt;x&gt; &lt;registrator@berg.example&gt;</strong></p>"
        "<p>Vi har inte fått ert inspel än.</p></body>"
    )


def test_a_redirected_trial_never_calls_the_real_channel(
    mail_server, settings_for, webhook, outgoing
):
    settings = settings_for(
        mail_server, channels=("json",), mail_redirect_to="prov@regionen.example"
    )
    with Channels(settings) as channels:
        assert channels.send(outgoing(recipient=webhook.url)).result is Result.SENT
    (mail,) = mail_server.mails
    assert (webhook.posted, mail.recipients) == ([], ["prov@regionen.example"])
    assert b"hemlig-nyckel" not in mail.content
    assert mail.message["Subject"].startswith("[Provutskick till Bergs kommun json://…] ")
