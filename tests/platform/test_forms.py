"""Forms take what honest people type, and refuse with a sentence what no honest browser sends."""

from collections.abc import Iterator

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import StringField
from wtforms.validators import InputRequired, Length, ValidationError

from storefront.platform.forms import MAX_INTEGER, Form, Printable, whole_number


class NoteForm(Form):
    """A form of one name and one note."""

    name = StringField("Name", [InputRequired(), Length(max=10), Printable()], filters=[str.upper])
    note = StringField("Note", [Printable(lines=True)])


@pytest.fixture(autouse=True)
def _inside_the_shop(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def filled(**values: str) -> NoteForm:
    return NoteForm(MultiDict(values))


def test_spaces_around_are_not_meant() -> None:
    assert filled(name="  ada ").name.data == "ADA"


def test_a_form_is_the_same_the_second_time() -> None:
    assert filled(name=" ada ").name.data == filled(name=" ada ").name.data == "ADA"


@pytest.mark.parametrize("name", ["Zoë", "می\u200cرم", "👩\u200d🚀", "O’Hara", "a\u00adb", "李"])
def test_names_of_the_world_are_welcome(name: str) -> None:
    assert filled(name=name).validate()


@pytest.mark.parametrize(
    "name", ["a\x00b", "a\x07", "a\nb", "a\tb", "\x1b[31m", "a\u202eb", "a\ud800", "\x7fa"]
)
def test_characters_that_nobody_can_read_are_refused(name: str) -> None:
    form = filled(name=name)
    assert not form.validate()
    assert form.name.errors == ["This contains a character that cannot be used."]


def test_a_note_may_have_lines() -> None:
    assert filled(name="ada", note="one\r\ntwo\n\tthree").validate()
    assert not filled(name="ada", note="one\x00two").validate()


def test_a_missing_field_is_named_in_words() -> None:
    form = filled(note="x")
    assert not form.validate()
    assert form.name.errors == ["This field is required."]


@given(st.integers(0, MAX_INTEGER))
def test_whole_numbers_are_read(number: int) -> None:
    assert whole_number(f" {number} ", least=0, most=MAX_INTEGER) == number


@pytest.mark.parametrize(
    "text", [None, "", "one", "1.5", "-1", "+1", "1e2", "\u0661", "²", "1 2", "0x1", "9" * 400]
)
def test_anything_else_is_no_whole_number(text: str | None) -> None:
    with pytest.raises(ValidationError, match=r"Please enter a whole number\."):
        whole_number(text, least=0, most=99)


@pytest.mark.parametrize("text", ["0", "100"])
def test_bounds_are_told(text: str) -> None:
    with pytest.raises(ValidationError, match=r"Please enter a number from 1 to 99\."):
        whole_number(text, least=1, most=99)
