"""What is Ada's reaches nobody: all addresses, as Ben and as a guest, with her words planted everywhere."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import BuildError, IntegerConverter, Rule

from storefront.accounts import address_book, owning
from storefront.accounts.models import Account
from storefront.cart import merging
from storefront.orders.models import Order
from storefront.platform import db
from storefront.platform.addresses import Address
from storefront.platform.limits import limiter
from tests.characters import Person, a_kettle, ben
from tests.inspecting import Answer, InspectingClient
from tests.people import an_account, sign_in, signed_in
from tests.shopping import a_cart, an_order

CANARY = "kanarienvogel"
PLANTED = Person(
    f"{CANARY} name",
    f"{CANARY}@example.com",
    f"{CANARY} 55501",
    f"{CANARY} street",
    "10119",
    f"{CANARY} city",
)
LEAVES = {"sign_in.delete"}
"""What would end the walk."""
PASSING = re.compile(r'quote [0-9a-f]{16}|value="[0-9a-f-]{36}"|"request_id": "[0-9a-f]+"')
NOWHERE: dict[str, int | str] = {"int": 10**15, "str": "ZZZZZZ"}


@pytest.fixture
def adas(client: InspectingClient) -> dict[str, int | str]:
    """Ada has an account with everything in it; what her things are called in addresses."""
    account = an_account(PLANTED)
    home = Address(**PLANTED.address | {"company": f"{CANARY} company", "vat_id": ""})
    key = address_book.add_address(account.id, home, for_delivery=True, for_billing=True)
    order = an_order(
        (a_kettle(), 1), who=PLANTED, note=f"{CANARY} note", delivery="home", payment="cash_on_delivery"
    )
    cart = a_cart((a_kettle(), 1))
    merging.claim(cart.token, account.id)
    owning.ask_to_change_email(account.id, f"{CANARY}.new@example.com")
    with db.transaction() as session:
        session.get_one(Order, order.id).account_id = account.id
    sign_in(client, account)
    return {
        "number": order.number,
        "address_id": key,
        "sign_in_id": 1,
        "order_id": order.id,
        "account_id": account.id,
        "line_id": 1,
    }


@pytest.fixture(autouse=True)
def unlimited(app: Flask) -> Iterator[None]:
    limiter.enabled = False
    yield
    limiter.enabled = True


def addresses(app: Flask, known: dict[str, int | str]) -> Iterator[tuple[str, str, str]]:
    """Method, the address of something of Ada's, and that of something that is not there."""
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        for rule in app.url_map.iter_rules():
            if rule.endpoint in LEAVES or rule.endpoint == "static" or "token" in rule.arguments:
                continue  # An order's token is the key to it; nobody guesses one.
            numbers = {name for name, it in rule._converters.items() if isinstance(it, IntegerConverter)}
            nothing: dict[str, int | str] = {
                name: NOWHERE["int" if name in numbers else "str"] for name in rule.arguments
            }
            hers = {name: known.get(name, nothing[name]) for name in rule.arguments}
            for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"}):
                try:
                    yield method, built(adapter, rule, hers, method), built(adapter, rule, nothing, method)
                except (BuildError, ValueError):  # Of a few words, ours is none.
                    continue


def built(adapter: object, rule: Rule, values: dict[str, int | str], method: str) -> str:
    return str(adapter.build(rule.endpoint, values, method=method))  # type: ignore[attr-defined]  # A MapAdapter.


def plain(answer: Answer, *names: str) -> tuple[int, str]:
    """What an answer says, without the names that its address bore."""
    text = PASSING.sub("", answer.get_data().decode(errors="replace"))
    for name in names:
        text = text.replace(name, "")
    return answer.status_code, text


def strangers(client: InspectingClient, app: Flask) -> Iterator[tuple[str, InspectingClient]]:
    yield "a guest", InspectingClient(app, Answer)
    signed_in(client, ben)
    yield "Ben", client


def test_no_word_of_adas_reaches_a_stranger(
    app: Flask, adas: dict[str, int | str], client: InspectingClient, another_client: InspectingClient
) -> None:
    assert CANARY in client.see("/account").text(), "it is planted"
    assert CANARY in client.see("/account/addresses").text()
    assert str(adas["number"]) in client.see("/account/orders").text()
    asked = 0
    for who, browser in strangers(another_client, app):
        for method, hers, nothing in list(addresses(app, adas)):
            answer = browser.open(hers, method=method)
            assert CANARY.encode() not in answer.get_data(), f"{method} {hers} tells {who} of Ada"
            assert CANARY not in str(answer.headers), f"{method} {hers} tells {who} of Ada"
            if hers != nothing:
                other = browser.open(nothing, method=method)
                names = [str(value) for value in (*adas.values(), *NOWHERE.values()) if len(str(value)) > 3]
                assert plain(answer, hers, *names) == plain(other, nothing, *names), f"{method} {hers}: {who}"
            asked += 1
    assert asked > 200
    assert CANARY in client.see("/account").text(), "and nobody has changed it"
    assert CANARY in client.see("/account/addresses").text()
    assert db.session.get_one(Account, adas["account_id"]).name == PLANTED.name
