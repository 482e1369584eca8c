"""Questions about the merchant."""

from sqlalchemy import select

from storefront.platform import db
from storefront.platform.asking import Question
from storefront.shop.models import Page, Shop

REMEMBERED = "shop_facts"
_SHOP = select(Shop)
_FACTS = Question(db.table(Shop).select())


def facts() -> Shop:
    """The shop's one row, read at most once in a request: the session, which lives as long, keeps it."""
    session = db.session()
    found: Shop | None = session.info.get(REMEMBERED)
    if found is None:
        found = session.info[REMEMBERED] = Shop(**_FACTS.ask()[0]._asdict())
    return found


def forget() -> None:
    """The facts have changed: whoever asks in this request reads them again."""
    db.session().info.pop(REMEMBERED, None)


def read() -> Shop:
    """The shop's one row as it is this moment, for whoever is about to charge money by it."""
    return db.session.scalars(_SHOP).one()


def page(name: str) -> Page | None:
    """A page as the merchant wrote it."""
    return db.session.get(Page, name) if name in facts().page_titles else None
