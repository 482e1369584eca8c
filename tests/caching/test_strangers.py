"""What is kept is nobody's own; what is somebody's own is not kept, whatever the address or headers say."""

import pytest
from flask import Flask

from storefront.catalog.models import Variant
from storefront.platform import cache
from tests.caching import crowd
from tests.characters import a_category, a_product, a_variant, stocked
from tests.inspecting import InspectingClient
from tests.till import bought, put

EVIL = "evil.example"
POISON = {
    "Accept-Language": EVIL,
    "Cookie": f"sf_cart={EVIL}",
    "Forwarded": f"for=1;host={EVIL}",
    "HX-Boosted": EVIL,
    "HX-Current-URL": f"https://{EVIL}",
    "HX-Request": "true",
    "HX-Target": EVIL,
    "Origin": f"https://{EVIL}",
    "Range": "bytes=0-10",
    "Referer": f"https://{EVIL}",
    "User-Agent": EVIL,
    "X-Forwarded-For": EVIL,
    "X-Forwarded-Host": EVIL,
    "X-Forwarded-Prefix": f"/{EVIL}",
    "X-Forwarded-Proto": EVIL,
    "X-Forwarded-Scheme": EVIL,
    "X-HTTP-Method-Override": "POST",
    "X-Host": EVIL,
    "X-Original-URL": f"/{EVIL}",
    "X-Request-ID": EVIL,
    "X-Rewrite-URL": f"/{EVIL}",
}


@pytest.fixture
def kettle(database: None) -> Variant:
    kettle = a_product("Kettle", slug="kettle", category=a_category("Kettles"))
    return stocked(a_variant(kettle), 999)


def test_no_stranger_reads_of_another(app: Flask, kettle: Variant) -> None:
    people = crowd.strangers(app, sessions=10, steps=25, thing=kettle)
    assert list(crowd.leaks(people)) == []
    assert sum(one.name in answer for one in people for answer in one.answers) > 0


@pytest.mark.parametrize("header", POISON)
def test_no_header_gets_into_a_page_that_others_see(app: Flask, kettle: Variant, header: str) -> None:
    first = app.test_client().get("/products/kettle", headers={header: POISON[header]})
    assert first.status_code == 200
    assert EVIL not in first.text + str(first.headers)
    forget_all()
    clean = app.test_client().get("/products/kettle")
    assert clean.data == first.data


def forget_all() -> None:
    server = cache.valkey()
    assert server is not None
    server.flushdb()


@pytest.mark.parametrize(
    "query", [f"?q=kettle&q={EVIL}", f"?utm_source={EVIL}&q=kettle", f"?q=kettle&callback={EVIL}"]
)
def test_no_second_parameter_gets_into_a_page_that_others_see(
    app: Flask, kettle: Variant, query: str
) -> None:
    first = app.test_client().get(f"/search{query}")
    clean = app.test_client().get("/search?q=kettle")
    assert EVIL not in first.text
    assert (first.data, clean.headers["Cache-Status"]) == (clean.data, "storefront; hit")


def test_another_host_is_another_shop(app: Flask, kettle: Variant) -> None:
    app.test_client().get("/products/kettle", headers={"Host": EVIL})
    assert EVIL not in app.test_client().get("/products/kettle").text


def test_another_method_is_no_reading(app: Flask, kettle: Variant) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW"):
        answer = app.test_client().open("/products/kettle", method=method)
        assert (answer.status_code, answer.headers.get("Cache-Status")) == (405, None)


@pytest.mark.parametrize(
    "address",
    [
        *(
            "/cart/x.css",
            "/cart.css",
            "/cart;x.css",
            "/cart%2fx.css",
            "/cart?x.css",
            "/cart%00.css",
        ),
        *(
            "/checkout/x.js",
            "/account/x.css",
            "{order}/x.css",
            "{order}.css",
            "{order};.css",
            "{order}?x.css",
        ),
        *("/products/x.css", "/products/kettle/x.css", "/products/..%2f..{order}", "/pages/..%2fcart"),
    ],
)
def test_no_address_makes_a_personal_page_look_public(
    client: InspectingClient, kettle: Variant, address: str
) -> None:
    order = bought(client, kettle)
    put(client, kettle)
    token = order.one("form[action^='/orders/']").get("action", "").split("/")[2]
    answer = client.get(address.format(order=f"/orders/{token}"))
    assert "public" not in answer.headers.get("Cache-Control", "")
    assert "hit" not in answer.headers.get("Cache-Status", "")
    server = cache.valkey()
    assert server is not None
    assert list(server.scan_iter("page:*")) == []
