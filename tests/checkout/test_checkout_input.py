"""Whatever arrives at the till is answered with a sentence and kept; it never breaks, and shows no SQL."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from storefront.orders.models import Order
from storefront.platform import db
from storefront.platform.forms import readable
from storefront.platform.limits import limiter
from tests.characters import a_kettle
from tests.documents import Form
from tests.inspecting import InspectingClient, form_that_says
from tests.till import PAYS, put, typed

NASTY = [
    "",
    " ",
    "\t\n",
    "0",
    "-1",
    "1e400",
    "NaN",
    "٣٤٥٦٧",
    "a\x00b",
    "\x1b[31m",
    "\ufeff",
    "\u202eevil",
    "\U0001f4b6",
    "ß" * 5000,
    "9" * 5000,
    "<script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "'; DROP TABLE orders; --",
    "{{ 7 * 7 }}",
    "../../etc/passwd",
    "ada@",
    "@example.com",
    "ada@localhost",
    "ada@example.com\r\nBcc: ben@example.com",
    "DE DE",
    "ZZ",
    "de",
]
WORST = ("a\x00b", "9" * 5000, '"><svg onload=alert(1)>')
FIELDS = (
    *("key", "cart", "total_seen", "name", "email", "email_meant", "phone", "delivery", "note", "payment"),
    *("address_country", "address_street", "address_postal_code", "address_city", "address_area"),
    *("own_bill", "bill_name", "bill_company", "bill_vat_id", "bill_country", "bill_street"),
    *("bill_postal_code", "bill_city", "bill_area"),
)
WORDS = [name for name in FIELDS if name not in ("key", "cart", "total_seen", "own_bill")]
HOME = {"delivery": "home", "payment": "bank_transfer"}
BILL = {
    "own_bill": "1",
    "bill_name": "Ben Okafor",
    "bill_country": "FR",
    "bill_street": "1 rue de la Paix",
    "bill_postal_code": "75002",
    "bill_city": "Paris",
}
anything = st.one_of(st.sampled_from(NASTY), st.text(max_size=80))


@pytest.fixture
def till(client: InspectingClient, monkeypatch: pytest.MonkeyPatch) -> Form:
    """The checkout form with everything filled in well, for a client that may press as often as it likes."""
    monkeypatch.setattr(limiter, "enabled", False)
    put(client, a_kettle(1000), 1)
    page = client.submit(client.see("/checkout"), "Update the total", **typed(home=True), delivery="home")
    form = form_that_says(page.document, PAYS)
    form.fields |= {name: [value] for name, value in (typed(home=True) | HOME | BILL).items()}
    return form


def fields(form: Form, **changes: str) -> dict[str, list[str]]:
    return form.fields | {name: [value] for name, value in changes.items()}


def again(client: InspectingClient, till: Form) -> None:
    """Nothing was wrong with it, so it is bought: fill another cart."""
    put(client, a_kettle(1000), 1)
    page = client.see("/checkout")
    till.fields |= {field: [page.one(f"[name='{field}']").get("value", "")] for field in ("cart", "key")}


def orders() -> int:
    return len(db.session.scalars(select(Order.id)).all())


@pytest.mark.parametrize("name", FIELDS)
def test_no_field_breaks_the_till(client: InspectingClient, till: Form, name: str) -> None:
    for value in WORST:
        placed = orders()
        sent = fields(till, **{name: value})
        answer = client.post("/orders", data=sent)
        if answer.status_code == 303:
            again(client, till)
            continue
        assert answer.status_code in (409, 422), value
        assert answer.document.texts("#checkout .notice.bad"), value
        assert answer.document.one("[id='name']").get("value") == readable(sent["name"][0].strip())
        assert orders() == placed


@pytest.mark.parametrize("value", NASTY)
def test_no_value_breaks_it_in_all_fields_at_once(client: InspectingClient, till: Form, value: str) -> None:
    sent = fields(till, **dict.fromkeys(WORDS, value))
    answer = client.post("/orders", data=sent)
    assert answer.status_code == 422
    assert answer.document.texts("#checkout .notice.bad li")
    choosing = client.post("/checkout", data=sent)
    assert choosing.status_code == 200
    assert choosing.document.text("#buy").startswith(PAYS)


@pytest.mark.parametrize("name", ["delivery", "anything"])
@pytest.mark.parametrize("value", NASTY)
def test_no_parameter_breaks_the_page(client: InspectingClient, till: Form, name: str, value: str) -> None:
    assert client.get("/checkout", query_string={name: value}).status_code == 200


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(name=st.sampled_from(FIELDS), value=anything, other=st.sampled_from(FIELDS), more=anything)
def test_no_two_fields_break_it(
    client: InspectingClient, till: Form, name: str, value: str, other: str, more: str
) -> None:
    answer = client.post("/orders", data=fields(till, **{name: value, other: more}))
    assert answer.status_code in (303, 409, 422)


def test_a_field_that_comes_twice_or_not_at_all(client: InspectingClient, till: Form) -> None:
    for name in FIELDS:
        twice = till.fields | {name: [*till.fields.get(name, []), "x"]}
        assert client.post("/checkout", data=twice).status_code == 200
        missing = {key: value for key, value in till.fields.items() if key != name}
        assert client.post("/checkout", data=missing).status_code == 200
    assert client.post("/orders", data={}).status_code == 422
    assert client.post("/orders", data=b"\xff\x00", content_type="text/plain").status_code == 422
