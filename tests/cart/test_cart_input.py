"""Whatever arrives, the cart answers with a sentence, keeps what was typed, and never breaks."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storefront.platform.limits import limiter
from tests.characters import a_kettle
from tests.inspecting import InspectingClient

NASTY = [
    "",
    " ",
    "0",
    "-1",
    "+1",
    "1.5",
    "1e3",
    "1e400",
    "NaN",
    "Infinity",
    "0x10",
    "100",
    "2147483648",
    "9" * 30,
    "9" * 5000,
    "٣",
    "²",
    "1\x00",
    "\ufeff1",
    "1 2",
    "<script>alert(1)</script>",
    "'; DROP TABLE carts; --",
    "\ud800".encode("utf-8", "replace").decode(),
]
anything = st.one_of(st.sampled_from(NASTY), st.text(max_size=60), st.integers().map(str))


@pytest.fixture
def patient_client(client: InspectingClient, monkeypatch: pytest.MonkeyPatch) -> InspectingClient:
    """Ada's browser, however often it asks."""
    monkeypatch.setattr(limiter, "enabled", False)
    return client


@pytest.mark.parametrize("quantity", NASTY)
def test_no_quantity_breaks_adding(client: InspectingClient, quantity: str) -> None:
    answer = client.post("/cart/lines", data={"variant": a_kettle().sku, "quantity": quantity})
    assert answer.status_code == 422
    sentence = answer.document.text("#not-added")
    assert sentence.startswith("Please enter a")
    kept = answer.document.one("input[type='number']").get("value")
    assert kept == "".join(char for char in quantity.strip() if char.isprintable())


@pytest.mark.parametrize("quantity", [nasty for nasty in NASTY if nasty != "0"])
def test_no_quantity_breaks_changing(client: InspectingClient, quantity: str) -> None:
    client.post("/cart/lines", data={"variant": a_kettle().sku, "quantity": "2"})
    address = client.see("/cart").all(".cart-line form")[0].get("action", "")
    answer = client.post(address, data={"quantity": quantity})
    assert answer.status_code == 422
    assert "Please enter a" in answer.document.text(".cart-line .notice")
    assert client.see("/cart").one("input[type='number']").get("value") == "2"


@pytest.mark.parametrize("variant", [nasty for nasty in NASTY if nasty.strip()])
def test_no_variant_breaks_adding(client: InspectingClient, variant: str) -> None:
    answer = client.post("/cart/lines", data={"variant": variant, "quantity": "1"})
    assert answer.status_code in (404, 422)
    assert answer.document.text("#not-added")


@pytest.mark.parametrize("form", [{}, {"quantity": "1"}, {"variant": ""}, {"variant": "", "quantity": ""}])
def test_a_form_without_fields_is_told_so(client: InspectingClient, form: dict[str, str]) -> None:
    answer = client.post("/cart/lines", data=form)
    assert answer.status_code == 422
    assert answer.document.text("#not-added") == "We do not know what you meant to put into the cart."


@pytest.mark.parametrize("line", ["0", "1", "9" * 18, str(2**63 - 1), str(2**63), "9" * 40, "-1", "x", "1.5"])
@pytest.mark.parametrize("quantity", ["0", "1"])
def test_no_line_number_breaks_changing(client: InspectingClient, line: str, quantity: str) -> None:
    answer = client.post(f"/cart/lines/{line}", data={"quantity": quantity})
    assert answer.status_code in (303, 404)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(variant=anything, quantity=anything, choice=st.none() | anything)
def test_anything_may_be_added(
    patient_client: InspectingClient, variant: str, quantity: str, choice: str | None
) -> None:
    form = {"variant": variant, "quantity": quantity} | ({} if choice is None else {"choice-0": choice})
    assert patient_client.post("/cart/lines", data=form).status_code in (404, 422)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(quantity=anything, price=anything)
def test_anything_may_be_changed_to(patient_client: InspectingClient, quantity: str, price: str) -> None:
    answer = patient_client.post("/cart/lines/7", data={"quantity": quantity, "price": price})
    assert answer.status_code in (303, 404, 422)


@pytest.mark.parametrize("address", ["/cart/lines", "/cart/lines/1", "/cart/remainder"])
def test_who_changes_too_often_is_asked_to_wait(client: InspectingClient, address: str) -> None:
    answers = [client.post(address).status_code for _ in range(61)]
    assert answers[-1] == 429
    assert 429 not in answers[:50]
    answer = client.post(address)
    assert int(answer.headers["Retry-After"]) > 0
    assert client.get("/cart").status_code == 200
