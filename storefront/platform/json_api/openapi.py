"""The document of the API (OpenAPI 3.1), assembled from the operations and their models."""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from flask import Flask
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from werkzeug.routing import Rule

from storefront.platform.json_api import statuses
from storefront.platform.json_api.accepting import JSON
from storefront.platform.json_api.describing import Described
from storefront.platform.json_api.examples import example_of
from storefront.platform.json_api.operations import Nothing, Operation, operation_of
from storefront.platform.json_api.statuses import HEADERS, PROBLEM, header

PART = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
PARTS: dict[str, dict[str, Any]] = {
    "key": {"type": "integer", "format": "int64", "minimum": 1, "maximum": 2**63 - 1},
    "default": {"type": "string", "minLength": 1, "maxLength": 40, "pattern": "^[A-Za-z0-9_-]+$"},
}
REFERENCES = "#/components/schemas/{model}"
ABOUT = """\
One grammar for every resource. Read it once; `docs/api.md` shows each operation with curl.

* **Keys** go into `Authorization: Bearer sf_…`, never into an address. Reading the catalog needs none.
* **Lists** come in slices: send `next` as `after`, or follow the header `Link`.
* **Making** something takes an `Idempotency-Key`: the same key does it once, however often it is sent.
* **Changing** something takes `If-Match` with the ETag of what was read (428 without, 412 when it is old).
* **Errors** are `application/problem+json` with a stable `code`; `errors` names each field by JSON pointer.
* **Amounts** are whole minor units; **moments** are RFC 3339 in UTC; unknown fields are refused.
"""


def document(app: Flask) -> dict[str, Any]:
    """The whole document."""
    found = list(_operations(app))
    models = _models([one for _rule, one in found])
    refs, said = models_json_schema(models, ref_template=REFERENCES, schema_generator=Described)
    schemas: dict[str, Any] = said.get("$defs", {}) | {"Problem": PROBLEM}
    paths: dict[str, Any] = {}
    for rule, one in found:
        method = next(iter(rule.methods - {"HEAD", "OPTIONS"})) if rule.methods else "GET"
        path = PART.sub(lambda part: f"{{{part['name']}}}", rule.rule)
        paths.setdefault(path, {})[method.lower()] = _operation(rule, one, refs, schemas)
    shared = statuses.shared(paths)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Storefront",
            "version": "1",
            "summary": "Everything a shop sells, stocks, ships and bills.",
            "description": ABOUT,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/", "description": "This shop"}],
        "tags": [{"name": tag} for tag in dict.fromkeys(one.tag for _rule, one in found)],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "headers": HEADERS,
            "responses": shared,
            "securitySchemes": {
                "key": {
                    "type": "http",
                    "scheme": "bearer",
                    "bearerFormat": "sf_<id>_<secret>",
                    "description": "A key of the shop, or a customer's token.",
                }
            },
        },
    }


def _operations(app: Flask) -> Iterator[tuple[Rule, Operation]]:
    for rule in app.url_map.iter_rules():
        if (found := operation_of(app.view_functions[rule.endpoint])) is not None:
            yield rule, found


def _models(found: list[Operation]) -> list[tuple[type[BaseModel], Any]]:
    models: dict[tuple[type[BaseModel], str], None] = {}
    for one in found:
        models |= dict.fromkeys((model, "validation") for model in (one.body, one.form) if model)
        models |= dict.fromkeys([(one.out, "serialization")] if one.out else [])
    return list(models)


def _operation(rule: Rule, one: Operation, refs: Any, schemas: dict[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = {"operationId": one.name, "summary": one.summary, "tags": [one.tag]}
    if one.description:
        said["description"] = one.description + _who(one)
    said["parameters"] = [*_parts(rule), *_query(one.query), *_headers(one)]
    if one.body is not None:
        schema = refs[(one.body, "validation")]
        content = {JSON: {"schema": schema, "example": example_of(schema, schemas)}}
        said["requestBody"] = {"required": True, "content": content}
    if one.form is not None:
        said["requestBody"] = {"required": True, "content": _form(one, schemas, refs)}
    said["responses"] = {str(one.status): _good(one, refs, schemas)} | statuses.responses(rule, one)
    said["security"] = [{"key": []}] if one.scope else [{}, {"key": []}]
    return said


def _who(one: Operation) -> str:
    if one.scope is None:
        more = f" A key with the scope `{one.more}` sees more." if one.more else ""
        return f"\n\nOpen to everybody.{more}"
    also = " A customer's token will do, for what is the customer's own." if one.customers else ""
    return f"\n\nNeeds a key with the scope `{one.scope}`.{also}"


def _parts(rule: Rule) -> Iterator[dict[str, Any]]:
    for part in PART.finditer(rule.rule):
        schema = PARTS[part["kind"] or "default"]
        example = 7 if schema["type"] == "integer" else "K7QX2M"
        yield {"name": part["name"], "in": "path", "required": True, "schema": schema, "example": example}


def _query(model: type[BaseModel]) -> Iterator[dict[str, Any]]:
    if model is Nothing:
        return
    schema = model.model_json_schema(schema_generator=Described)
    for name, said in schema["properties"].items():
        plain = _plain(said)
        about = {"description": said["description"]} if "description" in said else {}
        yield {
            "name": name,
            "in": "query",
            "required": name in schema.get("required", []),
            "schema": plain,
            **about,
        }


def _plain(said: dict[str, Any]) -> dict[str, Any]:
    """A parameter is left out instead of being null; its examples are about the rest."""
    kinds = [kind for kind in said.get("anyOf", []) if kind.get("type") != "null"]
    rest = {name: value for name, value in said.items() if name not in ("anyOf", "title", "description")}
    examples = [one for one in rest.pop("examples", []) if one is not None]
    if rest.get("default", "") is None:
        del rest["default"]
    return {**(kinds[0] if kinds else {}), **rest, **({"examples": examples} if examples else {})}


def _headers(one: Operation) -> Iterator[dict[str, Any]]:
    if one.makes:
        yield {
            "name": "Idempotency-Key",
            "in": "header",
            "required": True,
            "description": "Your own name for this change; sent again, it is answered and not done again.",
            "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
            "example": "8e03978e-40d5-43dd-bc93-6894a57f9324",
        }
    if one.conditional:
        yield {
            "name": "If-Match",
            "in": "header",
            "required": True,
            "description": "The ETag of what was read. Without it: 428; when somebody was faster: 412.",
            "schema": {"type": "string", "pattern": '^"[0-9A-Za-z:-]{1,60}"$'},
            "example": '"7-1f3a5c7e9b2d4f60"',
        }


def _form(one: Operation, schemas: dict[str, Any], refs: Any) -> dict[str, Any]:
    """The fields of a form and its files."""
    name = refs[(one.form, "validation")]["$ref"].rpartition("/")[2]
    files: dict[str, Any] = {
        file: {"type": "string", "contentMediaType": "application/octet-stream"} for file in one.files
    }
    schema = schemas[name]
    # A form has no way to say null: what is empty is left out.
    schema["properties"] = files | {name: _plain(one) for name, one in schema.get("properties", {}).items()}
    schema["required"] = sorted({*files, *schema.get("required", [])})
    return {"multipart/form-data": {"schema": refs[(one.form, "validation")]}}


def _good(one: Operation, refs: Any, schemas: dict[str, Any]) -> dict[str, Any]:
    names = ["X-Request-ID", "RateLimit", "RateLimit-Policy"]
    if one.out is not None:
        names += ["ETag", "Cache-Control"]
        names += ["Link"] if one.out.__name__.startswith("Slice") else []
    if one.makes:
        names += ["Location", "Idempotency-Replayed"]
    said: dict[str, Any] = {"description": "Done." if one.out is None else one.summary}
    said["headers"] = {name: header(name) for name in names}
    if one.out is not None:
        schema = refs[(one.out, "serialization")]
        said["content"] = {JSON: {"schema": schema, "example": example_of(schema, schemas)}}
    elif one.produces != JSON:
        said["content"] = {one.produces: {"schema": {"type": "string", "format": "binary"}}}
    if one.links:
        said["links"] = {
            name: {"operationId": name, "parameters": dict(parameters)}
            for name, parameters in one.links.items()
        }
    return said


def written(app: Flask) -> str:
    """The same as it lies in docs/openapi.json, so that changes can be read line by line."""
    return json.dumps(document(app), indent=1, ensure_ascii=False)


@cache
def remembered(app: Flask) -> dict[str, Any]:
    """The same, assembled once: it does not change while the shop runs."""
    return document(app)
