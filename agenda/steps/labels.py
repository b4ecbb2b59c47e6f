"""What a step is called where people see it: on the dashboard, in lists, in explanations."""

from agenda.steps.kinds import STEPS
from agenda.timetable import Step

_UNITS = {"sv": ("arbetsdag", "arbetsdagar"), "en": ("workday", "workdays")}


def step_label(step: Step, language: str) -> str:
    """A step in words, e.g. "påminnelse, 10 arbetsdagar kvar"."""
    terms = STEPS[step.kind]
    if step.workdays == 0 and terms.on_the_day is not None:
        return terms.on_the_day[language]
    count = abs(step.workdays)
    one, several = _UNITS[language]
    label = terms.en if language == "en" else terms.sv
    return label.format(n=f"{count} {one if count == 1 else several}")
