"""A browser that does not say which page a form stands on: the form says it, or its sender is asked."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from pydantic import SecretStr
from sqlalchemy import select

from storefront.accounts.models import Account
from storefront.catalog.models import Product, Variant
from storefront.platform import db
from storefront.platform.vouching import FIELD, FORM, Vouched
from tests.carts import EMPTY, cart, first_line, lines, put
from tests.characters import a_kettle, ada, ben
from tests.documents import Document
from tests.inspecting import Answer, InspectingClient, silent
from tests.people import signed_in

ASKS = "Did you press that button here?"


@pytest.fixture
def old_browser(client: InspectingClient) -> InspectingClient:
    return silent(client)


def token_of(page: Document) -> str:
    """All forms of a page bear the same."""
    (token,) = {field.get("value", "") for field in page.all(f"input[name={FIELD}]")}
    return token


def page_of(kettle: Variant) -> str:
    slug = db.session.scalars(select(Product.slug).where(Product.id == kettle.product_id)).one()
    db.release()
    return f"/products/{slug}"


def name_of(account: Account) -> str:
    with db.transaction() as session:
        return session.get_one(Account, account.id).name


def test_every_form_that_changes_something_bears_its_token(app: Flask) -> None:
    loader = app.jinja_env.loader
    assert loader is not None
    for name in app.jinja_env.list_templates(["html"]):
        source, _file, _fresh = loader.get_source(app.jinja_env, name)
        changing = len(re.findall(r'\bmethod="post"', source))
        compiled = Vouched(app.jinja_env).preprocess(source, name)
        assert compiled.count('{{ form_token() }}"></form>') == changing, name
        assert source.count("<form") == len(FORM.findall(source)), name


def test_an_old_browser_shops_by_our_own_forms(old_browser: InspectingClient) -> None:
    kettle = a_kettle(9)
    page = old_browser.see(page_of(kettle))
    old_browser.submit(page, "Add to cart", variant=kettle.sku)
    old_browser.submit(cart(old_browser), "Update", quantity=3)
    assert lines(cart(old_browser)) == [("Kettle", "3")]


def test_whoever_says_nothing_is_asked_and_loses_nothing(old_browser: InspectingClient) -> None:
    put(old_browser, a_kettle(9))
    address = first_line(cart(old_browser))
    asked = old_browser.post(address, data={"quantity": "4", "line": "with\nbreaks"})
    assert (asked.status_code, asked.document.text("h1")) == (403, ASKS)
    assert asked.headers["X-Request-ID"] in asked.document.text("main")
    assert lines(cart(old_browser)) == [("Kettle", "1")]
    old_browser.submit(asked, "Yes, go on")
    assert lines(cart(old_browser)) == [("Kettle", "4")]


@pytest.mark.parametrize("token", ["", "wapiti", "é", "\0"])
def test_a_token_that_nobody_gave_out_opens_nothing(old_browser: InspectingClient, token: str) -> None:
    answer = old_browser.post("/cart/lines", data={"variant": a_kettle().sku, "quantity": "1", FIELD: token})
    assert (answer.status_code, answer.document.text("h1")) == (403, ASKS)
    assert EMPTY in cart(old_browser).text("main")


def test_bens_token_does_not_open_adas_account(
    client: InspectingClient, another_client: InspectingClient
) -> None:
    account = signed_in(client, ada)
    signed_in(another_client, ben)
    sent = {"name": "Mallory", FIELD: token_of(another_client.see("/account/details"))}
    assert silent(client).post("/account/details", data=sent).status_code == 403
    assert name_of(account) == ada.name
    assert client.submit(client.see("/account/details"), "Save", name="Ada B.").status_code == 303
    assert name_of(account) == "Ada B."


def test_a_kept_page_has_one_token_for_everybody_which_opens_no_account(
    client: InspectingClient, another_client: InspectingClient
) -> None:
    account = signed_in(client, ada)
    address = page_of(a_kettle())
    tokens = {token_of(browser.see(address)) for browser in (client, another_client)}
    assert len(tokens) == 1
    sent = {"name": "Mallory", FIELD: tokens.pop()}
    assert silent(client).post("/account/details", data=sent).status_code == 403
    assert name_of(account) == ada.name


def test_a_file_cannot_wait_and_is_refused(old_browser: InspectingClient) -> None:
    put(old_browser, a_kettle())
    form: dict[str, Any] = {"quantity": "4"}
    answer = old_browser.post(first_line(cart(old_browser)), data=form, content_type="multipart/form-data")
    assert "sent from another site" in answer.document.text("main")


@pytest.mark.parametrize("kind", ["application/json", "application/csp-report"])
def test_what_no_form_can_send_came_from_none(old_browser: InspectingClient, kind: str) -> None:
    put(old_browser, a_kettle())
    answer = old_browser.post("/csp-reports", data="{}", content_type=kind)
    assert answer.status_code != 403


def test_a_form_outlives_a_new_key(another_app: Callable[..., Flask], settings: Any) -> None:
    before = silent(InspectingClient(another_app(), Answer))
    after = silent(
        InspectingClient(
            another_app(secret_key=SecretStr("k" * 50), secret_key_fallbacks=(settings.secret_key,)), Answer
        )
    )
    kettle = a_kettle(9)
    put(before, kettle)
    holder = before.get_cookie("sf_cart")
    assert holder is not None
    after.set_cookie("sf_cart", holder.value)
    after.submit(cart(before), "Update", quantity=2)
    assert lines(cart(after)) == [("Kettle", "2")]
