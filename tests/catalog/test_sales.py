"""Sales begin and end by the clock, and the till charges the right price at any moment."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import update

from storefront.cart import basket
from storefront.catalog.actions import edit_product
from storefront.catalog.models import Price, Variant
from storefront.catalog.refusals import BadWish
from storefront.catalog.scheduling import actions
from storefront.catalog.scheduling.actions import PlanSale
from storefront.catalog.scheduling.models import Publication, Sale
from storefront.catalog.variants.actions import SetPrice, set_price
from storefront.catalog.wanted import EditProduct
from storefront.platform import clock, db
from storefront.platform.acting import acting_as
from storefront.platform.errors import NotFound
from tests.catalog.editing import CHARLIE, a_choice, a_jug, facts, price, product, troubles, variants
from tests.characters import CURRENCY
from tests.inspecting import InspectingClient
from tests.shopping import a_cart

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _charlie(database: None) -> Iterator[None]:
    with acting_as(CHARLIE, "request-1"):
        yield
        assert troubles() == []


def a_sale(variant: Variant, amount: int, starts: timedelta, ends: timedelta | None = None) -> int:
    now = clock.now()
    until = now + ends if ends is not None else None
    version = product(variant.product_id).version
    wish = PlanSale(version, now + starts, until, {variant.id: amount})
    return actions.plan_sale(variant.product_id, wish)


def passes(variant: Variant, hours: int) -> None:
    """Time goes by: what was planned is so many hours nearer."""
    gone = hours * HOUR
    with db.transaction() as session:
        session.execute(
            update(Sale)
            .where(Sale.variant_id == variant.id)
            .values(starts_at=Sale.starts_at - gone, ends_at=Sale.ends_at - gone)
        )


def charged(variant: Variant) -> int:
    """What the till would take for one."""
    cart = a_cart((variant, 1))
    (line,) = basket.lines(db.session(), cart.id, CURRENCY)
    assert line.price == line.price_seen
    return line.price


def a_variant_at(amount: int = 2400, **said: int) -> Variant:
    return variants(a_jug(a_choice(price=amount, on_hand=50, **said)).id)[0]


def test_a_sale_that_is_due_begins_at_once(client: InspectingClient) -> None:
    jug = a_variant_at(2400)
    a_sale(jug, 1900, -HOUR, HOUR)
    assert (price(jug), product(jug.product_id).price_from) == ((1900, 2400), 1900)
    page = client.get("/products/jug").text
    assert "€19.00" in page
    assert "€24.00" in page


def test_the_till_is_exact_though_the_worker_has_not_come_yet() -> None:
    jug = a_variant_at(2400)
    a_sale(jug, 1900, HOUR, 3 * HOUR)
    assert charged(jug) == 2400
    passes(jug, 2)
    assert (price(jug), charged(jug)) == ((2400, None), 1900)
    assert (actions.turn_prices(), charged(jug), price(jug)) == (1, 1900, (1900, 2400))
    passes(jug, 2)
    assert (price(jug), charged(jug)) == ((1900, 2400), 2400)
    assert (actions.turn_prices(), charged(jug), price(jug)) == (1, 2400, (2400, None))
    assert actions.turn_prices() == 0


def test_a_sale_that_was_slept_through_never_began() -> None:
    jug = a_variant_at(2400)
    a_sale(jug, 1900, HOUR, 2 * HOUR)
    passes(jug, 3)
    assert charged(jug) == 2400
    actions.turn_prices()
    assert price(jug) == (2400, None)


def test_what_was_reduced_before_is_so_again_afterwards() -> None:
    jug = a_variant_at(2400, compare_at=3000)
    a_sale(jug, 1900, -HOUR, HOUR)
    assert price(jug) == (1900, 3000)
    passes(jug, 2)
    actions.turn_prices()
    assert price(jug) == (2400, 3000)


def test_the_usual_price_can_change_during_a_sale() -> None:
    jug = a_variant_at(2400)
    a_sale(jug, 1900, -HOUR, HOUR)
    set_price(jug.id, SetPrice(2400, 2600))
    assert price(jug) == (1900, 2600)
    passes(jug, 2)
    actions.turn_prices()
    assert price(jug) == (2600, None)


def test_a_price_that_a_file_brought_meanwhile_is_not_taken_back() -> None:
    jug = a_variant_at(2400)
    a_sale(jug, 1900, -HOUR, HOUR)
    with db.transaction() as session:
        session.execute(update(Price).where(Price.variant_id == jug.id).values(amount=1500, compare_at=None))
    assert charged(jug) == 1500
    passes(jug, 2)
    assert charged(jug) == 1500
    actions.turn_prices()
    assert price(jug) == (1500, None)


def test_a_sale_without_an_end_lasts_until_somebody_ends_it() -> None:
    jug = a_variant_at(2400)
    a_sale(jug, 1900, -HOUR)
    passes(jug, 1000)
    assert (actions.turn_prices(), charged(jug)) == (0, 1900)
    version = actions.end_sales(jug.product_id)
    assert price(jug) == (2400, None)
    assert actions.end_sales(jug.product_id) == version


def test_a_new_sale_takes_the_place_of_the_old() -> None:
    jug = a_variant_at(2400)
    a_sale(jug, 1900, -HOUR, HOUR)
    a_sale(jug, 2100, -HOUR, 2 * HOUR)
    assert price(jug) == (2100, 2400)


def test_what_is_no_sale_is_refused() -> None:
    jug, now = a_variant_at(2400), clock.now()
    for wish in (
        PlanSale(1, now, now - HOUR, {jug.id: 1900}),
        PlanSale(1, now - 2 * HOUR, now - HOUR, {jug.id: 1900}),
        PlanSale(1, now, now + HOUR, {}),
        PlanSale(1, now, now + HOUR, {jug.id: 2400}),
    ):
        with pytest.raises(BadWish):
            actions.plan_sale(jug.product_id, wish)
    with pytest.raises(NotFound):
        actions.plan_sale(jug.product_id, PlanSale(1, now, None, {12345: 1}))


def test_a_draft_is_published_when_its_time_comes(client: InspectingClient) -> None:
    jug = a_jug(status="draft", publish_at=clock.now() + HOUR)
    assert actions.publish_due() == 0
    with db.transaction() as session:
        session.execute(update(Publication).values(at=clock.now()))
    assert actions.publish_due() == 1
    assert client.get("/products/jug").status_code == 200
    assert actions.publish_due() == 0
    edit_product(jug.id, EditProduct(2, facts("Jug", slug="jug", status="draft")))
    assert actions.publish_due() == 0
