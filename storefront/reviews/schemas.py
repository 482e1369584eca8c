"""Reviews as programs read and write them."""

from typing import Annotated, Literal

from pydantic import Field

from storefront.platform.json_api.kinds import (
    ASKED,
    INTEGRAL,
    AskedKey,
    Key,
    Moment,
    Shape,
    Told,
    line,
    lines,
)
from storefront.platform.json_api.slices import Slicing
from storefront.reviews.models import MAX_AUTHOR, MAX_REASON, MAX_TEXT, MAX_TITLE, MIN_TEXT, MOST_STARS

State = Literal["pending", "published", "rejected"]
Stars = Annotated[int, Field(ge=1, le=MOST_STARS, examples=[5]), INTEGRAL]
Title = Annotated[str, line(MAX_TITLE, least=1), Field(examples=["Boils in three minutes"])]
Words = Annotated[str, lines(MAX_TEXT), Field(min_length=MIN_TEXT, examples=["And it looks good, too."])]
Author = Annotated[str, line(MAX_AUTHOR, least=1), Field(examples=["Ada L."])]


class ReviewSeen(Told):
    """A review as everybody reads it."""

    id: int = Field(examples=[5])
    product_id: int = Field(examples=[7])
    rating: int = Field(examples=[5])
    title: str = Field(examples=["Boils in three minutes"])
    text: str = Field(examples=["And it looks good, too."])
    author: str = Field(examples=["Ada L."])
    verified: bool = Field(examples=[True])
    """Whether its author bought the product here."""
    published_at: Moment


class ReviewTold(Told):
    """A review as its author and staff see it."""

    id: int = Field(examples=[5])
    product_id: int = Field(examples=[7])
    customer_id: int | None = Field(examples=[3])
    rating: int = Field(examples=[5])
    title: str = Field(examples=["Boils in three minutes"])
    text: str = Field(examples=["And it looks good, too."])
    author: str = Field(examples=["Ada L."])
    state: State
    reason: str = Field(examples=[""])
    """Why it was rejected."""
    written_at: Moment
    changed_at: Moment
    published_at: Moment | None
    version: int = Field(examples=[1])


class PublishedQuery(Slicing):
    """Which of the published reviews, the latest first."""

    rating: Annotated[int | None, Field(ge=1, le=MOST_STARS, examples=[5]), ASKED] = None


class ReviewQuery(Slicing):
    """Which reviews, by ascending id."""

    state: State | None = None
    product_id: Annotated[AskedKey | None, Field(examples=[7])] = None


class ReviewNew(Shape):
    """What a customer says of a product that was delivered to them."""

    rating: Stars
    title: Title
    text: Words
    author: Author
    """The name it is shown with."""
    customer_id: Annotated[Key | None, Field(examples=[None])] = None
    """Whose review it is; a customer's own program says nothing here."""


class ReviewChange(Shape):
    """What is left out stays; a change is read by staff anew, as the shop has it."""

    rating: Annotated[Stars | None, Field(examples=[4])] = None
    title: Annotated[Title | None, Field(examples=["Boils in four minutes"])] = None
    text: Annotated[Words | None, Field(examples=["And it still looks good."])] = None
    author: Annotated[Author | None, Field(examples=["Ada L."])] = None


class Judgement(Shape):
    """What staff decide about a review."""

    state: Literal["published", "rejected"]
    reason: Annotated[str, line(MAX_REASON), Field(examples=[""])] = ""
    """Why it is rejected, for its author."""
