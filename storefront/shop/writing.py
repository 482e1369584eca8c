"""What the merchant writes: pages of the shop, in the place of ours or beside them."""

import re
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, delete, func, update
from sqlalchemy.dialects.postgresql import insert

from storefront.platform import audit, db, events
from storefront.shop import queries
from storefront.shop.actions import TAG
from storefront.shop.models import Page, Shop
from storefront.shop.refusals import BadFact, StalePage

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
MAX_NAME, MAX_TITLE, MAX_SUMMARY, MAX_BODY = 60, 200, 500, 50_000


def write_page(name: str, title: str, summary: str, body: str, version: int | None = None) -> None:
    """From now on the page says this, if it is still the version that somebody saw (0: none of theirs yet).

    Raises BadFact, or StalePage when somebody wrote it meanwhile.
    """
    if not NAME.fullmatch(name) or len(name) > MAX_NAME:
        raise BadFact(name, _("a page's name is made of small letters, digits and hyphens"))
    for text, most in ((title, MAX_TITLE), (summary, MAX_SUMMARY), (body, MAX_BODY)):
        if not text.strip() or len(text) > most or "\0" in text:
            raise BadFact(name, _("title, summary and text are needed, and none may be longer than a page"))
    with db.transaction() as session:
        _entitle(name, Shop.page_titles.op("||")(func.jsonb_build_object(name, title)))
        before = session.get(Page, name)
        if version is not None and version != (before.version if before else 0):
            raise StalePage(_said(before), before.version if before else 0)
        words = {"title": title, "summary": summary, "body": body, "updated_at": db.inside().now}
        again = words | {"version": Page.version + 1}
        new = insert(Page).values(name=name, **words)
        put = new.on_conflict_do_update(index_elements=[Page.name], set_=again).returning(Page.version)
        audit.note("pages", name, _said(before), _told(words), session.execute(put).scalar_one())
    queries.forget()


def restore_page(name: str) -> None:
    """Take the merchant's page away; where there is one of ours, it says its own words again."""
    with db.transaction() as session:
        _entitle(name, Shop.page_titles.op("-")(name))
        before = session.get(Page, name)
        session.execute(delete(Page).where(Page.name == name))
        if before is not None:
            audit.note("pages", name, _said(before), None)
    queries.forget()


def _entitle(name: str, titles: ColumnElement[Any]) -> None:
    """Write down beside the facts what the merchant's pages are called. Part of a change, its first step.

    Whoever writes any page holds the shop's row, so that the next one reads what this one wrote.
    """
    here = db.inside()
    again = update(Shop).values(page_titles=titles, version=Shop.version + 1)
    version = here.session.execute(again.returning(Shop.version)).scalar_one()
    audit.note("shop", 1, {}, {"page": name}, version)
    events.record("shop.described", "shop:1", {"changed": [f"page {name}"]})
    here.tag(TAG)


def _said(page: Page | None) -> dict[str, Any] | None:
    return {"title": page.title, "summary": page.summary, "body": page.body} if page else None


def _told(words: dict[str, Any]) -> dict[str, Any]:
    return {name: text for name, text in words.items() if name != "updated_at"}
