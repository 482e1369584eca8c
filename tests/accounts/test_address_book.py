"""Ada's address book: hers alone, with one place for deliveries and one for bills."""

import pytest
from sqlalchemy import select

from storefront.accounts import address_book
from storefront.accounts.models import MAX_ADDRESSES, Address
from storefront.platform import db
from storefront.platform.addresses import Address as Letter
from storefront.platform.errors import NotFound
from tests.characters import a_kettle, ada, ben
from tests.inspecting import Answer, InspectingClient
from tests.people import an_account, signed_in

HOME = {
    "name": ada.name,
    "country": "DE",
    "street": ada.street,
    "postal_code": ada.postal_code,
    "city": ada.city,
}


def write(client: InspectingClient, **fields: str | None) -> Answer:
    return client.submit(client.see("/account/addresses/new"), "Save", **HOME | fields)


def rows() -> list[tuple[str, bool, bool]]:
    query = select(Address).order_by(Address.id)
    return [(row.city, row.for_delivery, row.for_billing) for row in db.session.scalars(query)]


def test_the_first_address_is_where_things_go(client: InspectingClient) -> None:
    signed_in(client, ada)
    assert "empty" in client.see("/account/addresses").text()
    page = client.follow(write(client)).document
    assert "Torstraße 12" in page.text()
    assert "Deliveries go here" in page.text()
    write(client, city="Hamburg", postal_code="20099", for_billing="1")
    assert rows() == [("Berlin", True, False), ("Hamburg", False, True)]


def test_ada_changes_her_mind(client: InspectingClient) -> None:
    signed_in(client, ada)
    write(client)
    write(client, city="Hamburg", postal_code="20099")
    page = client.see(client.see("/account/addresses").all("a[href*='/account/addresses/']")[1].get("href"))
    assert page.one("#city").get("value") == "Hamburg"
    client.follow(client.submit(page, "Save", for_delivery="1", street="Lange Reihe 8"))
    assert rows() == [("Berlin", False, True), ("Hamburg", True, False)]
    client.follow(client.submit(client.see("/account/addresses"), "Take out: Ada Lindt, Torstraße 12"))
    assert rows() == [("Hamburg", True, False)]


def test_each_country_asks_for_its_own_parts(client: InspectingClient) -> None:
    signed_in(client, ada)
    page = client.see("/account/addresses/new")
    american = client.submit(page, "Show this country", country="US", street="1 Main Street").document
    assert american.one("#area")
    assert american.one("#street").get("value") == "1 Main Street"
    part = client.fragment("/account/addresses/form", method="POST", data=HOME | {"country": "US"})
    assert part.document.one("form#address")
    assert not part.document.whole
    refused = client.submit(american, "Save", postal_code="abc", city="Springfield", name=ada.name)
    assert refused.status_code == 422
    assert refused.document.all("[aria-invalid='true']")


def test_what_is_wrong_is_said_and_all_is_kept(client: InspectingClient) -> None:
    signed_in(client, ada)
    refused = write(client, postal_code="1", vat_id="DE123", company="Lindt & Co")
    assert refused.status_code == 422
    assert refused.document.one("#company").get("value") == "Lindt & Co"
    assert rows() == []


def test_bens_hands_off_adas_addresses(client: InspectingClient, another_client: InspectingClient) -> None:
    signed_in(client, ada)
    signed_in(another_client, ben)
    write(client)
    key = db.session.scalars(select(Address.id)).one()
    for path in (f"/account/addresses/{key}", f"/account/addresses/{key + 1}"):
        assert another_client.get(path).status_code == 404
        assert another_client.post(path, data=HOME).status_code == 404
    assert another_client.post("/account/addresses/form", data=HOME | {"of": str(key)}).status_code == 404
    another_client.post(f"/account/addresses/{key}/removal")
    assert rows() == [("Berlin", True, True)]


def test_a_book_is_full_one_day(client: InspectingClient) -> None:
    account = signed_in(client, ada)
    letter = Letter(**HOME)
    for _number in range(MAX_ADDRESSES):
        address_book.add_address(account.id, letter, for_delivery=False, for_billing=False)
    refused = write(client)
    assert (refused.status_code, "full" in refused.document.text()) == (422, True)
    with pytest.raises(NotFound):
        address_book.change_address(account.id, 1, letter, for_delivery=True, for_billing=True)


def test_the_checkout_begins_with_what_is_known(client: InspectingClient) -> None:
    signed_in(client, ada)
    write(client)
    write(client, city="Hamburg", postal_code="20099", company="Lindt & Co", for_billing="1")
    client.post("/cart/lines", data={"variant": a_kettle().sku, "quantity": "1"})
    page = client.see("/checkout?delivery=home")
    values = {
        name: page.one(f"#{name}").get("value")
        for name in ("name", "email", "phone", "address_city", "bill_city")
    }
    assert values == {
        "name": ada.name,
        "email": ada.email,
        "phone": ada.phone,
        "address_city": "Berlin",
        "bill_city": "Hamburg",
    }
    assert page.one("#own_bill").get("checked") is not None


def test_two_windows_say_what_comes_first_one_by_one(client: InspectingClient) -> None:
    account = an_account(ada)
    first = address_book.add_address(account.id, Letter(**HOME), for_delivery=True, for_billing=True)
    second = address_book.add_address(account.id, Letter(**HOME), for_delivery=True, for_billing=False)
    address_book.change_address(account.id, first, Letter(**HOME), for_delivery=True, for_billing=True)
    assert second != first
    assert [row[1:] for row in rows()] == [(True, True), (False, False)]
