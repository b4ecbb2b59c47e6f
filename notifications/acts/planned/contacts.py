"""A list of contacts taken in, shown before it is done."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import Session

from agenda.contacts.spreadsheet import ContactsFile
from agenda.contacts.taking_in import contact_faults
from agenda.models import Round
from agenda.register import By
from agenda.storage.store import aside
from agenda.words.faults import FaultyFile
from notifications.acts.contacts import TakenIn, take_in_contacts
from notifications.acts.foreseeing import ForeseeableAct
from notifications.office import Office


class TakingIn:
    """A list of contacts on its way in: tried first, then taken in in earnest.

    Args:
        office: The office that letters are sent from.
        round_: The round.
        found: The list.
        channels: The Apprise schemas that an address may use besides e-mail.
        by: Who takes it in, and when it is looked at.
        resets: Addresses that took no mail are tried again.
        replaces: Of the organisations that the list names, it is the whole truth.
    """

    def __init__(
        self,
        office: Office,
        round_: Round,
        found: ContactsFile,
        *,
        channels: Collection[str],
        by: By,
        resets: bool = False,
        replaces: bool = False,
    ) -> None:
        self._office = office
        self._round_id = round_.id
        self._found = found
        self._channels = channels
        self._by = by
        self._choices = {"resets": resets, "replaces": replaces}
        self.taken: TakenIn
        """What came of it, when it was last tried or done."""

    def act(self, activity_ids: Sequence[int]) -> ForeseeableAct:
        """The act: something can follow in all of the round's activities."""
        return ForeseeableAct(does=self.do, activity_ids=activity_ids, remarks=self._remarks)

    def do(self, session: Session, now: datetime) -> None:
        """Take it in.

        Raises:
            FaultyFile: something in it is wrong; carries every fault with its line.
        """
        round_ = session.get_one(Round, self._round_id)
        if faults := contact_faults(session, round_, self._found, channels=self._channels):
            raise FaultyFile(self._found.file, faults)
        self.taken = take_in_contacts(
            session,
            self._office,
            round_,
            [row for _, row in self._found.rows],
            channels=self._channels,
            by=By(self._by.actor, now),
            **self._choices,
        )
        session.flush()

    def _remarks(self, session: Session) -> Sequence[str]:
        """Who is removed: what was shown before must still be so when it is done."""
        with aside(session):
            self.do(session, self._by.at)
        return [f"{line} tas bort." for line in self.taken.imported.removed]
