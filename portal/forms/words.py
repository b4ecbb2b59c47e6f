"""What a form's page says besides the form's own labels, in both languages."""

from agenda.attachments import ACCEPTED, LARGEST_FILE, LARGEST_TOGETHER, MEGABYTE, MOST_FILES

_LIMITS = {
    "each": LARGEST_FILE // MEGABYTE,
    "all": LARGEST_TOGETHER // MEGABYTE,
    "most": MOST_FILES,
}
WORDS = {
    "sv": {
        "required": "(obligatoriskt)",
        "asked_if": "Fyll i om ni har valt {options} under ”{question}”.",
        "asked_then": "Obligatoriskt om ni har valt {options} under ”{question}”. Annars hoppar ni "
        "över frågan.",
        "choose": "Välj i listan",
        "no_answer": "Inget svar",
        "add": "Lägg till {item}",
        "remove": "Ta bort {item} {number}",
        "add_first": "Inga tillagda än.",
        "room": "Högst {most} får plats.",
        "least": "Fyll i minst {least}.",
        "files_present": "Bifogade filer",
        "detach": "Ta bort filen {name}",
        "file_rule": f"{ACCEPTED['sv']}. "
        "Högst {each} MB per fil, {all} MB tillsammans och {most} filer i ett svar.".format(
            **_LIMITS
        ),
        "file_when": "Filen laddas upp när ni sparar.",
        "longest": "Högst {most} tecken.",
        "whole_kronor": "I hela kronor.",
        "date": "År-månad-dag, till exempel 2026-10-02.",
        "between": "Från {least} till {most}.",
        "from": "{least} eller mer.",
        "to": "{most} eller mindre.",
        "scale": "{least} betyder ”{lowest}” och {most} betyder ”{highest}”.",
        "points_exact": "Fördela alla {total} poäng. Fördelat hittills: {given}.",
        "points_at_most": "Ni har {total} poäng att fördela. Fördelat hittills: {given}.",
        "empty_row": "En rad som inte gäller er kan lämnas tom.",
        "table_sum": "Summa: {sums}",
        "points_sum": "Summan räknas om när ni sparar.",
        "abstain": "Vi avstår från att fördela poäng",
        "one_fault": "En sak behöver rättas",
        "faults": "{count} saker behöver rättas",
    },
    "en": {
        "required": "(required)",
        "asked_if": "Fill in if you have chosen {options} under “{question}”.",
        "asked_then": "Required if you have chosen {options} under “{question}”. Otherwise skip "
        "the question.",
        "choose": "Choose from the list",
        "no_answer": "No answer",
        "add": "Add {item}",
        "remove": "Remove {item} {number}",
        "add_first": "None added yet.",
        "room": "At most {most} fit.",
        "least": "Fill in at least {least}.",
        "files_present": "Attached files",
        "detach": "Remove the file {name}",
        "file_rule": f"{ACCEPTED['en']}. "
        "At most {each} MB a file, {all} MB together and {most} files in an answer.".format(
            **_LIMITS
        ),
        "file_when": "The file is uploaded when you save.",
        "longest": "At most {most} characters.",
        "whole_kronor": "In whole kronor (SEK).",
        "date": "Year-month-day, for instance 2026-10-02.",
        "between": "From {least} to {most}.",
        "from": "{least} or more.",
        "to": "{most} or less.",
        "scale": "{least} means “{lowest}” and {most} means “{highest}”.",
        "points_exact": "Spread all {total} points. Spread so far: {given}.",
        "points_at_most": "You have {total} points to spread. Spread so far: {given}.",
        "empty_row": "Leave a row empty if it does not apply to you.",
        "table_sum": "Sum: {sums}",
        "points_sum": "The sum is counted anew when you save.",
        "abstain": "We abstain from giving points",
        "one_fault": "One thing needs to be put right",
        "faults": "{count} things need to be put right",
    },
}
