"""The letter to whoever wrote a review: now everybody can read it."""

from email.message import EmailMessage

from flask_babel import gettext as _
from sqlalchemy import select

from storefront.accounts.models import Account
from storefront.catalog.models import Product
from storefront.platform import db
from storefront.platform.letters import letter, speaking
from storefront.reviews.models import Review
from storefront.shop import queries as shop_queries


def review_published(review_id: int) -> EmailMessage:
    """What was published, and where."""
    shop = shop_queries.read()
    query = select(Review, Product, Account).where(Review.id == review_id, Product.id == Review.product_id)
    review, product, account = db.session.execute(query.where(Account.id == Review.account_id)).one()
    with speaking(account.locale):
        return letter(
            (shop.name, shop.email),
            account.email,
            _("Your review of %(product)s is published", product=product.title) + f" – {shop.name}",
            "review_published",
            review=review,
            product=product,
            account=account,
            shop=shop,
        )
