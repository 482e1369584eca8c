"""What is told of a page of reviews to whoever sees it from outside."""

from storefront.catalog import structured as catalog_structured
from storefront.catalog.models import Product
from storefront.catalog.ratings import Rating
from storefront.platform import links
from storefront.platform.i18n import gettext as _
from storefront.platform.previews import Preview
from storefront.reviews import structured
from storefront.reviews.forms import Asked
from storefront.reviews.queries import Page
from storefront.shop.models import Shop
from storefront.shop.previews import logo


def of_product(shop: Shop, product: Product, rating: Rating | None, asked: Asked, page: Page) -> Preview:
    """The reviews in their own order are for search engines; every other view of them is not."""
    home = links.whole("catalog.product", slug=product.slug)
    here = links.whole("reviews.of_product", slug=product.slug)
    title = _("Reviews of %(product)s", product=product.title)
    return Preview(
        title,
        _("What customers of %(shop)s say of %(product)s", shop=shop.name, product=product.title),
        here,
        logo(shop),
        listed=rating is not None and asked == Asked(),
        facts=(
            structured.reviewed(product.title, home, rating, page.items),
            catalog_structured.trail(
                [(_("Shop"), links.whole("catalog.home")), (product.title, home), (title, here)]
            ),
        ),
    )
