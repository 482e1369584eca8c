"""Pictures on pages: the original at once, its sizes as soon as the worker has made them."""

from io import BytesIO

import pytest
from PIL import Image as Drawn
from sqlalchemy import insert, select, text

from storefront.catalog.filing import file_picture
from storefront.catalog.models import Image, Variant
from storefront.platform import db, jobs, storage, uploads
from tests.characters import a_kettle
from tests.inspecting import InspectingClient


def a_drawing(size: tuple[int, int] = (960, 1200), colour: str = "#a0522d") -> bytes:
    content = BytesIO()
    Drawn.new("RGB", size, colour).save(content, "PNG")
    return content.getvalue()


def a_pictured_kettle(size: tuple[int, int] = (960, 1200)) -> tuple[Variant, int]:
    """A kettle whose picture has just been stored."""
    kettle = a_kettle()
    with db.transaction() as session:
        image_id = session.scalar(
            insert(Image)
            .values(product_id=kettle.product_id, source="kettle.png", alt="A brown kettle")
            .returning(Image.id)
        )
    assert image_id is not None
    file_picture(image_id, uploads.keep(a_drawing(size), storage.media()))
    return kettle, image_id


def owed() -> list[tuple[str, str, dict[str, object]]]:
    db.release()
    rows = db.session.execute(
        text("SELECT queue_name, task_name, args FROM procrastinate_jobs WHERE task_name LIKE 'catalog.%'")
    )
    return [(row.queue_name, row.task_name, row.args) for row in rows]


def rendered(image_id: int) -> Image:
    jobs.run_now("catalog.render_image", image_id=image_id)
    db.release()
    return db.session.scalars(select(Image).where(Image.id == image_id)).one()


def test_one_job_is_owed_for_a_stored_picture_whoever_asks_twice(database: None) -> None:
    _, image_id = a_pictured_kettle()
    file_picture(image_id, uploads.keep(a_drawing(), storage.media()))
    assert owed() == [("apart", "catalog.render_image", {"image_id": image_id})]


def test_the_job_makes_the_sizes_and_a_second_run_nothing(
    database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, image_id = a_pictured_kettle()
    image = rendered(image_id)
    assert (image.renditions, image.tone) == ([240, 400, 640, 960], "#a0522d")
    for width in image.renditions:
        for kind in ("avif", "webp", "jpg"):
            with storage.media().open(f"{str(image.file).removesuffix('.webp')}-{width}.{kind}") as file:
                assert file.read(4)
    monkeypatch.delattr("storefront.platform.renditions.made")
    assert rendered(image_id).renditions == [240, 400, 640, 960]


def test_a_picture_that_went_or_lost_its_file_is_no_reason_to_stop(
    database: None, caplog: pytest.LogCaptureFixture
) -> None:
    _, image_id = a_pictured_kettle(size=(31, 41))
    image = db.session.scalars(select(Image)).one()
    storage.media().remove(str(image.file))
    assert rendered(image_id).renditions == []
    assert "is not among the files" in caplog.text
    jobs.run_now("catalog.render_image", image_id=10**9)


def test_until_then_pages_show_the_original(client: InspectingClient) -> None:
    a_pictured_kettle()
    page = client.see("/products")
    assert page.all("picture") == []
    assert page.one(".card img").get("alt") == "A brown kettle"
    assert client.get(str(page.one(".card img").get("src"))).mimetype == "image/webp"


def test_then_browsers_choose_what_they_understand_and_need(client: InspectingClient) -> None:
    _, image_id = a_pictured_kettle()
    file = str(rendered(image_id).file).removesuffix(".webp")
    card = client.see("/products")
    sources = card.all(".card picture source")
    assert [source.get("type") for source in sources] == ["image/avif", "image/webp"]
    assert sources[0].get("srcset") == ", ".join(
        f"/media/{file}-{width}.avif {width}w" for width in (240, 400, 640, 960)
    )
    assert all("vw" in str(source.get("sizes")) for source in sources)
    shown = card.one(".card img")
    assert (shown.get("width"), shown.get("height")) == ("960", "1200")
    assert shown.get("fetchpriority") == "high"
    assert card.one(".card .ground [fill]").get("fill") == "#a0522d"
    for kind in ("avif", "webp", "jpg"):
        answer = client.get(f"/media/{file}-640.{kind}")
        assert answer.mimetype == ("image/jpeg" if kind == "jpg" else f"image/{kind}")
        assert "immutable" in answer.headers["Cache-Control"]


def test_messengers_are_sent_a_jpeg_of_a_size_they_ask_for(client: InspectingClient) -> None:
    _, image_id = a_pictured_kettle((1500, 2000))
    before = seen_beside_a_link(client)
    file = str(rendered(image_id).file)
    assert before == (f"/media/{file}", "1500", "2000")
    address, width, height = seen_beside_a_link(client)
    assert (address, width, height) == (f"/media/{file.removesuffix('.webp')}-960.jpg", "960", "1280")
    with Drawn.open(BytesIO(client.get(address).data)) as sent:
        assert (sent.format, sent.size) == ("JPEG", (960, 1280))


def seen_beside_a_link(client: InspectingClient) -> tuple[str, str, str]:
    """The picture that a messenger shows of the list of everything, and its measures."""
    page = client.see("/products")
    said = {one.get("property"): str(one.get("content")) for one in page.all("meta[property^='og:image']")}
    address = said["og:image"].removeprefix("http://localhost")
    return address, said["og:image:width"], said["og:image:height"]


def test_a_picture_of_another_shape_is_shown_whole_on_the_page_s_own_ground(client: InspectingClient) -> None:
    _, image_id = a_pictured_kettle(size=(900, 300))
    rendered(image_id)
    page = client.see("/products")
    assert page.all(".card .whole img")
    assert page.all(".card .ground") == []
