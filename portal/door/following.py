"""After an answer or a decision: the activity's run is asked for at once, behind everybody's back.

What was answered or decided is on record before this begins, and nobody waits for it: when
Prefect is slow or away, the next run of the activity acts on what is on record, and the
daily round plans the runs that a new last day asks for.
"""

import logging
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

from agenda.clock import utc_now
from agenda.installation.settings import Settings
from agenda.models import Activity, Round, identity
from flows.rest.api import PrefectAway
from flows.rest.schedules import ask_for_look, bring_up_to_date, trigger_upkeep

_LOG = logging.getLogger(__name__)


class Follower:
    """Asks for runs, one after the other, and for each activity once however many answer."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._turns = ThreadPoolExecutor(max_workers=1, thread_name_prefix="following")
        self._waiting: set[tuple[int, bool]] = set()
        self._lock = Lock()

    def follow(self, row: Activity, round_: Round, *, why: str, has_new_day: bool = False) -> None:
        """Have an activity attended because something was done about it; returns at once.

        Args:
            row: The activity.
            round_: Its round.
            why: What the run is called, after the activity.
            has_new_day: A last day is another than it was, so the runs ahead are planned anew.
        """
        news = (identity(row), has_new_day)
        with self._lock:
            if news in self._waiting:
                return
            self._waiting.add(news)
        self._turns.submit(self._act, row, round_, why, has_new_day=has_new_day)

    def follow_all(self, *, why: str) -> None:
        """Have every round gone through because something was done; returns at once.

        Args:
            why: What the run is called.
        """
        self._turns.submit(self._act_on_all, why)

    def _act_on_all(self, why: str) -> None:
        try:
            self._plan_anew()
            trigger_upkeep(self._settings.prefect_api, name=why[:1].upper() + why[1:])
        except Exception:
            _LOG.exception("A round of everything could not be asked for")

    def close(self) -> None:
        """Let the run that is being asked for be asked for; drop the others."""
        self._turns.shutdown(wait=True, cancel_futures=True)

    def _act(self, row: Activity, round_: Round, why: str, *, has_new_day: bool) -> None:
        activity_id = identity(row)
        # From here on an answer is news again: the run may already have looked.
        with self._lock:
            self._waiting.discard((activity_id, has_new_day))
        try:
            api = self._settings.prefect_api
            is_waiting = ask_for_look(api, row, round_, why=why)
            if has_new_day:
                self._plan_anew()
        except Exception:
            _LOG.exception("The run of activity %d could not be asked for", activity_id)
        else:
            _LOG.info("Run of activity %d asked for: %s", activity_id, is_waiting)

    def _plan_anew(self) -> None:
        try:
            bring_up_to_date(self._settings, now=utc_now())
        except PrefectAway:
            _LOG.info("Prefect is away: the daily round plans the runs anew")
