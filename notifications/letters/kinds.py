"""Every kind of message, a row each: what it needs, what goes with it, how long it holds.

The row's name is that of its template. A new kind of message is its templates, its golden
files and a row here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from typing import Final


class Holds(Enum):
    """What must be so when a message leaves; `notifications.delivery` asks whether it is."""

    WHILE_DUE = auto()
    """A dated step: the verdict that caused it, were it not queued."""
    WHILE_ANY_IS_DUE = auto()
    """One letter about several steps: as long as one of them is to be told."""
    WHILE_MOVED = auto()
    WHILE_GRANTED = auto()
    WHILE_MISSING = auto()
    WHILE_UNDECIDED = auto()
    WHILE_CALLED_OFF = auto()
    WHILE_ON_AGAIN = auto()
    WHILE_DONE = auto()
    WHILE_ALL_HAVE_ANSWERED = auto()
    WHILE_WITHOUT_ADDRESS = auto()
    WHILE_NO_CONTACT = auto()
    WHILE_MAIL_STANDS_STILL = auto()
    WHILE_MAILBOX_IS_AWAY = auto()
    WHILE_THAT_MESSAGE_IS_SO = auto()
    """What is told of another message's fate."""
    WITHIN_ITS_DAY = auto()
    """What was said of one day, until it ends."""
    FOR_EVER = auto()
    """What has happened stays true."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageKind:
    """What there is to know of a kind of message besides its words."""

    holds: Holds
    needs: tuple[str, ...] = ()
    """The fields of a letter without which it says nothing."""
    has_link: bool = False
    """To an organisation it has the personal link."""
    has_day: bool = False
    """A calendar file with the day goes with it to an organisation."""
    has_own_day: bool = False
    """A meeting goes with it to the person responsible."""
    takes_day_back: bool = False
    """It takes a meeting out of a calendar."""
    is_about_own_time: bool = False
    """It says until when somebody may answer, and is no news of when a meeting is."""
    is_of_several_rounds: bool = False
    """It speaks of others than the round that it stands under: only its recipient may read it."""


_WHO = ("organisation_name",)
_TO_ANSWER = (*_WHO, "answer_url")
_TROUBLES = ("troubles",)


_step = partial(MessageKind, holds=Holds.WHILE_DUE)

MESSAGES: Final[Mapping[str, MessageKind]] = {
    # Dated steps: the names are those of `agenda.steps.kinds.StepKind`.
    "invitation": _step(needs=_WHO, has_link=True, has_day=True),
    "reminder": _step(needs=_WHO, has_link=True, has_day=True),
    "last_reminder": _step(needs=_WHO, has_link=True, has_day=True),
    "closed": _step(),
    "overdue": _step(needs=_WHO, has_link=True),
    "escalation": _step(needs=_WHO),
    "internal_reminder": _step(has_own_day=True),
    "nag": _step(),
    "own_work": MessageKind(holds=Holds.WHILE_ANY_IS_DUE, needs=("works",)),
    # What somebody decided.
    "moved": MessageKind(
        holds=Holds.WHILE_MOVED,
        needs=("former_due_on",),
        has_link=True,
        has_day=True,
        has_own_day=True,
    ),
    "cancelled": MessageKind(holds=Holds.WHILE_CALLED_OFF, has_day=True, has_own_day=True),
    "reinstated": MessageKind(
        holds=Holds.WHILE_ON_AGAIN, has_link=True, has_day=True, has_own_day=True
    ),
    "done": MessageKind(holds=Holds.WHILE_DONE),
    "reminder_now": MessageKind(holds=Holds.WHILE_MISSING, needs=_WHO, has_link=True),
    "extension": MessageKind(
        holds=Holds.WHILE_GRANTED, needs=_WHO, has_link=True, has_day=True, is_about_own_time=True
    ),
    "extension_denied": MessageKind(
        holds=Holds.FOR_EVER,
        needs=(*_WHO, "requested_until"),
        has_link=True,
        is_about_own_time=True,
    ),
    "extension_requested": MessageKind(
        holds=Holds.WHILE_UNDECIDED, needs=(*_WHO, "requested_until")
    ),
    "uninvited": MessageKind(holds=Holds.WHILE_NO_CONTACT, needs=_WHO, takes_day_back=True),
    # Answers and links.
    "receipt": MessageKind(holds=Holds.FOR_EVER, needs=(*_TO_ANSWER, "receipt"), has_link=True),
    "new_link": MessageKind(holds=Holds.FOR_EVER, needs=_TO_ANSWER, has_link=True),
    "same_link": MessageKind(holds=Holds.FOR_EVER, needs=_TO_ANSWER, has_link=True),
    "colleague": MessageKind(holds=Holds.FOR_EVER, needs=_TO_ANSWER, has_link=True),
    "late_answer": MessageKind(holds=Holds.FOR_EVER, needs=_WHO),
    "answers_in": MessageKind(holds=Holds.FOR_EVER, needs=("arrivals",)),
    "weekly": MessageKind(holds=Holds.WITHIN_ITS_DAY, needs=("weeks",), is_of_several_rounds=True),
    "beforehand": MessageKind(holds=Holds.WITHIN_ITS_DAY, needs=("foretold", "desk_url")),
    "all_answered": MessageKind(holds=Holds.WHILE_ALL_HAVE_ANSWERED),
    # What went wrong.
    "no_address": MessageKind(holds=Holds.WHILE_WITHOUT_ADDRESS, needs=_WHO),
    "untold": MessageKind(holds=Holds.FOR_EVER, needs=_TROUBLES),
    "not_escalated": MessageKind(holds=Holds.FOR_EVER, needs=_TROUBLES),
    "unattended": MessageKind(holds=Holds.FOR_EVER, needs=("gone_through_at",)),
    "mail_stopped": MessageKind(holds=Holds.WHILE_MAIL_STANDS_STILL, needs=_TROUBLES),
    "mailbox_away": MessageKind(holds=Holds.WHILE_MAILBOX_IS_AWAY, needs=_TROUBLES),
    "bounced": MessageKind(holds=Holds.FOR_EVER, needs=_TROUBLES),
    "returned": MessageKind(holds=Holds.FOR_EVER, needs=_TROUBLES),
    "trouble": MessageKind(holds=Holds.WHILE_THAT_MESSAGE_IS_SO, needs=_TROUBLES),
    "kept": MessageKind(holds=Holds.WHILE_THAT_MESSAGE_IS_SO, needs=_TROUBLES),
    "uncertain": MessageKind(holds=Holds.WHILE_THAT_MESSAGE_IS_SO, needs=_TROUBLES),
    "set_aside": MessageKind(holds=Holds.WHILE_THAT_MESSAGE_IS_SO, needs=_TROUBLES),
    # Sent at once, past the outbox: to whoever tries the mail server, or wants to sign in.
    "test": MessageKind(holds=Holds.FOR_EVER),
    "sign_in": MessageKind(holds=Holds.FOR_EVER, needs=("sign_in_url",)),
}

STEPS: Final = frozenset(name for name, kind in MESSAGES.items() if kind.holds is Holds.WHILE_DUE)
"""The messages of dated steps; the others come of what somebody did or what happened."""
