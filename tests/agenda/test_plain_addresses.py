"""Addresses that are told at a glance, without the library that takes its time to load."""

import subprocess
import sys

from hypothesis import assume, given
from hypothesis import strategies as st

from agenda.words import addresses
from agenda.words.addresses import checked_address
from agenda.words.mail_rules import validate_email

TOPS = ("se", "nu", "eu", "com", "org", "net", "example")
PARTS = st.lists(st.text("az09", min_size=1, max_size=20), min_size=1, max_size=4)


@given(PARTS, st.sampled_from("._-"), PARTS, st.sampled_from(".-"), st.sampled_from(TOPS))
def test_an_address_told_at_a_glance_is_one_that_the_library_takes_as_it_is(
    name, between, domain, dot, top
):
    address = f"{between.join(name)}@{dot.join(domain)}.{top}"
    assume(addresses._PLAIN.fullmatch(address))

    checked = validate_email(address, check_deliverability=False, allow_smtputf8=False)

    assert (checked.normalized, checked_address(address)) == (address, address)


def test_the_library_is_not_loaded_for_the_addresses_of_the_bundled_plan():
    code = (
        "import sys; from agenda.words.addresses import checked_address;"
        "checked_address('kommun@bracke.example'); checked_address('registrator@krokom.se');"
        "print('email_validator' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "False\n"
