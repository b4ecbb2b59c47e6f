"""`/samordna/ny-omgang/…/grund`: what the plan says of the round as a whole."""

from typing import Any

from fastapi import APIRouter, Response

from agenda.forms.written import date_in, day_of, line_in, text_in
from agenda.plan.drafts.changes import PlanRefused, with_head
from agenda.plan.model import Person, Plan
from portal.desk.starting.visits import START, DraftVisit, Faults, InDraft, save
from portal.desk.visits import Filled

LINES = {"namn": "name", "titel": "title", "dokument": "document"}
TEXTS = {"uppdrag": "goal", "styrgrupp": "steering_group", "referensgrupper": "reference_groups"}
PEOPLE = {"samordnare": "coordinator", "ansvarig": "responsible"}
PARTS = {"namn": "name", "epost": "address", "befattning": "title", "telefon": "telephone"}
HOURS = {"klockan": "at", "tidigast": "from_time", "senast": "until_time"}
AREAS, CLOSED, WORKDAYS_ONLY = "omraden", "stangt", "arbetsdagar"

_BY_PATH = {
    **{path: name for name, path in (LINES | TEXTS).items()},
    **{f"sending.{path}": name for name, path in HOURS.items()},
    **{
        f"{whom}.{path}": f"{person}_{name}"
        for person, whom in PEOPLE.items()
        for name, path in PARTS.items()
    },
    "policy_areas": AREAS,
    "closed_days": CLOSED,
    "sending": "klockan",
    AREAS: AREAS,
    CLOSED: CLOSED,
}

router = APIRouter(prefix=f"{START}/{{draft:int}}")


@router.api_route("/grund", methods=["GET", "HEAD"])
def head_page(here: InDraft) -> Response:
    """The round's name, its people and its texts, to be changed."""
    return _page(here, _written_of(here.plan))


@router.post("/grund")
def change(here: InDraft, posted: Filled) -> Response:
    """Change what the plan says of the round as a whole."""
    written = {name: text_in(posted.get(name)) for name in _NAMES}
    return save(
        here,
        posted,
        lambda plan: with_head(plan, **_given(here, plan, written)),
        back=f"{here.home}/grund",
        refuse=lambda faults, status: _page(
            here, written, {_BY_PATH.get(name, ""): said for name, said in faults.items()}, status
        ),
    )


_PEOPLE_NAMES = tuple(f"{person}_{part}" for person in PEOPLE for part in PARTS)
_NAMES = (*LINES, *TEXTS, *HOURS, *_PEOPLE_NAMES, AREAS, CLOSED, WORKDAYS_ONLY)


def _written_of(plan: Plan) -> dict[str, str]:
    found = {name: getattr(plan, path) or "" for name, path in (LINES | TEXTS).items()}
    for person, path in PEOPLE.items():
        whom: Person = getattr(plan, path)
        found |= {f"{person}_{name}": getattr(whom, part) or "" for name, part in PARTS.items()}
    found |= {name: f"{getattr(plan.sending, path):%H:%M}" for name, path in HOURS.items()}
    found[AREAS] = "\n".join(plan.policy_areas)
    found[CLOSED] = "\n".join(day.isoformat() for day in plan.closed_days)
    found[WORKDAYS_ONLY] = "1" if plan.sending.workdays_only else ""
    return found


def _given(here: DraftVisit, plan: Plan, written: dict[str, str]) -> dict[str, Any]:
    days = [(line, day_of(date_in(line.strip()))) for line in _rows(written[CLOSED])]
    if wrong := [line for line, day in days if day is None]:
        raise PlanRefused({CLOSED: here.say("no_such_days", days=", ".join(wrong))})
    found: dict[str, Any] = {path: line_in(written[name]).strip() for name, path in LINES.items()}
    found["document"] = found["document"] or None
    found |= {path: written[name].strip() for name, path in TEXTS.items()}
    for person, path in PEOPLE.items():
        texts = {part: line_in(written[f"{person}_{name}"]) for name, part in PARTS.items()}
        found[path] = {part: text.strip() or None for part, text in texts.items()}
    hours = {path: written[name].strip() for name, path in HOURS.items()}
    found["sending"] = (
        plan.sending.model_dump() | hours | {"workdays_only": bool(written[WORKDAYS_ONLY])}
    )
    found["policy_areas"] = _rows(written[AREAS])
    found["closed_days"] = [day for _, day in days]
    return found


def _rows(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _page(
    here: DraftVisit, written: dict[str, str], faults: Faults | None = None, status: int = 200
) -> Response:
    return here.show(
        "head.html",
        status_code=status,
        written=written,
        faults=faults or {},
        lines=list(LINES),
        texts=list(TEXTS),
        people=list(PEOPLE),
        parts=list(PARTS),
        hours=list(HOURS),
        needed={
            "namn",
            "titel",
            "samordnare_namn",
            "samordnare_epost",
            "ansvarig_namn",
            "ansvarig_epost",
        },
    )
