"""Shelves as programs read and write them."""

from typing import Annotated

from pydantic import Field

from storefront.catalog.models import MAX_DESCRIPTION, MAX_TITLE
from storefront.catalog.schemas import Slug
from storefront.platform.json_api.kinds import INTEGRAL, AskedKey, Key, Shape, Told, line, lines

Title = Annotated[str, line(MAX_TITLE, least=1), Field(examples=["Kettles"])]


class CategoryTold(Told):
    """A shelf."""

    id: int = Field(examples=[2])
    parent_id: int | None = Field(examples=[None])
    """The shelf it stands on."""
    slug: str = Field(examples=["kettles"])
    title: str = Field(examples=["Kettles"])
    url: str = Field(examples=["https://shop.example/categories/kettles"])
    description: str = Field(examples=["For tea and for coffee."])
    position: int = Field(examples=[1])
    """Its place among its neighbours."""
    version: int = Field(examples=[1])


class Branch(CategoryTold):
    """A shelf and those that stand on it."""

    children: list["Branch"] = Field(examples=[[]])


class Tree(Told):
    """All shelves, as they stand on each other."""

    items: list[Branch]


class CategoryNew(Shape):
    """A shelf that is not there yet; it is put up last among its neighbours."""

    title: Title
    slug: Annotated[Slug | None, Field(examples=["kettles"])] = None
    """Without one, one is made of the title."""
    description: Annotated[str, lines(MAX_DESCRIPTION), Field(examples=["For tea and for coffee."])] = ""
    parent_id: Annotated[Key | None, Field(examples=[None])] = None


class CategoryChange(Shape):
    """What is left out stays."""

    title: Annotated[Title | None, Field(examples=["Kettles"])] = None
    slug: Annotated[Slug | None, Field(examples=["kettles"])] = None
    description: Annotated[
        str | None, lines(MAX_DESCRIPTION), Field(examples=["For tea and for coffee."])
    ] = None
    parent_id: Annotated[Key | None, Field(examples=[None])] = None
    """Null puts it on top."""
    position: Annotated[int | None, Field(ge=1, le=10_000, examples=[1]), INTEGRAL] = None


class CategoryRemoval(Shape):
    """What becomes of what stands on it."""

    move_to: Annotated[AskedKey | None, Field(examples=[5])] = None
    """The shelf that takes it; without one, only an empty shelf is taken away."""
