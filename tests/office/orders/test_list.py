"""Charlie finds orders: by what they wait for, and by what customers say on the telephone."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

import pytest

from storefront.checkout.actions import cancel_order
from storefront.checkout.fulfilment import deliver_order, pack_order, ready_order, ship_order
from storefront.office.orders import finding, listing
from storefront.orders.models import Order
from storefront.payments.actions import settle_order
from tests.characters import Person, a_kettle, a_product, a_variant, ben, stocked
from tests.counting import Statements
from tests.inspecting import Answer, InspectingClient
from tests.shopping import an_order

LIST = "/admin/orders"


def shown(answer: Answer) -> list[str]:
    assert answer.status_code == 200
    return answer.document.texts(".order-number")


def numbers(*orders: Order) -> list[str]:
    return [order.number for order in orders]


def test_a_packer_begins_with_the_oldest_order_to_pack(desk: InspectingClient) -> None:
    first, second = an_order(), an_order(who=ben)
    awaited = an_order(payment="bank_transfer")
    assert shown(desk.get(LIST)) == numbers(first, second)
    assert shown(desk.get(f"{LIST}?state=unpaid")) == numbers(awaited)
    assert shown(desk.get(f"{LIST}?state=all")) == numbers(awaited, second, first)


def test_an_order_lies_in_one_heap_after_the_other(desk: InspectingClient) -> None:
    order = an_order(delivery="home", payment="bank_transfer")
    walk = []
    for action in (None, settle_order, pack_order, ship_order, deliver_order):
        if action:
            action(order.id)
        heaps = ("unpaid", "to-pack", "to-hand-over", "on-the-way", "done", "cancelled", "to-refund")
        walk.append([heap for heap in heaps if shown(desk.get(f"{LIST}?state={heap}"))])
    assert walk == [["unpaid"], ["to-pack"], ["to-hand-over"], ["on-the-way"], ["done"]]


def test_an_unknown_heap_is_the_first_one(desk: InspectingClient) -> None:
    order = an_order()
    assert shown(desk.get(f"{LIST}?state=nothing")) == numbers(order)


def test_heaps_are_counted(desk: InspectingClient, monkeypatch: pytest.MonkeyPatch) -> None:
    kettle = a_kettle(9)
    for _ in range(3):
        an_order((kettle, 1))
    an_order((kettle, 1), payment="bank_transfer")
    assert desk.see(LIST).texts(".tabs .tally") == ["3", "0", "1", "0"]
    monkeypatch.setattr(listing, "MOST_COUNTED", 2)
    assert desk.see(LIST).texts(".tabs .tally") == ["2+", "0", "1", "0"]


def test_empty_heaps_say_what_comes_there(desk: InspectingClient) -> None:
    assert "Nothing to pack." in desk.see(LIST).texts(".empty")[0]
    assert "There are no orders yet." in desk.see(f"{LIST}?state=all").texts(".empty")[0]


@pytest.mark.parametrize(
    "words", ["ada", "Lindt", "lindt ada", "ada@example.com", "ADA@EXAM", "example", "tea-1", "TEA-1"]
)
def test_an_order_is_found_by_what_customers_say(desk: InspectingClient, words: str) -> None:
    adas = an_order((stocked(a_variant(a_product("Teapot"), sku="TEA-1"), 5), 1))
    ben_there = Person("Ben Okafor", "ben@hotmail.com", "", "Weg 1", "20099", "Hamburg")
    an_order((a_kettle(), 1), who=ben_there)
    assert shown(desk.get(LIST, query_string={"q": words})) == numbers(adas)


@pytest.mark.parametrize(
    "words", ["'", "a & b", "!!", ":*", "%", "\\", "(((", "<script>", "ada'--", "a\0b", "x" * 300]
)
def test_whatever_is_searched_for_breaks_nothing(desk: InspectingClient, words: str) -> None:
    an_order()
    assert desk.get(LIST, query_string={"q": words}).status_code == 200


def test_what_fits_many_orders_is_found_on_the_way_through_the_list(
    desk: InspectingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "FEW", 1)
    teapot = stocked(a_variant(a_product("Teapot"), sku="TEA-1"), 5)
    placed = [an_order((teapot, 1)) for _ in range(3)]
    an_order(who=ben)
    for words in ("tea-1", "lindt"):
        assert shown(desk.get(f"{LIST}?q={words}")) == numbers(*placed[::-1])


def test_whoever_types_a_number_is_led_to_the_order(desk: InspectingClient) -> None:
    order = an_order()
    for said in (order.number, order.number.lower(), f"#{order.number}", f" {order.number} "):
        answer = desk.get(LIST, query_string={"q": said})
        assert answer.headers["Location"] == f"{LIST}/{order.number}"
    assert shown(desk.get(f"{LIST}?q=ZZZZZZ")) == []


def test_numbers_are_found_as_they_are_heard(desk: InspectingClient) -> None:
    for _ in range(40):
        order = an_order()
        if heard := order.number.replace("0", "O").replace("1", "I"):
            answer = desk.get(LIST, query_string={"q": heard})
            assert answer.headers["Location"].endswith(order.number)
        if heard != order.number:
            return


def test_a_search_looks_at_all_orders_and_a_heap_narrows_it(desk: InspectingClient) -> None:
    waiting, gone = an_order(), an_order()
    cancel_order(gone.id)
    assert shown(desk.get(f"{LIST}?q=ada")) == numbers(gone, waiting)
    assert shown(desk.get(f"{LIST}?q=ada&state=to-pack")) == numbers(waiting)
    nobody = desk.get(f"{LIST}?q=nobody&state=to-pack").document
    assert nobody.all(".empty a[href*='state=all']")


def test_lists_go_on_where_they_stopped(desk: InspectingClient, monkeypatch: pytest.MonkeyPatch) -> None:
    kettle = a_kettle(9)
    placed = [an_order((kettle, 1)) for _ in range(5)]
    for heap, wanted in (("to-pack", placed), ("all", placed[::-1])):
        assert walked(desk, heap, monkeypatch) == numbers(*wanted)


def walked(desk: InspectingClient, heap: str, monkeypatch: pytest.MonkeyPatch) -> Sequence[str]:
    """Every number of a heap, two at a time."""
    monkeypatch.setattr(listing.page, "__defaults__", (None, 2))
    found, way = [], f"{LIST}?state={heap}"
    for _ in range(4):
        page = desk.get(way)
        found += shown(page)
        further = page.document.all("a[rel='next']")
        if not further:
            break
        way = further[0].get("href", "")
    return found


@pytest.mark.parametrize("after", ["nonsense", "W10", "%00", "x" * 3000])
def test_a_place_that_is_none_is_the_beginning(desk: InspectingClient, after: str) -> None:
    order = an_order()
    assert shown(desk.get(f"{LIST}?after={after}")) == numbers(order)


def test_each_list_asks_few_questions_however_long_it_is(
    desk: InspectingClient, count_queries: Callable[[], AbstractContextManager[Statements]]
) -> None:
    kettle = a_kettle(30)
    for _ in range(8):
        ready_one = an_order((kettle, 1))
        pack_order(ready_one.id)
        ready_order(ready_one.id)
        an_order((kettle, 1), who=ben)
    for way in (LIST, f"{LIST}?state=to-hand-over", f"{LIST}?q=okafor", f"{LIST}?state=all"):
        with count_queries() as asked:
            assert len(shown(desk.get(way))) >= 8
        asked.at_most(10)


def test_the_next_order_to_pack_is_one_press_away(desk: InspectingClient) -> None:
    first, second = an_order(), an_order()
    assert desk.get(f"{LIST}/{first.number}/next").headers["Location"] == f"{LIST}/{second.number}"
    assert desk.get(f"{LIST}/{second.number}/next").headers["Location"] == f"{LIST}/{first.number}"
    pack_order(first.id)
    assert desk.get(f"{LIST}/{second.number}/next").headers["Location"] == LIST


def test_ben_and_guests_see_nothing(another_client: InspectingClient) -> None:
    order = an_order()
    answer = another_client.get(f"{LIST}/{order.number}")
    assert answer.status_code == 303
    assert order.email not in answer.get_data(as_text=True)
