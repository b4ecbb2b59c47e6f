"""What a step is called where people see it: on the dashboard, in lists, in explanations."""

from agenda.steps.sentences import SENTENCES
from agenda.steps.timetable import Step
from agenda.words.sentence import said


def step_label(step: Step, language: str) -> str:
    """A step in words, e.g. "påminnelse, 10 arbetsdagar kvar"."""
    on_the_day = f"label_{step.kind}_on_the_day"
    if step.workdays == 0 and on_the_day in SENTENCES:
        return said(SENTENCES(on_the_day), language)
    count = abs(step.workdays)
    workdays = SENTENCES("workday" if count == 1 else "workdays", n=count)
    return said(SENTENCES(f"label_{step.kind}", n=workdays), language)
