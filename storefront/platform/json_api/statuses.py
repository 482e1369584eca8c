"""Which statuses an operation can answer with beside its good one, and the headers that go with each."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from werkzeug.routing import Rule

from storefront.platform.errors import Busy, NotFound, Refusal
from storefront.platform.idempotency import KeyReused
from storefront.platform.json_api import refusals
from storefront.platform.json_api.operations import Operation
from storefront.platform.json_api.slices import NoSuchPlace, Slicing
from storefront.platform.problems import KIND


def _header(kind: str, description: str, example: Any) -> dict[str, Any]:
    return {"description": description, "schema": {"type": kind}, "example": example}


HEADERS = {
    "X-Request-ID": _header("string", "The name of this request in our log.", "3f0c1b9a7d2e4f68"),
    "RateLimit": _header(
        "string", "What is left, and in how many seconds it is all there again.", '"api";r=57;t=41'
    ),
    "RateLimit-Policy": _header("string", "How often may be called in how many seconds.", '"api";q=60;w=60'),
    "ETag": _header(
        "string", "The version of what was answered: for If-None-Match and If-Match.", '"7-1f3a5c7e9b2d4f60"'
    ),
    "Cache-Control": _header("string", "How long others may keep it.", "private, no-cache"),
    "Link": _header(
        "string", 'Where the list goes on: rel="next".', '</api/v1/products?after=WyJp>; rel="next"'
    ),
    "Location": _header("string", "Where what was made is read.", "/api/v1/products/7"),
    "Idempotency-Replayed": _header("string", "`true` when this key was answered before.", "true"),
    "Allow": _header("string", "What may be done here.", "GET, HEAD, OPTIONS"),
    "Retry-After": _header("integer", "Seconds after which it is worth trying again.", 12),
    "WWW-Authenticate": _header("string", "What a key must be.", 'Bearer realm="storefront"'),
}
PROBLEM: dict[str, Any] = {
    "title": "Problem",
    "description": "What went wrong (RFC 9457). Some codes bring members of their own.",
    "type": "object",
    "required": ["type", "title", "status", "code"],
    "properties": {
        "type": {"type": "string", "const": "about:blank"},
        "title": {"type": "string", "examples": ["Conflict"]},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "code": {"type": "string", "description": "Stable: decide by this.", "examples": ["out-of-stock"]},
        "detail": {"type": "string", "description": "One sentence for a person."},
        "request_id": {"type": "string"},
        "errors": {
            "type": "array",
            "description": "One entry for each part of the request that cannot be used.",
            "items": {
                "type": "object",
                "required": ["code", "detail"],
                "properties": {
                    "pointer": {"type": "string", "examples": ["#/lines/0/quantity"]},
                    "parameter": {"type": "string"},
                    "header": {"type": "string"},
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}


class _TooMany(Refusal):
    """More calls than are allowed."""

    status = 429
    code = "too-many-requests"


class _WrongMethod(Refusal):
    """This address knows other methods: see the header Allow."""

    status = 405
    code = "method-not-allowed"


class _TooLarge(Refusal):
    """The body is larger than is read."""

    status = 413
    code = "request-entity-too-large"


class _ForeignForm(Refusal):
    """A page of another site sent this."""

    status = 403
    code = "foreign-form"


class _NotEvenHttp(Refusal):
    """The request cannot be read."""

    status = 400
    code = "bad-request"


def header(name: str) -> dict[str, str]:
    """Where a header is described."""
    return {"$ref": f"#/components/headers/{name}"}


def responses(rule: Rule, one: Operation) -> dict[str, Any]:
    """Every refusal, by its status."""
    found: dict[int, list[type[Refusal]]] = {}
    for refusal in dict.fromkeys((*_following(rule, one), *one.refuses)):
        found.setdefault(refusal.status, []).append(refusal)
    said: dict[str, Any] = {str(status): _response(status, kinds) for status, kinds in sorted(found.items())}
    if one.out is not None and rule.methods and "GET" in rule.methods:
        names = ("ETag", "X-Request-ID")
        said["304"] = {
            "description": "Nothing has changed since `If-None-Match`.",
            "headers": {name: header(name) for name in names},
        }
    return dict(sorted(said.items()))


def shared(paths: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Refusals that several operations have in common; each is described once and referred to."""
    found: dict[str, Any] = {}
    for operations in paths.values():
        for one in operations.values():
            for status, told in one["responses"].items():
                if KIND in told.get("content", {}):
                    name = ".".join([status, *told["content"][KIND]["examples"]])
                    found[name] = told
                    one["responses"][status] = {"$ref": f"#/components/responses/{name}"}
    return dict(sorted(found.items()))


def _following(rule: Rule, one: Operation) -> Iterator[type[Refusal]]:
    """What follows from what it takes."""
    yield from (_NotEvenHttp, refusals.BadKey, _WrongMethod, refusals.CannotAnswerSo)
    yield from (refusals.Invalid, _TooMany, Busy)
    reading = bool(rule.methods and "GET" in rule.methods)
    sends = one.body is not None or one.form is not None
    for is_so, kinds in (
        (one.scope is not None, (refusals.KeyNeeded, refusals.ScopeNeeded)),
        (bool(rule.arguments), (NotFound,)),
        (issubclass(one.query, Slicing), (NoSuchPlace,)),
        (not reading, (_ForeignForm,)),
        (one.body is not None, (refusals.NotJson,)),
        (sends, (refusals.WrongKind, _TooLarge)),
        (one.makes, (refusals.BadHeader, KeyReused, refusals.MadeAndGone)),
        (one.conditional, (refusals.BadHeader, refusals.ChangedSince, refusals.Unconditional)),
    ):
        yield from kinds if is_so else ()


def _response(status: int, kinds: list[type[Refusal]]) -> dict[str, Any]:
    names = ["X-Request-ID"]
    names += ["WWW-Authenticate"] if status == 401 else []
    names += ["Allow"] if status == 405 else []
    names += ["Retry-After"] if status in (429, 503) else []
    names += ["ETag"] if status == 412 else []
    told = {kind.code: (kind.__doc__ or "").strip().partition("\n")[0] for kind in kinds}
    return {
        "description": " ".join(f"`{code}`: {sentence}" for code, sentence in told.items()),
        "headers": {name: header(name) for name in names},
        "content": {
            KIND: {
                "schema": {"$ref": "#/components/schemas/Problem"},
                "examples": {
                    code: {"value": _example(status, code, sentence)} for code, sentence in told.items()
                },
            }
        },
    }


def _example(status: int, code: str, sentence: str) -> dict[str, Any]:
    title = HTTPStatus(status).phrase
    said = {"type": "about:blank", "title": title, "status": status, "code": code, "detail": sentence}
    if code == "invalid":
        return said | {
            "errors": [{"pointer": "#/quantity", "code": "greater-than-equal", "detail": "At least 1."}]
        }
    return said
