"""The sentences about what is wrong in a filled-in form, in both languages."""

from collections.abc import Mapping
from typing import Any

_SENTENCES = {
    "sv": {
        "missing": "Fyll i ”{label}”.",
        "missing_then": "Svara på ”{label}”: det behövs eftersom ni har valt {options}.",
        "missing_choice": "Välj ett svar på ”{label}”.",
        "missing_rows": "Fyll i alla rader under ”{label}”. Det här saknas: {rows}.",
        "missing_file": "Bifoga en fil under ”{label}”.",
        "missing_points": "Fördela poäng under ”{label}”.",
        "missing_points_or_abstain": "Fördela poäng under ”{label}”, eller kryssa i att ni avstår.",
        "too_long": "Texten är {length} tecken och högst {most} får plats. Korta den med {over}.",
        "email": "Skriv en e-postadress, till exempel namn@kommunen.se.",
        "whole": "Skriv ett heltal med siffror, till exempel 12.",
        "number": "Skriv ett tal med siffror, till exempel 12,5. Högst {decimals} decimaler.",
        "amount": "Skriv beloppet i hela kronor med siffror, till exempel 1\u00a0250\u00a0000.",
        "date": "Skriv datumet som år-månad-dag, till exempel 2026-10-02.",
        "too_low": "{value} är för lite. Skriv {limit} eller mer.",
        "too_high": "{value} är för mycket. Skriv {limit} eller mindre.",
        "too_early": "{value} är för tidigt. Skriv {limit} eller senare.",
        "too_late": "{value} är för sent. Skriv {limit} eller tidigare.",
        "one_file": "Här får bara en fil finnas. Ta bort de andra.",
        "too_few_rows": "Under ”{label}” behövs minst {least}. Nu är {count} ifyllda.",
        "too_many_rows": "Under ”{label}” får högst {most} plats. Nu är {count} ifyllda. "
        "Ta bort {over}.",
        "points": "Skriv poängen som ett heltal, 0 eller mer.",
        "too_many_points": "Ni har fördelat {given} poäng men har {total}. Ta bort {over}.",
        "points_left": "Ni har fördelat {given} av {total} poäng. Fördela {left} till.",
        "points_and_abstains": "Ni har både gett poäng och kryssat i att ni avstår. Välj ett.",
    },
    "en": {
        "missing": "Fill in “{label}”.",
        "missing_then": "Answer “{label}”: it is needed as you have chosen {options}.",
        "missing_choice": "Choose an answer to “{label}”.",
        "missing_rows": "Fill in every row under “{label}”. Missing: {rows}.",
        "missing_file": "Attach a file under “{label}”.",
        "missing_points": "Spread points under “{label}”.",
        "missing_points_or_abstain": "Spread points under “{label}”, or tick that you abstain.",
        "too_long": "The text is {length} characters and {most} fit. Shorten it by {over}.",
        "email": "Write an e-mail address, such as name@municipality.se.",
        "whole": "Write a whole number in figures, such as 12.",
        "number": "Write a number in figures, such as 12.5. At most {decimals} decimals.",
        "amount": "Write the amount in whole kronor in figures, such as 1\u00a0250\u00a0000.",
        "date": "Write the date as year-month-day, such as 2026-10-02.",
        "too_low": "{value} is too little. Write {limit} or more.",
        "too_high": "{value} is too much. Write {limit} or less.",
        "too_early": "{value} is too early. Write {limit} or later.",
        "too_late": "{value} is too late. Write {limit} or earlier.",
        "one_file": "Only one file can be attached here. Remove the others.",
        "too_few_rows": "Under “{label}” at least {least} are needed. {count} are filled in.",
        "too_many_rows": "Under “{label}” at most {most} fit. {count} are filled in. "
        "Remove {over}.",
        "points": "Write the points as a whole number, 0 or more.",
        "too_many_points": "You have spread {given} points but have {total}. Remove {over}.",
        "points_left": "You have spread {given} of {total} points. Spread {left} more.",
        "points_and_abstains": "You have given points and ticked that you abstain. Choose one.",
    },
}


def sentence(kind: str, terms: Mapping[str, Any], *, language: str) -> str:
    """A fault as a sentence in a language ("sv", "en")."""
    return _SENTENCES[language][kind].format_map(terms)
