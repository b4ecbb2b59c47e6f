"""What is said of a file of contacts: Swedish first, then English."""

from agenda.words.sentence import Sentences

SENTENCES = Sentences(
    no_contacts=(
        "Filen innehåller inga kontakter: raderna under rubrikerna saknas.",
        "The file holds no contacts: the rows below the headings are missing.",
    ),
    too_large=("Filen är för stor: högst {most} MB.", "The file is too large: at most {most} MB."),
    is_excel=(
        "Filen är en Excel-bok. Spara den som CSV (UTF-8) och läs in den i stället.",
        "The file is an Excel workbook. Save it as CSV (UTF-8) and read that in instead.",
    ),
    is_pdf=(
        "Filen är en PDF. Spara den som CSV (UTF-8) och läs in den i stället.",
        "The file is a PDF. Save it as CSV (UTF-8) and read that in instead.",
    ),
    no_cells=(
        "Raden går inte att dela i kolumner: ett citattecken står fel eller stängs aldrig.",
        "The line cannot be split into columns: a quotation mark is misplaced or never closed.",
    ),
    too_many_cells=(
        "Raden har {cells} kolumner men rubrikerna är {titles}.",
        "The line has {cells} columns but there are {titles} headings.",
    ),
    in_field=("”{field}”: {words}{end}", "“{field}”: {words}{end}"),
    no_value=("värdet saknas", "the value is missing"),
    unknown_value=("okänt värde. {near}", "unknown value. {near}"),
    unknown_sort=(
        "okänd sorts organisation. Menar du ”{near}”?",
        "unknown kind of organisation. Do you mean “{near}”?",
    ),
    same_columns=(
        "Kolumnerna ”{one}” och ”{other}” betyder samma sak. Ta bort den ena.",
        "The columns “{one}” and “{other}” mean the same. Remove one of them.",
    ),
    columns_missing=(
        "Kolumner saknas: {names}. Första raden ska ha rubriker.",
        "Columns are missing: {names}. The first line is to have headings.",
    ),
    unknown_column=(
        "”{title}” är ingen känd kolumn. {near}",
        "“{title}” is no known column. {near}",
    ),
    channel=(
        "{organisation}: kanalen {schema} är inte tillåten. Tillåtna är {channels}, se "
        "AGENDA_CHANNELS.",
        "{organisation}: the channel {schema} is not allowed. Allowed are {channels}, see "
        "AGENDA_CHANNELS.",
    ),
    no_key=(
        "{name}: namnet behöver minst en bokstav a–z eller en siffra.",
        "{name}: the name needs at least one letter a–z or a figure.",
    ),
    two_kinds=(
        "{name}: är både {one} och {other} i filen.",
        "{name}: is both {one} and {other} in the file.",
    ),
    not_in_round=(
        "{name} finns inte i omgång {round}. Rätta stavningen eller, om den är ny, ange dess sort "
        "i kolumnen sort på dess första rad.",
        "{name} is not in round {round}. Correct the spelling or, if it is new, give its kind in "
        "the column sort in its first row.",
    ),
    no_kind=(
        "{name}: sorten {kind} finns inte. Välj {kinds}.",
        "{name}: there is no kind {kind}. Choose {kinds}.",
    ),
    stands_twice=(
        "{organisation} har {address} som {role} redan på rad {line}. Ta bort den ena raden.",
        "{organisation} has {address} as {role} on line {line} already. Remove one of the lines.",
    ),
    role_primary=("huvudkontakt", "main contact"),
    role_copy=("kopia", "copy"),
    role_escalation=("eskalering", "escalation"),
    and_also=("{first} och {last}", "{first} and {last}"),
    several_roles=(
        "{address} är både {roles}: den får ett brev för varje steg, som {role}.",
        "{address} is both {roles}: it gets one letter for each step, as {role}.",
    ),
)
