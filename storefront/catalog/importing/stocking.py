"""Begin, stop and correct the counting of a choice, through the inventory."""

from dataclasses import dataclass

from storefront.catalog.importing.matching import Pair
from storefront.catalog.importing.refusals import BadRow, RowsRefused
from storefront.catalog.importing.report import Change
from storefront.inventory import stock


@dataclass(frozen=True, slots=True)
class Counting:
    """What is to happen to one choice's stock."""

    pair: Pair
    begins: bool
    ends: bool
    units: int | None
    """Set the shelf to this; None leaves it."""

    @property
    def change(self) -> Change | None:
        """A correction of a shelf that was counted before; the rest is said by other words."""
        known = self.pair.known
        if known is None or self.units is None:
            return None
        old = "" if known.on_hand is None else str(known.on_hand)
        return Change("on hand", old, str(self.units))


def counting_of(pair: Pair, *, with_stock: bool) -> Counting | None:
    """A file's stock counts for choices that were not counted before; for others only when asked."""
    given, known = pair.given, pair.known
    was = known.tracked if known else False
    tracked = was if not isinstance(given.tracked, bool) else given.tracked
    if not tracked:
        return Counting(pair, begins=False, ends=True, units=None) if was else None
    if not was or (known is not None and known.on_hand is None):
        return Counting(pair, begins=True, ends=False, units=given.stock or 0)
    if with_stock and known is not None and given.stock not in (None, known.on_hand):
        return Counting(pair, begins=False, ends=False, units=given.stock)
    return None


def count_all(countings: list[Counting], ids: dict[str, int], product_id: int) -> None:
    """Do it, by ascending variant. Raises RowsRefused when orders hold more than would be left.

    Part of a change.
    """
    begun = {ids[one.pair.sku]: one.units or 0 for one in countings if one.begins}
    stock.open_shelves(product_id, begun, "import")
    for counting in sorted(countings, key=lambda one: ids[one.pair.sku]):
        if not counting.begins:
            _correct(counting, ids[counting.pair.sku])


def _correct(counting: Counting, variant_id: int) -> None:
    row = counting.pair.given.row
    if counting.ends and not stock.close_shelf(variant_id):
        raise RowsRefused(BadRow(row, "tracker", "orders hold units of it, so it must stay counted"))
    if counting.units is None:
        return
    try:
        stock.set_on_hand(variant_id, counting.units, "count")
    except stock.BelowReserved as below:
        reserved = below.count.reserved
        raise RowsRefused(
            BadRow(row, "stock", f"{counting.units} is below the {reserved} reserved")
        ) from None
