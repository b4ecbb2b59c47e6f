"""How a run went, in words."""

import pytest

from flows.outcome import delivery_outcome, in_batches, outcome, without_addresses
from notifications.attending import Attended, Lot, LotResult
from notifications.outbox.tally import Tally


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
    ("looked", "result", "counted", "said"),
    [
        (
            attended(),
            LotResult(sent=3),
            Tally(letters=3, left=3),
            ("COMPLETED", "5 av 8 har svarat", "Skickade meddelanden: 3 av 3."),
        ),
        (
            # The postman sent two of them meanwhile.
            attended(),
            LotResult(sent=1),
            Tally(letters=3, left=3),
            ("COMPLETED", "5 av 8 har svarat", "Skickade meddelanden: 3 av 3."),
        ),
        (
            attended(postponed=2),
            LotResult(sent=1, deferred=1),
            Tally(letters=3, left=1, waiting=2),
            (
                "COMPLETED",
                "5 av 8 har svarat",
                "Skickade meddelanden: 1 av 3. Väntar på e-postservern: 1; nytt försök görs snart. "
                "På väg: 1; brevbäraren tar dem. Väntar på nästa sändningstid: 2.",
            ),
        ),
        (
            attended(),
            LotResult(sent=2, failed=("Bergs kommun: okänd mottagare.",)),
            Tally(letters=3, left=2, failed=1),
            (
                "FAILED",
                "Delvis levererad: 2 av 3",
                "Bergs kommun: okänd mottagare. Skickade meddelanden: 2 av 3. "
                "Meddelanden som inte gick fram: 1.",
            ),
        ),
        (
            # Refused when the postman tried.
            attended(),
            LotResult(),
            Tally(letters=1, failed=1),
            (
                "FAILED",
                "Inte levererad: 0 av 1",
                "Skickade meddelanden: 0 av 1. Meddelanden som inte gick fram: 1.",
            ),
        ),
        (
            # A task that raised leaves its letters to the postman.
            attended(),
            LotResult(failed=("Bergs kommun: avbrutet.",)),
            Tally(letters=2, waiting=2),
            (
                "FAILED",
                "Inte levererad: 0 av 2",
                "Bergs kommun: avbrutet. Skickade meddelanden: 0 av 2. "
                "På väg: 2; brevbäraren tar dem.",
            ),
        ),
        (
            attended(),
            LotResult(),
            Tally(letters=8, left=7, failed=1, is_former=True),
            (
                "COMPLETED",
                "5 av 8 har svarat",
                "Inget nytt att skicka. Skickade meddelanden i det senaste steget: 7 av 8. "
                "Meddelanden som inte gick fram: 1.",
            ),
        ),
        (
            attended(asked=0, answered=0),
            LotResult(sent=1),
            Tally(letters=1, left=1),
            ("COMPLETED", "Påmint", "Skickade meddelanden: 1 av 1."),
        ),
        (
            attended(asked=0, answered=0),
            LotResult(),
            Tally(is_former=True),
            ("COMPLETED", "Inget att göra nu", "Inget att skicka nu."),
        ),
    ],
)
def test_a_run_ends_in_words_and_is_green_only_when_nothing_failed(looked, result, counted, said):
    state = outcome(looked, result, counted)
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
