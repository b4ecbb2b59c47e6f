"""A type of field is whole: it has a page, and every sample that tests draw on holds one."""

from typing import get_args

import pytest

from agenda.forms.fields import Field, Form
from portal.forms.making import Maker
from tests.agenda.one_of_each_field import FORM
from tests.every_field import EVERY_FIELD
from tests.portal.form_page import EVERY_TYPE

TYPES = set(get_args(get_args(Field)[0]))


@pytest.mark.parametrize("sample", [FORM, EVERY_FIELD, EVERY_TYPE], ids=["agenda", "doors", "page"])
def test_every_type_of_field_is_in_the_samples(sample: Form) -> None:
    assert {type(field) for field in sample} == TYPES


def test_every_type_of_field_has_a_page() -> None:
    made = Maker.__dict__["made"].dispatcher
    assert {one for one in TYPES if made.dispatch(one) is made.dispatch(object)} == set()
