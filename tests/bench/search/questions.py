"""What shoppers of a large shop ask: five hundred searches, a hundred lists with filters, always the same."""

from random import Random

from storefront.catalog.importing.handles import slug_of
from storefront.catalog.sorting import RELEVANCE, SORTS
from storefront.catalog.wishes import Wish
from storefront.demo.crowd import words
from storefront.demo.crowd.products import Invented, invent

EACH = 100
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def searches(among: int) -> dict[str, list[str]]:
    """A hundred of each kind, about the first so many invented products."""
    dice = Random(500)
    known = [invent(dice.randrange(among)) for _number in range(EACH)]
    return {
        "common words": [_common(dice) for _number in range(EACH)],
        "rare words": [_rare(dice, one) for one in known],
        "typos": [_slip(dice, _rare(dice, one)) for one in known],
        "numbers": [_code(dice, one) for one in known],
        "nonsense": [_nonsense(dice) for _number in range(EACH)],
    }


def _common(dice: Random) -> str:
    kinds = (words.ADJECTIVES, words.MATERIALS, words.COLOURS, "gift new handmade outdoor everyday")
    said = [dice.choice(dice.choice(kinds).split()) for _number in range(dice.choice((1, 1, 2)))]
    shelf = dice.choice(dice.choice([list(below) for below in words.SHELVES.values()]))
    return " ".join([*said, *dice.choice(([], [shelf]))])


def _rare(dice: Random, one: Invented) -> str:
    series = one.title.rpartition(" ")[2]
    return dice.choice((series, one.title, f"{one.brand} {series}", f"{one.tags[0]} {series}"))


def _slip(dice: Random, text: str) -> str:
    """A letter too few, too many, wrong, or in the wrong order, in the longest word."""
    longest = max(text.split(), key=len)
    at = dice.randrange(1, len(longest) - 1)
    slipped = dice.choice(
        (
            longest[:at] + longest[at + 1 :],
            longest[:at] + dice.choice(LETTERS) + longest[at:],
            longest[:at] + dice.choice(LETTERS) + longest[at + 1 :],
            longest[: at - 1] + longest[at] + longest[at - 1] + longest[at + 1 :],
        )
    )
    return text.replace(longest, slipped)


def _code(dice: Random, one: Invented) -> str:
    choice = dice.choice(one.choices)
    whole = dice.choice((choice.sku, choice.barcode))
    return dice.choice((whole, whole.lower(), whole[2:10], f"{one.tags[0]} {choice.sku}"))


def _nonsense(dice: Random) -> str:
    made = ["".join(dice.choices(LETTERS, k=dice.randint(3, 12))) for _number in range(dice.randint(1, 3))]
    return dice.choice((" ".join(made), f"{made[0]} {dice.choice(words.MATERIALS.split())}", "%_!" + made[0]))


def wished(text: str) -> Wish:
    """A search as its first page asks for it."""
    return Wish(" ".join(text.split()), sort=RELEVANCE)


def lists() -> list[tuple[Wish, str | None]]:
    """A hundred lists narrowed by up to four things, with the shelf they stand on."""
    dice = Random(100)
    return [(_narrowed(dice), dice.choice((None, *map(slug_of, words.SHELVES)))) for _number in range(EACH)]


def _narrowed(dice: Random) -> Wish:
    facets = {
        "colour": tuple(dice.sample(words.COLOURS.split(), dice.randint(1, 3))),
        "size": tuple(_slugs(dice.sample(words.SIZES, 1))),
        "brand": tuple(_slugs(dice.sample(words.BRANDS.split("|")[10:], 2))),
    }
    chosen = {name: facets[name] for name in dice.sample(sorted(facets), dice.randint(0, 2))}
    least, most = dice.choice(((None, None), (1000, 4999), (1700, None), (None, 2345)))
    return Wish("", chosen, least, most, in_stock=dice.random() < 0.4, sort=dice.choice([*SORTS.values()]))


def _slugs(brands: list[str]) -> list[str]:
    return [brand.lower().replace(" & ", "-").replace(" ", "-") for brand in brands]
