"""After an answer: the activity's run is asked for at once, behind the back of whoever answered.

The answer is on record before this begins, and nobody waits for it: when Prefect is slow or
away, the next run of the activity acts on what is on record.
"""

import logging
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

from agenda.models import identity
from agenda.replies import Reply
from agenda.settings import Settings
from flows.schedules import run_title, tags_of, trigger

_LOG = logging.getLogger(__name__)


class Follower:
    """Asks for runs, one after the other, and for each activity once however many answer."""

    def __init__(self, settings: Settings) -> None:
        self._api = settings.prefect_api
        self._turns = ThreadPoolExecutor(max_workers=1, thread_name_prefix="following")
        self._waiting: set[int] = set()
        self._lock = Lock()

    def follow(self, reply: Reply) -> None:
        """Have an activity attended because somebody answered; returns at once."""
        activity_id = identity(reply.row)
        with self._lock:
            if activity_id in self._waiting:
                return
            self._waiting.add(activity_id)
        self._turns.submit(self._trigger, activity_id, reply)

    def close(self) -> None:
        """Let the run that is being asked for be asked for; drop the others."""
        self._turns.shutdown(wait=True, cancel_futures=True)

    def _trigger(self, activity_id: int, reply: Reply) -> None:
        # From here on an answer is news again: the run may already have looked.
        with self._lock:
            self._waiting.discard(activity_id)
        activity, known = reply.activity, reply.round
        try:
            is_waiting = trigger(
                self._api,
                kind=activity.kind,
                activity_id=activity_id,
                name=run_title(activity.title, f"svar från {reply.organisation.name}", known.name),
                tags=tags_of(known.name, activity.key),
            )
        except Exception:
            _LOG.exception("The run of activity %d could not be asked for", activity_id)
        else:
            _LOG.info("Run of activity %d asked for: %s", activity_id, is_waiting)
