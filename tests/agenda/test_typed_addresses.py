"""Addresses as people type and paste them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agenda.words.addresses import mailbox_of, typed_address
from agenda.words.texts import on_one_line, visible

PLAIN = "anna.ek@krokom.example"
AS_TYPED = (
    PLAIN,
    f"  {PLAIN}\n",
    f"Anna Ek <{PLAIN}>",
    f"”Ek, Anna” <{PLAIN}>;",
    f'"Ek, Anna" < {PLAIN} >',
    f"<{PLAIN}>",
    f"mailto:{PLAIN}",
    f"MAILTO:{PLAIN}?subject=Hej%20du",
    f"<mailto:{PLAIN}>",
    "mailto:anna.ek%40krokom.example",
    f"{PLAIN}.",
    f"{PLAIN},",
    f"({PLAIN})",
    f"'{PLAIN}'",
    f"\u200b{PLAIN}\ufeff",
    f"\u202a{PLAIN}\u202c",
    "anna.ek\u200b@krokom\u00ad.example",
    f"\u00a0{PLAIN}\u2007",
    "anna.ek @ krokom.example",
)
IN_ÅRE = "anna@xn--re-xia.example"


@pytest.mark.parametrize("typed", AS_TYPED)
def test_an_address_is_found_in_what_people_type(typed: str) -> None:
    assert typed_address(typed) == PLAIN


@pytest.mark.parametrize(
    "typed",
    ["anna@åre.example", "anna@ÅRE.example", "anna@a\u030are.example", "Anna <anna@åre.example>"],
)
def test_å_in_a_domain_is_the_same_mailbox_however_it_is_written(typed: str) -> None:
    assert typed_address(typed) == IN_ÅRE
    assert mailbox_of(typed) == mailbox_of(IN_ÅRE) == mailbox_of("ANNA@XN--RE-XIA.EXAMPLE")


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "@ saknas"),
        ("\u200b", "@ saknas"),
        ("Anna Ek", "@ saknas"),
        ("anna@krokom", "efter @ ska en hel domän stå, som kommunen.se"),
        ("anna ek@krokom.example", "den innehåller blanksteg eller styrtecken"),
        ("åsa@krokom.example", "före @ får bara bokstäverna a–z stå"),
        (f"{PLAIN}, bo@krokom.example", "det står mer än en; skriv en åt gången"),
        (f"<{PLAIN}> <bo@krokom.example>", "det står mer än en; skriv en åt gången"),
    ],
)
def test_what_can_be_no_address_is_told_why(typed: str, why: str) -> None:
    with pytest.raises(ValueError, match="ingen giltig e-postadress") as raised:
        typed_address(typed)
    assert str(raised.value) == f"ingen giltig e-postadress ({why})"


def test_a_channel_is_no_e_mail_address_and_stays_as_it_is() -> None:
    assert typed_address(" workflows://x.example/a/b ") == "workflows://x.example/a/b"


def test_other_mailboxes_are_others() -> None:
    assert mailbox_of(PLAIN) != mailbox_of("anna.ek@ragunda.example")
    assert mailbox_of("annaek@krokom.example") != mailbox_of(PLAIN)


@given(st.text())
def test_reading_an_address_ends_in_an_address_or_in_words(typed: str) -> None:
    mailbox_of(typed)
    try:
        found = typed_address(typed)
    except ValueError:
        return
    assert typed_address(found) == found


@pytest.mark.parametrize("sign", "\u200b\u200d\u00ad\ufeff\u2060\u034f\u3164\u2800\ufe0f\U000e0041")
def test_signs_that_nobody_sees_say_nothing(sign: str) -> None:
    assert visible(f" {sign}\n{sign}") == ""
    assert on_one_line(f" Anna{sign}\u00a0 Ek\n") == "Anna Ek"


@pytest.mark.parametrize("text", ["å", "😀", "–", "\u0301", "ع", "漢"])
def test_signs_that_are_seen_are_kept(text: str) -> None:
    assert visible(text) == on_one_line(text) == text
