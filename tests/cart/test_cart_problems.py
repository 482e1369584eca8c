"""What is wrong in a cart is said before it is paid, with the way on."""

from sqlalchemy import update

from storefront.catalog.models import Product
from storefront.platform import db
from tests.carts import EMPTY, cart, lines, put
from tests.characters import a_kettle, reprice, stocked
from tests.inspecting import InspectingClient


def test_adding_too_many_keeps_what_was_typed_and_offers_what_is_left(client: InspectingClient) -> None:
    kettle = a_kettle(units=3)
    put(client, kettle, 1)
    answer = put(client, kettle, 7)
    assert answer.status_code == 409
    assert "Only 3 of “Kettle” are left" in answer.document.text("#added")
    assert answer.document.one("input[type='number']").get("value") == "7"
    assert client.submit(answer, "Add 2").status_code == 303
    assert lines(cart(client)) == [("Kettle", "3")]


def test_what_is_sold_out_is_refused_politely(client: InspectingClient) -> None:
    answer = put(client, a_kettle(units=0))
    assert answer.status_code == 409
    assert "“Kettle” is sold out." in answer.document.text("main")
    assert EMPTY in cart(client).text("main")


def test_changing_to_too_many_is_told_at_the_line(client: InspectingClient) -> None:
    put(client, a_kettle(units=3), 2)
    answer = client.submit(cart(client), "Update", quantity=5)
    assert answer.status_code == 409
    field = answer.document.one("input[type='number']")
    assert (field.get("value"), field.get("aria-invalid")) == ("5", "true")
    assert answer.document.text(f"#{field.get('aria-describedby')}") == "Only 3 of “Kettle” are left."
    page = client.follow(client.submit(answer, "Take 3")).document
    assert lines(page) == [("Kettle", "3")]


def test_a_changed_price_is_told_with_both_prices_until_ada_takes_it(client: InspectingClient) -> None:
    kettle = a_kettle(price=4800)
    put(client, kettle)
    reprice(kettle, 5200)
    for _twice in range(2):  # Looking is not accepting.
        page = cart(client)
        assert "it was €48.00 and is now €52.00" in page.text(".cart-line")
    page = client.follow(client.submit(page, "Take it at €52.00")).document
    assert "€48.00" not in page.text("main")


def test_everything_wrong_is_said_before_the_checkout(client: InspectingClient) -> None:
    short, gone, former = (a_kettle(units=5, title=title) for title in ("Kettle", "Cup", "Bowl"))
    for thing in (short, gone, former):
        put(client, thing, 3)
    stocked(short, 2)
    stocked(gone, 0)
    with db.transaction() as session:
        session.execute(update(Product).where(Product.id == former.product_id).values(status="archived"))
    page = cart(client)
    told = page.texts(".cart-line .notice")
    assert told[0].startswith("Only 2 are left; you wanted 3. The total counts 2.")
    assert told[1].startswith("This is sold out")
    assert told[2].startswith("This is no longer sold")
    assert not page.all("a[href='/checkout']")
    assert page.texts(".cart-line h2 a") == ["Kettle", "Cup"]  # A withdrawn thing has no page to lead to.
    page = client.follow(client.submit(page, "Continue with what is left")).document
    assert lines(page) == [("Kettle", "2")]
    assert page.all("a[href='/checkout']")


def test_what_is_gone_for_good_is_taken_out_in_one_click(client: InspectingClient) -> None:
    gone = a_kettle(units=5)
    put(client, gone, 3)
    stocked(gone, 0)
    page = cart(client)
    assert not page.all(".cart-ways")
    page = client.follow(client.submit(page, "Take it out")).document
    assert EMPTY in page.text("main")
