"""Staff make choices, bring pictures, plan sales and change many products at once, in forms."""

import time
import tracemalloc
import zlib
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image as Picture

from storefront.catalog.bulk.models import BulkChange
from storefront.catalog.models import Image
from storefront.inventory.models import Stock
from storefront.platform import db, jobs
from storefront.platform.acting import acting_as
from tests.catalog.editing import CHARLIE, a_choice, a_jug, fields, price, product, troubles, variants
from tests.inspecting import InspectingClient
from tests.people import staff
from tests.platform.test_uploads import a_bomb, a_film


@pytest.fixture(autouse=True)
def _charlie(client: InspectingClient) -> Iterator[None]:
    staff(client, "catalogue")
    with acting_as(CHARLIE, "request-1"):
        yield
    assert troubles() == []


def test_choices_are_made_filled_and_saved(client: InspectingClient) -> None:
    jug = a_jug(a_choice(sku="J-1", price=2400, on_hand=2))
    page = f"/admin/products/{jug.id}"
    sent = {
        "version": "1",
        "option-0": "Colour",
        "values-0": "Blue, Green",
        "option-1": "Size",
        "values-1": "S,L",
    }
    assert client.post(f"{page}/options", data=sent).status_code == 303
    form = fields(client.get(f"{page}/variants"), "#matrix")
    filled = client.post(
        f"{page}/variants", data=form | {"fill": "1", "all-price": "30", "all-sku": "JUG", "all-on_hand": "9"}
    )
    assert "not saved yet" in filled.text
    typed = fields(filled, "#matrix")
    assert client.post(f"{page}/variants", data=typed).status_code == 303
    made = variants(jug.id)
    assert [one.sku for one in made] == ["JUG-Blue-S", "JUG-Blue-L", "JUG-Green-S", "JUG-Green-L"]
    assert {price(one) for one in made} == {(3000, None)}
    assert {db.session.get_one(Stock, one.id).on_hand for one in made} == {9}


def test_a_row_that_cannot_be_read_says_so_and_keeps_all(client: InspectingClient) -> None:
    jug = a_jug(a_choice("Blue"), a_choice("Green"), options=("Colour",))
    blue, green = variants(jug.id)
    page = f"/admin/products/{jug.id}/variants"
    form = fields(client.get(page), "#matrix")
    wrong = {
        f"price-{blue.id}": "dear",
        f"weight_g-{blue.id}": "heavy",
        f"compare_at-{green.id}": "1",
        f"on_hand-{green.id}": "-3",
        f"sku-{blue.id}": "x" * 101,
    }
    answer = client.post(page, data=form | wrong)
    assert answer.status_code == 422
    assert all(
        text in answer.text for text in ('value="dear"', 'value="heavy"', "above the price", 'value="-3"')
    )
    taken = client.post(page, data=form | {f"sku-{blue.id}": green.sku})
    assert (taken.status_code, "belongs to something else" in taken.text) == (409, True)
    assert client.post(page, data=form | {"version": "7"}).status_code == 409
    assert (
        client.post(
            f"/admin/products/{jug.id}/options", data={"version": "1", "option-0": "Colour"}
        ).status_code
        == 422
    )


def test_a_choice_is_put_away_brought_back_and_deleted(client: InspectingClient) -> None:
    jug = a_jug(a_choice("Blue"), a_choice("Grene"), options=("Colour",))
    slip = variants(jug.id)[1]
    for act in ("archiving", "restoring", "archiving", "deletion"):
        assert client.post(f"/admin/variants/{slip.id}/{act}").status_code == 303
        assert client.get(f"/admin/products/{jug.id}/variants").status_code == 200
    assert [one.option_values for one in variants(jug.id)] == [["Blue"]]
    counted = variants(a_jug(a_choice(on_hand=1), title="Vase").id)[0]
    assert client.post(f"/admin/variants/{counted.id}/deletion").status_code == 409


def a_file(name: str = "jug.png", kind: str = "PNG", size: tuple[int, int] = (40, 50)) -> tuple[BytesIO, str]:
    content = BytesIO()
    Picture.new("RGB", size, "sienna").save(content, kind)
    content.seek(0)
    return content, name


def test_several_pictures_come_at_once(client: InspectingClient) -> None:
    jug = a_jug(a_choice("Blue"), a_choice("Green"), options=("Colour",))
    page = f"/admin/products/{jug.id}/pictures"
    files = [
        a_file("one.png"),
        a_file("../../two.jpg", "JPEG", (30, 30)),
        (BytesIO(b"<svg/>"), "<b>three.svg"),
    ]
    answer = client.post(page, data={"files": files, "alt": "A jug"})
    assert answer.status_code == 422
    assert "2 pictures came all the same" in answer.text
    assert "&lt;b&gt;three.svg: This is no JPEG" in answer.text
    one, two = db.session.query(Image).order_by(Image.position)
    assert client.post(f"/admin/pictures/{two.id}/place", data={"way": "up"}).status_code == 303
    assert client.post(f"/admin/pictures/{two.id}/place", data={"way": "down"}).status_code == 303
    form = fields(client.get(page), "form.stack")
    blue = variants(jug.id)[0]
    said = form | {f"alt-{one.id}": "A blue jug", f"shows-{one.id}": str(blue.id)}
    assert client.post(f"{page}/arrangement", data=said).status_code == 303
    db.release()
    assert (db.session.get_one(Image, one.id).alt, db.session.get_one(Image, one.id).variant_id) == (
        "A blue jug",
        blue.id,
    )
    assert client.post(f"{page}/arrangement", data=said).status_code == 409
    assert (
        client.post(
            f"{page}/arrangement", data=said | {"version": product(jug.id).version, f"alt-{one.id}": " "}
        ).status_code
        == 422
    )
    assert client.post(f"/admin/pictures/{one.id}/deletion").status_code == 303
    assert client.post(f"/admin/pictures/{one.id}/deletion").status_code == 404
    fine = client.post(page, data={"files": [a_file()], "alt": "A jug"})
    assert fine.headers["Location"].endswith("done=pictures-added&count=1")
    assert client.get(fine.headers["Location"]).status_code == 200


def test_pictures_without_files_or_words_are_asked_for(client: InspectingClient) -> None:
    page = f"/admin/products/{a_jug().id}/pictures"
    assert client.post(page, data={"alt": ""}).status_code == 422
    many = client.post(page, data={"files": [a_file() for _n in range(11)], "alt": "A jug"})
    assert "at most 10" in many.text


def test_a_sale_is_planned_and_ended(client: InspectingClient) -> None:
    jug = a_jug(a_choice("Blue", price=2000), a_choice("Green", price=3000), options=("Colour",))
    blue, green = variants(jug.id)
    page = f"/admin/products/{jug.id}/sale"
    form = fields(client.get(page), "form.sheet")
    wrong = client.post(
        page, data=form | {"percent": "120", "starts_at": "soon", f"amount-{blue.id}": "cheap"}
    )
    assert (wrong.status_code, "1 to 99" in wrong.text, "cheap" in wrong.text) == (422, True, True)
    assert client.post(page, data=form).status_code == 422
    assert client.post(page, data=form | {"percent": "10", f"amount-{blue.id}": "15"}).status_code == 303
    assert (price(blue), price(green)) == ((1500, 2000), (2700, 3000))
    assert "on now" in client.get(page).text
    assert client.get(f"/admin/products/{jug.id}/variants").status_code == 200
    later = {"percent": "10", "starts_at": "2030-01-01T10:00", "ends_at": "2030-02-01T10:00"}
    assert client.post(page, data=fields(client.get(page), "form.sheet") | later).status_code == 303
    assert "to come" in client.get(page).text
    assert client.post(f"{page}/end").status_code == 303
    assert (price(blue), price(green)) == ((2000, None), (3000, None))


def test_many_prices_are_shown_before_they_change(client: InspectingClient) -> None:
    jugs = [a_jug(a_choice(price=1000 * n), title=f"Jug {n}") for n in (1, 2)]
    ticked = {"kind": "reprice", "which": "ticked", "id": [str(jug.id) for jug in jugs]}
    asked = client.post("/admin/products/bulk", data=ticked)
    assert "2 products are meant" in asked.text
    how = fields(asked, "form.part") | {
        "way": "down",
        "much": "10",
        "unit": "percent",
        "step": "1",
        "keep_before": "1",
    }
    assert client.post("/admin/products/bulk", data=how | {"much": "x"}).status_code == 422
    shown = client.post("/admin/products/bulk", data=how)
    assert "€9.00" in shown.text
    assert price(variants(jugs[0].id)[0]) == (1000, None)
    begun = client.post("/admin/products/bulk/changes", data=fields(shown, "main form.toolbar"))
    assert begun.status_code == 303
    assert "0 of 2" in client.get(begun.headers["Location"]).text
    bulk = db.session.query(BulkChange).one()
    jobs.run_now("catalog.change_in_bulk", bulk_id=bulk.id)
    assert "It is done." in client.get(begun.headers["Location"]).text
    assert [price(variants(jug.id)[0]) for jug in jugs] == [(900, 1000), (1800, 2000)]


def test_all_of_a_list_are_meant(client: InspectingClient) -> None:
    a_jug(status="draft"), a_jug(title="Vase")
    asked = client.post("/admin/products/bulk", data={"kind": "publish", "which": "all", "status": "draft"})
    assert "1 product is meant" in asked.text
    money = {"kind": "reprice", "which": "all", "way": "up", "much": "2.50", "unit": "amount", "step": "100"}
    assert "€27.00" in client.post("/admin/products/bulk", data=money).text
    none = client.post("/admin/products/bulk", data={"kind": "archive", "which": "ticked"})
    assert "No product was ticked" in none.text
    assert (
        client.post("/admin/products/bulk/changes", data={"kind": "archive", "ids": "nonsense"}).status_code
        == 422
    )
    assert (
        client.post(
            "/admin/products/bulk/changes", data={"kind": "reprice", "ids": "[1]", "much": "x"}
        ).status_code
        == 422
    )
    assert client.post("/admin/products/bulk", data={"kind": "burn"}).status_code == 404
    assert client.get("/admin/products/bulk/12345").status_code == 404


def test_what_only_pretends_to_be_a_picture_is_refused_fast_and_small(client: InspectingClient) -> None:
    """A script in an SVG, a page that begins like a GIF, endless dots, a bomb, a film, a name with dots."""
    jug = a_jug()
    script = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    tries = {
        "script.svg": script,
        "../../../etc/passwd.png": script,
        "polyglot.gif": b"GIF89a/*" + script + b"*/=alert(1)//",
        "huge.png": a_bomb(50_000, 50_000, b"x"),
        "bomb.png": a_bomb(6000, 6000, zlib.compress(bytes(8_000_000), 9)),
        "film.gif": a_film(10_000),
    }
    tracemalloc.start()
    begun = time.process_time()
    files = [(BytesIO(content), name) for name, content in tries.items()]
    answer = client.post(f"/admin/products/{jug.id}/pictures", data={"files": files, "alt": "A jug"})
    assert time.process_time() - begun < 5
    assert tracemalloc.get_traced_memory()[1] < 300 * 1024**2
    tracemalloc.stop()
    assert answer.status_code == 422
    assert [name for name in tries if name not in answer.text] == []
    assert db.session.query(Image).count() == 0
    assert client.get(f"/admin/products/{jug.id}/pictures").status_code == 200
