"""Charlie sees how pages come, and can make the shop forget them."""

from types import SimpleNamespace

import pytest
import redis
from flask import Flask

from storefront.platform import db
from storefront.platform.audit import AuditEntry
from tests.characters import a_kettle
from tests.inspecting import InspectingClient
from tests.people import staff


def status(client: InspectingClient, address: str) -> str:
    return client.get(address).headers["Cache-Status"]


def test_one_product_is_forgotten_and_nothing_else(
    client: InspectingClient, another_client: InspectingClient
) -> None:
    kettle = a_kettle()
    staff(client)
    for address in ("/", "/pages/terms"):
        assert another_client.get(address).status_code == 200
        assert "hit" in status(another_client, address)
    page = client.get("/admin/cache")
    answer = client.submit(page, "Forget the pages that tell of it", tag=f"product:{kettle.product_id}")
    assert "built anew" in client.follow(answer).document.text(".just-done")
    assert "hit" not in status(another_client, "/")
    assert "hit" in status(another_client, "/pages/terms")


def test_everything_is_forgotten_and_that_is_written_down(
    client: InspectingClient, another_client: InspectingClient
) -> None:
    staff(client)
    another_client.get("/pages/terms")
    client.follow(client.submit(client.get("/admin/cache"), "Forget them all"))
    assert "hit" not in status(another_client, "/pages/terms")
    assert db.session.query(AuditEntry).filter_by(subject="kept_pages").one().after == {"forgotten": ["shop"]}


def test_what_is_no_tag_is_refused_and_kept(client: InspectingClient) -> None:
    staff(client)
    answer = client.submit(client.get("/admin/cache"), "Forget the pages", tag="product:kettle")
    assert answer.status_code == 422
    assert answer.document.one("#tag").get("value") == "product:kettle"
    assert "product:7" in answer.document.text("#problems")


def test_kinds_are_counted(client: InspectingClient, another_client: InspectingClient) -> None:
    staff(client)
    for _time in range(2):
        another_client.get("/pages/terms")
    assert "content" in client.see("/admin/cache").text("main")


def test_without_valkey_the_page_says_so(
    app: Flask, client: InspectingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff(client)
    nobody = redis.Redis(host="127.0.0.1", port=1, socket_connect_timeout=0.2)
    for server in (None, SimpleNamespace(server=nobody)):
        monkeypatch.setitem(app.extensions, "valkey", server)
        assert "Valkey does not answer" in client.see("/admin/cache").text("main")
    nobody.close()
