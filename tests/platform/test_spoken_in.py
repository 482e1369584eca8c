"""A letter in another language takes no words of the one before, and leaves none behind."""

import pytest
from babel.support import NullTranslations
from flask import Flask
from flask_babel import Domain, get_locale

from storefront.platform import i18n
from storefront.platform.letters import speaking


class Marked(NullTranslations):
    """Says of every word in which language it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.language = str(get_locale())

    def ugettext(self, message: str) -> str:
        return f"{self.language}:{message}"


def broken(words: str) -> None:
    assert words == "de:Hello"
    raise ZeroDivisionError


@pytest.fixture(autouse=True)
def marked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Domain, "get_translations", lambda _domain: Marked())


def test_two_letters_of_one_job_speak_two_languages(app: Flask) -> None:
    with app.app_context():
        for language in ("de", "fr", "en"):
            with speaking(language):
                assert i18n.gettext("Hello") == f"{language}:Hello"


def test_a_letter_written_inside_a_page_leaves_the_page_its_language(app: Flask) -> None:
    with app.test_request_context():
        assert i18n.gettext("Hello") == "en:Hello"
        with i18n.spoken_in("de"):
            assert i18n.gettext("Hello") == "de:Hello"
            with i18n.spoken_in("fr"):
                assert i18n.gettext("Hello") == "fr:Hello"
            assert i18n.gettext("Hello") == "de:Hello"
        assert i18n.gettext("Hello") == "en:Hello"


def test_a_letter_that_fails_leaves_it_too(app: Flask) -> None:
    with app.test_request_context():
        with pytest.raises(ZeroDivisionError), i18n.spoken_in("de"):
            broken(i18n.gettext("Hello"))
        assert i18n.gettext("Hello") == "en:Hello"
