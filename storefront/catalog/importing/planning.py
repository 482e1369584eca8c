"""Everything that one product of the file changes, decided before anything is written."""

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from storefront.catalog.importing import comparing, picturing
from storefront.catalog.importing.comparing import Difference
from storefront.catalog.importing.glance import Glance
from storefront.catalog.importing.known import KnownProduct
from storefront.catalog.importing.matching import Matching, Pair
from storefront.catalog.importing.memory import Memory
from storefront.catalog.importing.picturing import Pictures
from storefront.catalog.importing.placing import Places, places_of
from storefront.catalog.importing.records import ImportedProduct
from storefront.catalog.importing.refusals import BadRow, RowsRefused
from storefront.catalog.importing.report import Change, Note
from storefront.catalog.importing.stocking import Counting, counting_of


@dataclass(slots=True)
class Plan:
    """What to write, and what to say of each row."""

    product: ImportedProduct
    known: KnownProduct | None
    slug: str
    pairs: list[Pair]
    facts: list[Difference]
    places: Places | None
    pictures: Pictures
    links: dict[str, Pair]
    variants: list[tuple[Pair, list[Difference]]] = field(default_factory=list)
    prices: list[tuple[Pair, list[Difference]]] = field(default_factory=list)
    countings: list[Counting] = field(default_factory=list)
    relinked: list[tuple[int, Pair | None]] = field(default_factory=list)
    changes: defaultdict[int, list[Change]] = field(default_factory=lambda: defaultdict(list))
    notes: list[Note] = field(default_factory=list)

    @property
    def changes_anything(self) -> bool:
        return self.known is None or any(
            (
                self.facts,
                self.places,
                self.pictures,
                self.variants,
                self.prices,
                self.countings,
                self.relinked,
            )
        )

    def creates(self, row: int) -> bool:
        """Whether something on this row is new to the shop."""
        if self.known is None or any(pair.given.row == row and pair.known is None for pair in self.pairs):
            return True
        alone = all(pair.given.row != row for pair in self.pairs) and row != self.product.row
        return alone and row in self.pictures.new_rows


@dataclass(frozen=True, slots=True)
class Asked:
    """How to import: the shop's currency, whether to take counts, and whether to undo everything.

    Pictures that are named by their files are looked for beside the catalog, if that is known.
    """

    currency: str
    with_stock: bool = False
    rehearsal: bool = False
    beside: Path | None = None


def plan(product: ImportedProduct, glance: Glance, memory: Memory, asked: Asked) -> Plan:
    """Compare file and shop. Raises RowsRefused."""
    known = glance.find(product, memory)
    slug = known.slug if known else glance.new_slug(product, memory)
    if known is None and not (product.facts.title and product.variants):
        raise RowsRefused(BadRow(product.row, "the row", _why_not_new(product)))
    pairs = Matching(product, known, glance.owners, memory).run()
    links, notes = picturing.wanted_links(pairs)
    if asked.beside:
        notes += picturing.missing_files(product, known, asked.beside)
    made = Plan(
        product=product,
        known=known,
        slug=slug,
        pairs=pairs,
        facts=comparing.facts_of(product.facts, product.option_names, known),
        places=places_of(product.facts.categories, known, memory),
        pictures=picturing.pictures_of(product, known),
        links=links,
        notes=notes,
    )
    shelf_column = "categories" if product.known_by_sku else "type"
    for path in made.places.new if made.places else ():
        made.notes.append(Note(product.row, shelf_column, f"a new shelf, {' > '.join(path)}"))
    _compare_variants(made, asked)
    _say(made, asked)
    return made


def _why_not_new(product: ImportedProduct) -> str:
    if product.known_by_sku:
        return "no SKU of it that can be taken tells which product it is, or what is sold"
    if not product.facts.title:
        return "the product is new to the shop, and no row that can be taken has its title"
    return "the product is new to the shop, and no row that can be taken says what is sold"


def _compare_variants(made: Plan, asked: Asked) -> None:
    for pair in made.pairs:
        if differences := comparing.variant_of(pair):
            made.variants.append((pair, differences))
        if differences := comparing.price_of(pair):
            made.prices.append((pair, differences))
        if counting := counting_of(pair, with_stock=asked.with_stock):
            made.countings.append(counting)
        if pair.known is not None and pair.known.archived:
            text = f'"{pair.sku}" is no longer sold here; that stays so'
            made.notes.append(Note(pair.given.row, "sku", text))


def _say(made: Plan, asked: Asked) -> None:
    """The changes in words, each at the row that brought it; of what is new nothing was different."""
    if made.known is None:
        return
    first = made.product.row
    made.changes[first] += [one.change(asked.currency) for one in made.facts]
    if made.places:
        made.changes[first].append(made.places.change)
    for pair, differences in (*made.variants, *made.prices):
        if pair.known is not None:
            made.changes[pair.given.row] += [one.change(asked.currency) for one in differences]
    for counting in made.countings:
        if change := counting.change:
            made.changes[counting.pair.given.row].append(change)
    for row, change in made.pictures.changes:
        made.changes[row].append(change)
    _say_links(made)


def _say_links(made: Plan) -> None:
    variants = {one.id: one for one in made.known.variants} if made.known else {}
    for image, wanted, row in picturing.link_changes(made.pairs, made.known):
        made.relinked.append((image.id, wanted))
        before = variants.get(image.variant_id or 0)
        words = [_choice(one.values, one.sku) if one else "" for one in (before, wanted)]
        made.changes[row].append(Change(f"choice shown by {image.name}", *words))


def _choice(values: tuple[str, ...], sku: str) -> str:
    return " / ".join(values) or sku
