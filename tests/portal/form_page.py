"""The page of a form with every type of field, read as a tree, and what a browser posts of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import jinja2

import portal
from agenda.forms.fields import (
    Amount,
    Choice,
    Date,
    File,
    Form,
    Group,
    LongText,
    Number,
    Points,
    Score,
    ShortText,
    Table,
)
from agenda.forms.labels import Option, Words
from agenda.forms.values import Values
from portal.forms import Attached, page_form

UPLOADS = {
    4: Attached(4, "Bilaga <b>åäö</b>.pdf", 1_234_567, "/svar/fil/4"),
    7: Attached(7, "karta.png", 3_400),
}
ENVIRONMENT = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(portal.__file__).parent / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
)
PAGE = ENVIRONMENT.from_string(
    '{% import "forms/form.html" as forms %}{{ forms.fault_summary(page) }}'
    '{{ forms.enter("save") }}{{ forms.render(page) }}'
)
VOID = {"input"}
AWKWARD = "\n <script>alert(1)</script>\t=cmd()\n\u202eåäö\u200f 👩‍👩‍👧 e\u0301 \"'&amp;</textarea>"


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    children: list["Element"] = field(default_factory=list)
    text: str = ""

    def all(self, *tags: str) -> Iterator["Element"]:
        for child in self.children:
            if not tags or child.tag in tags:
                yield child
            yield from child.all(*tags)

    def one(self, **attributes: str) -> "Element":
        (found,) = [
            element for element in self.all() if attributes.items() <= element.attributes.items()
        ]
        return found

    def words(self) -> str:
        inner = (self.text, *(child.words() for child in self.children))
        return " ".join(" ".join(inner).split())


class Tree(HTMLParser):
    """Builds the elements of a page; fails where one is closed that is not open."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.root = Element("", {})
        self._open = [self.root]
        self.feed(html)
        self.close()
        assert self._open == [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute twice in <{tag}>"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self._open[-1].text += data


def shown(
    form: Form, values: Values, *, language: str = "sv", faults: dict[str, str] | None = None
) -> Element:
    page = page_form(form, values, language=language, faults=faults, uploads=UPLOADS)
    return Tree(PAGE.render(page=page)).root


def posted(page: Element) -> list[tuple[str, str]]:
    """What a browser sends when a button of the page around it is pressed (HTML 4.10.22)."""
    return [
        (element.attributes["name"], text)
        for element in page.all("input", "textarea", "select")
        for text in _sent_by(element)
    ]


def _sent_by(element: Element) -> list[str]:
    attributes = element.attributes
    if element.tag == "textarea":
        return [element.text.removeprefix("\n").replace("\n", "\r\n")]
    if element.tag == "select":
        options = list(element.all("option"))
        chosen = [one for one in options if "selected" in one.attributes]
        return [one.attributes["value"] for one in chosen or options[:1]]
    if attributes["type"] == "file":
        return []
    if attributes["type"] in ("radio", "checkbox") and "checked" not in attributes:
        return []
    return [attributes["value"]]


OPTIONS = tuple(Option(key=f"val-{n}", label=Words(sv=f"Val {n}")) for n in range(10))
EVERY_TYPE: Form = (
    ShortText(key="titel", label=Words(sv="Titel", en="Title"), is_required=True),
    ShortText(key="epost", label=Words(sv="E-post"), holds="email"),
    LongText(key="text", label=Words(sv="Text"), help=Words(sv="Skriv fritt.")),
    LongText(key="kort", label=Words(sv="Kort text"), max_length=500),
    Choice(key="radio", label=Words(sv="Radio"), options=OPTIONS[:3]),
    Choice(key="rutor", label=Words(sv="Rutor"), options=OPTIONS[:3], is_multiple=True),
    Choice(key="lista", label=Words(sv="Lista"), options=OPTIONS),
    Number(key="antal", label=Words(sv="Antal"), decimals=2, minimum=0, maximum=5000),
    Score(key="betyg", label=Words(sv="Betyg"), lowest=Words(sv="dåligt"), highest=Words(sv="bra")),
    Date(key="dag", label=Words(sv="Dag")),
    Amount(key="kostnad", label=Words(sv="Kostnad")),
    File(key="bilagor", label=Words(sv="Bilagor"), is_multiple=True),
    Points(key="poang", label=Words(sv="Poäng"), items=OPTIONS[:3]),
    Table(
        key="kostnader",
        label=Words(sv="Kostnader"),
        rows=OPTIONS[:2],
        columns=(
            Amount(key="belopp", label=Words(sv="Belopp")),
            LongText(key="not_om", label=Words(sv="Not", en="Note")),
            Choice(key="sort", label=Words(sv="Sort"), options=OPTIONS[:2]),
        ),
        has_sums=True,
    ),
    Group(
        key="rader",
        label=Words(sv="Rader"),
        item_label=Words(sv="Rad", en="Row"),
        minimum=1,
        maximum=3,
        fields=(
            ShortText(key="namn", label=Words(sv="Namn"), holds="name", is_required=True),
            LongText(key="mer", label=Words(sv="Mer")),
            File(key="bild", label=Words(sv="Bild")),
        ),
    ),
)
FILLED: Values = {
    "titel": AWKWARD.replace("\n", " "),
    "epost": " Anna@KOMMUNEN.example ",
    "text": AWKWARD + "å" * 20_000,
    "kort": "\n\n",
    "radio": "val-1",
    "rutor": ["val-0", "val-2"],
    "lista": "val-9",
    "antal": 1250.5,
    "betyg": 7,
    "dag": "2026-10-02",
    "kostnad": 1250000,
    "bilagor": [4, 7],
    "poang": {"points": {"val-0": 6, "val-2": "många"}, "is_abstaining": True},
    "kostnader": {
        "val-0": {"belopp": 1250000, "not_om": AWKWARD, "sort": "val-1"},
        "val-1": {"belopp": 250000},
    },
    "rader": [{"namn": "<Ett>"}, {}, {"mer": AWKWARD, "bild": [7]}],
}
HALF: Values = {"dag": "i höst", "antal": "ett par", "kostnad": "1,2 mkr", "rader": [{}]}
