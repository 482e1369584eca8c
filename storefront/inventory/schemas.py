"""Units on shelves and their movements as programs read and write them."""

from typing import Annotated, Literal

from pydantic import Field

from storefront.platform.json_api.kinds import INTEGRAL, AskedKey, Key, Moment, Shape, Told, line
from storefront.platform.json_api.slices import Slicing

MAX_UNITS = 10**9
Note = Annotated[str, line(500), Field(examples=["Delivery note 1077"])]


class LevelTold(Told):
    """How many units of a variant there are."""

    variant_id: int = Field(examples=[12])
    product_id: int = Field(examples=[7])
    on_hand: int = Field(examples=[10])
    """What stands on the shelf."""
    reserved: int = Field(examples=[2])
    """What of it is promised to orders."""
    available: int = Field(examples=[8])
    low_at: int | None = Field(examples=[3])
    """From which number on staff are told to order more; null is the shop's own."""


class LevelQuery(Slicing):
    """Which levels, by ascending variant."""

    product_id: Annotated[AskedKey | None, Field(examples=[7])] = None


class LevelChange(Shape):
    """What is left out stays."""

    on_hand: Annotated[int | None, Field(ge=0, le=MAX_UNITS, examples=[10]), INTEGRAL] = None
    """What was counted; If-Match makes sure that nothing came or left meanwhile."""
    low_at: Annotated[int | None, Field(ge=0, le=MAX_UNITS, examples=[3]), INTEGRAL] = None
    note: Note = ""


class AdjustmentTold(Told):
    """A line of the ledger; it never changes."""

    id: int = Field(examples=[501])
    variant_id: int = Field(examples=[12])
    quantity: int = Field(examples=[5])
    """How many came, or left if it is below zero."""
    reason: str = Field(examples=["delivery"])
    order_line_id: int | None = Field(examples=[None])
    note: str | None = Field(examples=["Delivery note 1077"])
    by: str = Field(examples=["key warehouse"])
    at: Moment


class AdjustmentQuery(Slicing):
    """Which lines of the ledger, by ascending id."""

    variant_id: Annotated[AskedKey | None, Field(examples=[12])] = None


class AdjustmentNew(Shape):
    """So many more, or fewer; it adds to whatever is there by then."""

    variant_id: Annotated[Key, Field(examples=[12])]
    quantity: Annotated[int, Field(ge=-MAX_UNITS, le=MAX_UNITS, examples=[5]), INTEGRAL]
    reason: Literal["adjustment", "write_off", "delivery", "count"] = "adjustment"
    note: Note = ""
