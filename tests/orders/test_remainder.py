"""However a line is taken apart, its parts and its rest are the line to the cent."""

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from storefront.orders.credit import remainder
from storefront.orders.credit.models import CreditNote, LineReduction
from storefront.orders.models import Order, OrderLine
from storefront.taxes.calculation import Taxed, taxed

RATES = ("0.1900", "0.0700", "0.2550", "0.0000")
rates = st.sampled_from(RATES).map(Decimal)


@st.composite
def lines(draw: Any) -> OrderLine:
    """A line as the checkout writes it."""
    quantity, price, rate = draw(st.integers(1, 12)), draw(st.integers(0, 20_000)), draw(rates)
    discount = draw(st.integers(0, quantity * price))
    tax = taxed(quantity * price - discount, rate, included=draw(st.booleans()))
    line = OrderLine(id=1, quantity=quantity, unit_price=price, discount=discount, net=tax.net, tax=tax.tax)
    line.tax_rate, line.title, line.choice, line.sku = rate, "Kettle", "", "KILN-1"
    return line


def included(line: OrderLine) -> bool:
    """Whether the prices of a line include its tax."""
    return line.net + line.tax == line.quantity * line.unit_price - line.discount


def reduction(part: remainder.Part) -> LineReduction:
    return LineReduction(
        order_line_id=1, quantity=part.quantity, discount=part.discount, net=part.net, tax=part.tax
    )


@given(line=lines(), steps=st.lists(st.integers(1, 4), max_size=12))
def test_parts_are_never_negative_and_add_up(line: OrderLine, steps: list[int]) -> None:
    off: list[LineReduction] = []
    for units in steps:
        rest = remainder.left(line, off)
        if units > rest.quantity:
            break
        part = remainder.take_off(line, rest, units, included=included(line))
        assert min(part.discount, part.net, part.tax) >= 0
        off.append(reduction(part))
    rest = remainder.left(line, off)
    assert min(rest.quantity, rest.discount, rest.net, rest.tax) >= 0
    kept = taxed(line.unit_price * rest.quantity - rest.discount, line.tax_rate, included=included(line))
    assert (rest.net, rest.tax) == (kept.net, kept.tax)


@given(line=lines())
def test_all_of_a_line_is_the_line(line: OrderLine) -> None:
    part = remainder.take_off(line, remainder.left(line, []), line.quantity, included=included(line))
    assert (part.discount, part.net, part.tax) == (line.discount, line.net, line.tax)


opens = st.dictionaries(
    rates, st.tuples(st.integers(0, 9_000), st.integers(0, 2_000)), min_size=1, max_size=3
).map(lambda found: {rate: Taxed(net, tax, rate) for rate, (net, tax) in found.items()})


@given(still_open=opens, share=st.fractions(0, 1))
def test_a_lower_price_is_split_over_the_rates_and_never_beyond_them(
    still_open: dict[Decimal, Taxed], share: Any
) -> None:
    whole = sum(part.gross for part in still_open.values())
    amount = int(whole * share)
    found = remainder.price_reduction(amount, still_open)
    assert found.total == amount == sum(line["net"] + line["tax"] for line in found.lines)
    for part in found.taxes:
        assert 0 <= part.net <= still_open[part.rate].net
        assert 0 <= part.tax <= still_open[part.rate].tax


@given(line=lines(), still_open=opens)
def test_no_more_is_credited_than_is_open_nor_than_it_was_worth(
    line: OrderLine, still_open: dict[Decimal, Taxed]
) -> None:
    part = remainder.take_off(line, remainder.left(line, []), 1, included=included(line))
    found = remainder.draft([part], None, still_open)
    rest = still_open.get(line.tax_rate, Taxed(0, 0, line.tax_rate))
    assert found.total == min(part.net + part.tax, rest.gross)
    assert all(0 <= it.net <= rest.net and 0 <= it.tax <= rest.tax for it in found.taxes)
    assert sum(it["net"] + it["tax"] for it in found.lines) == found.total


@given(line=lines(), before=st.integers(0, 300))
def test_what_was_credited_before_is_not_credited_again(line: OrderLine, before: int) -> None:
    rate = f"{line.tax_rate:.4f}"
    order = Order(taxes=[{"rate": rate, "net": line.net, "tax": line.tax}])
    first = remainder.price_reduction(min(before, line.net + line.tax), remainder.open_by_rate(order, []))
    note = CreditNote(taxes=[{"rate": rate, "net": it.net, "tax": it.tax} for it in first.taxes])
    part = remainder.take_off(line, remainder.left(line, []), line.quantity, included=included(line))
    rest = remainder.draft([part], None, remainder.open_by_rate(order, [note]))
    assert first.total + rest.total == line.net + line.tax
    assert sum(it["net"] + it["tax"] for it in rest.lines) == rest.total
