"""Charlie describes the shop while Dana does: nothing is lost, and nonsense is told beside its field."""

from decimal import Decimal
from io import BytesIO

import pytest
from PIL import Image as Picture
from sqlalchemy import select

from storefront.platform import clock, db
from storefront.platform.audit import AuditEntry
from storefront.shop.actions import close_shop, describe_shop
from storefront.shop.models import Shop
from storefront.shop.queries import read
from storefront.taxes.actions import RatesChanged, set_rates
from storefront.taxes.queries import rates_in
from tests.characters import Person, a_kettle
from tests.inspecting import InspectingClient
from tests.people import staff
from tests.shopping import an_order

dana = Person("Dana Weiss", "dana@kiln.example", "", "", "", "")


def shop() -> Shop:
    db.release()
    return read()


def test_a_fact_is_on_every_page_at_once(client: InspectingClient, another_client: InspectingClient) -> None:
    staff(client)
    assert another_client.see("/").text(".top .brand") == "Kiln & Common"
    page = client.get("/admin/settings")
    answer = client.submit(page, "Save", name="Kiln & Co", opening_hours="Mo 9-5\r\nTu 9-5")
    assert "on every page" in client.follow(answer).document.text(".just-done")
    assert another_client.see("/").text(".top .brand") == "Kiln & Co"
    assert shop().opening_hours == "Mo 9-5\nTu 9-5"
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.subject == "shop")).one()
    assert entry.before == {"name": "Kiln & Common", "opening_hours": "Tue-Sat 10:00-18:00"}
    assert entry.version == 2


def test_saving_what_nobody_changed_changes_nothing(client: InspectingClient) -> None:
    staff(client)
    for part in ("", "/selling", "/delivery"):
        client.follow(client.submit(client.get(f"/admin/settings{part}"), "Save"))
    assert shop().version == 1
    assert db.session.scalars(select(AuditEntry)).all() == []


def test_what_cannot_be_is_told_beside_its_field_and_kept(client: InspectingClient) -> None:
    staff(client)
    answer = client.submit(
        client.get("/admin/settings/delivery"),
        "Save",
        delivery_rate="a lot",
        return_days="many",
        handling_days="3",
    )
    assert answer.status_code == 422
    page = answer.document
    assert page.one("#delivery_rate").get("value") == "a lot"
    assert page.one("#handling_days").get("value") == "3"
    assert "an amount in EUR" in page.text("#delivery_rate-wrong")
    assert "a number of days" in page.text("#return_days-wrong")
    assert len(page.all("#problems li")) == 2
    assert shop().handling_days == 2


def test_ways_of_delivery_keep_their_order(client: InspectingClient) -> None:
    staff(client)
    describe_shop(delivery_methods=["home", "pickup"])
    page = client.get("/admin/settings/delivery")
    client.follow(client.submit(page, "Save", delivery_methods=["drive_through", "pickup", "home"]))
    assert shop().delivery_methods == ["home", "pickup", "drive_through"]
    none = client.submit(client.get("/admin/settings/delivery"), "Save", delivery_methods=[])
    assert none.status_code == 422
    assert "Choose from" in none.document.text("#delivery_methods")


def test_the_currency_is_fixed_once_something_was_sold(client: InspectingClient) -> None:
    staff(client)
    wrong = client.submit(client.get("/admin/settings/selling"), "Save", currency="XYZ")
    assert [item for item in wrong.document.texts("#problems li") if "three letters" in item] != []
    an_order((a_kettle(), 1))
    answer = client.submit(client.get("/admin/settings/selling"), "Save", currency="USD")
    assert answer.status_code == 422
    assert "fixed once something was sold" in answer.document.text("#currency-wrong")


def test_dana_changed_something_else_meanwhile(
    client: InspectingClient, another_client: InspectingClient
) -> None:
    staff(client)
    staff(another_client, "owner", who=dana)
    mine, hers = client.get("/admin/settings"), another_client.get("/admin/settings")
    another_client.follow(another_client.submit(hers, "Save", phone="+49 351 1"))
    client.follow(client.submit(mine, "Save", city="Leipzig"))
    assert (shop().phone, shop().city) == ("+49 351 1", "Leipzig")


def test_dana_changed_the_same_meanwhile(client: InspectingClient, another_client: InspectingClient) -> None:
    staff(client)
    staff(another_client, "owner", who=dana)
    mine, hers = client.get("/admin/settings"), another_client.get("/admin/settings")
    another_client.follow(another_client.submit(hers, "Save", phone="+49 351 1", city="Meißen"))
    asked = client.submit(mine, "Save", phone="+49 351 2", city="Leipzig", name="Kiln & Co")
    assert asked.status_code == 409
    told = asked.document.text("#meanwhile")
    for said in ("Dana Weiss changed it", "+49 351 5550100", "+49 351 1", "+49 351 2", "Meißen", "Leipzig"):
        assert said in told
    assert asked.document.one("#phone").get("value") == "+49 351 2"
    assert asked.document.one("#name").get("value") == "Kiln & Co"
    assert shop().name == "Kiln & Common"
    taken = client.submit(asked, "Take theirs: City")
    assert taken.document.one("#city").get("value") == "Meißen"
    assert taken.document.one("#phone").get("value") == "+49 351 2"
    client.follow(client.submit(taken, "Save"))
    assert (shop().phone, shop().city, shop().name) == ("+49 351 2", "Meißen", "Kiln & Co")


def test_days_are_told_to_customers(client: InspectingClient) -> None:
    describe_shop(handling_days=1, return_days=30)
    assert "within one working day" in client.see("/pages/delivery").text("main")
    assert "within 30 days" in client.see("/pages/returns").text("main")
    describe_shop(handling_days=0, return_days=0)
    assert "working day" not in client.see("/pages/delivery").text("main")
    assert "within" not in client.see("/pages/returns").text("main")


def test_tax_rates_hold_from_the_next_order_on(client: InspectingClient) -> None:
    staff(client)
    before = an_order((a_kettle(price=11900), 1))
    page = client.get("/admin/settings/taxes")
    assert page.document.one("#standard").get("value") == "19"
    client.follow(client.submit(page, "Save", standard="20", reduced="5,5"))
    assert rates_in("DE") == {"standard": Decimal("0.2"), "reduced": Decimal("0.055"), "zero": Decimal(0)}
    assert before.tax == 1900
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.subject == "tax_rates")).one()
    assert entry.after == {"reduced": "0.0550", "standard": "0.2000"}


def test_what_is_no_rate_is_told_beside_its_field(client: InspectingClient) -> None:
    staff(client)
    answer = client.submit(client.get("/admin/settings/taxes"), "Save", standard="much", reduced="101")
    assert answer.status_code == 422
    assert answer.document.one("#standard").get("value") == "much"
    assert len(answer.document.all("#problems li")) == 2
    assert rates_in("DE")["standard"] == Decimal("0.19")


def test_dana_changed_the_rates_meanwhile(client: InspectingClient) -> None:
    staff(client)
    page = client.get("/admin/settings/taxes")
    set_rates("DE", {"standard": Decimal("0.16")})
    asked = client.submit(page, "Save", standard="20")
    assert asked.status_code == 409
    assert "16 %" in asked.document.text("[role='alert']")
    assert asked.document.one("#standard").get("value") == "20"
    client.follow(client.submit(asked, "Save"))
    assert rates_in("DE")["standard"] == Decimal("0.2")


def test_of_two_who_set_a_rate_at_once_one_is_told(database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def stale(_country: str) -> dict[str, Decimal]:
        return {"standard": Decimal("0.18")}

    monkeypatch.setattr("storefront.taxes.queries.rates_in", stale)
    with pytest.raises(RatesChanged) as refused:
        set_rates("DE", {"standard": Decimal("0.2")}, stale("DE"))
    assert "Somebody else" in refused.value.message()


def test_the_sign_in_the_door(client: InspectingClient, another_client: InspectingClient) -> None:
    staff(client)
    page = client.get("/admin/settings/door")
    told = client.follow(client.submit(page, "Close the shop", until="2099-12-27T08:00"))
    assert "December 27, 2099" in told.document.text(".notice.warn")
    assert "We take no orders until" in another_client.see("/").text("body")
    told = client.follow(client.submit(told, "Open the shop"))
    assert "takes orders" in told.document.text("main")
    client.follow(client.submit(told, "Close the shop", until=""))
    assert shop().is_closed(clock.now())


@pytest.mark.parametrize(
    ("until", "said"), [("soon", "a day and a time"), ("2001-01-01T08:00", "in the future")]
)
def test_a_moment_that_cannot_be_is_kept_and_told(client: InspectingClient, until: str, said: str) -> None:
    staff(client)
    close_shop()
    answer = client.submit(client.get("/admin/settings/door"), "Close the shop", until=until)
    assert answer.status_code == 422
    assert answer.document.one("#until").get("value") == until
    assert said in answer.document.text("#until-wrong")


def a_picture(kind: str = "PNG") -> BytesIO:
    content = BytesIO()
    Picture.new("RGB", (120, 40), "navy").save(content, kind)
    content.seek(0)
    return content


def test_a_logo_takes_the_place_of_the_name_and_leaves_it_again(client: InspectingClient) -> None:
    staff(client)
    sent = client.post("/admin/settings/logo", data={"logo": (a_picture(), "../logo.png")})
    told = client.follow(sent)
    assert told.document.text(".just-done") == "The logo is on every page now."
    assert told.document.one(".logo-now img").get("width") == "120"
    logo = client.see("/").one("header .brand img")
    assert client.get(logo.get("src", "")).status_code == 200
    gone = client.follow(client.submit(told, "Take it away"))
    assert "until you bring a logo" in gone.document.text("main")
    assert client.see("/").all("header .brand img") == []


@pytest.mark.parametrize("content", [b"", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"])
def test_what_is_no_picture_is_no_logo(client: InspectingClient, content: bytes) -> None:
    staff(client)
    answer = client.post("/admin/settings/logo", data={"logo": (BytesIO(content), "logo.svg")})
    assert answer.status_code == 422
    assert answer.document.one("#logo").get("aria-invalid") == "true"
    assert client.see("/").all("header .brand img") == []


def test_an_amount_may_have_a_comma(client: InspectingClient) -> None:
    staff(client)
    page = client.get("/admin/settings/delivery")
    client.follow(client.submit(page, "Save", delivery_rate="5,50"))
    assert client.see("/admin/settings/delivery").one("#delivery_rate").get("value") == "5.50"
