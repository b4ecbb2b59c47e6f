"""Names as people type them, and what is no name."""

import pytest

from agenda.words.names import LONGEST_NAME, is_name, name_in


@pytest.mark.parametrize(
    "name",
    [
        *("Anna Ek", "Åsa Öberg-Lind", "Màdja Štállo", "Siobhán O’Brien", "d'Ette, Jean-Luc"),
        *("J. R. Ek", "J.R. Ek", "Anna Ek (registrator)", "Registrator", "李小龍", "فاطمة"),
        "Maria del Carmen Fernández de la Cruz",
    ],
)
def test_a_name_is_a_name(name: str) -> None:
    assert is_name(name_in(name))


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "\u200b", "-", "(.)"),
        *("anna@krokom.example", "Anna <anna@krokom.example>", "https://x.example", "www.x.se"),
        *("Gå till x.com", "vinn.nu", "Ring 0771234567", "Ring 112", "Anna\u2060.ek.se"),
        *("VINN EN BIL! Klicka", "Anna: se här", "Anna/Bo", "Vinn $", "Anna\\Ek", "<b>Anna</b>"),
        *("Anna; Bo", "fri frakt 50%", "x．com", "Ek。com", "Anna 😀", "A" * (LONGEST_NAME + 1)),
        "Ni har vunnit ett pris kom och hämta det i dag",
    ],
)
def test_an_address_a_figure_and_a_line_of_advertising_are_no_names(text: str) -> None:
    assert not is_name(name_in(text))


def test_line_breaks_and_what_nobody_sees_are_no_part_of_a_name() -> None:
    assert name_in(" Anna\r\nBcc:\u202e x\u00a0 Ek\u200b") == "Anna Bcc: x Ek"
    assert not is_name("Anna\nEk")
