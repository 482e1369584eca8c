"""What the form of a product accepts, and the wish it builds; limits come from the models."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext
from wtforms import HiddenField, SelectField, SelectMultipleField, StringField
from wtforms.validators import ValidationError

from storefront.catalog.models import MAX_DESCRIPTION, MAX_SKU, MAX_SLUG, MAX_TITLE, STATUSES
from storefront.catalog.shelving.listing import Branch
from storefront.catalog.wanted import CreateProduct, NewVariant, ProductFacts, VariantFacts, said
from storefront.inventory.actions import MAX_UNITS
from storefront.platform.amounts import amount_in
from storefront.platform.fields import Line, needed, text_area, text_field
from storefront.platform.forms import Form, whole_number
from storefront.platform.i18n import gettext as _
from storefront.taxes.models import CLASSES

MAX_TAGS = 50
MAX_TAG = 100
MAX_SEO_TITLE, MAX_SEO_TEXT = 200, 500
MAX_BRAND = 200
WORDS: dict[str, Any] = {
    "title": lazy_gettext("Name"),
    "slug": lazy_gettext("Address"),
    "description": lazy_gettext("Description"),
    "brand": lazy_gettext("Brand"),
    "tags": lazy_gettext("Tags"),
    "shelves": lazy_gettext("Shelves"),
    "tax_class": lazy_gettext("Tax class"),
    "seo_title": lazy_gettext("Title for search engines"),
    "seo_description": lazy_gettext("Text for search engines"),
    "featured": lazy_gettext("Place in the shop's own order"),
    "status": lazy_gettext("State"),
    "publish_at": lazy_gettext("Publish at"),
}
STATUS_WORDS: dict[str, Any] = {
    "draft": lazy_gettext("Draft"),
    "active": lazy_gettext("On sale"),
    "archived": lazy_gettext("Archived"),
}
TAX_WORDS: dict[str, Any] = {
    "standard": lazy_gettext("Standard rate"),
    "reduced": lazy_gettext("Reduced rate"),
    "zero": lazy_gettext("No tax"),
}
MAIN_SHELF: Any = lazy_gettext("Main shelf")
TIME = "%Y-%m-%dT%H:%M"


class _Choice(SelectField):
    """A choice of ours; what nobody was offered is said and not taken."""

    def pre_validate(self, _form: Any) -> None:
        if self.data not in [choice[0] for choice in self.choices or ()]:
            raise ValidationError(_("Please choose from the list."))


class ProductForm(Form):
    """Everything that stands on a product itself."""

    version = HiddenField()
    base = HiddenField()
    title = text_field(WORDS["title"], MAX_TITLE, needed(lazy_gettext("Please give it a name.")))
    slug = text_field(WORDS["slug"], MAX_SLUG)
    description = text_area(WORDS["description"], MAX_DESCRIPTION)
    brand = text_field(WORDS["brand"], MAX_BRAND)
    tags = text_field(WORDS["tags"], 5000)
    main_shelf = _Choice(MAIN_SHELF)
    shelves = SelectMultipleField(WORDS["shelves"])
    tax_class = _Choice(WORDS["tax_class"])
    seo_title = text_field(WORDS["seo_title"], MAX_SEO_TITLE)
    seo_description = text_field(WORDS["seo_description"], MAX_SEO_TEXT)
    featured = Line(WORDS["featured"])
    status = _Choice(WORDS["status"])
    publish_at = StringField(WORDS["publish_at"])

    def __init__(
        self, typed: Any = None, *, branches: Sequence[Branch], zone: str, facts: ProductFacts | None = None
    ) -> None:
        self.zone = ZoneInfo(zone)
        super().__init__(typed, data=self._shown(facts or ProductFacts("")))
        ids = [(str(branch.id), branch.path) for branch in branches]
        self.main_shelf.choices = [("", _("None")), *ids]
        self.shelves.choices = ids
        self.status.flags.required = self.tax_class.flags.required = True
        self.status.choices = [(status, STATUS_WORDS[status]) for status in STATUSES]
        self.tax_class.choices = [(name, TAX_WORDS[name]) for name in CLASSES]

    def _shown(self, facts: ProductFacts) -> dict[str, Any]:
        """Facts as the fields hold them."""
        same = {name: getattr(facts, name) for name in said(facts)}
        at = facts.publish_at.astimezone(self.zone).strftime(TIME) if facts.publish_at else ""
        shelves = [str(shelf) for shelf in facts.shelves]
        split = {"main_shelf": shelves[0] if shelves else "", "shelves": shelves[1:]}
        return (
            same | split | {"tags": ", ".join(facts.tags), "featured": str(facts.featured), "publish_at": at}
        )

    def validate_featured(self, field: Any) -> None:
        typed = (field.data or "0").strip()
        whole_number(typed.removeprefix("-"), least=0, most=1_000_000)

    def validate_tags(self, field: Any) -> None:
        tags = _tags(field.data or "")
        if len(tags) > MAX_TAGS or any(len(tag) > MAX_TAG for tag in tags):
            raise ValidationError(_("Please use fewer or shorter tags."))

    def validate_publish_at(self, field: Any) -> None:
        if field.data and self.moment() is None:
            raise ValidationError(_("Please write a date and a time."))

    def moment(self) -> datetime | None:
        """When it is to be published, if that is said."""
        return moment_in(self.publish_at.data or "", self.zone)

    def facts(self) -> ProductFacts:
        """What it is to be."""
        plain = ("title", "slug", "brand", "seo_title", "seo_description", "tax_class", "status")
        shelves = [self.main_shelf.data, *(self.shelves.data or ())]
        return ProductFacts(
            **{name: getattr(self, name).data or "" for name in plain},
            description=lines_of(self.description.data or ""),
            tags=tuple(_tags(self.tags.data or "")),
            shelves=tuple(dict.fromkeys(int(shelf) for shelf in shelves if shelf)),
            featured=int(self.featured.data or 0),
            publish_at=self.moment() if self.status.data == "draft" else None,
        )

    def seen(self) -> tuple[int, ProductFacts | None]:
        """Which version the form was made of, and what that was; (0, None) for what nobody wrote."""
        return version_of(self.version.data), _facts_of(self.base.data or "")


class NewProductForm(ProductForm):
    """A product with the one choice that it has to begin with."""

    price = text_field(lazy_gettext("Price"), 20, needed(lazy_gettext("Please say what it costs.")))
    compare_at = text_field(lazy_gettext("Price before"), 20)
    sku = text_field(lazy_gettext("SKU"), MAX_SKU)
    on_hand = text_field(lazy_gettext("Units on the shelf"), 12)

    def __init__(self, typed: Any = None, *, branches: Sequence[Branch], zone: str, currency: str) -> None:
        self.currency = currency
        super().__init__(typed, branches=branches, zone=zone, facts=ProductFacts("", status="draft"))

    def validate_price(self, field: Any) -> None:
        amount_in(field.data, self.currency)

    def validate_compare_at(self, field: Any) -> None:
        if field.data:
            amount_in(field.data, self.currency)

    def validate_on_hand(self, field: Any) -> None:
        if field.data:
            whole_number(field.data, least=0, most=MAX_UNITS)

    def wish(self) -> CreateProduct:
        """The product; without a number of units nobody counts them."""
        facts = VariantFacts(
            price=amount_in(self.price.data or "", self.currency),
            compare_at=amount_in(self.compare_at.data, self.currency) if self.compare_at.data else None,
            sku=self.sku.data or "",
            tracked=bool(self.on_hand.data),
        )
        return CreateProduct(self.facts(), (), (NewVariant(facts, int(self.on_hand.data or 0)),))


def shown(facts: ProductFacts) -> str:
    """A base for the form to carry."""
    return json.dumps(said(facts), ensure_ascii=False)


def version_of(typed: str | None) -> int:
    """Which version was seen; 0, which is none, for what nobody wrote."""
    text = typed or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def moment_in(typed: str, zone: ZoneInfo) -> datetime | None:
    """A date and time as a browser's field says it, in the shop's time zone; None for anything else."""
    try:
        return datetime.strptime(typed.strip()[:16], TIME).replace(tzinfo=zone)
    except ValueError:
        return None


def lines_of(typed: str) -> str:
    """Lines as they are kept: browsers send two characters for each end."""
    return typed.replace("\r\n", "\n").replace("\r", "\n")


def _tags(typed: str) -> list[str]:
    return list(dict.fromkeys(tag for part in typed.split(",") if (tag := " ".join(part.split()))))


def _facts_of(text: str) -> ProductFacts | None:
    """What a form carried as its base; None for what is none."""
    try:
        told = json.loads(text)
        facts = ProductFacts(**told)
        at = datetime.fromisoformat(told["publish_at"]) if told.get("publish_at") else None
        tags, shelves = tuple(map(str, facts.tags)), tuple(map(int, facts.shelves))
        return replace(facts, tags=tags, shelves=shelves, publish_at=at)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
