"""Staff bring a catalog as a file, read what would become of each row, and have it done."""

from typing import Any

from flask import Blueprint, Response, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from storefront.catalog.importing.reading import FORMATS
from storefront.catalog.uploaded import actions, files, queries, taking
from storefront.catalog.uploaded.models import Upload
from storefront.catalog.uploaded.refusals import BadUpload, OneAtATime
from storefront.platform import http, refusals, staff_pages
from storefront.platform.errors import NotFound
from storefront.platform.forms import readable
from storefront.platform.kept_forms import keep_forms
from storefront.platform.pages import render
from storefront.platform.people import staff_only

bp = Blueprint("imports_admin", __name__, url_prefix="/admin/imports")
keep_forms(bp)
staff_only(bp, "catalogue")
staff_pages.entry("imports_admin.index", lazy_gettext("Import"), "catalogue", "catalogue", place=85)
STATES: dict[str, Any] = {
    "rehearsing": lazy_gettext("Being looked at"),
    "rehearsed": lazy_gettext("Waits for your yes"),
    "importing": lazy_gettext("Being imported"),
    "imported": lazy_gettext("Imported"),
    "stopped": lazy_gettext("Stopped"),
    "failed": lazy_gettext("Could not be read"),
}
TONES = {"rehearsed": "warn", "imported": "good", "failed": "bad", "rehearsing": "busy", "importing": "busy"}
OUTCOMES: dict[str, Any] = {
    "new": lazy_gettext("New"),
    "changed": lazy_gettext("Changed"),
    "unchanged": lazy_gettext("Unchanged"),
    "refused": lazy_gettext("Refused"),
}
OUTCOME_TONES = {"new": "good", "changed": "warn", "refused": "bad"}
_PIECE = 64 * 1024


@bp.before_request
def allow_large() -> None:
    """A catalog weighs more than any other form may."""
    if request.endpoint == f"{bp.name}.{create.__name__}":
        request.max_content_length = files.MAX_BYTES + _PIECE


@bp.get("")
def index() -> Response:
    """Bring a file, and what became of the last ones."""
    return _index()


@bp.post("")
def create() -> Response:
    """Take a file in, and have it rehearsed."""
    file, with_stock = request.files.get("file"), "stock" in request.form
    if file is None or not file.filename:
        return _index([("file", _("Please choose a file."))], with_stock=with_stock, status=422)
    try:
        key = taking.take(file.stream, readable(file.filename)[:100], with_stock=with_stock)
    except (BadUpload, OneAtATime) as refusal:
        refusals.note(refusal)
        problems = [("file", refusal.message())]
        return _index(problems, with_stock=with_stock, status=refusal.status)
    return http.see(".show", key=key)


@bp.get(f"/{staff_pages.KEY}")
def show(key: int) -> Response:
    """How far it has come, and what becomes of each row."""
    upload = _found(key)
    outcome = request.args.get("outcome", "")
    outcome = outcome if outcome in OUTCOMES else ""
    counts = queries.counts(key, rehearsed=upload.rehearsed)
    lines, further = queries.lines(
        key, rehearsed=upload.rehearsed, outcome=outcome, after=staff_pages.after()
    )
    return render(
        "catalog/admin/import.html",
        "catalog/admin/_import.html",
        upload=upload,
        formats=FORMATS,
        states=STATES,
        tones=TONES,
        outcomes=OUTCOMES,
        outcome_tones=OUTCOME_TONES,
        tabs={"": _("All rows"), **OUTCOMES},
        outcome=outcome,
        counts={"": sum(counts.values()), **counts},
        lines=lines,
        next=further,
    )


@bp.post(f"/{staff_pages.KEY}/runs")
def run(key: int) -> Response:
    """What was rehearsed is to happen."""
    actions.confirm(_found(key).id)
    return http.see(".show", key=key)


@bp.post(f"/{staff_pages.KEY}/cancellation")
def stop(key: int) -> Response:
    """Go no further."""
    actions.stop(_found(key).id)
    return http.see(".show", key=key)


@bp.get(f"/{staff_pages.KEY}/refused.csv")
def refused(key: int) -> Response:
    """The rows that were refused, with the reasons, to be corrected and brought again."""
    name = _found(key).refused_file
    if name is None or not files.path_of(name).is_file():
        raise NotFound
    file = files.path_of(name).open("rb")
    response = Response(iter(lambda: file.read(_PIECE), b""), mimetype="text/csv")
    response.call_on_close(file.close)
    response.headers["Content-Disposition"] = f'attachment; filename="refused-{key}.csv"'
    return response


def _found(key: int) -> Upload:
    upload = queries.upload(key)
    if upload is None:
        raise NotFound
    return upload


def _index(
    problems: list[tuple[str, str]] | None = None, *, with_stock: bool = False, status: int = 200
) -> Response:
    return render(
        "catalog/admin/imports.html",
        status=status,
        problems=problems or [],
        with_stock=with_stock,
        uploads=queries.latest(),
        running=queries.running(),
        states=STATES,
        tones=TONES,
        formats=FORMATS,
        largest=files.MAX_BYTES // 1024**2,
    )
