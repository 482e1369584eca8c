"""What search engines and messengers are told of a page: its address, words, picture and facts."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Sight:
    """The picture that stands for a page: a whole address, pixels, and what it shows in words."""

    address: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Preview:
    """A page as it is seen from outside; `layouts/_preview.html` says it in the page's head."""

    title: str
    description: str
    address: str
    """The one whole address of this content, whatever the reader's own says beside it."""
    sight: Sight
    kind: str = "website"
    listed: bool = True
    """Whether search engines are asked to list it."""
    facts: tuple[dict[str, Any], ...] = ()
    """Schema.org's JSON-LD."""
