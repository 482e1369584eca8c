"""The pages on which a shop says who it is and how it sells: ours, and those the merchant wrote."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from storefront.shop import queries
from storefront.shop.texts import TEXTS


@dataclass(frozen=True, slots=True)
class ContentPage:
    """What a page is called, what it answers, and what it says, in Markdown that names facts."""

    title: LazyString | str
    summary: LazyString | str
    body: str = ""


PAGES = {
    "about": ContentPage(_("About us"), _("Who runs this shop, and where we are.")),
    "contact": ContentPage(_("Contact"), _("How to reach us.")),
    "delivery": ContentPage(
        _("Delivery and payment"), _("How your order reaches you, what that costs, and how you pay.")
    ),
    "returns": ContentPage(
        _("Returns"), _("What to do when something is broken, wrong or not what you thought.")
    ),
    "terms": ContentPage(_("Terms"), _("What holds when you order from us.")),
    "privacy": ContentPage(_("Privacy"), _("What we know of you, what for, and for how long.")),
    "imprint": ContentPage(_("Legal notice"), _("Who is responsible for this shop.")),
}
"""By the name in the address, in the order of the footer."""


def titles(own: Iterable[tuple[str, str]]) -> Mapping[str, LazyString | str]:
    """What each page is called, by its name: the merchant's word goes before ours, own pages come last."""
    return {name: page.title for name, page in PAGES.items()} | dict(own)


def written(name: str) -> ContentPage | None:
    """A page by its name: as the merchant wrote it, else in our words."""
    if page := queries.page(name):
        return ContentPage(page.title, page.summary, page.body)
    return replace(PAGES[name], body=TEXTS[name]()) if name in PAGES else None


def parts(text: str) -> tuple[str, str, str]:
    """Title, summary and body of a page in one text: "# title", "> summary", and all below."""
    lines = text.strip().splitlines()
    title = lines.pop(0).removeprefix("#").strip() if lines and lines[0].startswith("# ") else ""
    rest = "\n".join(lines).strip()
    said, _gap, body = rest.partition("\n\n")
    summary = " ".join(line.removeprefix(">").strip() for line in said.splitlines() if line.startswith(">"))
    return title, summary, body.strip()


def names() -> str:
    """What pages there are, in words."""
    return ", ".join(titles(queries.facts().own_pages))
