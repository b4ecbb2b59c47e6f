"""A plan file's faults: all at once, each with its line and how to mend it.

The folder plans_with_faults holds faulty files, and beside each what is said of it.
"""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from agenda.plan.reading import bundled_plan, check, read_plan
from agenda.words.errors import BadInput
from agenda.words.faults import Fault, FaultyFile

FAULTY = Path(__file__).parent / "plans_with_faults"
BUNDLED = bundled_plan().read_bytes()


@pytest.mark.parametrize("name", sorted(file.stem for file in FAULTY.glob("*.yaml")))
def test_every_fault_of_the_file_is_told_with_its_line(name):
    content = (FAULTY / f"{name}.yaml").read_bytes()
    expected = (FAULTY / f"{name}.txt").read_text(encoding="utf-8")

    with pytest.raises(FaultyFile) as caught:
        read_plan(content, file=f"{name}.yaml")

    assert f"{caught.value}\n" == expected


def test_what_is_said_of_a_file_names_it_as_it_was_given(tmp_path):
    file = tmp_path / "min plan.yaml"
    file.write_text("# tom")

    with pytest.raises(FaultyFile) as caught:
        read_plan(file)

    assert caught.value.exit_code == 2
    assert str(caught.value).startswith(f"{file}:1: Filen är tom")


def test_a_file_that_is_not_there_is_said_in_one_sentence(tmp_path):
    with pytest.raises(BadInput, match=r"saknad\.yaml går inte att läsa: filen finns inte\.$"):
        check(tmp_path / "saknad.yaml")


def test_a_folder_is_said_in_one_sentence_too(tmp_path):
    with pytest.raises(BadInput, match="går inte att läsa"):
        check(tmp_path)


def test_a_file_of_ten_megabytes_is_refused_unread(tmp_path):
    file = tmp_path / "stor.yaml"
    file.write_bytes(b"a: b\n" * 2_000_000)

    assert check(file).faults == (
        Fault(1, "Filen är för stor: en planfil får vara högst 1000 kB."),
    )


def test_a_file_in_windows_own_letters_says_on_which_line_they_are():
    content = BUNDLED.decode().encode("cp1252")
    first = next(
        number for number, line in enumerate(BUNDLED.splitlines(), start=1) if not line.isascii()
    )

    assert check(content).faults == (
        Fault(first, "Raden är inte skriven i UTF-8. Spara filen som UTF-8."),
    )


def test_the_other_faults_are_told_in_spite_of_a_wrong_encoding():
    content = "key: påverkan\nnamn: x\n".encode("cp1252")

    lines = [fault.line for fault in check(content).faults]

    assert lines.count(1) >= 2
    assert Fault(2, "”namn” i planen: okänd nyckel. Menar du ”name”?") in check(content).faults


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_a_file_in_utf_16_says_so(encoding):
    mark = b"" if encoding == "utf-16" else b"\xfe\xff"

    assert check(mark + BUNDLED.decode().encode(encoding)).faults == (
        Fault(1, "Filen är sparad som UTF-16. Spara den som UTF-8."),
    )


def test_the_mark_that_windows_puts_before_utf_8_does_no_harm():
    assert check(b"\xef\xbb\xbf" + BUNDLED).plan == read_plan(BUNDLED)


def test_line_ends_of_windows_do_no_harm():
    assert check(BUNDLED.replace(b"\n", b"\r\n")).plan == read_plan(BUNDLED)


def test_a_control_character_is_told_on_each_line_that_has_one():
    content = BUNDLED.replace("Åre".encode(), b"\x00re").replace(b"Bergs", b"B\x1b[31m")
    lines = [
        number
        for number, line in enumerate(content.splitlines(), 1)
        if b"\0" in line or b"\x1b" in line
    ]

    assert [(fault.line, fault.sentence[:29]) for fault in check(content).faults] == [
        (line, "Raden innehåller ett styrteck") for line in lines
    ]


def test_deep_nesting_is_refused_instead_of_filling_the_stack():
    assert check(b"key: " + b"[" * 500_000).faults == (
        Fault(1, "Inte giltig YAML: mer än 20 nivåer i varandra."),
    )


def test_the_file_cut_short_at_any_place_is_a_plan_or_faults_with_lines():
    for length in range(0, len(BUNDLED), 50):
        report = check(BUNDLED[:length])
        lines = BUNDLED[:length].count(b"\n") + 1

        assert (report.plan is None) == bool(report.faults)
        assert all(1 <= fault.line <= lines for fault in report.faults)


@settings(deadline=None)
@given(st.binary(max_size=300))
@example(b'"\\U00110000"')
@example(b"%YAML 1.99999999999999999999\n---\na")
@example(b"a: 0b_\nb: =\nc: <<\n<<: a")
@example(b"? {}\n: a\n? []\n: b")
@example(b"\xef\xbb\xbf\xef\xbb\xbfa: b")
@example(b"%YAML " + b"9" * 5000 + b".1\n---\na")
def test_any_bytes_are_faults_with_lines_and_never_a_traceback(content):
    report = check(content)

    assert report.plan is None
    assert report.faults
    assert all(
        1 <= fault.line <= content.count(b"\n") + content.count(b"\r") + 1
        for fault in report.faults
    )


@settings(deadline=None)
@given(st.text(alphabet="key: -\n[]{}'\"&*!|>%@`#,?no120åäö\t\\", max_size=200))
def test_any_text_of_yamls_own_signs_is_faults_and_never_a_traceback(text):
    assert check(text.encode()).faults


@settings(deadline=None, max_examples=50)
@given(
    place=st.integers(0, len(BUNDLED) - 1),
    put=st.sampled_from([b"", b"\n", b":", b" ", b"- ", b"[", b"'", b"no", b"\t", b"&a ", b"*a"]),
    skip=st.integers(0, 40),
)
def test_the_bundled_file_half_edited_is_a_plan_or_faults(place, put, skip):
    report = check(BUNDLED[:place] + put + BUNDLED[place + skip :])

    assert (report.plan is None) == bool(report.faults)
