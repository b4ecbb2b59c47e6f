"""What is wrong in a filled-in form, and words about what was filled in: Swedish first."""

from agenda.words.sentence import Sentences

SENTENCES = Sentences(
    missing=("Fyll i ”{label}”.", "Fill in “{label}”."),
    missing_then=(
        "Svara på ”{label}”: det behövs eftersom ni har valt {options}.",
        "Answer “{label}”: it is needed as you have chosen {options}.",
    ),
    missing_choice=("Välj ett svar på ”{label}”.", "Choose an answer to “{label}”."),
    missing_rows=(
        "Fyll i alla rader under ”{label}”. Det här saknas: {rows}.",
        "Fill in every row under “{label}”. Missing: {rows}.",
    ),
    missing_file=("Bifoga en fil under ”{label}”.", "Attach a file under “{label}”."),
    missing_points=("Fördela poäng under ”{label}”.", "Spread points under “{label}”."),
    missing_points_or_abstain=(
        "Fördela poäng under ”{label}”, eller kryssa i att ni avstår.",
        "Spread points under “{label}”, or tick that you abstain.",
    ),
    too_long=(
        "Texten är {length} tecken och högst {most} får plats. Korta den med {over}.",
        "The text is {length} characters and {most} fit. Shorten it by {over}.",
    ),
    email=(
        "Skriv en e-postadress, till exempel namn@kommunen.se.",
        "Write an e-mail address, such as name@municipality.se.",
    ),
    whole=(
        "Skriv ett heltal med siffror, till exempel 12.",
        "Write a whole number in figures, such as 12.",
    ),
    number=(
        "Skriv ett tal med siffror, till exempel 12,5. Högst {decimals} decimaler.",
        "Write a number in figures, such as 12.5. At most {decimals} decimals.",
    ),
    amount=(
        "Skriv beloppet i hela kronor med siffror, till exempel 1\u00a0250\u00a0000.",
        "Write the amount in whole kronor in figures, such as 1\u00a0250\u00a0000.",
    ),
    date=(
        "Skriv datumet som år-månad-dag, till exempel 2026-10-02.",
        "Write the date as year-month-day, such as 2026-10-02.",
    ),
    too_low=(
        "{value} är för lite. Skriv {limit} eller mer.",
        "{value} is too little. Write {limit} or more.",
    ),
    too_high=(
        "{value} är för mycket. Skriv {limit} eller mindre.",
        "{value} is too much. Write {limit} or less.",
    ),
    too_early=(
        "{value} är för tidigt. Skriv {limit} eller senare.",
        "{value} is too early. Write {limit} or later.",
    ),
    too_late=(
        "{value} är för sent. Skriv {limit} eller tidigare.",
        "{value} is too late. Write {limit} or earlier.",
    ),
    one_file=(
        "Här får bara en fil finnas. Ta bort de andra.",
        "Only one file can be attached here. Remove the others.",
    ),
    too_few_rows=(
        "Under ”{label}” behövs minst {least}. Nu är {count} ifyllda.",
        "Under “{label}” at least {least} are needed. {count} are filled in.",
    ),
    too_many_rows=(
        "Under ”{label}” får högst {most} plats. Nu är {count} ifyllda. Ta bort {over}.",
        "Under “{label}” at most {most} fit. {count} are filled in. Remove {over}.",
    ),
    points=(
        "Skriv poängen som ett heltal, 0 eller mer.",
        "Write the points as a whole number, 0 or more.",
    ),
    too_many_points=(
        "Ni har fördelat {given} poäng men har {total}. Ta bort {over}.",
        "You have spread {given} points but have {total}. Remove {over}.",
    ),
    points_left=(
        "Ni har fördelat {given} av {total} poäng. Fördela {left} till.",
        "You have spread {given} of {total} points. Spread {left} more.",
    ),
    points_and_abstains=(
        "Ni har både gett poäng och kryssat i att ni avstår. Välj ett.",
        "You have given points and ticked that you abstain. Choose one.",
    ),
    given_points=("{n} poäng", "{n} points"),
    abstains=("Avstår", "Abstains"),
    score=("{score} av {most}", "{score} of {most}"),
    kronor=("{amount}\u00a0kr", "{amount}\u00a0SEK"),
    sum=("Summa", "Sum"),
    field_key=(
        "skrivs med små bokstäver a–z, siffror och understreck, till exempel vem_beslutar",
        "is written with small letters a–z, figures and underscores, such as vem_beslutar",
    ),
)
