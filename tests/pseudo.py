"""A language in which every translated text stands in ⟦brackets⟧, so that a forgotten one shows."""

from collections.abc import Callable, Iterator
from typing import Any
from xml.etree.ElementTree import Element

import flask_babel
import pytest
from babel.support import NullTranslations
from flask import Flask

from storefront.catalog import narrowing
from storefront.platform import i18n, written
from tests.documents import HIDDEN, Document

SPOKEN = ("alt", "aria-label", "placeholder", "title", "content", "aria-roledescription", "hx-confirm")
BUTTONS = {"submit", "button", "reset"}


class Bracketed(NullTranslations):
    """Translates everything into itself, in brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"

    def pgettext(self, _context: str, message: str) -> str:
        return f"⟦{message}⟧"

    def npgettext(self, _context: str, singular: str, plural: str, num: int) -> str:
        return f"⟦{singular if num == 1 else plural}⟧"

    ugettext, ungettext = gettext, ngettext
    upgettext, unpgettext = pgettext, npgettext  # type: ignore[assignment]  # babel names arguments otherwise


def speak(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Speak so until the test ends; what Babel itself writes, such as dates, counts as translated."""
    monkeypatch.setattr(flask_babel.Domain, "get_translations", lambda _domain: Bracketed())
    # What was written before would be in the other language.
    for module, name in ((written, "_write"), (narrowing, "_groups"), (narrowing, "_range_in_words")):
        monkeypatch.setattr(module, name, getattr(module, name).__wrapped__)
    for name in ("moment", "day", "date", "country"):
        monkeypatch.setitem(app.jinja_env.filters, name, _bracketing(getattr(i18n, name)))
    for name in ("day", "country"):
        monkeypatch.setattr(i18n, name, _bracketing(getattr(i18n, name)))
    named = i18n.countries
    monkeypatch.setattr(i18n, "countries", lambda codes: tuple((c, f"⟦{name}⟧") for c, name in named(codes)))


def _bracketing(form: Callable[..., str]) -> Callable[..., str]:
    def run(*args: Any) -> str:
        return f"⟦{form(*args)}⟧"

    return run


def untranslated(document: Document) -> list[str]:
    """The texts of a page, seen or spoken, that have Latin letters outside of brackets.

    The tests' data is Greek; so what is Latin and not in brackets was written by us and forgotten.
    """
    outside = Outside()
    for text in _texts(document.root):
        outside.read(text)
    for element in document.elements():
        for text in _attributes(element):
            outside.read(text)
    return outside.found


class Outside:
    """Collects what stands outside of brackets, which may open in one text and close in a later one."""

    def __init__(self) -> None:
        self.depth = 0
        self.found: list[str] = []

    def read(self, text: str) -> None:
        kept = ""
        for char in text:
            self.depth += (char == "⟦") - (char == "⟧")
            if self.depth == 0:
                kept += char
        for word in kept.split():
            if any("a" <= char.lower() <= "z" for char in word) and not _is_data(word):
                self.found.append(f"{word} in {' '.join(text.split())!r}")


def _is_data(word: str) -> bool:
    """Addresses of the net, article numbers, order numbers, bank numbers: Latin in every language."""
    bare = word.strip("().,:;·–⟧")
    return "@" in bare or "://" in bare or (bare.upper() == bare and bare != "A" and len(bare) > 1)


def _texts(element: Element) -> Iterator[str]:
    if element.tag in HIDDEN - {"head"}:
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""


def _attributes(element: Element) -> Iterator[str]:
    if element.tag == "meta" and element.get("name") != "description":
        return
    for name in SPOKEN:
        yield element.get(name, "")
    if element.tag == "input" and element.get("type") in BUTTONS:
        yield element.get("value", "")
