"""Whatever stands in an address or a form, wherever: no mistake of ours, no SQL, always a readable page."""

import re
from collections.abc import Iterator

import pytest
from werkzeug.routing import Rule

from storefront.platform.limits import limiter
from tests.characters import a_kettle
from tests.inspecting import PARTIAL, Answer, InspectingClient

NASTY = (
    *("-1", "1e400", "٣٤٥", "9" * 4000, "a\x00b", "\u202e\U0001f4b6", "eyJhIjoxfQ"),
    *("'; DROP TABLE products; --", '"><svg onload=alert(1)>', "../../etc/passwd"),
)
PARAMETERS = (
    "q",
    "price",
    "from",
    "to",
    "in_stock",
    "sort",
    "after",
    "colour",
    "brand",
    "variant",
    "delivery",
    "v",
    "rating",
    "stars",
)
FIELDS = (
    "variant",
    "quantity",
    "price",
    "choice-0",
    "choice-3",
    "key",
    "cart",
    "total_seen",
    "delivery",
    "email",
)
SQL = re.compile(r"psycopg|sqlalchemy|syntax error|invalid input syntax|SELECT .* FROM", re.IGNORECASE)


@pytest.fixture
def fearless_client(client: InspectingClient, monkeypatch: pytest.MonkeyPatch) -> InspectingClient:
    """A client that may ask as often as it likes."""
    monkeypatch.setattr(limiter, "enabled", False)
    kettle = a_kettle()
    client.post("/cart/lines", data={"variant": kettle.sku, "quantity": "1"})
    return client


def addresses(client: InspectingClient, method: str) -> Iterator[str]:
    """Every address of the shop, with something in each of its gaps."""
    rules: Iterator[Rule] = client.application.url_map.iter_rules()
    for rule in rules:
        if method in (rule.methods or ()) and rule.endpoint != "static":
            yield re.sub(
                r"<int[^>]*>",
                "1",
                re.sub(r"<any\((\w+)[^>]*>", r"\1", re.sub(r"<(?!any|int)[^>]*>", "gap", rule.rule)),
            )


@pytest.mark.parametrize("nasty", NASTY)
def test_any_parameter_anywhere(fearless_client: InspectingClient, nasty: str) -> None:
    for address in addresses(fearless_client, "GET"):
        for headers in ({}, PARTIAL):
            told = dict.fromkeys(PARAMETERS, nasty)
            assert_readable(fearless_client.get(address, query_string=told, headers=headers))


@pytest.mark.parametrize("nasty", NASTY)
def test_any_field_anywhere(fearless_client: InspectingClient, nasty: str) -> None:
    for address in addresses(fearless_client, "POST"):
        for headers in ({}, PARTIAL):
            assert_readable(fearless_client.post(address, data=dict.fromkeys(FIELDS, nasty), headers=headers))


@pytest.mark.parametrize("nasty", NASTY)
def test_any_address(fearless_client: InspectingClient, nasty: str) -> None:
    for address in addresses(fearless_client, "GET"):
        if "gap" in address:
            assert_readable(fearless_client.get(address.replace("gap", nasty)))


def assert_readable(answer: Answer) -> None:
    """No mistake of ours; the client itself has looked at the page."""
    assert answer.status_code < 500, answer.request.url
    assert not (answer.is_html and SQL.search(answer.get_data(as_text=True))), answer.request.url
