"""Settings: the facts of the shop, page by page."""

from flask import Blueprint, Response, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from storefront.office import actors
from storefront.office.settings.choices import choices
from storefront.office.settings.fields import PARTS
from storefront.office.settings.forms import FactsForm
from storefront.platform import http, refusals, security, staff_pages
from storefront.platform.pages import render
from storefront.shop import facts, queries
from storefront.shop.actions import describe_shop
from storefront.shop.meanwhile import ChangedMeanwhile
from storefront.shop.refusals import BadFact

FIRST = "shop"
bp = Blueprint("office_settings", __name__)
security.staff_only(bp, "owner")
staff_pages.entry("office_settings.show", lazy_gettext("Settings"), "shop", "owner", place=10)
staff_pages.confirmation("settings-saved", lambda _n: _("Saved. It is on every page now."))


@bp.get("/admin/settings")
def show() -> Response:
    """Who the shop is, to be changed."""
    return _shown(FactsForm.of_shop(FIRST, queries.facts()))


@bp.get("/admin/settings/selling", defaults={"part": "selling"})
@bp.get("/admin/settings/delivery", defaults={"part": "delivery"})
def show_part(part: str) -> Response:
    """Other facts, to be changed."""
    return _shown(FactsForm.of_shop(part, queries.facts()))


@bp.post("/admin/settings")
def save() -> Response:
    """Change who the shop is."""
    return _save(FIRST)


@bp.post("/admin/settings/selling", defaults={"part": "selling"})
@bp.post("/admin/settings/delivery", defaults={"part": "delivery"})
def save_part(part: str) -> Response:
    """Change other facts."""
    return _save(part)


def _save(part: str) -> Response:
    """What somebody else changed meanwhile is kept, or asked about."""
    shop = queries.facts()
    form = FactsForm.sent(part, request.form, shop)
    if (name := request.form.get("theirs", "")) in form.typed:
        form.typed[name] = facts.write(shop)[name]
        return _shown(form)
    if not form.read(shop):
        return _shown(form, 422)
    try:
        describe_shop(form.version, **form.values)
    except BadFact as bad:
        form.refuse(bad)
        return _shown(form, bad.status)
    except ChangedMeanwhile as refusal:
        refusals.note(refusal)
        form.version = refusal.version
        return _shown(form, refusal.status, refusal)
    if part == FIRST:
        return http.see(".show", done="settings-saved")
    return http.see(".show_part", part=part, done="settings-saved")


def _shown(form: FactsForm, status: int = 200, refusal: ChangedMeanwhile | None = None) -> Response:
    return render(
        "office/settings/show.html",
        status=status,
        form=form,
        groups=PARTS[form.part],
        refusal=refusal,
        collisions=_told(refusal) if refusal else [],
        choices=choices(queries.facts()),
    )


def _told(refusal: ChangedMeanwhile) -> list[tuple[str, str, str, str]]:
    """For each fact that both changed: its name, who else did, and what it was and is."""
    names = actors.names(found.actor for found in refusal.collisions)
    currency = queries.facts().currency
    return [
        (
            found.name,
            names[found.actor],
            facts.written(found.name, found.base, currency),
            facts.written(found.name, found.theirs, currency),
        )
        for found in refusal.collisions
    ]
