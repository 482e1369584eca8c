"""Two people changed one product: what goes together is kept, and what does not is asked about."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from storefront.catalog.wanted import ProductFacts


@dataclass(frozen=True, slots=True)
class Collision:
    """A field that both changed, each in another way."""

    field: str
    base: Any
    """What it was before; None where that is not known."""
    yours: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """Your wish with all of theirs that does not collide with it."""

    facts: ProductFacts
    collisions: tuple[Collision, ...]
    taken: tuple[str, ...]
    """The fields that they changed and you did not."""


def merge(base: ProductFacts | None, yours: ProductFacts, theirs: ProductFacts) -> Merged:
    """Field by field; without a base, whatever differs collides."""
    taken, collisions = {}, []
    for field in fields(ProductFacts):
        name = field.name
        mine, other = getattr(yours, name), getattr(theirs, name)
        before = getattr(base, name) if base else None
        if mine == other or (base and other == before):
            continue
        if base and mine == before:
            taken[name] = other
        else:
            collisions.append(Collision(name, before, mine, other))
    return Merged(replace(yours, **taken), tuple(collisions), tuple(taken))


def settle(facts: ProductFacts, theirs: ProductFacts, takes: Mapping[str, str]) -> ProductFacts:
    """Your wish with their word wherever you said so."""
    given = {name: getattr(theirs, name) for name, whose in takes.items() if whose == "theirs"}
    return replace(facts, **given)
