"""What a form's page says besides the form's own labels: Swedish first, then English."""

from agenda.words.sentence import Sentences

SENTENCES = Sentences(
    required=("(obligatoriskt)", "(required)"),
    asked_if=(
        "Fyll i om ni har valt {options} under ”{question}”.",
        "Fill in if you have chosen {options} under “{question}”.",
    ),
    asked_then=(
        "Obligatoriskt om ni har valt {options} under ”{question}”. Annars hoppar ni över frågan.",
        "Required if you have chosen {options} under “{question}”. Otherwise skip the question.",
    ),
    choose=("Välj i listan", "Choose from the list"),
    no_answer=("Inget svar", "No answer"),
    add=("Lägg till {item}", "Add {item}"),
    remove=("Ta bort {item} {number}", "Remove {item} {number}"),
    add_first=("Inga tillagda än.", "None added yet."),
    room=("Högst {most} får plats.", "At most {most} fit."),
    least=("Fyll i minst {least}.", "Fill in at least {least}."),
    files_present=("Bifogade filer", "Attached files"),
    detach=("Ta bort filen {name}", "Remove the file {name}"),
    file_rule=(
        "{accepted}. Högst {each} MB per fil, {all} MB tillsammans och {most} filer i ett svar.",
        "{accepted}. At most {each} MB a file, {all} MB together and {most} files in an answer.",
    ),
    file_when=("Filen laddas upp när ni sparar.", "The file is uploaded when you save."),
    longest=("Högst {most} tecken.", "At most {most} characters."),
    whole_kronor=("I hela kronor.", "In whole kronor (SEK)."),
    date=(
        "År-månad-dag, till exempel 2026-10-02.",
        "Year-month-day, for instance 2026-10-02.",
    ),
    between=("Från {least} till {most}.", "From {least} to {most}."),
    at_least=("{least} eller mer.", "{least} or more."),
    at_most=("{most} eller mindre.", "{most} or less."),
    scale=(
        "{least} betyder ”{lowest}” och {most} betyder ”{highest}”.",
        "{least} means “{lowest}” and {most} means “{highest}”.",
    ),
    points_exact=(
        "Fördela alla {total} poäng. Fördelat hittills: {given}.",
        "Spread all {total} points. Spread so far: {given}.",
    ),
    points_at_most=(
        "Ni har {total} poäng att fördela. Fördelat hittills: {given}.",
        "You have {total} points to spread. Spread so far: {given}.",
    ),
    empty_row=(
        "En rad som inte gäller er kan lämnas tom.",
        "Leave a row empty if it does not apply to you.",
    ),
    table_sum=("Summa: {sums}", "Sum: {sums}"),
    points_sum=("Summan räknas om när ni sparar.", "The sum is counted anew when you save."),
    abstain=("Vi avstår från att fördela poäng", "We abstain from giving points"),
    one_fault=("En sak behöver rättas", "One thing needs to be put right"),
    faults=("{count} saker behöver rättas", "{count} things need to be put right"),
)
