"""What is left of an order's lines, and what its parts are worth: pure arithmetic on minor units."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from storefront.orders.credit.models import CreditNote, LineReduction
from storefront.orders.models import Order, OrderLine
from storefront.platform.money import half_up
from storefront.taxes.calculation import Taxed, split, taxed


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of a line."""

    quantity: int
    discount: int
    net: int
    tax: int


@dataclass(frozen=True, slots=True)
class Part:
    """Units taken off a line, and what they were worth."""

    line: OrderLine
    quantity: int
    discount: int
    net: int
    tax: int


def left(line: OrderLine, reductions: Iterable[LineReduction]) -> Left:
    """What is left of a line after everything that was taken off it."""
    off = [it for it in reductions if it.order_line_id == line.id]
    return Left(
        line.quantity - sum(it.quantity for it in off),
        line.discount - sum(it.discount for it in off),
        line.net - sum(it.net for it in off),
        line.tax - sum(it.tax for it in off),
    )


def take_off(line: OrderLine, before: Left, quantity: int, *, included: bool) -> Part:
    """Units of a line as a part of their own.

    It is worth what the line loses by it: what stays is taxed anew like any line of that quantity, so
    that whatever is taken off in whatever steps, the parts and the rest are the line to the cent.
    """
    stays = before.quantity - quantity
    discount = line.discount * stays // line.quantity
    kept = taxed(line.unit_price * stays - discount, line.tax_rate, included=included)
    return Part(line, quantity, before.discount - discount, before.net - kept.net, before.tax - kept.tax)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a credit note will say."""

    lines: list[dict[str, Any]]
    taxes: tuple[Taxed, ...]

    @property
    def tax(self) -> int:
        return sum(part.tax for part in self.taxes)

    @property
    def total(self) -> int:
        return sum(part.gross for part in self.taxes)


def open_by_rate(order: Order, notes: Iterable[CreditNote]) -> dict[Decimal, Taxed]:
    """What of an invoiced order was not credited yet, highest rate first."""
    found = {Decimal(it["rate"]): (it["net"], it["tax"]) for it in order.taxes}
    for it in (part for note in notes for part in note.taxes):
        net, tax = found.get(Decimal(it["rate"]), (0, 0))
        found[Decimal(it["rate"])] = (net - it["net"], tax - it["tax"])
    return {rate: Taxed(*found[rate], rate) for rate in sorted(found, reverse=True)}


def draft(parts: Sequence[Part], shipping: Taxed | None, still_open: Mapping[Decimal, Taxed]) -> Draft:
    """A credit note for units, and for their delivery; never for more than is still open at each rate.

    What was credited before, such as a price that was lowered afterwards, is taken off in a line of its own.
    """
    lines = [_goods(part) for part in parts]
    if shipping is not None and shipping.gross:
        lines.append(_line("shipping", shipping))
    sums: dict[Decimal, tuple[int, int]] = {}
    for line in lines:
        rate = Decimal(line["rate"])
        net, tax = sums.get(rate, (0, 0))
        sums[rate] = (net + line["net"], tax + line["tax"])
    taxes = []
    for rate, (net, tax) in sorted(sums.items(), reverse=True):
        rest = still_open.get(rate, Taxed(0, 0, rate))
        fits = _within(net + tax, tax, rest)
        taxes.append(fits)
        if fits != Taxed(net, tax, rate):
            lines.append(_line("credited", Taxed(fits.net - net, fits.tax - tax, rate)))
    return Draft(lines, tuple(taxes))


def price_reduction(amount: int, still_open: Mapping[Decimal, Taxed]) -> Draft:
    """A credit note over an amount for no unit in particular, at the rates of what is still open."""
    rests = list(still_open.values())
    shares = split(amount, [rest.gross for rest in rests])
    taxes = [_share(share, rest) for share, rest in zip(shares, rests, strict=True) if share]
    return Draft([_line("price", part) for part in taxes], tuple(taxes))


def _share(gross: int, rest: Taxed) -> Taxed:
    """So much of what is open at a rate, with the tax that is in it."""
    return _within(gross, half_up(gross * rest.rate / (1 + rest.rate)), rest)


def _within(gross: int, tax: int, rest: Taxed) -> Taxed:
    """So much, or what is open; neither its net nor its tax is more than there is."""
    gross = min(gross, rest.gross)
    tax = max(gross - rest.net, min(tax, rest.tax))
    return Taxed(gross - tax, tax, rest.rate)


def _goods(part: Part) -> dict[str, Any]:
    line = part.line
    named = {"title": line.title, "choice": line.choice, "sku": line.sku, "quantity": part.quantity}
    return _line("goods", Taxed(part.net, part.tax, line.tax_rate)) | named


def _line(kind: str, amount: Taxed) -> dict[str, Any]:
    return {"kind": kind, "rate": f"{amount.rate:.4f}", "net": amount.net, "tax": amount.tax}
