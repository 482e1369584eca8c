"""Which choice of the shop each choice of the file is: by SKU, else by its option values."""

from dataclasses import dataclass, field

from storefront.catalog.importing.known import KnownProduct, KnownVariant, Owner
from storefront.catalog.importing.memory import Memory
from storefront.catalog.importing.records import MISSING, ImportedProduct, ImportedVariant
from storefront.catalog.importing.refusals import BadRow, RowsRefused
from storefront.catalog.models import MAX_VARIANTS

Values = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A choice of the file, the shop's own if it has it, and what both come to."""

    given: ImportedVariant
    known: KnownVariant | None
    sku: str
    values: Values


@dataclass(slots=True)
class Matching:
    """Everything that tells choices apart, collected row by row."""

    product: ImportedProduct
    known: KnownProduct | None
    owners: dict[str, Owner]
    memory: Memory
    bad: list[BadRow] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)

    def run(self) -> list[Pair]:
        """Every choice of the file with its counterpart. Raises RowsRefused."""
        for variant in self.product.variants:
            known = self._counterpart(variant)
            values = variant.values if variant.values is not MISSING else known.values if known else ()
            sku = variant.sku or (known.sku if known else variant.made_sku)
            pair = Pair(variant, known, sku, values)
            problem = self._unclear(pair) or self._taken_choice(pair) or self._taken_sku(pair)
            if problem:
                self.bad.append(BadRow(variant.row, *problem))
            else:
                self.pairs.append(pair)
        self._check_whole()
        if self.bad:
            raise RowsRefused(*self.bad)
        return self.pairs

    @property
    def names(self) -> Values:
        """The options as they will be."""
        if self.product.option_names is not MISSING:
            return self.product.option_names
        return self.known.option_names if self.known else ()

    @property
    def _choice(self) -> str:
        return "attribute1_values" if self.product.known_by_sku else "option1_value"

    def _counterpart(self, variant: ImportedVariant) -> KnownVariant | None:
        variants = self.known.variants if self.known else ()
        if variant.sku:
            for known in variants:
                if known.sku == variant.sku:
                    return known
        if variant.values is MISSING:
            return variants[0] if len(variants) == 1 else None
        claimed = {other.sku for other in self.product.variants if other.sku}
        for known in variants:
            if _key(known.values) == _key(variant.values) and known.sku not in claimed:
                return known
        return None

    def _unclear(self, pair: Pair) -> tuple[str, str] | None:
        """Reasons why this row's choice cannot be made out."""
        several = len(self.known.variants) > 1 if self.known else False
        if pair.given.values is MISSING and pair.known is None and several:
            return "sku", "nothing tells which of the product's choices this is"
        if len(pair.values) != len(self.names):
            return self._choice, f"has {len(pair.values)} values for {len(self.names)} options"
        if pair.known is None and pair.given.price is MISSING:
            return "price", "is missing, and the choice is new to the shop"
        return None

    def _taken_choice(self, pair: Pair) -> tuple[str, str] | None:
        for other in self.pairs:
            if pair.known is not None and other.known is pair.known:
                return "sku", f"is the same choice as row {other.given.row}"
            if _key(other.values) == _key(pair.values):
                return self._choice, f"is the same choice as row {other.given.row}"
        return None

    def _taken_sku(self, pair: Pair) -> tuple[str, str] | None:
        rows = {other.sku: other.given.row for other in self.pairs} | self.memory.skus
        if pair.sku in rows:
            return "sku", f'"{pair.sku}" is used by row {rows[pair.sku]}'
        owner = self.owners.get(pair.sku)
        if owner is None or pair.sku in self.memory.freed:
            return None
        if self.known is None or owner.product_id != self.known.id:
            return "sku", f'"{pair.sku}" belongs to the product "{owner.slug}"'
        return None

    def _check_whole(self) -> None:
        """Reasons that only the product as a whole shows, with the choices that the file leaves out."""
        matched = {pair.known.id for pair in self.pairs if pair.known}
        left = [one for one in (self.known.variants if self.known else ()) if one.id not in matched]
        for pair in self.pairs:
            for one in left:
                if _key(one.values) == _key(pair.values):
                    reason = f'is the choice of "{one.sku}" already'
                    self.bad.append(BadRow(pair.given.row, self._choice, reason))
                elif one.sku == pair.sku:
                    reason = f'"{one.sku}" is another choice of this product'
                    self.bad.append(BadRow(pair.given.row, "sku", reason))
        self._check_room(left, len(matched))

    def _check_room(self, left: list[KnownVariant], matched: int) -> None:
        if self.known and left and len(self.names) != len(self.known.option_names):
            skus = ", ".join(one.sku for one in left[:3])
            reason = f"the options change, and the file does not say what becomes of {skus}"
            self.bad.append(BadRow(self.product.row, self._choice, reason))
        room = MAX_VARIANTS - matched - sum(not one.archived for one in left)
        for pair in [pair for pair in self.pairs if pair.known is None][max(room, 0) :]:
            reason = f"a product has at most {MAX_VARIANTS} choices"
            self.bad.append(BadRow(pair.given.row, self._choice, reason))


def _key(values: Values) -> Values:
    return tuple(value.casefold() for value in values)
