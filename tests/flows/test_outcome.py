"""How a run went, in words."""

import pytest

from flows.outcome import delivery_outcome, in_batches, outcome, without_addresses
from notifications.attending import Attended, Lot, LotResult


def attended(**other: int) -> Attended:
    counts = {"asked": 8, "answered": 5, "queued": 0, "postponed": 0} | other
    return Attended(
        round_name="2027",
        activity_key="inspel",
        activity_title="Förfrågan om inspel",
        lots=(),
        **counts,
    )


@pytest.mark.parametrize(
    ("looked", "result", "said"),
    [
        (
            attended(),
            LotResult(sent=3),
            ("COMPLETED", "5 av 8 har svarat", "Skickade meddelanden: 3."),
        ),
        (
            attended(postponed=2),
            LotResult(sent=1, deferred=1),
            (
                "COMPLETED",
                "5 av 8 har svarat",
                "Skickade meddelanden: 1. Väntar på e-postservern: 1; nytt försök görs snart. "
                "Väntar på nästa sändningstid: 2.",
            ),
        ),
        (
            attended(),
            LotResult(sent=2, failed=("Bergs kommun: okänd mottagare.",)),
            (
                "FAILED",
                "Delvis levererad",
                "Bergs kommun: okänd mottagare. Skickade meddelanden: 2.",
            ),
        ),
        (
            attended(),
            LotResult(failed=("Bergs kommun: okänd mottagare.",)),
            (
                "FAILED",
                "Inte levererad",
                "Bergs kommun: okänd mottagare. Skickade meddelanden: 0.",
            ),
        ),
        (
            attended(asked=0, answered=0),
            LotResult(sent=1),
            ("COMPLETED", "Påmint", "Skickade meddelanden: 1."),
        ),
        (
            attended(asked=0, answered=0),
            LotResult(),
            ("COMPLETED", "Inget att göra nu", "Skickade meddelanden: 0."),
        ),
    ],
)
def test_a_run_ends_in_words_and_is_green_only_when_nothing_failed(looked, result, said):
    state = outcome(looked, result)
    assert (state.type, state.name, state.message) == said


def test_a_task_says_what_came_of_its_messages():
    results = [LotResult(sent=1), LotResult(), LotResult(deferred=1), LotResult(failed=("Nej.",))]
    states = [delivery_outcome(result) for result in results]
    assert [(state.type, state.name) for state in states] == [
        ("COMPLETED", "Skickat"),
        ("COMPLETED", "Redan skickat"),
        ("COMPLETED", "Väntar på e-postservern"),
        ("FAILED", "Gick inte fram"),
    ]


def test_what_a_mail_server_says_is_kept_without_the_addresses_it_quotes():
    said = ["Bergs kommun: 5.1.1 <kommun@berg.example>: okänd", "a@b.example finns inte"]
    assert without_addresses(said) == (
        "Bergs kommun: 5.1.1 (adressen): okänd (adressen) finns inte"
    )


def lots(count: int) -> list[Lot]:
    return [Lot(f"Organisation {number}", (number,)) for number in range(count)]


def test_up_to_three_hundred_organisations_each_have_a_line_of_their_own():
    assert list(in_batches(lots(300))) == [(lot.label, (lot,)) for lot in lots(300)]


def test_more_are_shown_a_hundred_at_a_time_and_none_is_left_out():
    batches = list(in_batches(lots(301)))
    assert [label for label, _ in batches] == [
        "Mottagare 1–100 av 301",
        "Mottagare 101–200 av 301",
        "Mottagare 201–300 av 301",
        "Mottagare 301–301 av 301",
    ]
    assert [lot for _, batch in batches for lot in batch] == lots(301)
