"""Charlie brings a catalog in the browser: reads what would become of it, says yes, and follows it."""

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from storefront.catalog.models import Product
from storefront.catalog.uploaded import actions, files, queries, running
from storefront.catalog.uploaded.models import Upload
from storefront.catalog.uploaded.refusals import NotNow, OneAtATime
from storefront.catalog.uploaded.sweeping import sweep_uploads
from storefront.config import Settings
from storefront.inventory.models import Stock
from storefront.platform import clock, db, jobs
from tests.catalog.catalog_files import written
from tests.catalog.editing import log, troubles
from tests.catalog.test_import_shopify import KETTLE
from tests.characters import ben
from tests.inspecting import Answer, InspectingClient
from tests.people import signed_in, staff

POT = KETTLE | {"Handle": "pot", "Title": "Pot", "Variant SKU": "P-1", "Image Src": ""}
BAD = POT | {"Handle": "bad", "Title": "=Bad", "Variant SKU": "B-1", "Variant Price": "free"}


@pytest.fixture(autouse=True)
def _charlie(client: InspectingClient, settings: Settings) -> Iterator[None]:
    for left in (settings.storefront_var / "uploads").glob("*"):
        left.unlink()
    staff(client, "catalogue")
    yield
    assert troubles() == []


def bring(client: InspectingClient, path: Path, *, called: str = "my shop.csv", **more: str) -> Answer:
    content: Any = (io.BytesIO(path.read_bytes()), called)
    return client.post("/admin/imports", data={"file": content, **more}, content_type="multipart/form-data")


def brought(client: InspectingClient, path: Path, **more: str) -> str:
    """The address of the page that follows the file."""
    answer = bring(client, path, **more)
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def work() -> Upload:
    """The worker does what waits."""
    (key,) = db.session.scalars(select(Upload.id).where(Upload.running)).all()
    db.release()
    jobs.run_now("catalog.run_upload", upload_id=key)
    db.release()
    return db.session.get_one(Upload, key)


def titles() -> list[str]:
    db.release()
    return list(db.session.scalars(select(Product.title).order_by(Product.title)))


def test_it_is_rehearsed_confirmed_and_imported(client: InspectingClient, tmp_path: Path) -> None:
    page = brought(client, written(tmp_path, [KETTLE, POT, BAD]))
    waiting = client.get(page)
    assert "Being looked at" in waiting.text
    assert "hx-trigger" in waiting.text
    assert "Refresh" in waiting.text
    assert work().state == "rehearsed"
    read = client.get(page).text
    assert titles() == []
    assert "my shop.csv" in read
    assert "Shopify, utf-8, comma, 3 rows" in read
    assert "Nothing is changed yet" in read
    assert "&#34;free&#34; is not a plain number" in read
    assert client.post(f"{page}/runs").status_code == 303
    assert 'value="0"' in client.get(page).text
    done = work()
    assert (done.state, done.done, done.total) == ("imported", 3, 3)
    assert titles() == ["Kettle", "Pot"]
    shown = client.get(page).text
    assert "It is imported." in shown
    assert "my shop.csv" in client.get("/admin/imports").text
    refused = client.get(f"{page}/refused.csv")
    assert refused.headers["Content-Disposition"] == f'attachment; filename="refused-{done.id}.csv"'
    assert "'=Bad" in refused.text
    assert "free" in refused.text
    assert client.post(f"{page}/runs").status_code == 409


def test_the_audit_log_says_who_brought_what_and_what_came_of_it(
    client: InspectingClient, tmp_path: Path
) -> None:
    page = brought(client, written(tmp_path, [KETTLE, BAD]), stock="1")
    work()
    client.post(f"{page}/runs")
    work()
    entries = [entry for entry in log() if entry.subject == "catalog_uploads"]
    assert {entry.actor_kind for entry in entries} == {"staff"}
    assert entries[0].after == {"file": "my shop.csv", "stock": True}
    assert entries[-1].after == {"state": "imported", "new": 1, "refused": 1}


def test_the_report_shows_changes_by_outcome_and_page(
    client: InspectingClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    page = brought(client, written(tmp_path, [KETTLE]))
    work()
    client.post(f"{page}/runs")
    work()
    more = [POT | {"Handle": f"pot-{n}", "Variant SKU": f"P-{n}"} for n in range(3)]
    page = brought(client, written(tmp_path, [KETTLE | {"Variant Price": "45"}, *more]))
    work()
    first = client.get(page).text
    assert "<del>39.90</del> → <ins>45.00</ins>" in first
    assert "after=3" in first
    assert "pot-2" in client.get(f"{page}?after=3").text
    changed = client.get(f"{page}?outcome=changed").text
    assert ("39.90" in changed, "pot-0" in changed) == (True, False)
    assert "No row is like that." in client.get(f"{page}?outcome=refused").text
    assert client.get(f"{page}?outcome=nonsense").status_code == 200


@pytest.mark.parametrize(("more", "units"), [({}, 7), ({"stock": "1"}, 20)])
def test_its_stock_is_taken_if_that_is_meant(
    client: InspectingClient, tmp_path: Path, more: dict[str, str], units: int
) -> None:
    for counted, choice in (("7", {}), ("20", more)):
        page = brought(client, written(tmp_path, [KETTLE | {"Variant Inventory Qty": counted}]), **choice)
        work()
        client.post(f"{page}/runs")
        db.release()
        if queries.running():
            work()
    assert db.session.scalars(select(Stock.on_hand)).one() == units


def test_nothing_new_is_not_offered(client: InspectingClient, tmp_path: Path) -> None:
    page = brought(client, written(tmp_path, [BAD]))
    work()
    assert "There is nothing to import." in client.get(page).text
    assert "Download the refused rows" in client.get(page).text


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "x.csv is empty."),
        (b"a,b\n1,2\n", "x.csv has no columns of Shopify or WooCommerce"),
        (b"PK\x03\x04", "x.csv is a spreadsheet"),
    ],
)
def test_what_is_no_catalog_is_refused_by_its_name(
    client: InspectingClient, tmp_path: Path, content: bytes, says: str
) -> None:
    path = tmp_path / "x"
    path.write_bytes(content)
    answer = bring(client, path, called="x.csv", stock="1")
    assert answer.status_code == 422
    assert says in answer.text
    assert "checked" in answer.text
    assert list(files.folder().glob("*")) == []


def test_no_file_and_too_large_a_file(
    client: InspectingClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = client.post("/admin/imports", data={}, content_type="multipart/form-data")
    assert nothing.status_code == 422
    assert "Please choose a file." in nothing.text
    monkeypatch.setattr(files, "MAX_BYTES", 10)
    assert "The file is larger than" in bring(client, written(tmp_path, [KETTLE])).text
    assert bring(client, written(tmp_path, [KETTLE | {"Tags": "x" * 100_000}])).status_code == 413
    assert list(files.folder().glob("*")) == []


def test_only_one_at_a_time(client: InspectingClient, tmp_path: Path) -> None:
    path = written(tmp_path, [KETTLE])
    first = brought(client, path)
    work()
    second = brought(client, path)
    assert "right now" in client.get("/admin/imports").text
    refused = bring(client, path)
    assert refused.status_code == 409
    assert "Another file is being looked at" in refused.text
    assert client.post(f"{first}/runs").status_code == 409
    with pytest.raises(OneAtATime):
        actions.take_in(actions.TakeIn("a.csv", "a.csv", "shopify", with_stock=False))
    assert client.post(f"{second}/cancellation").status_code == 303
    assert client.post(f"{second}/cancellation").status_code == 409
    assert client.post(f"{first}/runs").status_code == 303
    assert work().state == "imported"


def test_a_stopped_import_keeps_what_it_did(
    client: InspectingClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "AT_ONCE", 1)
    pots = [POT | {"Handle": f"pot-{n}", "Title": f"Pot {n}", "Variant SKU": f"P-{n}"} for n in range(3)]
    page = brought(client, written(tmp_path, pots))
    key = work().id
    client.post(f"{page}/runs")
    report = actions.report

    def stopped_after_one(upload_id: int, lines: Any, done: int, *, rehearsed: bool) -> bool:
        went_on = report(upload_id, lines, done, rehearsed=rehearsed)
        if went_on:
            client.post(f"{page}/cancellation")
        return went_on

    monkeypatch.setattr(actions, "report", stopped_after_one)
    running.run(key)
    assert titles() == ["Pot 0", "Pot 1"]
    assert "It was stopped." in client.get(page).text
    with pytest.raises(NotNow):
        actions.confirm(key)


def test_who_was_cut_off_goes_on_and_says_what_it_did_the_first_time(
    client: InspectingClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "AT_ONCE", 1)
    page = brought(client, written(tmp_path, [KETTLE, POT]))
    key = work().id
    client.post(f"{page}/runs")
    report, calls = actions.report, []

    def killed_at_the_second(upload_id: int, lines: Any, done: int, *, rehearsed: bool) -> bool:
        calls.append(done)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return report(upload_id, lines, done, rehearsed=rehearsed)

    monkeypatch.setattr(actions, "report", killed_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        running.run(key)
    assert work().state == "imported"
    assert queries.counts(key, rehearsed=False) == {"new": 1, "unchanged": 1}
    assert titles() == ["Kettle", "Pot"]
    running.run(key)
    running.run(key + 1)


def test_a_file_that_is_gone_is_said(client: InspectingClient, tmp_path: Path) -> None:
    page = brought(client, written(tmp_path, [KETTLE]))
    for path in files.folder().glob("*.csv"):
        path.unlink()
    assert work().state == "failed"
    assert "my shop.csv cannot be read" in client.get(page).text
    assert client.get(f"{page}/refused.csv").status_code == 404


def test_old_uploads_are_swept(client: InspectingClient, tmp_path: Path) -> None:
    page = brought(client, written(tmp_path, [BAD]))
    work()
    assert sweep_uploads(clock.now() - timedelta(days=1)) == 0
    assert client.get(page).status_code == 200
    assert sweep_uploads(clock.now() + timedelta(minutes=1)) == 1
    assert client.get(page).status_code == 404
    assert list(files.folder().glob("*")) == []


def test_the_catalog_is_taken_away_and_brought_back(client: InspectingClient, tmp_path: Path) -> None:
    page = brought(client, written(tmp_path, [KETTLE, POT]))
    work()
    client.post(f"{page}/runs")
    work()
    assert "Download the file" in client.get("/admin/export").text
    answer = client.get("/admin/export.csv")
    assert answer.headers["Content-Disposition"].endswith('.csv"')
    path = tmp_path / "back.csv"
    path.write_bytes(answer.data)
    page = brought(client, path)
    work()
    assert queries.counts(int(page.rpartition("/")[2]), rehearsed=True) == {"unchanged": 2}


def test_ben_gets_nowhere(client: InspectingClient, another_client: InspectingClient, tmp_path: Path) -> None:
    page = brought(client, written(tmp_path, [KETTLE]))
    signed_in(another_client, ben)
    for address in ("/admin/imports", page, f"{page}/refused.csv", "/admin/export", "/admin/export.csv"):
        assert another_client.get(address).status_code == 403
    assert bring(another_client, written(tmp_path, [POT])).status_code == 403
