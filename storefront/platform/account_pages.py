"""What all pages of somebody's account share: the ways around them, and what was just done."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, current_app, request, url_for
from flask_babel.speaklater import LazyString

from storefront.config import Settings


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the navigation."""

    endpoint: str
    label: LazyString
    place: int


_entries: dict[str, Entry] = {}
_sentences: dict[str, Callable[[], str]] = {}


def init_app(app: Flask, _settings: Settings) -> None:
    """Give templates both."""
    app.jinja_env.globals["account_ways"] = ways
    app.jinja_env.globals["account_said"] = said


def entry(endpoint: str, label: LazyString, place: int = 50) -> None:
    """Add a page to the navigation of every account."""
    _entries[endpoint] = Entry(endpoint, label, place)


def confirmation(name: str, words: Callable[[], str]) -> None:
    """Teach pages to say that something was done, which `http.see(…, done=name)` leads to."""
    _sentences[name] = words


def ways() -> list[tuple[Entry, bool]]:
    """The entries, and whether each is where one is."""
    shown = sorted((e for e in _entries.values() if e.endpoint in current_app.view_functions), key=_place)
    addresses = {entry.endpoint: url_for(entry.endpoint) for entry in shown}
    around = [
        e
        for e in shown
        if request.path == addresses[e.endpoint] or request.path.startswith(f"{addresses[e.endpoint]}/")
    ]
    at = max(around, key=lambda e: len(addresses[e.endpoint]), default=None)
    return [(entry, entry is at) for entry in shown]


def said() -> str | None:
    """What the address says was just done, if it is something that is ever done."""
    words = _sentences.get(request.args.get("done", ""))
    return words() if words else None


def _place(entry: Entry) -> tuple[int, str]:
    return entry.place, entry.endpoint
