"""What is wrong with words from outside: Swedish first, then English."""

from agenda.words.sentence import Sentences

SENTENCES = Sentences(
    no_file=("filen finns inte", "there is no such file"),
    cannot_read=("{path} går inte att läsa: {why}.", "{path} cannot be read: {why}."),
    stray=(
        "Raden har tecken som inte är {encoding}, som resten av filen är. Rätta raden, eller "
        "spara hela filen som UTF-8.",
        "The line has characters that are not {encoding}, as the rest of the file is. Correct the "
        "line, or save the whole file as UTF-8.",
    ),
    unreadable=(
        "Raden har tecken som inte går att läsa. Rätta dem och spara filen som UTF-8.",
        "The line has characters that cannot be read. Correct them and save the file as UTF-8.",
    ),
    key=(
        "skrivs med små bokstäver a–z, siffror och bindestreck, till exempel plan-till-rsr",
        "is written with small letters a–z, figures and hyphens, such as plan-till-rsr",
    ),
    control=("innehåller ett styrtecken; ta bort det", "holds a control character; remove it"),
    says_nothing=("säger ingenting; skriv en text", "says nothing; write a text"),
    line_break=(
        "innehåller en radbrytning; skriv allt på en rad",
        "holds a line break; write it all on one line",
    ),
    own_channel=(
        "kanalens adress ({schema}://…) leder till den här datorn själv",
        "the channel’s address ({schema}://…) leads to this machine itself",
    ),
    no_address=("ingen giltig e-postadress ({why})", "no valid e-mail address ({why})"),
    several_addresses=(
        "det står mer än en; skriv en åt gången",
        "there is more than one; write one at a time",
    ),
    too_long=("den är för lång", "it is too long"),
    no_at=("@ saknas", "@ is missing"),
    blanks=("den innehåller blanksteg eller styrtecken", "it holds blanks or control characters"),
    not_ascii=("före @ får bara bokstäverna a–z stå", "only the letters a–z can stand before @"),
    no_domain=(
        "efter @ ska en hel domän stå, som kommunen.se",
        "a whole domain is to stand after @, such as kommunen.se",
    ),
    usual_address=("den skrivs namn@kommunen.se", "it is written name@kommunen.se"),
)
