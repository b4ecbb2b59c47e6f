"""Why a file is not taken and what to do instead, in words, in both languages."""

from typing import Any, Final

from agenda.words.errors import BadInput
from agenda.words.sentence import Sentences

MEGABYTE: Final = 1024 * 1024

SENTENCES = Sentences(
    empty=("{name} är tom.", "{name} is empty."),
    large=(
        "{name} är större än {most} MB. Dela upp den eller spara en mindre version.",
        "{name} is larger than {most} MB. Split it or save a smaller version.",
    ),
    many=(
        "{name} fick inte plats: högst {most} filer går att bifoga.",
        "{name} did not fit: at most {most} files can be attached.",
    ),
    together=(
        "{name} fick inte plats: filerna får tillsammans vara högst {most} MB.",
        "{name} did not fit: together the files may be at most {most} MB.",
    ),
    full=(
        "{name} fick inte plats: alla filer som har bifogats här fyller nu det utrymme som "
        "finns. Mejla filen till samordnaren i stället.",
        "{name} did not fit: all files that have been attached here now fill the room there "
        "is. E-mail the file to the coordinator instead.",
    ),
    kind=(
        "{name} har en filtyp som inte tas emot. Bifoga {accepted}.",
        "{name} is of a kind that is not accepted. Attach {accepted}.",
    ),
    heic=(
        "{name} är en bild i formatet HEIC, som inte alla kan öppna. Spara den som JPEG och "
        "bifoga den i stället.",
        "{name} is a picture in the HEIC format, which not everybody can open. Save it as "
        "JPEG and attach that instead.",
    ),
    mail=(
        "{name} är ett sparat mejl. Skriv ut det som PDF, eller bifoga filerna som finns i det.",
        "{name} is a saved e-mail. Print it to PDF, or attach the files that are in it.",
    ),
    packed=(
        "{name} är ett arkiv. Packa upp det och bifoga filerna var för sig.",
        "{name} is an archive. Unpack it and attach the files one by one.",
    ),
    apple=(
        "{name} går inte att öppna utanför Apples program. Exportera den som PDF eller Word.",
        "{name} cannot be opened outside Apple’s programs. Export it as PDF or Word.",
    ),
    other=(
        "{name} är inte den typ av fil som namnet säger. Öppna den, spara om den och försök igen.",
        "{name} is not the kind of file that its name says. Open it, save it anew and try again.",
    ),
    broken=(
        "{name} är skadad. Öppna den, spara om den och försök igen.",
        "{name} is damaged. Open it, save it anew and try again.",
    ),
    locked=(
        "{name} är skyddad med lösenord. Spara den utan lösenord och försök igen.",
        "{name} is protected by a password. Save it without one and try again.",
    ),
    unpacks=(
        "{name} packar upp till för mycket. Spara en mindre version, eller spara som PDF.",
        "{name} unpacks to too much. Save a smaller version, or save it as PDF.",
    ),
    macros=(
        "{name} innehåller makron. Spara den utan makron, eller spara som PDF.",
        "{name} holds macros. Save it without them, or save it as PDF.",
    ),
    embedded=(
        "{name} innehåller ett inbäddat objekt. Bifoga det som en egen fil, eller spara allt "
        "som PDF.",
        "{name} holds an embedded object. Attach that as a file of its own, or save it all as PDF.",
    ),
    fetches=(
        "{name} hämtar sin mall från en adress på nätet. Spara den som PDF.",
        "{name} fetches its template from an address on the net. Save it as PDF.",
    ),
    linked=(
        "{name} hämtar innehåll från en adress på nätet när den öppnas. Spara den som PDF.",
        "{name} fetches content from an address on the net when it is opened. Save it as PDF.",
    ),
    asks=(
        "{name} hämtar innehåll från ett annat program när den öppnas. Spara den som PDF.",
        "{name} fetches content from another program when it is opened. Save it as PDF.",
    ),
    complex=(
        "{name} är för stor inuti för att kunna granskas. Dela upp den eller spara som PDF.",
        "{name} is too large inside to be examined. Split it or save it as PDF.",
    ),
    accepted=(
        "Word, Excel, PowerPoint, OpenDocument, PDF och bilder (PNG, JPEG, GIF)",
        "Word, Excel, PowerPoint, OpenDocument, PDF and pictures (PNG, JPEG, GIF)",
    ),
)

ACCEPTED: Final = SENTENCES("accepted")
"""The kinds of files that are taken."""


class RefusedFile(BadInput):
    """A file that is not taken."""

    def __init__(self, key: str, **terms: Any) -> None:
        super().__init__(SENTENCES(key, accepted=ACCEPTED, **terms))
        self.key = key
