"""What a step is called where people see it: on the dashboard, in lists, in explanations."""

from agenda.timetable import Step, StepKind

_LABELS = {
    "sv": {
        StepKind.INVITATION: "inbjudan",
        StepKind.REMINDER: "påminnelse, {n} kvar",
        StepKind.LAST_REMINDER: "sista påminnelsen, {n} kvar",
        StepKind.CLOSED: "stänger",
        StepKind.OVERDUE: "svar saknas, {n} efter sista dagen",
        StepKind.ESCALATION: "eskalering, {n} efter sista dagen",
        StepKind.INTERNAL_REMINDER: "påminnelse till ansvarig, {n} kvar",
        StepKind.NAG: "försenad, {n} efter sista dagen",
    },
    "en": {
        StepKind.INVITATION: "invitation",
        StepKind.REMINDER: "reminder, {n} left",
        StepKind.LAST_REMINDER: "last reminder, {n} left",
        StepKind.CLOSED: "closes",
        StepKind.OVERDUE: "answer missing, {n} after the last day",
        StepKind.ESCALATION: "escalation, {n} after the last day",
        StepKind.INTERNAL_REMINDER: "reminder to the person responsible, {n} left",
        StepKind.NAG: "overdue, {n} after the last day",
    },
}
_LAST_DAY = {
    "sv": "påminnelse till ansvarig, sista dagen",
    "en": "reminder to the person responsible, last day",
}
_UNITS = {"sv": ("arbetsdag", "arbetsdagar"), "en": ("workday", "workdays")}


def step_label(step: Step, language: str) -> str:
    """A step in words, e.g. "påminnelse, 10 arbetsdagar kvar"."""
    if step.kind is StepKind.INTERNAL_REMINDER and step.workdays == 0:
        return _LAST_DAY[language]
    count = abs(step.workdays)
    one, several = _UNITS[language]
    return _LABELS[language][step.kind].format(n=f"{count} {one if count == 1 else several}")
