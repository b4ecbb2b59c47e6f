"""Amounts, numbers and dates are read in the ways people write them, or left as written."""

import pytest

from agenda.forms.values import is_blank
from agenda.forms.written import amount_in, date_in, line_in, number_in, text_in


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1 250 000", 1250000),
        ("1250000", 1250000),
        ("1 250 000 kr", 1250000),
        ("1\u00a0250\u202f000\u00a0kronor", 1250000),
        ("1250000,00 SEK", 1250000),
        ("500:-", 500),
        (" 0 ", 0),
        ("−300", -300),
        ("1.250", "1.250"),
        ("1 25 0", "1 25 0"),
        ("12,50", "12,50"),
        ("1,2 mkr", "1,2 mkr"),
        ("kr", "kr"),
        ("1٣", "1٣"),
    ],
)
def test_an_amount_is_read_in_the_ways_people_write_it(written: str, read: int | str) -> None:
    assert amount_in(written) == read


@pytest.mark.parametrize(
    ("written", "decimals", "read"),
    [
        ("12", 0, 12),
        ("-12", 0, -12),
        ("1 250", 0, 1250),
        ("12,5", 1, 12.5),
        ("12.50", 2, 12.5),
        ("12,0", 1, 12),
        ("12,5", 0, "12,5"),
        ("1.000", 2, "1.000"),
        ("12,", 1, "12,"),
        (",5", 1, ",5"),
        ("1e5", 3, "1e5"),
        ("0x1F", 0, "0x1F"),
        ("9" * 16, 0, "9" * 16),
    ],
)
def test_a_number_is_read_or_left_as_written(
    written: str, decimals: int, read: float | str
) -> None:
    assert number_in(written, decimals=decimals) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-10-02", "2026-10-02"),
        (" 2026-10-02 ", "2026-10-02"),
        ("20261002", "2026-10-02"),
        ("2026-02-30", "2026-02-30"),
        ("2/10", "2/10"),
        ("2026-W40-5", "2026-W40-5"),
    ],
)
def test_a_date_is_read_or_left_as_written(written: str, read: str) -> None:
    assert date_in(written) == read


@pytest.mark.parametrize("sign", ["\x0b", "\x0c", "\r", "\r\n", "\n"])
def test_a_line_break_is_one_whichever_program_wrote_it(sign: str) -> None:
    assert text_in(f"Ett{sign}två") == "Ett\ntvå"
    assert line_in(f"Ett{sign}två") == "Ett två"


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b", "\u00a0\u2060\ufeff", "\u00ad", "\u3164"])
def test_a_text_that_nobody_can_see_is_blank(text: str) -> None:
    assert is_blank(text)
    assert not is_blank(f"{text}.")


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\x7f", "\ud800"])
def test_what_is_read_beside_a_sign_that_cannot_be_kept_is_read_the_same_again(sign: str) -> None:
    assert number_in(f"0{sign}", decimals=0) == 0
    assert amount_in(f"{sign}1 250 kr{sign}") == 1250
    assert date_in(f"{sign}20261002") == "2026-10-02"
