"""What is printed for whoever packs: one pick list by SKU, and a packing slip for each order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from storefront.checkout import words
from storefront.office.orders.page import Row
from storefront.orders.credit.models import LineReduction
from storefront.orders.models import Order
from storefront.orders.notes import OrderNote
from storefront.platform import db
from storefront.platform.addresses import Address

MOST = 100  # orders on one print


@dataclass(frozen=True, slots=True)
class Slip:
    """What lies in one box, and for whom."""

    order: Order
    rows: Sequence[Row]
    notes: Sequence[str]
    """What staff wrote for each other."""

    @property
    def home(self) -> Address | None:
        return Address.of(self.order.delivery_address) if self.order.delivery_address else None

    @property
    def way(self) -> str:
        return words.way(self.order.delivery_method)

    @property
    def units(self) -> int:
        return sum(row.left for row in self.rows)


@dataclass(slots=True)
class Pick:
    """So many of one article, and for which orders."""

    sku: str
    title: str
    choice: str
    units: int = 0
    orders: list[tuple[str, int]] = field(default_factory=list)


def slips(numbers: Iterable[str]) -> list[Slip]:
    """A slip for each of these orders, in the order in which they were named. Four statements."""
    wanted = list(dict.fromkeys(number.upper() for number in numbers))[:MOST]
    query = select(Order).where(Order.number.in_(wanted))
    found = db.session.scalars(query.options(selectinload(Order.lines), joinedload(Order.fulfilment))).all()
    by_number = {order.number: order for order in found}
    ids = [order.id for order in found]
    reductions = db.session.scalars(select(LineReduction).where(LineReduction.order_id.in_(ids))).all()
    inner = (OrderNote.order_id.in_(ids), OrderNote.mailed_to.is_(None))
    notes = db.session.scalars(select(OrderNote).where(*inner).order_by(OrderNote.id)).all()
    return [
        Slip(
            order,
            [row for line in order.lines if (row := Row.of(line, reductions)).left],
            [note.text for note in notes if note.order_id == order.id],
        )
        for order in (by_number[number] for number in wanted if number in by_number)
    ]


def picks(found: Iterable[Slip]) -> list[Pick]:
    """Everything that is needed for these orders, by SKU; each article is fetched once."""
    by_sku: dict[str, Pick] = {}
    for slip in found:
        for row in slip.rows:
            line = row.line
            pick = by_sku.setdefault(line.sku, Pick(line.sku, line.title, line.choice))
            pick.units += row.left
            pick.orders.append((slip.order.number, row.left))
    return [by_sku[sku] for sku in sorted(by_sku)]
