"""Invent products, each from its own number: the same number gives the same product, in any crowd."""

from dataclasses import dataclass
from functools import cache
from random import Random

from storefront.demo.crowd import words
from storefront.demo.crowd.words import FILLINGS, FINISHES, SENTENCES, SHELVES, SIZES

ADJECTIVES, MATERIALS = words.ADJECTIVES.split(), words.MATERIALS.split()
COLOURS, SYLLABLES, BRANDS = words.COLOURS.split(), words.SYLLABLES.split(), words.BRANDS.split("|")
SERIES = 20_000


@dataclass(frozen=True, slots=True)
class Choice:
    """One variant: its code, what was chosen, its prices, and how many there are."""

    sku: str
    barcode: str
    values: tuple[str, ...]
    price: int
    was: int | None
    units: int


@dataclass(frozen=True, slots=True)
class Invented:
    """A product, and where it stands: the shelf on top and the shelf on that."""

    slug: str
    title: str
    description: str
    brand: str
    tags: tuple[str, ...]
    place: tuple[str, str]
    options: tuple[str, ...]
    choices: tuple[Choice, ...]


def invent(number: int) -> Invented:
    """The product with this number."""
    dice = Random(number)  # noqa: S311 - the same every time is what is wanted
    top, shelf, noun = dice.choice(_nouns())
    adjective, material = dice.choice(ADJECTIVES), dice.choice(MATERIALS)
    title = f"{adjective} {material} {noun}".replace("-", " ").capitalize()
    series = Random(dice.randrange(SERIES)).choices(SYLLABLES, k=3)  # noqa: S311 - as above
    options = _options(dice)
    return Invented(
        slug=f"{adjective}-{material}-{noun}-{number}",
        title=f"{title} {''.join(series).capitalize()}",
        description=" ".join(_sentence(dice, frame) for frame in dice.sample(SENTENCES, 4)),
        # A few makers make most things, as in every shop.
        brand=BRANDS[min(int(dice.expovariate(0.12)), len(BRANDS) - 1)],
        tags=(material, *dice.sample(("gift", "new", "handmade", "outdoor", "everyday", "one of few"), 2)),
        place=(top, shelf),
        options=tuple(options),
        choices=tuple(_choices(dice, number, noun, options)),
    )


@cache
def _nouns() -> list[tuple[str, str, str]]:
    return [
        (top, shelf, noun)
        for top, shelves in SHELVES.items()
        for shelf, nouns in shelves.items()
        for noun in nouns.split()
    ]


def _options(dice: Random) -> dict[str, list[str]]:
    """None, one or two options, with some of the values they may have."""
    colours, sizes = dice.sample(COLOURS, dice.randint(2, 4)), list(SIZES[: dice.randint(2, 4)])
    return dice.choice(
        (
            {},
            {"Colour": colours},
            {"Size": sizes},
            {"Colour": colours[:3], "Size": sizes[:2]},
            {"Finish": dice.sample(FINISHES, 2)},
        )
    )


def _choices(dice: Random, number: int, noun: str, options: dict[str, list[str]]) -> list[Choice]:
    price = round(300 + dice.expovariate(1 / 4500)) // 50 * 50 + 50
    reduced = dice.random() < 0.1
    gone = dice.random() < 0.08
    combinations: list[tuple[str, ...]] = [()]
    for values in options.values():
        combinations = [(*chosen, value) for chosen in combinations for value in values]
    return [
        Choice(
            sku="-".join((noun[:3].upper(), f"{number:06}", *(value[:4].upper() for value in chosen))),
            barcode=f"20{number:08}{place:02}{(number * 7 + place * 3) % 10}",
            values=tuple(value.capitalize() for value in chosen),
            price=price + 500 * place // 2,
            was=price * 13 // 10 + 500 * place if reduced else None,
            units=0 if gone or dice.random() < 0.1 else dice.randint(1, 60),
        )
        for place, chosen in enumerate(combinations)
    ]


def _sentence(dice: Random, frame: str) -> str:
    filled = {
        name: dice.choice(filling.split("|") if "|" in filling else filling.split())
        for name, filling in FILLINGS.items()
    }
    sentence = frame.format(**filled)
    return sentence[0].upper() + sentence[1:]
