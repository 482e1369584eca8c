"""What a shopper of the demo meets first: the shop's name, the order of its shelves, and its window."""

from typing import Any

from sqlalchemy import case, select, update

from storefront.catalog.colours import mix_colours
from storefront.catalog.models import Category, Product
from storefront.catalog.searching import index
from storefront.catalog.searching.actions import say_the_same
from storefront.demo.colours import COLOURS
from storefront.platform import db
from storefront.shop.actions import describe_shop
from storefront.shop.queries import read
from storefront.shop.seed import FACTS

NAME = "Kiln & Common"
WELCOME = "Quiet, warm things for house and garden."
SHELVES = {
    "Vessels": "Thrown by hand, dipped once, fired twice. No two end at the same tideline.",
    "Table": "Plates, bowls and cups for every day. They stack, they match, they go in the dishwasher.",
    "Kitchen": "Things that stand beside the stove because they are used, not because they match it.",
    "Light": "For the hour when the big lamp is too much.",
    "Cloth": "Linen, cotton and wool that get better the more they are washed, slept under and spilled on.",
    "Garden": "Tools and pots that stay outside longer than we do.",
    "Wash": "What lies beside the basin.",
    "House": "Baskets for what has no place, and rails and tiles for the walls that have too much of it.",
    "Desk": "Paper that is sewn, pencils that are sharp, and something to lean the books against.",
}
"""In the order of a walk through the shop, with what stands at the head of each."""
WINDOW = (
    "harbour-vase",
    "dusk-lamp",
    "linen-cushion",
    "casserole",
    "cake-stand",
    "step-planter",
    "willow-basket",
    "cloth-notebook",
    "everyday-mug",
)
SAME = (
    ("mug", "cup", "beaker"),
    ("lamp", "light"),
    ("throw", "blanket", "plaid"),
    ("napkin", "serviette"),
    ("planter", "flowerpot", "plant pot"),
    ("jug", "pitcher"),
    ("board", "chopping board", "cutting board"),
    ("towel", "bath sheet"),
    ("candlestick", "candle holder", "chamberstick"),
    ("basket", "hamper"),
    ("trowel", "spade"),
    ("couch", "sofa"),
    ("peg rail", "coat rack", "coat hooks"),
    ("skillet", "frying pan"),
    ("casserole", "dutch oven", "stew pot"),
    ("cushion", "pillow"),
    ("rug", "carpet"),
    ("cutlery", "silverware", "flatware"),
    ("notebook", "journal"),
    ("snips", "scissors"),
    ("bird house", "birdhouse"),
    ("pump bottle", "soap dispenser"),
    ("amphora", "urn"),
    ("trivet", "pan stand"),
)
"""What other shoppers call these things."""


def name_shop() -> None:
    """Give a shop its name that nobody has named yet."""
    shop = read()
    if shop.name != FACTS["name"]:
        return
    legal = f"{NAME} Example Ltd"
    bank: dict[str, Any] = {"bank_holder": legal} if shop.bank_holder else {}
    describe_shop(name=NAME, legal_name=legal, welcome=WELCOME, **bank)


def dress_window() -> None:
    """Put the shelves in the order of a walk through the shop, and a thing of each in its window."""
    with db.transaction() as session:
        for place, (title, words) in enumerate(SHELVES.items(), 1):
            on_top = Category.parent_id.is_(None), Category.title == title
            session.execute(update(Category).where(*on_top).values(position=place, description=words))
        rank = case({slug: len(WINDOW) - place for place, slug in enumerate(WINDOW)}, value=Product.slug)
        session.execute(update(Product).where(Product.slug.in_(WINDOW)).values(featured=rank))
        ids = sorted(session.scalars(select(Product.id).where(Product.slug.in_(WINDOW))))
        for product_id in ids:
            index.refresh(product_id)
        db.inside().tag("catalog", "shelves", *(f"product:{product_id}" for product_id in ids))
    mix_colours(COLOURS)
    for phrases in SAME:
        say_the_same(*phrases)
