"""What programs ask every site for: where crawlers may go, whom to tell of holes, how to look as an app."""

import json
from datetime import timedelta
from urllib.parse import quote

from flask import Blueprint, Response, current_app, render_template, url_for

from storefront.platform import clock, db, http, links
from storefront.platform.documents import DAY, document
from storefront.platform.i18n import language
from storefront.platform.limits import limiter
from storefront.platform.pages import cached_page
from storefront.shop.queries import facts

bp = Blueprint("machines", __name__)
PAPER = "#fbf9f5"  # The token --paper of the style sheet, by day.
ICONS = (
    ("icon.svg", "any", "svg+xml"),
    ("icon-192.png", "192x192", "png"),
    ("icon-512.png", "512x512", "png"),
)
STANDS_FOR = timedelta(days=180)  # RFC 9116 advises less than a year.


@bp.get("/robots.txt")
@limiter.exempt
def robots() -> Response:
    return document(render_template("shop/robots.txt", sitemap=links.whole("feeds.sitemaps")), "text/plain")


@bp.get("/.well-known/security.txt")
@cached_page("machines", tags=("shop",))
def security() -> Response:
    """Whom to tell of a hole (RFC 9116); its end moves on, because the contact is the shop's own."""
    contact = f"mailto:{quote(facts().email, safe='@+')}"
    db.release()
    midnight = clock.now().replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    body = render_template(
        "shop/security.txt",
        contact=contact,
        expires=f"{(midnight + STANDS_FOR).isoformat()}Z",
        language=language(),
        here=links.whole(".security"),
    )
    return document(body, "text/plain")


@bp.get("/favicon.ico")
@limiter.exempt
def favicon() -> Response:
    """For programs that do not read which icon a page names."""
    response = current_app.send_static_file("img/favicon.ico")
    response.cache_control.public = True
    response.cache_control.no_cache = None
    response.cache_control.max_age = DAY
    return response


@bp.get("/manifest.webmanifest")
@cached_page("machines", tags=("shop",))
def manifest() -> Response:
    """How the shop looks among other apps on a phone."""
    name = facts().name
    db.release()
    home = url_for("catalog.home")
    icons = [
        {"src": url_for("static", filename=f"img/{file}"), "sizes": sizes, "type": f"image/{kind}"}
        for file, sizes, kind in ICONS
    ]
    described = {"name": name, "lang": language(), "id": home, "start_url": home, "scope": home}
    looks = {"display": "minimal-ui", "background_color": PAPER, "theme_color": PAPER, "icons": icons}
    return document(json.dumps(described | looks), "application/manifest+json")


@bp.get("/speculation-rules.json")
@limiter.exempt
def foresight() -> Response:
    """Which pages a browser may fetch when a link looks like being followed: public ones alone.

    They vary by nobody and change nothing; a cart, a checkout or an order is only ever asked for by a person.
    """
    pages = [
        url_for("catalog.home"),
        url_for("catalog.products"),
        url_for("catalog.category", slug="*"),
        url_for("catalog.product", slug="*"),
        url_for("shop.page", name="*"),
    ]
    others = {"selector_matches": "[data-hx-get], [download], [rel~=nofollow]"}
    rule = {"where": {"and": [{"href_matches": pages}, {"not": others}]}, "eagerness": "moderate"}
    return document(json.dumps({"prefetch": [rule]}), "application/speculationrules+json", keep=DAY)


@bp.after_app_request
def _foresee(response: Response) -> Response:
    """Every page that was found says where those rules are; no script has to stand in it."""
    if response.mimetype == "text/html" and response.status_code == 200 and not http.is_partial():
        response.headers["Speculation-Rules"] = f'"{url_for("machines.foresight")}"'
    return response
