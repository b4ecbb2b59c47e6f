"""What of a posted form a person wrote: it is given back on the pages that could not take it."""

from portal.door.posting import Posted


def written(*pairs: tuple[str, str], files: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    return list(Posted(pairs, (), files).written)


def test_the_forms_own_numbers_and_keys_tokens_and_buttons_are_nobodys_words() -> None:
    wrote = [("fragor-0-titel", "Väg 84"), ("fragor-1-titel", "0 4f1d7a"), ("kommer", "ja")]
    assert (
        written(
            ("_prov", "abc"),
            ("_revision", "3"),
            ("fragor", "0 4f1d7a9c0d1e"),
            ("fragor", "1"),
            *wrote,
            ("bilagor", "12"),
            ("add:fragor", "1"),
            files=frozenset({"bilagor"}),
        )
        == wrote
    )


def test_what_only_looks_like_a_rows_number_is_kept() -> None:
    assert written(("antal", "0"), ("text", "0 abc")) == [("antal", "0"), ("text", "0 abc")]
    row = [("fragor", "7 abc"), ("fragor-0-titel", "X")]
    assert written(*row) == row
