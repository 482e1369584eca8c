"""What is told of the shop's own pages to whoever sees them from outside."""

from storefront.platform import links
from storefront.platform.previews import Preview, Sight
from storefront.shop.content import ContentPage
from storefront.shop.models import Shop
from storefront.shop.structured import merchant


def logo(shop: Shop) -> Sight:
    """The shop's sign, for pages without a picture of their own."""
    return Sight(links.whole("static", filename="img/icon-512.png"), 512, 512, shop.name)


def of_content(shop: Shop, name: str, page: ContentPage) -> Preview:
    """A page on which the shop speaks of itself."""
    sign = logo(shop)
    return Preview(
        str(page.title),
        f"{shop.name}: {page.summary}",
        links.whole("shop.page", name=name),
        sign,
        facts=(merchant(shop, links.whole("catalog.home"), sign.address),),
    )
