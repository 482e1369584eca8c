"""`storefront cache` tells how pages came, and forgets what it is told to."""

import pytest
from click.testing import CliRunner
from flask import Flask

from storefront.platform import cache
from storefront.platform.caching import tally
from storefront.platform.caching.line import Line
from storefront.platform.caching.tally import Tally
from storefront.platform.commands import kept_pages
from tests.characters import a_kettle
from tests.inspecting import InspectingClient


def test_how_pages_came(client: InspectingClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tally, "PAUSE", 0.0)
    client.get("/pages/about")  # What this process has counted before is handed on with it.
    server = cache.valkey()
    assert server is not None
    server.delete(tally.SUMS)
    assert "0 of 0 pages" in CliRunner().invoke(kept_pages).output
    a_kettle()
    for _ in range(4):
        client.get("/products")
    client.get("/products/nowhere")
    said = CliRunner().invoke(kept_pages).output.splitlines()
    assert said[0].startswith("3 of 5 pages were kept ones (60.0 %)")
    assert said[1:] == [
        "0 were old, 1 were built and kept, 1 only built",
        "0 readers waited for a build, 0.0 s in all",
        "       1 content",
        "       1 list",
    ]


def test_what_is_purged_is_built_anew(client: InspectingClient) -> None:
    client.get("/products")
    assert CliRunner().invoke(kept_pages, ["--purge", "catalog"]).exit_code == 0
    assert client.get("/products").headers["Cache-Status"] == "storefront; fwd=miss; stored"


def test_without_valkey_there_is_nothing_to_tell(
    app: Flask, database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions, "valkey", None)
    assert "There is no Valkey" in CliRunner().invoke(kept_pages).output
    line = Line("redis://127.0.0.1:1")
    monkeypatch.setitem(app.extensions, "valkey", line)
    assert "does not answer" in CliRunner().invoke(kept_pages).output


def test_counting_harms_nobody_while_valkey_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tally, "PAUSE", 0.0)
    Tally(Line("redis://127.0.0.1:1")).add("hit")
    Tally(None).add("hit")
