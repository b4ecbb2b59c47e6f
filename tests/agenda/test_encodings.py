"""A file's letters are found out, whatever program saved it, or refused by line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agenda.words.encodings import read_text

NAMES = (
    "Björn Åkerström",
    "Östersunds kommun",
    "ÅNGE KOMMUN",
    "Härjedalen",
    "André Sjögren-Ek",
    "Åse Ødegård",
    "Hr. Ö",
    "Müller & Söner",
)
WAYS = [
    "utf-8",
    "utf-8-sig",
    "cp1252",
    "cp850",
    "mac_roman",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
]


def read(content: bytes) -> tuple[str, list[tuple[int, str]]]:
    faults = []
    text = read_text(content, faults)
    return text, [tuple(fault) for fault in faults]


@pytest.mark.parametrize("encoding", WAYS)
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_one_name_is_enough_to_tell_the_letters(encoding: str, name: str, line_end: str):
    text = f"organisation;namn;e-post;roll{line_end}bracke;{name};kommun@bracke.example;{line_end}"

    assert read(text.encode(encoding)) == (text, [])


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "mac_roman"])
@given(
    st.lists(
        st.text("åäöabcdefghijklmnoprstuvy", min_size=1, max_size=12).map(str.capitalize),
        min_size=3,
        max_size=8,
    ).filter(lambda words: any(sign in "åäö" for word in words for sign in word[1:]))
)
@settings(deadline=None, max_examples=200)
def test_any_swedish_words_read_the_same_from_each_table(encoding: str, words: list[str]):
    text = ";".join(words)

    assert read(text.encode(encoding)) == (text, [])


def test_an_odd_line_in_a_file_of_utf8_is_refused_by_its_number():
    content = "bracke;Björn\r\n".encode() + "ragunda;Göran Öst\r\n".encode("cp1252")

    text, faults = read(content)

    assert faults == [
        (
            2,
            "Raden har tecken som inte är UTF-8, som resten av filen är. Rätta raden, eller "
            "spara hela filen som UTF-8.",
        )
    ]
    assert "bracke;Björn" in text


@pytest.mark.parametrize("rest", ["cp1252", "cp850", "mac_roman"])
@pytest.mark.parametrize("odd", ["utf-8", "cp1252", "cp850", "mac_roman"])
def test_one_odd_line_never_turns_the_letters_of_the_others(rest: str, odd: str):
    if rest == odd:
        return
    lines = ["ragunda;Göran Öst", "are;Åsa Åkerblå", "krokom;Märta Sjögren"]
    content = b"\n".join(
        [*(line.encode(rest) for line in lines), "bracke;Bråke Hällström".encode(odd)]
    )

    text, faults = read(content)

    assert text.splitlines()[:3] == lines
    assert [number for number, _ in faults] == [4]


def test_letters_that_were_destroyed_before_are_told_by_line():
    lines = ["bracke;Björn", "are;" + "Åsa Öman".encode().decode("cp1252"), "berg;Bj\ufffdrn"]

    _, faults = read("\n".join(lines).encode())

    assert faults == [
        (number, "Raden har tecken som inte går att läsa. Rätta dem och spara filen som UTF-8.")
        for number in (2, 3)
    ]


def test_utf16_that_ends_in_the_middle_of_a_sign_is_told():
    _, faults = read("bracke;Björn".encode("utf-16")[:-1])

    assert [(line, said[:30]) for line, said in faults] == [(1, "Raden har tecken som inte är U")]


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_faults(content: bytes):
    text, _ = read(content)

    assert isinstance(text, str)


def test_a_sign_that_no_table_explains_is_told_by_line():
    _, faults = read("bracke;Björn\nkrokom;B".encode("cp1252") + b"\xb3;bo@krokom.example")

    assert [number for number, _ in faults] == [2]
