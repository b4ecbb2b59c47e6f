"""The channels a message can leave by: Apprise, and an e-mail plugin of ours inside it.

Apprise's stock e-mail plugin gives every attempt a new Message-ID, says True when a
recipient was refused, and reads the system's certificates anew for every message. Ours
replaces it; Teams, SMS gateways and the like use the stock ones.
"""

import logging
import warnings
from datetime import UTC
from typing import Any, Self

from agenda.installation.settings import Settings
from agenda.words.addresses import channel_schema
from agenda.words.this_machine import leads_here
from notifications.post.mail_server import Server
from notifications.post.mail_trouble import explained
from notifications.post.mime import is_international, render_bytes, wire_address
from notifications.post.outgoing import (
    FailedAt,
    Outcome,
    Outgoing,
    Result,
    header_fault,
    redirected,
    refused,
)
from notifications.post.smtp import Envelope, SmtpPost

# Both write recipients' addresses, and URLs that are keys to a channel, into the log.
for _talkative in ("apprise", "urllib3"):
    logging.getLogger(_talkative).setLevel(logging.CRITICAL + 1)

with warnings.catch_warnings():
    # Loading Apprise's plugins touches modules that Python is about to retire.
    warnings.simplefilter("ignore")
    from apprise import Apprise, AppriseAsset, NotifyBase, NotifyFormat
    from apprise.manager_plugins import NotificationManager

    _plugins: Any = NotificationManager()  # type: ignore[no-untyped-call]
    _plugins.load_modules()

__all__ = ["Channels", "explained"]

_log = logging.getLogger(__name__)

_MAIL = "agendamail"
_MAIL_SCHEMAS = {_MAIL, "mailto", "mailtos"}


class _MailAsset(AppriseAsset):
    """Carries one message to the plugin and its outcome back.

    An asset is the one object that Apprise passes unchanged to a plugin; `notify()` itself
    takes a title, a body and nothing else.
    """

    outgoing: Outgoing
    post: SmtpPost
    outcome: Outcome | None = None


class AgendaMail(NotifyBase):  # type: ignore[no-untyped-call]
    """E-mail with a stable Message-ID, a text of its own and an outcome per recipient."""

    # Any, because Apprise's base class declares each of these as None.
    service_name: Any = "E-post från agendan"
    protocol: Any = _MAIL
    templates: Any = ("{schema}://{host}:{port}",)
    notify_format = NotifyFormat.TEXT
    request_rate_per_sec = 0
    """Apprise's default makes a plugin sleep 5.5 seconds between messages."""

    def url(self, *_: Any, **__: Any) -> str:
        """The mail server as an Apprise URL; user and password are never part of it."""
        return f"{self.protocol}://{self.host}:{self.port}"

    def send(self, *_: Any, **__: Any) -> bool:
        """Send the asset's message: Apprise's title and body are in it, in better shape."""
        asset = self.asset
        if not isinstance(asset, _MailAsset):
            return False
        asset.outcome = _posted(asset.outgoing, asset.post)
        return asset.outcome.result is Result.SENT


_plugins.add(AgendaMail, force=True)


def _posted(outgoing: Outgoing, post: SmtpPost) -> Outcome:
    try:
        envelope = Envelope(
            sender=wire_address(outgoing.sender),
            recipient=wire_address(outgoing.recipient),
            content=render_bytes(outgoing),
            is_international=is_international(outgoing),
            identifier=outgoing.message_id.strip("<>"),
        )
    except ValueError:
        # The words of the exception name the address; the outcome says which one it is.
        return refused("Brevet skickades inte: en adress i det är ingen giltig e-postadress.")
    return post.post(envelope)


class Channels:
    """Sends messages, one recipient each. One per process; threads may share it.

    Keeps a connection to the mail server open between messages: `close` it, or use it
    as a context manager.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._post = SmtpPost(Server.of(settings))

    def send(self, outgoing: Outgoing) -> Outcome:
        """Try once to send a message. Trouble with the delivery is an outcome, not an error."""
        fault = header_fault(outgoing)
        if fault:
            return refused(fault)
        if self._settings.mail_redirect_to:
            outgoing = redirected(outgoing, to=self._settings.mail_redirect_to)
        schema = channel_schema(outgoing.recipient)
        return self._by_channel(outgoing, schema) if schema else self._by_mail(outgoing)

    def close(self) -> None:
        """Take leave of the mail server."""
        self._post.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def _by_mail(self, outgoing: Outgoing) -> Outcome:
        server = self._post.server
        asset = _MailAsset(async_mode=False, timezone=UTC)
        asset.outgoing, asset.post = outgoing, self._post
        address = {"schema": _MAIL, "host": server.host, "port": server.port}
        plugin = Apprise.instantiate(address, asset=asset)
        if plugin is not None:
            _notify(plugin, outgoing)
        if asset.outcome is None:
            # Apprise swallows what a plugin raises. A message that trips our own code would
            # do so at every attempt: fail it where the coordinator sees it.
            _log.error("Message %s met a fault in the program", outgoing.key)
            return refused("Brevet skickades inte: programmet gjorde fel när det byggdes.")
        return asset.outcome

    def _by_channel(self, outgoing: Outgoing, schema: str) -> Outcome:
        if schema not in self._settings.channels or schema in _MAIL_SCHEMAS:
            return refused(
                f"Meddelandet skickades inte: kanalen {schema} är inte tillåten. "
                f"Tillåtna kanaler står i AGENDA_CHANNELS."
            )
        if leads_here(outgoing.recipient):
            return refused(
                f"Meddelandet skickades inte: kanalens adress ({schema}://…) leder till den här "
                "datorn själv."
            )
        asset = AppriseAsset(async_mode=False, secure_logging=True, timezone=UTC)
        plugin = Apprise.instantiate(outgoing.recipient, asset=asset)
        if plugin is None:
            return refused(f"Meddelandet skickades inte: kanalens adress ({schema}://…) är fel.")
        # Set after the URL was read, because "?optional=yes" in it would turn a failure into
        # success, and "?retry=" would repeat what the outbox repeats in its own time.
        plugin.optional, plugin.retry, plugin.wait = False, 0, 0.0
        if _notify(plugin, outgoing):
            return Outcome(Result.SENT, None, f"Kanalen {schema} tog emot meddelandet.")
        return Outcome(
            Result.LATER, None, f"Kanalen {schema} tog inte emot meddelandet.", FailedAt.CHANNEL
        )


def _notify(plugin: NotifyBase, outgoing: Outgoing) -> bool:
    apprise = Apprise(asset=plugin.asset)
    apprise.add(plugin)
    sent = apprise.notify(body=outgoing.text, title=outgoing.subject, body_format=NotifyFormat.TEXT)
    return sent is True
