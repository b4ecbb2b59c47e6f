"""A plan of one activity, whose form a test writes."""

from agenda.plan.model import Plan
from agenda.plan.reading import read_plan

HEAD = """\
key: prov
name: "2026"
title: Provplan
responsible: {name: Anna, address: anna@regionen.example}
coordinator: {name: Samordnaren, address: sam@regionen.example}
"""
ACTIVITY = """\
activities:
  - key: fraga
    kind: input
    title: Årets fråga
    starts_on: 2026-03-02
    due_on: 2026-04-30
"""


def plan_of(form: str, *, head: str = HEAD) -> Plan:
    """The plan whose activity has this form, or ballot, as it stands in the file."""
    return read_plan((head + ACTIVITY + form).encode())
