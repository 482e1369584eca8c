"""Read what a program sends: its address, its headers and its body, every mistake named by where it is."""

import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any, TypeVar, get_origin
from uuid import NAMESPACE_URL, UUID, uuid5

from flask import request
from flask_babel import gettext as _
from pydantic import BaseModel, ValidationError

from storefront.platform.json_api import sentences
from storefront.platform.json_api.accepting import JSON
from storefront.platform.json_api.callers import caller
from storefront.platform.json_api.refusals import BadHeader, Invalid, NotJson, WrongKind

log = logging.getLogger(__name__)
ONE_TIME = "Idempotency-Key"
KEY = re.compile(r"[\x21-\x7e]{1,255}", re.ASCII)
M = TypeVar("M", bound=BaseModel)


def query(model: type[M]) -> M:
    """The parameters of the address. Raises Invalid."""
    given: dict[str, Any] = {}
    twice = []
    for name, values in request.args.lists():
        field = model.model_fields.get(name)
        many = field is not None and get_origin(field.annotation) in (list, tuple)
        if len(values) > 1 and not many:
            twice.append(name)
        given[name] = values if many else values[-1]
    if twice:
        raise Invalid([_named("parameter", name, "repeated", _("Once is enough.")) for name in twice])
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise Invalid(list(_errors(error, "parameter"))) from None


def body(model: type[M]) -> M:
    """The JSON that was sent. Raises WrongKind, NotJson or Invalid."""
    if request.mimetype != JSON:
        raise WrongKind([JSON])
    try:
        return model.model_validate_json(request.get_data(), strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        if first["type"] == "json_invalid":
            raise NotJson(str(first["ctx"]["error"])) from None
        raise Invalid(list(_errors(error, "pointer"))) from None


def form(model: type[M], files: Sequence[str]) -> M:
    """What came as multipart/form-data, but its files. Raises WrongKind or Invalid."""
    if request.mimetype != "multipart/form-data":
        raise WrongKind(["multipart/form-data"])
    missing = [name for name in files if name not in request.files]
    strange = [name for name in request.files if name not in files]
    wrong = [_named("pointer", f"#/{name}", "missing", _("This is needed.")) for name in missing]
    wrong += [_named("pointer", f"#/{name}", "unknown", _("There is no such field.")) for name in strange]
    try:
        found = model.model_validate(request.form.to_dict())
    except ValidationError as error:
        raise Invalid([*wrong, *_errors(error, "pointer")]) from None
    if wrong:
        raise Invalid(wrong)
    return found


def content() -> bytes:
    """What was sent, as always the same bytes: each time a form comes, other lines part its fields."""
    if request.mimetype != "multipart/form-data":
        return request.get_data()
    files = [(name, sha256(file.stream.read()).hexdigest()) for name, file in sorted(request.files.items())]
    for file in request.files.values():
        file.stream.seek(0)
    return repr((sorted(request.form.items(multi=True)), files)).encode()


def one_time_key() -> UUID:
    """The caller's key for this change, as ours: two callers may think of the same. Raises BadHeader."""
    given = request.headers.get(ONE_TIME)
    if given is None:
        raise BadHeader(
            ONE_TIME, _("Please send Idempotency-Key, so that sending this twice does it only once.")
        )
    if not KEY.fullmatch(given):
        raise BadHeader(ONE_TIME, _("An Idempotency-Key has 1 to 255 visible ASCII characters, no spaces."))
    return uuid5(NAMESPACE_URL, f"{caller().name} {given}")


def _errors(error: ValidationError, where: str) -> Iterable[dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    wrong = error.errors(include_url=False, include_input=False)
    inside = {one["loc"][:depth] for one in wrong for depth in range(len(one["loc"]))}
    for one in wrong:
        if one["type"] == "too_short" and one["loc"] in inside:
            continue  # A list is counted without those of its entries that cannot be read.
        place = _pointer(one["loc"]) if where == "pointer" else ".".join(map(str, one["loc"][:1]))
        code = "unknown" if one["type"] == "extra_forbidden" else one["type"].replace("_", "-")
        sentence = sentences.about(one["type"], one.get("ctx", {}), one["msg"])
        found.setdefault(place, _named(where, place, code, sentence))
    unknown_ones = sorted(place for place, one in found.items() if one["code"] == "unknown")
    if unknown_ones:
        log.warning("unknown fields were refused: %s", ", ".join(unknown_ones)[:500])
    return found.values()


def _pointer(place: Sequence[Any]) -> str:
    """RFC 6901, as a fragment."""
    steps = (str(step).replace("~", "~0").replace("/", "~1") for step in place)
    return "#" + "".join(f"/{step}" for step in steps)


def _named(kind: str, place: str, code: str, sentence: str) -> dict[str, str]:
    return {kind: place, "code": code, "detail": sentence}


def facts_of(model: BaseModel) -> Mapping[str, Any]:
    """What was really sent, for a change of parts."""
    return {name: getattr(model, name) for name in model.model_fields_set}
