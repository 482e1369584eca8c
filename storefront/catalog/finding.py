"""Find what somebody wishes to see; when nothing is all that, what comes nearest."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from storefront.catalog import listing
from storefront.catalog.listing import Good, Goods
from storefront.catalog.searching.actions import count_missed
from storefront.catalog.searching.sieving import Choices, Sieved, sieve
from storefront.catalog.searching.understanding import understand
from storefront.catalog.wishes import Wish
from storefront.platform.errors import Busy

POPULAR = 4  # products shown to whoever found nothing


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a list, what there is to choose, and the wish without what the shop does not know."""

    wish: Wish
    goods: Goods
    sieved: Sieved
    unknown: tuple[str, ...]
    """Values of facets that nothing has."""
    popular: tuple[Good, ...] = ()

    @property
    def instead(self) -> str:
        """The words that were looked for instead of those that were typed."""
        return self.sieved.meaning.instead if self.sieved.meaning and self.sieved.total else ""

    @property
    def missed(self) -> bool:
        """Whether somebody looked for what the shop does not have, or calls otherwise."""
        meaning = self.sieved.meaning
        return meaning is not None and bool(meaning.instead or meaning.loose or not self.sieved.total)

    @property
    def loose(self) -> bool:
        """Whether only some of the words are in what is shown."""
        return bool(self.sieved.meaning and self.sieved.meaning.loose and self.sieved.total)


def find(wish: Wish, currency: str, shelf_id: int | None = None) -> Found:
    """What fits the wish, on a shelf and those that stand on it, or in the whole shop."""
    sieved = sieved_by(wish, replace(wish.choices, shelf_id=shelf_id))
    known = _known(wish.facets, sieved)
    unknown = tuple(
        value
        for name, values in wish.facets.items()
        if name in known or _is_facet(name, sieved)
        for value in values
        if value not in known.get(name, ())
    )
    wish = replace(wish, facets=known)
    goods = listing.goods(wish, currency, sieved=sieved)
    popular = () if sieved.total else tuple(listing.goods(Wish(), currency, POPULAR).items)
    found = Found(wish, goods, sieved, unknown, popular)
    if found.missed and not wish.narrowed and not wish.after:
        with suppress(Busy):  # Counting is not worth a shopper's time.
            count_missed(wish.words)
    return found


def sieved_by(wish: Wish, choices: Choices) -> Sieved:
    """Sieve by what the words of a wish mean; when nothing has all of them, by any."""
    if not wish.words:
        return sieve(choices)
    meaning = understand(wish.words)
    if meaning.empty:
        return Sieved(0, (), 0, (), meaning)
    sieved = sieve(replace(choices, meaning=meaning))
    if sieved.total or wish.narrowed or len(meaning.ways) == 0:
        return sieved
    loosened = sieve(replace(choices, meaning=meaning.loosened()))
    return loosened if loosened.total else sieved


def _known(facets: Mapping[str, tuple[str, ...]], sieved: Sieved) -> dict[str, tuple[str, ...]]:
    """The chosen values that there are; parameters of other people's links are no facets."""
    chosen = {
        facet.name: tuple(value.value for value in facet.values if value.chosen) for facet in sieved.facets
    }
    return {name: chosen[name] for name in facets if chosen.get(name)}


def _is_facet(name: str, sieved: Sieved) -> bool:
    return any(facet.name == name for facet in sieved.facets)
