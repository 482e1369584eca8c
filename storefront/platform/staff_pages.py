"""What all staff pages share: the ways around them, by role, and the sentence about what was just done."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Request, current_app, request, url_for
from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from storefront.config import Settings
from storefront.platform import security

OWNER = "owner"
SECTIONS = {
    "home": None,
    "sales": lazy_gettext("Sales"),
    "catalogue": lazy_gettext("Catalogue"),
    "shop": lazy_gettext("Shop"),
}
"""The parts of the navigation, in the order they are shown; the first has no heading."""
PASSING = ("after", "done", "count")
"""What an address says of one view alone, and no other view of the same list is given."""
COUNT = re.compile(r"^[0-9]{1,9}\Z")
MOST_WORDS = 200  # characters
_KEY = re.compile(r"^[1-9][0-9]{0,17}\Z")
KEY = f"<int(max={2**63 - 1}):key>"
"""The key of a row as a part of an address."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the navigation."""

    endpoint: str
    label: LazyString
    section: str
    roles: frozenset[str]
    place: int = field(default=50)

    def is_for(self, roles: frozenset[str]) -> bool:
        """Owners see everything; an entry without roles is for all staff."""
        return OWNER in roles or not self.roles or bool(self.roles & roles)


_entries: dict[str, Entry] = {}
_sentences: dict[str, Callable[[int], str]] = {}


def init_app(app: Flask, _settings: Settings) -> None:
    """Give templates both, and addresses of the same list with something changed."""
    app.jinja_env.globals |= {"navigation": navigation, "just_done": just_done, "here": here}
    app.jinja_env.globals["signed_in"] = security.person


def entry(endpoint: str, label: LazyString, section: str, *roles: str, place: int = 50) -> None:
    """Add a page to the navigation, for these roles (none: for all staff), at its place in a section."""
    if section not in SECTIONS:
        raise ValueError(f"there is no section {section!r}; take one of {', '.join(SECTIONS)}")
    _entries[endpoint] = Entry(endpoint, label, section, frozenset(roles), place)


def confirmation(name: str, words: Callable[[int], str]) -> None:
    """Teach pages to say that something was done, which `http.see(…, done=name, count=12)` leads to."""
    _sentences[name] = words


def just_done() -> str | None:
    """What the address says was just done, if it is something that is ever done."""
    words = _sentences.get(request.args.get("done", ""))
    count = request.args.get("count", "1")
    return (
        words(int(count) if count.isascii() and count.isdigit() and len(count) < 10 else 1) if words else None
    )


def navigation() -> list[tuple[LazyString | None, list[tuple[Entry, bool]]]]:
    """Sections with their entries, and whether each is where one is, for whoever is signed in."""
    person = security.person()
    roles = person.roles if person else frozenset()
    shown = sorted((e for e in _entries.values() if e.is_for(roles)), key=lambda e: (e.place, e.endpoint))
    at = _nearest(shown, request)
    sections = (
        (title, [(e, e is at) for e in shown if e.section == name]) for name, title in SECTIONS.items()
    )
    return [(title, entries) for title, entries in sections if entries]


def _nearest(entries: list[Entry], asked: Request) -> Entry | None:
    """The entry whose address is the longest beginning of this page's; home, which leads to all, is none."""
    addresses = {url_for(e.endpoint): e for e in entries if e.endpoint in current_app.view_functions}
    around = [
        address
        for address, e in addresses.items()
        if asked.path == address or (e.section != "home" and asked.path.startswith(f"{address}/"))
    ]
    return addresses[max(around, key=len)] if around else None


def here(**changes: Any) -> str:
    """The address of this list with something changed (None: taken away), from its start."""
    kept: dict[str, Any] = {
        name: values for name, values in request.args.lists() if name not in PASSING and name not in changes
    }
    given = {name: value for name, value in changes.items() if value is not None}
    return url_for(request.endpoint or "", **(request.view_args or {}), **(kept | given))


def after() -> int | None:
    """The key that a list goes on after; an address that somebody made up begins at its start."""
    text = request.args.get("after", "")
    return int(text) if _KEY.match(text) else None


def words(name: str, most: int = MOST_WORDS) -> str:
    """What somebody looks for, as an address says it."""
    return request.args.get(name, "").strip().replace("\0", "")[:most]
