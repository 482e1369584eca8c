"""Staff and searches: which words mean the same, and what shoppers looked for in vain."""

from typing import Any

from flask import Blueprint, Response, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from storefront.catalog.searching import actions, queries
from storefront.platform import http, staff_pages
from storefront.platform.forms import readable
from storefront.platform.kept_forms import keep_forms
from storefront.platform.pages import render
from storefront.platform.people import staff_only

bp = Blueprint("searching_admin", __name__, url_prefix="/admin/searches")
keep_forms(bp)
staff_only(bp, "catalogue")
staff_pages.entry("searching_admin.index", lazy_gettext("Searches"), "catalogue", "catalogue", place=70)
_SAME: Any = lazy_gettext("Whoever looks for one finds the others, too.")
_APART: Any = lazy_gettext("They mean two things again.")
staff_pages.confirmation("synonym-saved", lambda _count: str(_SAME))
staff_pages.confirmation("synonym-gone", lambda _count: str(_APART))
DAYS = (7, 30, 90)
MAX_PHRASE, MAX_PHRASES = 100, 10


@bp.get("")
def index() -> Response:
    """Both lists."""
    return _page("")


@bp.post("/synonyms")
def create() -> Response:
    """Say that phrases mean the same."""
    typed = readable(request.form.get("phrases", ""))[: MAX_PHRASE * MAX_PHRASES]
    phrases = list(dict.fromkeys(" ".join(part.lower().split()) for part in typed.split(",") if part.strip()))
    if not 2 <= len(phrases) <= MAX_PHRASES or any(len(phrase) > MAX_PHRASE for phrase in phrases):
        return _page(typed, _("Please write at least two words or phrases, with commas between them."))
    actions.say_the_same(*phrases)
    return http.see(".index", done="synonym-saved")


@bp.post("/synonyms/deletion")
def delete() -> Response:
    """Let two of them mean two things again."""
    words, others = (request.form.get(name, "").replace("\0", "") for name in ("words", "others"))
    actions.forget_synonym(words, others)
    return http.see(".index", done="synonym-gone")


def _page(typed: str, wrong: str = "") -> Response:
    asked = request.args.get("days", "")
    days = int(asked) if asked in map(str, DAYS) else 30
    return render(
        "catalog/admin/searches.html",
        status=422 if wrong else 200,
        synonyms=queries.synonyms(),
        missed=queries.missed(days),
        days=days,
        choices=DAYS,
        typed=typed or readable(request.args.get("phrases", ""))[:MAX_PHRASE],
        wrong=wrong,
    )
