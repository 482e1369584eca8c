"""Pictures that an import named by their addresses: they come by themselves, later, or it is said why not."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import insert, select, text

from storefront.catalog.bringing import TRIES, bring_pictures
from storefront.catalog.commands import pictures
from storefront.catalog.models import Image
from storefront.platform import db, jobs
from storefront.platform.fetching import NotFetched
from tests.catalog.importing_files import both, product, rows
from tests.catalog.test_import_shopify import KETTLE as ROW
from tests.catalog.test_pictures import a_drawing
from tests.characters import a_kettle
from tests.inspecting import InspectingClient

KETTLE, SPOUT = "https://cdn.example/kettle.jpg", "HTTP://cdn.example/spout.jpg"


class Web:
    """What is out there: contents and troubles by their addresses."""

    def __init__(self, **there: bytes | NotFetched) -> None:
        self.there = there
        self.asked: list[str] = []

    def __call__(self, address: str, most: int) -> bytes:
        self.asked.append(address)
        found = self.there[address.rpartition("/")[2].partition(".")[0]]
        if isinstance(found, NotFetched):
            raise found
        return found


@pytest.fixture
def product_id(database: None) -> int:
    """A kettle with two pictures somewhere else and one in a file."""
    kettle = a_kettle()
    with db.transaction() as session:
        rows = [{"product_id": kettle.product_id, "source": source} for source in (KETTLE, SPOUT, "box.png")]
        session.execute(insert(Image), rows)
    return kettle.product_id


def images() -> dict[str | None, Image]:
    db.release()
    return {image.source: image for image in db.session.scalars(select(Image))}


def owed(name: str) -> list[Any]:
    db.release()
    return list(
        db.session.execute(
            text(
                "SELECT args, queue_name, round(extract(epoch FROM scheduled_at - now()) / 60) AS minutes"
                " FROM procrastinate_jobs WHERE task_name = :name ORDER BY id"
            ),
            {"name": name},
        )
    )


def test_what_is_there_comes_and_its_sizes_are_asked_for(product_id: int) -> None:
    web = Web(kettle=a_drawing((60, 75)), spout=a_drawing((40, 50)))
    bring_pictures(product_id, 1, web)
    assert web.asked == [KETTLE, SPOUT]
    assert [bool(images()[source].file) for source in (KETTLE, SPOUT, "box.png")] == [True, True, False]
    assert images()[KETTLE].width == 60
    assert len(owed("catalog.render_image")) == 2
    assert owed("catalog.bring_pictures") == []
    bring_pictures(product_id, 1, web)
    assert web.asked == [KETTLE, SPOUT]


def test_what_does_not_come_is_tried_again_later_and_then_left(
    product_id: int, caplog: pytest.LogCaptureFixture
) -> None:
    web = Web(kettle=NotFetched("Nobody knows where cdn.example is."), spout=a_drawing((40, 50)))
    bring_pictures(product_id, 1, web)
    bring_pictures(product_id, 3, web)
    assert web.asked == [KETTLE, SPOUT, KETTLE]
    assert images()[KETTLE].trouble == "Nobody knows where cdn.example is."
    waiting = [(job.args, job.queue_name, job.minutes) for job in owed("catalog.bring_pictures")]
    assert waiting == [
        ({"product_id": product_id, "attempt": 2}, "apart", 1),
        ({"product_id": product_id, "attempt": 4}, "apart", 25),
    ]
    bring_pictures(product_id, TRIES, web)
    assert len(owed("catalog.bring_pictures")) == 2
    assert not caplog.records  # Hundreds may stay away: the shop says so, not its log.


@pytest.mark.parametrize(
    "found", [NotFetched("The answer was 404.", hopeless=True), b"<svg/>", b"", a_drawing((60, 75))[:90]]
)
def test_what_will_never_be_a_picture_is_not_asked_for_again(
    product_id: int, found: bytes | NotFetched
) -> None:
    bring_pictures(product_id, 1, Web(kettle=found, spout=found))
    assert images()[KETTLE].trouble
    assert images()[KETTLE].file is None
    assert owed("catalog.bring_pictures") == []


def test_a_merchant_may_ask_for_all_of_them_again(product_id: int) -> None:
    assert CliRunner().invoke(pictures, ["--again"]).output == "No picture stays away.\n"
    gone = NotFetched("The answer was 404.", hopeless=True)
    bring_pictures(product_id, 1, Web(kettle=gone, spout=gone))
    said = CliRunner().invoke(pictures)
    assert said.output == f"{KETTLE}: The answer was 404.\n{SPOUT}: The answer was 404.\n"
    assert owed("catalog.bring_pictures") == []
    assert "once more, of 1 products" in CliRunner().invoke(pictures, ["--again"]).output
    assert [job.args for job in owed("catalog.bring_pictures")] == [{"product_id": product_id, "attempt": 1}]
    assert CliRunner().invoke(pictures, ["--again"]).output == "No picture stays away.\n"
    bring_pictures(product_id, 1, Web(kettle=a_drawing((60, 75)), spout=gone))
    assert (images()[KETTLE].trouble, bool(images()[KETTLE].file)) == ("", True)


def test_the_worker_never_asks_this_machine(database: None) -> None:
    kettle = a_kettle()
    with db.transaction() as session:
        session.execute(
            insert(Image).values(product_id=kettle.product_id, source="http://127.0.0.1:1/admin.png")
        )
    jobs.run_now("catalog.bring_pictures", product_id=kettle.product_id, attempt=1)
    assert images()["http://127.0.0.1:1/admin.png"].trouble == "127.0.0.1 is no public address."
    assert owed("catalog.bring_pictures") == []


def test_meanwhile_it_sells_with_a_letter_in_its_place(client: InspectingClient, product_id: int) -> None:
    page = client.see("/products")
    assert page.texts(".card .picture") == ["K"]
    assert "Add to cart" in client.see(str(page.one(".card a").get("href"))).text("main")


def test_an_import_asks_once_for_the_pictures_of_a_product(database: None, tmp_path: Path) -> None:
    second = {"Handle": "kettle", "Image Src": "https://example.com/b.jpg", "Image Position": "2"}
    rows(tmp_path, ROW, second)
    assert [job.args for job in owed("catalog.bring_pictures")] == [
        {"product_id": product("kettle").id, "attempt": 1}
    ]
    both(tmp_path / "catalog.csv")
    rows(tmp_path, ROW | {"Image Src": "a file.jpg"})
    assert len(owed("catalog.bring_pictures")) == 1
