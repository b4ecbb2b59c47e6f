"""What every message needs to know of the installation that sends it."""

from dataclasses import dataclass

from agenda.installation.secret import former_key, secret_key
from agenda.installation.settings import AnswerNotices, Settings
from agenda.links.keyring import Keyring


@dataclass(frozen=True, slots=True)
class Office:
    """The sending office: its address, and who else hears what the coordinator must know."""

    sender: str
    sender_name: str
    keyring: Keyring
    """What the personal links in its messages are made of."""
    alerts: tuple[str, ...] = ()
    answer_notices: AnswerNotices = AnswerNotices.NO
    """How the coordinator hears of answers that come in."""

    @classmethod
    def of(cls, settings: Settings) -> "Office":
        """The office that the installation's settings describe."""
        keyring = Keyring(secret_key(settings), settings.portal_url, former_key(settings))
        return cls(
            settings.sender,
            settings.mail_from_name,
            keyring,
            settings.alerts,
            settings.answer_notices,
        )

    def desk_url(self, round_id: int) -> str:
        """The page of the coordinator's desk where a round begins."""
        return f"{self.keyring.portal_url}/samordna/{round_id}"

    @property
    def domain(self) -> str:
        """The domain of its message identifiers (RFC 5322 3.6.4)."""
        return self.sender.rpartition("@")[2]
