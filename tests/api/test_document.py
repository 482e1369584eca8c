"""The document says what the program does: the one that lies in docs, and every example in it."""

import difflib
import json
import re
from typing import Any

import pytest
from flask import Flask
from pydantic import TypeAdapter

from storefront.platform import ROOT
from storefront.platform.json_api import commands, openapi
from storefront.platform.json_api.operations import Operation, operation_of
from storefront.platform.security import WITH_STYLES
from tests.inspecting import InspectingClient

HOME = ROOT / "docs" / "openapi.json"


@pytest.fixture(scope="module")
def document(app: Flask) -> dict[str, Any]:
    return openapi.document(app)


@pytest.fixture(scope="module")
def operations(app: Flask) -> dict[str, Operation]:
    found = [operation_of(view) for view in app.view_functions.values()]
    return {one.name: one for one in found if one}


def all_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for methods in document["paths"].values() for one in methods.values()]


def test_the_document_in_docs_is_this_one(app: Flask) -> None:
    before, now = HOME.read_text().splitlines(), openapi.written(app).splitlines()
    difference = "\n".join(difflib.unified_diff(before, now, "docs/openapi.json", "now", lineterm="", n=1))
    assert not difference, f"storefront openapi > docs/openapi.json\n{difference[:4000]}"


def test_every_operation_has_a_name_of_its_own(document: dict[str, Any]) -> None:
    names = [one["operationId"] for one in all_of(document)]
    assert len(names) == len(set(names)) > 50


def test_every_example_is_one(document: dict[str, Any], operations: dict[str, Operation]) -> None:
    for one in all_of(document):
        made = operations[one["operationId"]]
        if made.body is not None:
            said = one["requestBody"]["content"]["application/json"]["example"]
            made.body.model_validate_json(json.dumps(said), strict=True)
        if made.out is not None:
            said = one["responses"][str(made.status)]["content"]["application/json"]["example"]
            TypeAdapter(made.out).validate_python(said)


def test_every_link_leads_somewhere(document: dict[str, Any]) -> None:
    known = {one["operationId"] for one in all_of(document)}
    for one in all_of(document):
        for answer in one["responses"].values():
            assert set(answer.get("links", ())) <= known


def test_every_operation_says_what_all_have_in_common(document: dict[str, Any]) -> None:
    for one in all_of(document):
        assert {"401", "405", "406", "422", "429", "503"} <= one["responses"].keys(), one["operationId"]
        assert one["summary"]
        assert one["description"]


def test_the_handbook_shows_every_operation(document: dict[str, Any]) -> None:
    shown = (ROOT / "docs" / "api.md").read_text()
    asked = {
        (method.upper(), re.sub(r"\{\w+\}", "ID", path.removeprefix("/api/v1")))
        for path, methods in document["paths"].items()
        for method in methods
    }
    curls = {
        (method or "GET", re.sub(r"\d+(?=/|$)", "ID", path.partition("?")[0]))
        for method, path in re.findall(r"curl (?:-X (\w+) )?\"?\$API(/[^\s\"]+)", shown)
    }
    assert asked - curls == set()


def test_what_the_handbook_sends_is_understood(
    document: dict[str, Any], operations: dict[str, Operation]
) -> None:
    shown = (ROOT / "docs" / "api.md").read_text()
    named = {
        (method.upper(), re.sub(r"\{\w+\}", "ID", path.removeprefix("/api/v1"))): one["operationId"]
        for path, methods in document["paths"].items()
        for method, one in methods.items()
    }
    curl = r"curl -X (\w+) \"\$API(/[^\"]+)\"((?:[^\n]|\n {2})*?) -d '(\{.*?\})'"
    sent = re.findall(curl, shown, re.DOTALL)
    for method, path, headers, body in sent:
        made = operations[named[method, re.sub(r"\d+(?=/|$)", "ID", path)]]
        assert made.body is not None
        made.body.model_validate_json(body, strict=True)
        assert made.makes == ("$(once)" in headers), path
        assert made.conditional == ("If-Match" in headers), path
    assert len(sent) > 20


def test_the_way_from_the_older_api_leads_somewhere(document: dict[str, Any]) -> None:
    told = (ROOT / "docs" / "migrating.md").read_text().partition("## Fields")[0]
    here = " ".join(row.split("|")[2] for row in told.splitlines() if row.startswith("| "))
    known = {re.sub(r"\{\w+\}", "{id}", path): methods.keys() for path, methods in document["paths"].items()}
    asked = re.findall(r"`((?:[A-Z]+/?)+) (/api/v1[^`\[]*)(\[/\{id\}\])?`", here)
    for methods, path, one in asked:
        there = {*known[path], *(known[path + "/{id}"] if one else ())}
        assert {method.lower() for method in methods.split("/")} <= there, (methods, path)
    assert len(asked) > 10


def test_the_document_is_served_and_kept(client: InspectingClient) -> None:
    answer = client.get("/api/v1/openapi.json")
    assert answer.json["openapi"] == "3.1.0"
    again = client.get("/api/v1/openapi.json", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(("old", "new"), [("/docs", "/api/v1/docs"), ("/redoc", "/api/v1/redoc")])
def test_the_older_apis_pages_moved(client: InspectingClient, old: str, new: str) -> None:
    answer = client.get(old)
    assert (answer.status_code, answer.headers["Location"]) == (301, new)


def test_two_ways_to_read_it(client: InspectingClient) -> None:
    assert client.see("/api/v1/docs").all("#swagger-ui")
    assert client.see("/api/v1/redoc").all("#redoc")
    inline = {path for path in addresses(client.application) if _policy(client, path) == WITH_STYLES}
    assert inline == {"/api/v1/redoc"}
    assert "script-src 'self';" in WITH_STYLES


def addresses(app: Flask) -> list[str]:
    """Every page that needs nothing else to be found."""
    return [
        rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments
    ]


def _policy(client: InspectingClient, path: str) -> str | None:
    return client.get(path).headers.get("Content-Security-Policy")


def test_the_document_is_printed(app: Flask, database: None) -> None:
    answer = app.test_cli_runner().invoke(commands.openapi)
    assert json.loads(answer.output)["info"]["title"] == "Storefront"
