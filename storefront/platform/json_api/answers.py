"""What leaves: JSON with its ETag, or the word that the reader has it already."""

from dataclasses import dataclass
from typing import Any

from flask import Response, request
from pydantic import BaseModel

from storefront.platform.json_api import conditions
from storefront.platform.json_api.accepting import JSON
from storefront.platform.json_api.slices import Slice, link_of

PERSONAL = "private, no-cache"
ONCE_MORE = "Idempotency-Replayed"


@dataclass(frozen=True, slots=True)
class Made:
    """Something was made, and this is how it is read."""

    endpoint: str
    values: dict[str, Any]
    status: int = 201
    told: BaseModel | None = None
    """What is read there now, if whoever made it knows."""


def made(endpoint: str, /, *, told: BaseModel | None = None, **values: Any) -> Made:
    """The answer to what made this."""
    return Made(endpoint, values, told=told)


def json_of(told: BaseModel, status: int = 200) -> Response:
    """A model as the answer; 304 for whoever has it."""
    content = told.__pydantic_serializer__.to_json(told)
    response = Response(content, status, mimetype=JSON)
    version: int | None = getattr(told, "version", None)
    response.headers["ETag"] = f'"{conditions.etag_of(content, version)}"'
    response.headers["Cache-Control"] = PERSONAL
    response.headers["Vary"] = "Accept, Authorization"
    if isinstance(told, Slice) and (link := link_of(told)):
        response.headers["Link"] = link
    if status == 200:
        response.make_conditional(request)
    return response


def nothing() -> Response:
    """It is done, and there is nothing to say."""
    response = Response(status=204)
    response.headers["Cache-Control"] = "no-store"
    return response
