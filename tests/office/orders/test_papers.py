"""What Charlie prints, and what goes to whoever keeps the books."""

import csv
import io
import zipfile
from datetime import date

import pytest

from storefront.checkout.actions import cancel_order
from storefront.checkout.changing import cancel_lines
from storefront.checkout.fulfilment import pack_order
from storefront.office.orders import bookkeeping, export, export_views, spreadsheet
from storefront.office.orders.bookkeeping import Period
from storefront.office.orders.noting import note_order
from storefront.orders import queries as orders
from storefront.orders.models import Order
from storefront.payments.actions import settle_order
from storefront.platform import clock
from tests.characters import Person, a_kettle, a_product, a_variant, ada, ben, stocked
from tests.inspecting import Answer, InspectingClient
from tests.office.orders.desk import stands
from tests.shopping import an_order

LIST = "/admin/orders"


def rows(answer: Answer) -> list[dict[str, str]]:
    """A file as a spreadsheet reads it."""
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def chosen(*found: Order) -> dict[str, list[str]]:
    return {"order": [order.number for order in found]}


def test_a_pick_list_names_each_article_once(desk: InspectingClient) -> None:
    kettle = stocked(a_variant(a_product("Kettle"), sku="KET"), 10)
    cup = stocked(a_variant(a_product("Cup"), sku="CUP"), 10)
    first, second = an_order((kettle, 2), (cup, 1)), an_order((cup, 3))
    page = desk.get(f"{LIST}/pick-list", query_string=chosen(first, second)).document
    assert page.texts(".ledger tbody th") == ["CUP", "KET"]
    assert page.texts(".ledger tbody td.number") == ["4", "2"]
    assert f"{first.number} × 1, {second.number} × 3" in page.texts(".ledger tbody td[data-label='For']")


def test_what_was_cancelled_is_neither_picked_nor_packed(desk: InspectingClient) -> None:
    kettle, cup = a_kettle(10), stocked(a_variant(a_product("Cup"), sku="CUP"), 10)
    order = an_order((kettle, 2), (cup, 1))
    units = {line.id: 1 for line in orders.with_id(order.id).lines}
    cancel_lines(order.id, units, "out of stock")
    assert desk.get(f"{LIST}/pick-list", query_string=chosen(order)).document.texts("tbody td.number") == [
        "1"
    ]
    assert desk.get(f"{LIST}/packing-slips", query_string=chosen(order)).document.texts(
        "tbody td.number"
    ) == ["1"]


def test_there_is_a_slip_for_each_order_in_the_order_they_were_chosen(desk: InspectingClient) -> None:
    first, second = (
        an_order(note="Ring twice"),
        an_order(who=ben, delivery="home", payment="cash_on_delivery"),
    )
    note_order(second.id, "Box 12", to_customer=False)
    note_order(second.id, "Dear Ben", to_customer=True)
    wanted = {"order": [second.number, first.number.lower(), "NONE", second.number]}
    page = desk.get(f"{LIST}/packing-slips", query_string=wanted).document
    assert page.texts(".slip h2") == [second.number, first.number]
    assert "Lange Reihe 7" in page.texts(".slip")[0]
    assert "Box 12" in page.texts(".slip-note")
    assert "Dear Ben" not in page.texts(".slip")[0]
    assert "Ring twice" in page.texts(".slip")[1]


def test_both_come_in_one_print(desk: InspectingClient) -> None:
    first, second = an_order(), an_order()
    page = desk.get(f"{LIST}/packing-slips", query_string=chosen(first, second) | {"picks": "1"}).document
    assert page.texts(".slip h2") == ["Pick list", first.number, second.number]


@pytest.mark.parametrize("paper", ["pick-list", "packing-slips"])
def test_without_a_choice_it_says_what_to_do(desk: InspectingClient, paper: str) -> None:
    assert "Tick orders in the list first" in desk.see(f"{LIST}/{paper}").texts(".empty")[0]


def test_many_are_packed_at_once(desk: InspectingClient) -> None:
    first, second = an_order(), an_order()
    page = desk.get(f"{LIST}?ticked=all")
    done = desk.follow(desk.submit(page, "Mark as packed"))
    assert "2 orders are packed." in done.document.texts("[role='status']")
    assert [stands(order)[1] for order in (first, second)] == ["packed", "packed"]


def test_which_could_not_be_packed_is_said(desk: InspectingClient) -> None:
    first, gone = an_order(), an_order()
    cancel_order(gone.id)
    sent = {"order": [first.number, gone.number, first.number, "NONE"]}
    answer = desk.post(f"{LIST}/packing", data=sent)
    assert answer.status_code == 409
    assert "One order is packed." in answer.document.texts(".notice p")
    assert answer.document.texts(".notice li a") == [gone.number]
    nothing = desk.post(f"{LIST}/packing")
    assert "Tick the orders in the list first." in nothing.document.texts(".notice p")


def test_orders_are_taken_away_as_a_file(desk: InspectingClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "AT_ONCE", 2)
    kettle = a_kettle(9)
    placed = [an_order((kettle, 1), payment="bank_transfer") for _ in range(5)]
    settle_order(placed[0].id)
    found = rows(desk.get(f"{LIST}.csv?state=all"))
    assert [row["Order"] for row in found] == [order.number for order in placed[::-1]]
    assert (found[-1]["Paid"], found[-1]["Total"], found[-1]["Items"]) == ("48.00", "48.00", "1")
    assert len(rows(desk.get(f"{LIST}.csv?state=unpaid"))) == 4
    assert rows(desk.get(f"{LIST}.csv?q=nobody")) == []


def test_no_name_is_a_formula(desk: InspectingClient) -> None:
    evil = Person('=HYPERLINK("http://evil.example")', "ada@example.com", "+49 30 5550101", "a", "1", "b")
    an_order(who=evil)
    (row,) = rows(desk.get(f"{LIST}.csv?state=all"))
    assert row["Name"].startswith("'=")
    assert row["Telephone"] == "'+49 30 5550101"


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", " =1", "\r=1", "\n@a", "|a"])
def test_formulas_are_defused(text: str) -> None:
    assert spreadsheet.defused(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Ada", "1", "", "a=1", "'=1"])
def test_other_text_stays(text: str) -> None:
    assert spreadsheet.defused(text) == text


def test_the_books_hold_invoices_and_what_was_credited(desk: InspectingClient) -> None:
    book = stocked(a_variant(a_product("Book", tax_class="reduced"), price=1070), 9)
    kept = an_order((a_kettle(), 1), (book, 1), payment="bank_transfer")
    gone = an_order((book, 2), payment="bank_transfer")
    settle_order(kept.id)
    settle_order(gone.id)
    cancel_order(gone.id, "Sold out")
    day = f"first={clock.now():%Y-%m-%d}&last={clock.now():%Y-12-31}"
    page = desk.see(f"{LIST}/papers?{day}")
    assert page.texts("#found") == ["2 invoices, one credit note"]
    first, second, credit = rows(desk.get(f"{LIST}/papers.csv?{day}"))
    assert (first["Total"], first["Net at 19%"], first["Tax at 7%"]) == ("58.70", "40.34", "0.70")
    assert (second["Order"], second["Net at 19%"], second["Tax at 7%"]) == (gone.number, "0.00", "1.40")
    assert (credit["Total"], credit["Credits invoice"]) == ("-21.40", second["Number"])
    archive = zipfile.ZipFile(io.BytesIO(desk.get(f"{LIST}/papers.zip?{day}").data))
    assert archive.testzip() is None
    assert len(archive.namelist()) == 3
    assert all(archive.read(name).startswith(b"%PDF") for name in archive.namelist())


def test_a_period_ends_with_the_last_day_of_the_shop(desk: InspectingClient) -> None:
    order = an_order(payment="bank_transfer")
    settle_order(order.id)
    for zone in ("Pacific/Kiritimati", "Pacific/Niue"):
        local = Period.last_month(clock.now(), zone)
        assert local.first.day == 1
        assert (local.last.month + 1 - local.first.month, bookkeeping.documents(local)) == (1, [])


def test_last_month_is_offered_first(desk: InspectingClient) -> None:
    page = desk.see(f"{LIST}/papers")
    first = date.fromisoformat(page.all("#first")[0].get("value", ""))
    last = date.fromisoformat(page.all("#last")[0].get("value", ""))
    assert first.day == 1
    assert first.month == last.month
    assert "Nothing was invoiced in these days." in page.texts("main")[0]


@pytest.mark.parametrize("way", ["papers", "papers.csv", "papers.zip"])
@pytest.mark.parametrize(
    "asked",
    [
        "first=&last=",
        "first=2026-02-30&last=x",
        "first=2026-02-02&last=2026-02-01",
        "last=9999-12-31&first=9999-12-31",
        "x=1&first=%00",
    ],
)
def test_a_wrong_period_is_told(desk: InspectingClient, way: str, asked: str) -> None:
    answer = desk.get(f"{LIST}/{way}?{asked}")
    assert answer.status_code == 422
    assert answer.is_html


def test_too_many_papers_are_refused(desk: InspectingClient, monkeypatch: pytest.MonkeyPatch) -> None:
    settle_order(an_order(payment="bank_transfer").id)
    monkeypatch.setattr(export_views, "MOST_PDFS", 0)
    day = f"first={clock.now():%Y-%m-%d}&last={clock.now():%Y-12-31}"
    assert desk.get(f"{LIST}/papers.zip?{day}").status_code == 422
    pack_order(an_order(who=ada).id)
