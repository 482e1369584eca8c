"""Two members of staff work on one order: nobody acts on a page that is no longer true."""

from collections.abc import Callable

import pytest

from storefront.checkout.actions import cancel_order
from storefront.checkout.fulfilment import pack_order, ready_order
from storefront.office.orders import correction_views
from storefront.office.orders import page as page_of_order
from storefront.office.orders.correcting import Correction, correct_order
from storefront.office.orders.page import OrderPage
from storefront.orders import queries as orders
from storefront.platform import db
from storefront.platform.errors import Busy
from tests.characters import ada
from tests.inspecting import InspectingClient
from tests.office.orders.desk import page_of, stands
from tests.shopping import an_order

Meanwhile = Callable[..., None]


def test_who_packs_what_a_colleague_packed_is_told(desk: InspectingClient, somebody_else: Meanwhile) -> None:
    order = an_order()
    page = page_of(desk, order)
    somebody_else(pack_order, order.id)
    answer = desk.submit(page, "Mark as packed")
    assert answer.status_code == 409
    told = answer.document.texts("#refusal")[0]
    assert "nothing was done" in told
    assert "Packed, by staff" in told
    assert len(answer.document.all(".order-story li")) == 2


def test_who_cancels_what_a_colleague_packed_is_told(
    desk: InspectingClient, somebody_else: Meanwhile
) -> None:
    order = an_order()
    page = page_of(desk, order)
    somebody_else(pack_order, order.id)
    answer = desk.submit(page, "Cancel the order", reason="The customer called")
    assert answer.status_code == 409
    assert stands(order) == ("open", "packed", "authorised")


def test_who_packs_while_the_address_is_corrected_looks_again(
    desk: InspectingClient, somebody_else: Meanwhile
) -> None:
    order = an_order(delivery="home", payment="cash_on_delivery")
    page = page_of(desk, order)
    right = Correction(ada.name, ada.email, ada.phone, {**ada.address, "street": "Lange Reihe 7"}, None)
    somebody_else(correct_order, order.id, right)
    answer = desk.submit(page, "Mark as packed")
    assert answer.status_code == 409
    assert "Corrected" in answer.document.texts("#refusal")[0]
    desk.follow(desk.submit(answer, "Mark as packed"))
    assert stands(order)[1] == "packed"


def test_what_a_colleague_does_between_the_look_and_the_change_is_not_missed(
    desk: InspectingClient, somebody_else: Meanwhile, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = an_order(delivery="home", payment="cash_on_delivery")
    page = page_of(desk, order)
    right = Correction(ada.name, ada.email, ada.phone, {**ada.address, "street": "Lange Reihe 7"}, None)
    look = page_of_order.numbered

    def just_before(*asked: str) -> OrderPage:
        found = look(*asked)
        monkeypatch.undo()
        somebody_else(correct_order, order.id, right)
        return found

    monkeypatch.setattr(page_of_order, "numbered", just_before)
    answer = desk.submit(page, "Mark as packed")
    assert answer.status_code == 409
    assert "Corrected" in answer.document.texts("#refusal")[0]
    assert stands(order)[1] == "waiting"


def test_who_presses_twice_packs_once_and_sees_that_it_is_packed(desk: InspectingClient) -> None:
    order = an_order()
    page = page_of(desk, order)
    for _ in range(2):
        seen = desk.follow(desk.submit(page, "Mark as packed"))
        assert seen.document.texts(".story-what") == ["Placed", "Packed"]


@pytest.mark.parametrize(
    ("before", "says"), [((), "Mark as paid"), ((pack_order, ready_order), "Handed over and paid")]
)
def test_a_double_click_is_one_click(
    desk: InspectingClient, before: tuple[Callable[[int], None], ...], says: str
) -> None:
    order = an_order()
    for action in before:
        action(order.id)
    page = page_of(desk, order)
    for _ in range(2):
        desk.follow(desk.submit(page, says))


def test_who_meets_a_busy_shop_keeps_what_they_typed(
    desk: InspectingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = an_order(payment="bank_transfer")
    form = desk.get(f"/admin/orders/{order.number}/correction")

    def busy(*_what: object, **_how: object) -> None:
        raise Busy

    monkeypatch.setattr(correction_views, "correct_order", busy)
    answer = desk.submit(form, "Save the correction", name="Ada Lovelace")
    assert answer.status_code == 503
    assert answer.document.all("#name")[0].get("value") == "Ada Lovelace"


def test_a_page_without_what_was_seen_still_cannot_do_what_is_not_allowed(desk: InspectingClient) -> None:
    order = an_order()
    cancel_order(order.id)
    for said in ("", "step.x", "step.1-", "-", "½.½", "x" * 500):
        answer = desk.post(f"/admin/orders/{order.number}/packing", data={"seen": said})
        assert answer.status_code == 409


def test_a_correction_that_comes_too_late_keeps_what_was_typed(
    desk: InspectingClient, somebody_else: Meanwhile
) -> None:
    order = an_order(payment="bank_transfer")
    form = desk.get(f"/admin/orders/{order.number}/correction")
    right = Correction("Ada L.", ada.email, ada.phone, None, None)
    somebody_else(correct_order, order.id, right)
    answer = desk.submit(form, "Save the correction", name="Ada Lovelace")
    assert answer.status_code == 409
    assert answer.document.all("#name")[0].get("value") == "Ada Lovelace"
    desk.follow(desk.submit(answer, "Save the correction"))
    db.release()
    assert orders.with_id(order.id).name == "Ada Lovelace"


def test_a_correction_after_packing_is_refused(desk: InspectingClient, somebody_else: Meanwhile) -> None:
    order = an_order()
    form = desk.get(f"/admin/orders/{order.number}/correction")
    somebody_else(pack_order, order.id)
    answer = desk.submit(form, "Save the correction", name="Ada Lovelace")
    assert answer.status_code == 409
    assert "no longer waiting to be packed" in answer.document.texts("main")[0]
