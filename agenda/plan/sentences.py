"""What is said of a plan file: Swedish first, then English."""

from agenda.words.sentence import Sentences

SENTENCES = Sentences(
    model_tuple_type=(
        "här ska en lista stå: [ett, två] eller en rad med bindestreck för varje",
        "a list is to stand here: [one, two] or a line with a hyphen for each",
    ),
    model_model_type=(
        "här ska nycklar med värden stå, indragna under raden",
        "keys with values are to stand here, indented below the line",
    ),
    model_string_type=("här ska en text stå", "a text is to stand here"),
    model_date_type=(
        "här ska ett datum stå, som 2020-10-02",
        "a date is to stand here, such as 2020-10-02",
    ),
    model_time_type=(
        "här ska ett klockslag stå, som 08:00",
        "a time of day is to stand here, such as 08:00",
    ),
    model_bool_type=(
        "här ska true (ja) eller false (nej) stå",
        "true (yes) or false (no) is to stand here",
    ),
    model_int_type=("här ska ett heltal stå", "a whole number is to stand here"),
    model_string_unicode=(
        "här står ett halvt tecken (\\ud800–\\udfff); skriv hela tecknet",
        "half a character stands here (\\ud800–\\udfff); write the whole character",
    ),
    model_string_too_short=(
        "texten är tom; skriv något eller ta bort raden",
        "the text is empty; write something or remove the line",
    ),
    model_missing=("nyckeln saknas; lägg till den", "the key is missing; add it"),
    model_string_too_long=(
        "texten är för lång; högst {max_length} tecken",
        "the text is too long; at most {max_length} characters",
    ),
    model_too_short=(
        "listan är tom; här behövs minst en rad",
        "the list is empty; at least one row is needed here",
    ),
    model_greater_than_equal=("ska vara minst {ge}", "is to be at least {ge}"),
    model_less_than_equal=("ska vara högst {le}", "is to be at most {le}"),
    model_other=("värdet går inte att använda ({said})", "the value cannot be used ({said})"),
    unknown_key=("okänd nyckel. {meant}", "unknown key. {meant}"),
    sort_missing=("nyckeln ”{key}” saknas. {meant}", "the key “{key}” is missing. {meant}"),
    unknown_sort=("okänt värde för ”{key}”. {meant}", "unknown value of “{key}”. {meant}"),
    unknown_value=("okänt värde. {meant}", "unknown value. {meant}"),
    meant=("Menar du ”{near}”?", "Do you mean “{near}”?"),
    possible=("Det som går är: {possible}", "Possible are: {possible}"),
    date=("ett datum skrivs som 2020-10-02", "a date is written as 2020-10-02"),
    no_such_date=("datumet finns inte i kalendern", "the date is not in the calendar"),
    time=("ett klockslag skrivs som 08:00", "a time of day is written as 08:00"),
    truth=("skriv true (ja) eller false (nej)", "write true (yes) or false (no)"),
    count=(
        "ett antal skrivs med siffror, utan inledande nolla, som 10",
        "a count is written in figures, with no zero first, as 10",
    ),
    quarter=("ett kvartal skrivs som 2021-Q1", "a quarter is written as 2021-Q1"),
    kind_meant=(
        "okänd sorts aktivitet. Menar du {near}?",
        "unknown kind of activity. Do you mean {near}?",
    ),
    unknown_kind=(
        "okänd sorts aktivitet. Välj en av {kinds}",
        "unknown kind of activity. Choose one of {kinds}",
    ),
    organisation_kind=(
        "okänd sorts organisation. Menar du {near}?",
        "unknown kind of organisation. Do you mean {near}?",
    ),
    no_hours=(
        "from_time ska vara före until_time, annars kan inget skickas",
        "from_time is to be before until_time, or nothing can be sent",
    ),
    at_place=("{place}: {words}{end}", "{place}: {words}{end}"),
    in_owner=("”{label}” i {owner}", "“{label}” in {owner}"),
    plan=("planen", "the plan"),
    activities=("aktiviteten ”{key}”", "the activity “{key}”"),
    organisations=("organisationen ”{key}”", "the organisation “{key}”"),
    activities_nth=("aktivitet nummer {n}", "activity number {n}"),
    organisations_nth=("organisation nummer {n}", "organisation number {n}"),
    key_no_word=("en nyckel ska vara ett ord, inte en lista", "a key is to be a word, not a list"),
    key_twice=(
        "nyckeln står redan på rad {line}; ta bort en av dem",
        "the key stands on line {line} already; remove one of them",
    ),
    no_value=(
        "värdet saknas; fyll i det eller ta bort raden",
        "the value is missing; fill it in or remove the line",
    ),
    read_as=(
        "utan citattecken läser YAML detta som {other}; sätt citattecken om det",
        "without quotation marks YAML reads this as {other}; put it in quotation marks",
    ),
    true=("sant (true)", "true"),
    false=("falskt (false)", "false"),
    tab=(
        "indrag kan inte göras med tabb; använd blanksteg",
        "a line cannot be indented with a tab; use blanks",
    ),
    character=(
        "tecknet kan inte inleda ett värde; sätt citattecken om texten",
        "the character cannot begin a value; put the text in quotation marks",
    ),
    colon=(
        "ett kolon för mycket; sätt citattecken om texten",
        "a colon too many; put the text in quotation marks",
    ),
    no_colon=(
        "ett kolon saknas efter nyckeln, eller indraget är fel",
        "a colon is missing after the key, or the indentation is wrong",
    ),
    never_closed=(
        "ett citattecken öppnas men stängs aldrig",
        "a quotation mark is opened but never closed",
    ),
    escape=(
        "omvänt snedstreck (\\) betyder något annat här; använd enkla citattecken",
        "a backslash (\\) means something else here; use single quotation marks",
    ),
    documents=(
        "filen innehåller flera dokument; ta bort raden ---",
        "the file holds several documents; remove the line ---",
    ),
    not_ended=(
        "en lista eller ett värde inom citattecken avslutas inte",
        "a list or a value in quotation marks is not ended",
    ),
    indentation=(
        "indraget stämmer inte, eller en parentes eller ett citattecken saknas",
        "the indentation is off, or a bracket or a quotation mark is missing",
    ),
    levels=("mer än {most} nivåer i varandra", "more than {most} levels within each other"),
    illegible=("raden går inte att tyda", "the line cannot be made out"),
    not_yaml=("Inte giltig YAML: {words}.", "Not valid YAML: {words}."),
    tag=(
        "”{tag}”: ta bort taggen (utropstecknet).",
        "“{tag}”: remove the tag (the exclamation mark).",
    ),
    too_large=(
        "Filen är för stor: en planfil får vara högst {most} kB.",
        "The file is too large: a plan file may be at most {most} kB.",
    ),
    utf_16=(
        "Filen är sparad som UTF-16. Spara den som UTF-8.",
        "The file is saved as UTF-16. Save it as UTF-8.",
    ),
    empty=(
        "Filen är tom: här ska en plan stå, med ”key”, ”name” och så vidare.",
        "The file is empty: a plan is to stand here, with “key”, “name” and so on.",
    ),
    not_utf_8=(
        "Raden är inte skriven i UTF-8. Spara filen som UTF-8.",
        "The line is not written in UTF-8. Save the file as UTF-8.",
    ),
    control=(
        "Raden innehåller ett styrtecken ({sign}). Ta bort det.",
        "The line holds a control character ({sign}). Remove it.",
    ),
    reference=(
        "”{reference}”: hänvisningar (& och *) används inte i planfiler. Skriv ut värdet, eller "
        "sätt citattecken om texten.",
        "“{reference}”: references (& and *) are not used in plan files. Write the value out, or "
        "put the text in quotation marks.",
    ),
    no_such_character=(
        "Raden går inte att läsa som YAML: den innehåller ett tecken skrivet som \\U eller ett "
        "tal som inte finns. Skriv tecknet självt.",
        "The line cannot be read as YAML: it holds a character written as \\U, or a number, that "
        "does not exist. Write the character itself.",
    ),
    closed_days_moved=(
        "Planens egna stängda dagar har flyttats lika många veckor som aktiviteterna. Se efter "
        "att de stämmer.",
        "The plan’s own closed days have been moved by as many weeks as the activities. See that "
        "they are right.",
    ),
    skipped_hour=(
        "”{title}” skulle hamna {day}, då klockan aldrig blir {hour:%H:%M}. Ändra klockslaget i "
        "planen, eller flytta den till en annan vecka.",
        "“{title}” would be on {day}, when the clock is never {hour:%H:%M}. Change the time of "
        "day in the plan, or move it to another week.",
    ),
    other_century=(
        "Planen kan inte flyttas dit: alla datum ska ligga mellan åren {earliest} och {latest}.",
        "The plan cannot be moved there: all dates are to lie between the years {earliest} and "
        "{latest}.",
    ),
    first_day_moved=(
        "Första dagen för ”{title}” flyttas från {was} till {to} ({why}).",
        "The first day of “{title}” is moved from {was} to {to} ({why}).",
    ),
    last_day_moved=(
        "Sista dagen för ”{title}” flyttas från {was} till {to} ({why}).",
        "The last day of “{title}” is moved from {was} to {to} ({why}).",
    ),
    day_moved=(
        "Dagen för ”{title}” flyttas från {was} till {to} ({why}).",
        "The day of “{title}” is moved from {was} to {to} ({why}).",
    ),
    keeps_order=(
        "så att ordningen mellan aktiviteterna består",
        "so that the activities stay in their order",
    ),
    file_exists=(
        "{file} finns redan och skrivs inte över. Välj ett annat namn.",
        "{file} exists already and is not overwritten. Choose another name.",
    ),
    no_folder=(
        "Mappen {folder} finns inte. Skapa den först.",
        "There is no folder {folder}. Make it first.",
    ),
    cannot_write=("{file} går inte att skriva: {why}.", "{file} cannot be written: {why}."),
    quarter_1=("första kvartalet {year}", "the first quarter of {year}"),
    quarter_2=("andra kvartalet {year}", "the second quarter of {year}"),
    quarter_3=("tredje kvartalet {year}", "the third quarter of {year}"),
    quarter_4=("fjärde kvartalet {year}", "the fourth quarter of {year}"),
    last_activity=(
        "En plan har minst en aktivitet: lägg till en annan först.",
        "A plan has at least one activity: add another first.",
    ),
)
