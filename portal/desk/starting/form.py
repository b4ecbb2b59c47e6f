"""`/samordna/ny-omgang/…/aktivitet/…/formular`: what those who are asked fill in."""

from collections.abc import Sequence

from fastapi import APIRouter, Response

from agenda.forms.fields import Form
from agenda.forms.written import line_in
from agenda.kinds import KINDS
from agenda.plan.drafts.changes import with_form
from agenda.plan.drafts.forms import FieldLine, lines_of, with_lines, with_text_field
from agenda.plan.model import Plan, PlannedActivity
from portal.desk.starting.activities import found_in
from portal.desk.starting.visits import START, DraftVisit, Faults, InDraft, save
from portal.desk.visits import Filled
from portal.door.posting import Posted

LABEL, LABEL_EN, HELP, HELP_EN = "text", "text_en", "hjalp", "hjalp_en"
REQUIRED, POSITION, REMOVED = "kravs", "plats", "bort"
MOST_DIGITS = 4
NEW, NEW_LONG, NEW_REQUIRED = "ny", "ny_lang", "ny_kravs"

router = APIRouter(prefix=f"{START}/{{draft:int}}/aktivitet")


@router.api_route("/{key}/formular", methods=["GET", "HEAD"])
def form_page(here: InDraft, key: str) -> Response:
    """The form, field by field."""
    activity = found_in(here, key)
    return _page(here, activity, lines_of(_form(activity)))


@router.post("/{key}/formular")
def change(here: InDraft, key: str, posted: Filled) -> Response:
    """Change the form."""
    activity = found_in(here, key)
    lines = _lines(posted, lines_of(_form(activity)))

    def changed(plan: Plan) -> Plan:
        form = with_lines(_form(activity), lines)
        if label := line_in(posted.get(NEW)).strip():
            form = with_text_field(
                form, label, is_long=NEW_LONG in posted, is_required=NEW_REQUIRED in posted
            )
        return with_form(plan, key, form)

    return save(
        here,
        posted,
        changed,
        back=f"{here.home}/aktivitet/{key}/formular",
        refuse=lambda faults, status: _page(here, activity, lines, faults, status, posted),
    )


def _form(activity: PlannedActivity) -> Form:
    return KINDS[activity.kind].form if activity.form is None else activity.form


def _lines(posted: Posted, now: Sequence[FieldLine]) -> list[FieldLine]:
    """The lines of the page as they were posted; those that it did not have as they are."""
    return [_line(posted, one) if f"{LABEL}:{one.path}" in posted else one for one in now]


def _line(posted: Posted, was: FieldLine) -> FieldLine:
    def text(name: str) -> str:
        return line_in(posted.get(f"{name}:{was.path}")).strip()

    written = text(POSITION)
    return was._replace(
        label=text(LABEL),
        label_en=text(LABEL_EN),
        help=text(HELP),
        help_en=text(HELP_EN),
        is_required=f"{REQUIRED}:{was.path}" in posted,
        position=_number(written, was.position),
        is_removed=f"{REMOVED}:{was.path}" in posted,
    )


def _number(written: str, otherwise: int) -> int:
    is_number = written.isascii() and written.isdigit() and len(written) < MOST_DIGITS
    return int(written) if is_number else otherwise


def _page(
    here: DraftVisit,
    activity: PlannedActivity,
    lines: Sequence[FieldLine],
    faults: Faults | None = None,
    status: int = 200,
    posted: Posted | None = None,
) -> Response:
    return here.show(
        "form.html",
        status_code=status,
        activity=activity,
        lines=lines,
        faults=list((faults or {}).values()),
        new=line_in(posted.get(NEW)) if posted else "",
        is_long=NEW_LONG in posted if posted else False,
        is_required=NEW_REQUIRED in posted if posted else False,
        names={
            "label": LABEL,
            "label_en": LABEL_EN,
            "help": HELP,
            "help_en": HELP_EN,
            "required": REQUIRED,
            "position": POSITION,
            "removed": REMOVED,
            "new": NEW,
            "new_long": NEW_LONG,
            "new_required": NEW_REQUIRED,
        },
    )
