"""Products, their choices and pictures, as programs read and write them."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from storefront.catalog.models import (
    MAX_DESCRIPTION,
    MAX_OPTIONS,
    MAX_SKU,
    MAX_SLUG,
    MAX_TITLE,
    MAX_VARIANTS,
)
from storefront.platform.json_api.kinds import (
    ASKED,
    INTEGRAL,
    MAX_COUNT,
    Amount,
    AmountMeant,
    AskedKey,
    Key,
    Moment,
    Shape,
    Told,
    YesOrNo,
    line,
    lines,
)
from storefront.platform.json_api.slices import Slicing

SLUG = r"^[A-Za-z0-9][A-Za-z0-9_.~-]*$"
"""Slugs that were imported may hold more; these are read everywhere."""
MAX_WORD, MAX_TAGS, MAX_SEO = 200, 50, 500
MOST_SHELVES = 100
Status = Literal["draft", "active", "archived"]
TaxClass = Literal["standard", "reduced", "zero"]
Availability = Literal["in_stock", "few_left", "sold_out"]
Order = Literal["featured", "newest", "price", "-price", "name", "rating"]
Title = Annotated[str, line(MAX_TITLE, least=1), Field(examples=["Kettle"])]
Slug = Annotated[
    str, StringConstraints(max_length=MAX_SLUG, min_length=1, pattern=SLUG), Field(examples=["kettle"])
]
Word = Annotated[str, line(MAX_WORD, least=1)]
Price = Annotated[AmountMeant, Field(examples=[{"amount": 4800, "currency": "EUR"}])]


class ImageTold(Told):
    """A picture of a product."""

    id: int = Field(examples=[31])
    product_id: int = Field(examples=[7])
    variant_id: int | None = Field(examples=[None])
    """The choice that it shows, if it shows one."""
    url: str | None = Field(examples=["https://shop.example/media/0f3a.webp"])
    """Where it is; null while it is still being fetched."""
    width: int | None = Field(examples=[1600])
    height: int | None = Field(examples=[2000])
    alt: str = Field(examples=["A kettle of blue enamel"])
    position: int = Field(examples=[1])
    version: int = Field(examples=[3])
    """Of its product: what ETag and If-Match are about."""


class VariantTold(Told):
    """One choice of a product: what is sold and stocked."""

    id: int = Field(examples=[12])
    product_id: int = Field(examples=[7])
    sku: str = Field(examples=["KETTLE-BLUE"])
    barcode: str = Field(examples=["4006381333931"])
    values: list[str] = Field(examples=[["Blue"]])
    """One for each of the product's options."""
    price: Amount | None
    """What it costs now; null while it has no price and is not sold."""
    compare_at: Amount | None = Field(examples=[None])
    """What it cost before, if it is reduced."""
    weight_g: int | None = Field(examples=[1200])
    tracked: bool = Field(examples=[True])
    """Whether its units are counted."""
    availability: Availability
    left: int | None = Field(examples=[None])
    """How many there are, when they are few."""
    archived: bool = Field(examples=[False])
    """Whether it is sold no more."""
    position: int = Field(examples=[1])
    version: int = Field(examples=[3])


class ProductTold(Told):
    """A product with all its choices and pictures."""

    id: int = Field(examples=[7])
    slug: str = Field(examples=["kettle"])
    title: str = Field(examples=["Kettle"])
    url: str = Field(examples=["https://shop.example/products/kettle"])
    """Its page in the shop."""
    description: str = Field(examples=["Made by *hand*."])
    """Markdown."""
    brand: str = Field(examples=["Kiln"])
    tags: list[str] = Field(examples=[["kitchen"]])
    status: Status
    category_id: int | None = Field(examples=[2])
    """The main shelf."""
    category_ids: list[int] = Field(examples=[[2, 5]])
    """Every shelf, the main one first."""
    tax_class: TaxClass
    seo_title: str = Field(examples=[""])
    seo_description: str = Field(examples=[""])
    featured: int = Field(examples=[0])
    """Higher stands earlier in the shop's own order."""
    option_names: list[str] = Field(examples=[["Colour"]])
    price_from: Amount | None
    """The lowest price among its choices."""
    rating_average: float | None = Field(examples=[4.5])
    rating_count: int = Field(examples=[12])
    variants: list[VariantTold]
    images: list[ImageTold]
    created_at: Moment
    updated_at: Moment
    published_at: Moment | None
    publish_at: Moment | None = Field(examples=[None])
    """When a draft goes on sale by itself."""
    version: int = Field(examples=[3])
    """Never moved by stock or ratings."""


class ImageSeen(Told):
    """The picture that stands for a product in lists."""

    url: str = Field(examples=["https://shop.example/media/0f3a.webp"])
    width: int = Field(examples=[1600])
    height: int = Field(examples=[2000])
    alt: str = Field(examples=["A kettle of blue enamel"])


class ProductSeen(Told):
    """A product as it stands in a list."""

    id: int = Field(examples=[7])
    slug: str = Field(examples=["kettle"])
    title: str = Field(examples=["Kettle"])
    url: str = Field(examples=["https://shop.example/products/kettle"])
    brand: str = Field(examples=["Kiln"])
    status: Status
    category_id: int | None = Field(examples=[2])
    price: Amount | None
    """The lowest among its choices."""
    compare_at: Amount | None = Field(examples=[None])
    choices: int = Field(examples=[3])
    """How many variants are sold."""
    availability: Availability
    image: ImageSeen | None
    rating_average: float | None = Field(examples=[4.5])
    rating_count: int = Field(examples=[12])
    updated_at: Moment
    version: int = Field(examples=[3])


class ProductQuery(Slicing):
    """Which products, in which order."""

    q: Annotated[str | None, line(200), Field(examples=["kettle"])] = None
    """Words, as somebody would type them; slips are forgiven."""
    category_id: Annotated[AskedKey | None, Field(examples=[2])] = None
    """On this shelf or on those that stand on it."""
    brand: Annotated[str | None, line(MAX_WORD, least=1), Field(examples=["Kiln"])] = None
    price_min: Annotated[int | None, Field(ge=0, le=10**12, examples=[1000]), ASKED] = None
    """In minor units, this price included."""
    price_max: Annotated[int | None, Field(ge=0, le=10**12, examples=[9900]), ASKED] = None
    in_stock: Annotated[YesOrNo | None, Field(examples=[True])] = None
    sort: Annotated[Order | None, Field(examples=["newest"])] = None
    """Without it the shop's own order; a search's best matches."""
    slug: Annotated[str | None, line(MAX_SLUG, least=1), Field(examples=[None])] = None
    """The one product with this slug."""
    status: Annotated[Literal["draft", "active", "archived", "all"] | None, Field(examples=[None])] = None
    """Needs a key with the scope products:read; then the list goes by id, and no other filter applies."""


class VariantNew(Shape):
    """A choice that is not there yet."""

    price: Price
    sku: Annotated[str, line(MAX_SKU), Field(examples=["KETTLE-BLUE"])] = ""
    """Without one, one is made."""
    values: Annotated[tuple[Word, ...], Field(max_length=MAX_OPTIONS, examples=[["Blue"]])] = ()
    """One for each of the product's options."""
    compare_at: Annotated[AmountMeant | None, Field(examples=[None])] = None
    barcode: Annotated[str, line(MAX_SKU), Field(examples=["4006381333931"])] = ""
    weight_g: Annotated[int | None, Field(ge=0, le=MAX_COUNT, examples=[1200]), INTEGRAL] = None
    tracked: Annotated[bool, Field(examples=[True])] = True
    on_hand: Annotated[int, Field(ge=0, le=10**9, examples=[10]), INTEGRAL] = 0
    """Units on the shelf from the start."""


class VariantChange(Shape):
    """What is left out stays."""

    price: Price | None = None
    sku: Annotated[str | None, line(MAX_SKU, least=1), Field(examples=["KETTLE-BLUE"])] = None
    values: Annotated[tuple[Word, ...] | None, Field(max_length=MAX_OPTIONS, examples=[["Blue"]])] = None
    compare_at: Annotated[AmountMeant | None, Field(examples=[None])] = None
    barcode: Annotated[str | None, line(MAX_SKU), Field(examples=["4006381333931"])] = None
    weight_g: Annotated[int | None, Field(ge=0, le=MAX_COUNT, examples=[1200]), INTEGRAL] = None
    tracked: Annotated[bool | None, Field(examples=[True])] = None
    archived: Annotated[bool | None, Field(examples=[False])] = None
    """True: it is sold no more; orders go on telling of it."""


class ProductParts(Shape):
    """What stands on a product itself."""

    slug: Annotated[Slug | None, Field(examples=["kettle"])] = None
    description: Annotated[str, lines(MAX_DESCRIPTION), Field(examples=["Made by *hand*."])] = ""
    brand: Annotated[str, line(MAX_WORD), Field(examples=["Kiln"])] = ""
    tags: Annotated[tuple[Word, ...], Field(max_length=MAX_TAGS, examples=[["kitchen"]])] = ()
    category_ids: Annotated[tuple[Key, ...], Field(max_length=MOST_SHELVES, examples=[[2]])] = ()
    """The main shelf first."""
    tax_class: TaxClass = "standard"
    seo_title: Annotated[str, line(MAX_SEO), Field(examples=[""])] = ""
    seo_description: Annotated[str, line(MAX_SEO), Field(examples=[""])] = ""
    featured: Annotated[int, Field(ge=-MAX_COUNT, le=MAX_COUNT, examples=[0]), INTEGRAL] = 0
    status: Status = "draft"


class ProductNew(ProductParts):
    """A product that is not there yet, with its choices."""

    title: Title
    option_names: Annotated[tuple[Word, ...], Field(max_length=MAX_OPTIONS, examples=[["Colour"]])] = ()
    variants: Annotated[tuple[VariantNew, ...], Field(max_length=MAX_VARIANTS)] = ()


class ProductChange(ProductParts):
    """What is left out stays."""

    title: Annotated[Title | None, Field(examples=["Kettle"])] = None


class ImageForm(Shape):
    """What is said of an uploaded picture."""

    alt: Annotated[str, line(500, least=1), Field(examples=["A kettle of blue enamel"])]
    """What is seen on it, in a few words."""
    variant_id: Annotated[AskedKey | None, Field(examples=[12])] = None


class ImageChange(Shape):
    """What is left out stays."""

    alt: Annotated[str | None, line(500, least=1), Field(examples=["A kettle of blue enamel"])] = None
    variant_id: Annotated[Key | None, Field(examples=[12])] = None
    position: Annotated[int | None, Field(ge=1, le=1000, examples=[1]), INTEGRAL] = None
