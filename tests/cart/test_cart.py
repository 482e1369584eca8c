"""What lies in a cart: put in, changed, taken out, refused, swept; on the database alone."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text, update

from storefront.cart import actions, carts, jobs, queries
from storefront.cart.actions import add_to_cart, change_line, keep_what_is_left
from storefront.cart.basket import Line, Problem
from storefront.cart.models import Cart, CartLine
from storefront.cart.refusals import CartFull, LineGone, NotEnough, NotSold, TooMany
from storefront.catalog.models import Product, Variant
from storefront.config import Settings
from storefront.platform import clock, db
from storefront.platform.errors import NotFound
from tests.characters import a_kettle, a_product, a_variant, reprice, stocked
from tests.shopping import an_order

pytestmark = pytest.mark.usefixtures("database")


def lines_of(token: str | None) -> list[tuple[str, int]]:
    return [(line.sku, line.quantity) for line in queries.contents(token).lines]


def only_line(token: str) -> Line:
    (line,) = queries.contents(token).lines
    return line


def carts_there_are() -> int:
    return db.session.scalar(select(func.count()).select_from(Cart)) or 0


def withdraw(variant: Variant) -> None:
    with db.transaction() as session:
        session.execute(update(Product).where(Product.id == variant.product_id).values(status="archived"))


def test_a_thing_is_put_in_and_put_in_again() -> None:
    kettle = a_kettle(units=5, price=4800)
    first = add_to_cart(None, kettle.sku, 2)
    again = add_to_cart(first.token, kettle.sku, 1)
    assert again.token == first.token
    assert (again.line.quantity, again.units) == (3, 3)
    assert lines_of(first.token) == [(kettle.sku, 3)]


def test_a_cart_keeps_the_order_things_were_put_in() -> None:
    kettle, cup, bowl = a_kettle(title="Kettle"), a_kettle(title="Cup"), a_kettle(title="Bowl")
    token = None
    for thing in (bowl, kettle, cup, kettle):
        token = add_to_cart(token, thing.sku, 1).token
    assert lines_of(token) == [(bowl.sku, 1), (kettle.sku, 2), (cup.sku, 1)]


def test_more_than_is_left_is_refused_and_nothing_is_lost() -> None:
    kettle = a_kettle(units=3)
    token = add_to_cart(None, kettle.sku, 2).token
    with pytest.raises(NotEnough) as refused:
        add_to_cart(token, kettle.sku, 2)
    assert (refused.value.left, refused.value.already, refused.value.addable) == (3, 2, 1)
    assert "Only 3 of “Kettle” are left" in refused.value.message()
    assert lines_of(token) == [(kettle.sku, 2)]


def test_every_shortage_has_its_own_sentence() -> None:
    kettle, last = a_kettle(units=2), a_kettle(units=1, title="Cup")
    gone = a_kettle(units=0, title="Bowl")
    token = add_to_cart(None, kettle.sku, 2).token
    add_to_cart(token, last.sku, 1)

    def said(sku: str, quantity: int, token: str | None = token) -> str:
        with pytest.raises(NotEnough) as refused:
            add_to_cart(token, sku, quantity)
        return refused.value.message()

    assert said(gone.sku, 1) == "“Bowl” is sold out."
    assert said(last.sku, 2, token=None) == "Only one of “Cup” is left."
    assert said(last.sku, 1) == "Only one of “Cup” is left, and it is in your cart already."
    assert said(kettle.sku, 1) == "Only 2 of “Kettle” are left, and all of them are in your cart already."


def test_a_refused_first_thing_leaves_no_cart_behind() -> None:
    with pytest.raises(NotEnough):
        add_to_cart(None, a_kettle(units=0).sku, 1)
    assert carts_there_are() == 0


@pytest.mark.parametrize("status", ["draft", "archived"])
def test_what_is_not_on_sale_cannot_be_put_in(status: str) -> None:
    hidden = stocked(a_variant(a_product(status=status)), 5)
    with pytest.raises(NotSold):
        add_to_cart(None, hidden.sku, 1)


def test_unknown_and_withdrawn_choices_cannot_be_put_in() -> None:
    former = a_variant(archived=True)
    for sku in (former.sku, "NO-SUCH-THING", "' OR 1=1 --"):
        with pytest.raises(NotSold):
            add_to_cart(None, sku, 1)
    assert carts_there_are() == 0


def test_what_nobody_counts_is_always_there() -> None:
    wrapping = a_variant(tracked=False, price=100)
    token = add_to_cart(None, wrapping.sku, 99).token
    assert only_line(token).available is None


def test_there_is_a_most_of_one_thing(settings: Settings) -> None:
    most = settings.max_line_quantity
    wrapping = a_variant(tracked=False)
    token = add_to_cart(None, wrapping.sku, most - 1).token
    with pytest.raises(TooMany) as refused:
        add_to_cart(token, wrapping.sku, 2)
    assert refused.value.addable == 1
    assert str(most) in refused.value.message()
    with pytest.raises(TooMany):
        change_line(token, only_line(token).id, most + 1)
    assert lines_of(token) == [(wrapping.sku, most - 1)]


def test_there_is_a_most_of_different_things(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    small = settings.model_copy(update={"max_cart_lines": 2})
    monkeypatch.setattr(actions, "settings", lambda: small)
    kettle, cup, bowl = a_kettle(), a_kettle(), a_kettle()
    token = add_to_cart(add_to_cart(None, kettle.sku, 1).token, cup.sku, 1).token
    with pytest.raises(CartFull) as refused:
        add_to_cart(token, bowl.sku, 1)
    assert "At most 2" in refused.value.message()
    assert add_to_cart(token, cup.sku, 1).units == 3  # More of what is in it still fits.


def test_a_line_is_changed_and_its_last_one_takes_the_cart_along() -> None:
    kettle, cup = a_kettle(), a_kettle()
    token = add_to_cart(add_to_cart(None, kettle.sku, 1).token, cup.sku, 1).token
    first, second = queries.contents(token).lines
    change_line(token, first.id, 4)
    assert lines_of(token) == [(kettle.sku, 4), (cup.sku, 1)]
    taken_out = change_line(token, first.id, 0)
    assert taken_out
    assert taken_out.quantity == 4
    change_line(token, second.id, 0)
    assert carts_there_are() == 0


def test_what_was_taken_out_in_another_tab_can_be_taken_out_again_but_not_changed() -> None:
    kettle, cup = a_kettle(), a_kettle()
    token = add_to_cart(add_to_cart(None, kettle.sku, 1).token, cup.sku, 1).token
    line = queries.contents(token).lines[0]
    change_line(token, line.id, 0)
    assert change_line(token, line.id, 0) is None
    with pytest.raises(LineGone):
        change_line(token, line.id, 2)


def test_ben_cannot_touch_adas_line() -> None:
    kettle = a_kettle()
    of_ada = add_to_cart(None, kettle.sku, 2).token
    of_ben = add_to_cart(None, kettle.sku, 1).token
    line = only_line(of_ada)
    with pytest.raises(LineGone):
        change_line(of_ben, line.id, 5)
    change_line(of_ben, line.id, 0)
    change_line(None, line.id, 0)
    assert lines_of(of_ada) == [(kettle.sku, 2)]


def test_a_price_is_accepted_only_if_it_was_the_one_shown() -> None:
    kettle = a_kettle(price=4800)
    token = add_to_cart(None, kettle.sku, 1).token
    reprice(kettle, 5200)
    line = only_line(token)
    assert (line.problem, line.price_seen, line.price) == (Problem.PRICE_CHANGED, 4800, 5200)
    reprice(kettle, 5900)  # Between the page and the click.
    change_line(token, line.id, 1, price_shown=5200)
    assert only_line(token).problem is Problem.PRICE_CHANGED
    change_line(token, line.id, 1, price_shown=5900)
    assert only_line(token).problem is None


def test_adding_more_from_the_product_page_accepts_its_price() -> None:
    kettle = a_kettle(price=4800)
    token = add_to_cart(None, kettle.sku, 1).token
    reprice(kettle, 5200)
    add_to_cart(token, kettle.sku, 1)
    assert only_line(token).problem is None


def test_every_problem_is_told_and_kept_out_of_the_total() -> None:
    fine, short, gone, former = (a_kettle(units=5, price=1000) for _ in range(4))
    token = None
    for thing in (fine, short, gone, former):
        token = add_to_cart(token, thing.sku, 3).token
    assert token
    stocked(short, 2)
    stocked(gone, 0)
    withdraw(former)
    contents = queries.contents(token)
    assert [line.problem for line in contents.lines] == [
        None,
        Problem.SHORT,
        Problem.SOLD_OUT,
        Problem.WITHDRAWN,
    ]
    assert [line.obtainable for line in contents.lines] == [3, 2, 0, 0]
    assert (contents.items, contents.countable, len(contents.blocked)) == (5000, 5, 3)
    assert {way.code: quote.total.amount for way, quote in contents.ways} == {
        "drive_through": 5000,
        "pickup": 5000,
        "home": 5490,
    }


def test_one_click_keeps_what_is_left() -> None:
    fine, short, gone, former = (a_kettle(units=5) for _ in range(4))
    token = None
    for thing in (fine, short, gone, former):
        token = add_to_cart(token, thing.sku, 3).token
    stocked(short, 2)
    stocked(gone, 0)
    withdraw(former)
    keep_what_is_left(token)
    assert lines_of(token) == [(fine.sku, 3), (short.sku, 2)]
    stocked(fine, 0)
    stocked(short, 0)
    keep_what_is_left(token)
    assert carts_there_are() == 0
    keep_what_is_left(token)  # Nothing is there to be changed.


def test_a_line_that_is_short_or_gone_cannot_be_changed_to_what_is_not_there() -> None:
    kettle, cup = a_kettle(units=5), a_kettle(units=5)
    token = add_to_cart(add_to_cart(None, kettle.sku, 4).token, cup.sku, 1).token
    short, former = queries.contents(token).lines
    stocked(kettle, 2)
    withdraw(cup)
    with pytest.raises(NotEnough) as refused:
        change_line(token, short.id, 3)
    assert refused.value.left == 2
    with pytest.raises(NotSold):
        change_line(token, former.id, 2)
    change_line(token, short.id, 2)
    assert lines_of(token) == [(kettle.sku, 2), (cup.sku, 1)]


def test_an_ordered_cart_is_left_alone_and_a_new_one_begins() -> None:
    kettle = a_kettle(units=10)
    order = an_order((kettle, 2))
    token = db.session.scalars(select(Cart.token).where(Cart.id == order.cart_id)).one()
    assert queries.contents(token).lines == ()
    assert queries.units(token) == 0
    new = add_to_cart(token, kettle.sku, 1)
    assert new.token != token
    with pytest.raises(LineGone):
        change_line(token, new.line.id, 2)
    keep_what_is_left(token)
    assert db.session.scalar(select(func.count()).where(CartLine.cart_id == order.cart_id)) == 1


def test_a_lock_tells_that_a_cart_is_gone_or_closed() -> None:
    order = an_order()
    assert order.cart_id
    with db.transaction():
        assert carts.lock(order.cart_id).closed
        with pytest.raises(NotFound):
            carts.lock(order.cart_id + 1000)


def test_a_lock_reads_what_somebody_else_has_just_changed() -> None:
    token = add_to_cart(None, a_kettle().sku, 1).token
    with db.transaction() as session:
        before = session.scalars(select(Cart).where(Cart.token == token)).one()
        assert not before.closed
        with db.engine().begin() as elsewhere:
            elsewhere.execute(text("UPDATE carts SET closed = true"))
        assert carts.lock(before.id).closed


def test_old_carts_are_swept_and_young_and_ordered_ones_stay(settings: Settings) -> None:
    kettle = a_kettle(units=20)
    old, young = add_to_cart(None, kettle.sku, 1).token, add_to_cart(None, kettle.sku, 1).token
    an_order((kettle, 1))
    long_ago = clock.now() - timedelta(days=settings.cart_days, minutes=1)
    with db.transaction() as session:
        session.execute(update(Cart).where(Cart.token != young).values(touched_at=long_ago))
    jobs.sweep()
    assert queries.units(old) == 0
    assert queries.units(young) == 1
    assert carts_there_are() == 2
    assert actions.sweep_carts() == 0


def test_touching_a_cart_keeps_it_from_being_swept(settings: Settings) -> None:
    kettle = a_kettle()
    token = add_to_cart(None, kettle.sku, 1).token
    long_ago = clock.now() - timedelta(days=settings.cart_days, minutes=1)
    with db.transaction() as session:
        session.execute(update(Cart).values(touched_at=long_ago))
    change_line(token, only_line(token).id, 2)
    jobs.sweep()
    assert lines_of(token) == [(kettle.sku, 2)]


def test_radio_buttons_mean_the_variant_they_say() -> None:
    kettle = a_product(option_names=["Glaze", "Size"])
    small = a_variant(kettle, options=["Teal", "Small"])
    large = a_variant(kettle, options=["Teal", "Large"])
    rose = a_variant(kettle, options=["Rose", "Small"])
    a_variant(a_product(option_names=["Glaze", "Size"]), options=["Rose", "Large"])
    assert queries.chosen(small.sku, {}) == small.sku
    assert queries.chosen(small.sku, {0: "Teal", 1: "Small", 2: None}) == small.sku
    assert queries.chosen(small.sku, {1: "Large"}) == large.sku
    assert queries.chosen(large.sku, {0: "Rose", 1: "Small"}) == rose.sku
    assert queries.chosen(small.sku, {0: "Rose", 1: "Large"}) is None
    assert queries.chosen("UNKNOWN", {0: "Rose"}) == "UNKNOWN"
