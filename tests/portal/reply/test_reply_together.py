"""Two people in one reply, and a colleague with a link of their own."""

import pytest
from sqlalchemy import select

from agenda.models import Link, identity
from agenda.storage.store import reading
from tests.door import PDF, Door, Reader, a_proposal


def test_the_second_to_save_is_shown_what_the_first_changed_and_loses_nothing(door: Door) -> None:
    home = door.link()
    mine = door.form(home).with_(fragor__0__problem="Mitt problem", fragor__0__titel="Min")
    door.save(home, fragor__0__problem="Deras problem", fragor__0__mal="Deras mål")
    answer = door.post(home, [*mine, ("_granska", "1")], files=[("bilagor", ("bra.pdf", PDF))])
    assert answer.status_code == 409
    assert "En kollega sparade utkastet i dag kl. 10.00, medan ni skrev." in answer.text
    assert "Deras problem" in answer.text
    [form] = Reader(answer.text).forms
    saved = door.post(form.action, form.pairs)
    assert saved.headers["location"] == f"{home}?sparat=1"
    draft = door.draft()
    assert draft["fragor"] == [
        {"titel": "Min", "problem": "Deras problem\n\nMitt problem", "mal": "Deras mål"}
    ]
    assert len(draft["bilagor"]) == 1


@pytest.mark.parametrize(
    ("chosen", "kept"), [("deras", "Deras"), ("mitt", "Mitt"), ("bada", "Deras\n\nMitt")]
)
def test_each_field_can_be_chosen(door: Door, chosen: str, kept: str) -> None:
    home = door.link()
    mine = door.form(home).with_(fragor__0__problem="Mitt")
    door.save(home, fragor__0__problem="Deras")
    answer = door.post(home, [*mine, ("_spara", "1")])
    [form] = Reader(answer.text).forms
    name = "_val:fragor:1:problem"
    door.post(form.action, [*((n, v) for n, v in form.pairs if n != name), (name, chosen)])
    assert door.draft() == {"fragor": [{"problem": kept}]}


def test_a_third_who_saves_while_somebody_chooses_is_not_overwritten_either(door: Door) -> None:
    home = door.link()
    mine = door.form(home).with_(fragor__0__problem="Mitt")
    door.save(home, fragor__0__problem="Deras")
    answer = door.post(home, [*mine, ("_spara", "1")])
    door.save(home, fragor__0__problem="Den tredjes")
    [form] = Reader(answer.text).forms
    again = door.post(form.action, form.pairs)
    assert again.status_code == 409
    assert "Den tredjes" in again.text
    assert door.draft() == {"fragor": [{"problem": "Den tredjes"}]}


def test_who_saved_the_same_is_in_nobodys_way(door: Door) -> None:
    home = door.link()
    same = [*door.form(home).with_(fragor__0__titel="Samma"), ("_spara", "1")]
    assert [door.post(home, same).status_code for _ in range(2)] == [303, 303]


def test_a_page_saves_by_itself_and_says_when(door: Door) -> None:
    home = door.link()
    form = door.form(home).with_(fragor__0__titel="Självsparat")
    told = door.client.post(f"{home}/utkast", data=dict(form), headers=door.headers)
    assert (told.status_code, told.json()["said"], told.json()["revision"]) == (
        200,
        "Sparat 10.00",
        1,
    )
    assert door.draft() == {"fragor": [{"titel": "Självsparat"}]}
    other = door.client.post(
        f"{home}/utkast", data=dict(form) | {"fragor-0-titel": "Annat"}, headers=door.headers
    )
    assert (other.status_code, other.json()) == (
        409,
        {
            "said": "Någon annan har sparat medan ni skrev. Tryck på ”Spara utkast”, så får ni se "
            "båda."
        },
    )
    door.change(locked_at=door.now)
    locked = door.client.post(f"{home}/utkast", data=dict(form), headers=door.headers)
    assert (locked.status_code, locked.json()) == (
        410,
        {
            "said": "Svaret går inte längre att ändra. Tryck på ”Spara utkast”, så visas det ni "
            "har skrivit."
        },
    )


def test_a_colleague_gets_a_link_of_their_own_that_can_be_closed(door: Door) -> None:
    home = door.link()
    page = door.form(f"{home}/kollega").with_(namn="Anna Berg", epost="anna@bracke.example")
    invited = door.post(f"{home}/kollega", page)
    with reading(door.engine) as session:
        link = session.scalars(select(Link).where(Link.name == "Anna Berg")).one()
    assert invited.headers["location"] == f"{home}/kollega?till={link.id}"
    assert door.mails("colleague") == [("colleague", "anna@bracke.example")]
    theirs = door.address_of(identity(link))
    door.save(theirs, fragor__0__titel="Annas")
    assert "Utkast sparat i dag kl. 10.00 av Anna Berg." in door.page(home).text
    shown = door.page(f"{home}/kollega?till={link.id}")
    assert "Inbjudan skickas till anna@bracke.example." in shown.text
    # A colleague sees and closes only whom they have invited themselves.
    assert "Ingen är inbjuden än." in door.page(f"{theirs}/kollega").text
    closing = [*door.form(f"{theirs}/kollega").pairs, ("_stang", str(link.id))]
    door.post(f"{theirs}/kollega", closing)
    assert door.client.get(theirs).status_code == 200
    closing = [*shown.forms[1].pairs, ("_stang", str(link.id))]
    door.post(f"{home}/kollega", closing)
    assert "Länken är stängd" in door.page(theirs, status=410).text


def test_the_receipt_goes_to_the_colleague_who_sent_it_and_to_the_municipality(
    door: Door,
) -> None:
    home = door.link()
    form = door.form(f"{home}/kollega").with_(namn="Anna", epost="anna@bracke.example")
    number = door.post(f"{home}/kollega", form).headers["location"].rpartition("=")[2]
    door.send(door.address_of(int(number)), **a_proposal())
    assert sorted(door.mails("receipt")) == [
        ("receipt", "anna@bracke.example"),
        ("receipt", "kommun@bracke.example"),
    ]


@pytest.mark.parametrize(
    ("name", "address", "said"),
    [
        ("", "anna@bracke.example", "Skriv kollegans namn."),
        ("Anna", "anna", "Skriv en e-postadress, till exempel namn@kommunen.se."),
        ("Anna", "json://127.0.0.1/x", "Skriv en e-postadress, till exempel namn@kommunen.se."),
    ],
)
def test_a_colleague_needs_a_name_and_a_mail_address(
    door: Door, name: str, address: str, said: str
) -> None:
    home = door.link()
    answer = door.post(
        f"{home}/kollega", door.form(f"{home}/kollega").with_(namn=name, epost=address)
    )
    assert answer.status_code == 422
    assert f">{said}</a>" in answer.text
    assert door.mails("colleague") == []


def test_more_time_is_asked_for_with_a_reason(door: Door) -> None:
    home = door.link()
    form = door.form(f"{home}/anstand").with_(dag="2020-10-16", skal="Nämnden möts den 14:e.")
    answer = door.post(f"{home}/anstand", form)
    assert answer.headers["location"] == f"{home}/anstand?skickad=1"
    assert door.mails("extension_requested") == [
        ("extension_requested", "paverkansagenda@regionjh.example")
    ]
    waits = "Ni har bett om anstånd till fredag 16 oktober 2020."
    assert waits in door.page(f"{home}/anstand?skickad=1").text
    assert waits in door.page(home).text


@pytest.mark.parametrize(
    ("day", "reason", "faults"),
    [
        ("2020-10-02", "Därför.", ["dag"]),
        ("snart", "Därför.", ["dag"]),
        ("2029-01-01", "Därför.", ["dag"]),
        ("2020-10-16", "  ", ["skal"]),
        ("", "", ["dag", "skal"]),
    ],
)
def test_a_request_that_cannot_be_read_says_what_to_mend_and_keeps_what_was_written(
    door: Door, day: str, reason: str, faults: list[str]
) -> None:
    home = door.link()
    answer = door.post(f"{home}/anstand", door.form(f"{home}/anstand").with_(dag=day, skal=reason))
    page = Reader(answer.text)
    assert answer.status_code == 422
    assert [link for link in page.links if link.startswith("#falt")] == [
        f"#falt-{name}" for name in faults
    ]
    kept = dict(page.forms[0].pairs)
    assert (kept["dag"], kept["skal"]) == (day, reason)
    assert door.mails("extension_requested") == []
